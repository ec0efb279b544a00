/**
 * Evaluates the part of CloudWatch's metric math that an alarm of nines uses: numbers, metrics, `+ - * / >= >`,
 * parentheses, `IF(condition, then, else)` and `FILL(metric, value)`. A metric without data in that minute is undefined;
 * what is computed with it has no data either.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluate(
  expression: string,
  metrics: Readonly<Record<string, number | undefined>>,
): number | undefined {
  const words = expression.match(/\d+(?:\.\d+)?|\w+|>=|[-+*/(),>]/g) ?? [];
  let position = 0;
  const next = () => words[position++] ?? '';
  const take = (word: string) => {
    const found = next();
    if (found !== word) throw new Error(`expected '${word}' in ${expression}, found '${found}'`);
  };

  function comparison(): number | undefined {
    let left = sum();
    while (words[position] === '>=' || words[position] === '>') {
      const isEqualEnough = next() === '>=';
      left = both(left, sum(), (a, b) => Number(isEqualEnough ? a >= b : a > b));
    }
    return left;
  }

  function sum(): number | undefined {
    let left = product();
    while (words[position] === '+' || words[position] === '-') {
      const sign = next() === '+' ? 1 : -1;
      left = both(left, product(), (a, b) => a + sign * b);
    }
    return left;
  }

  function product(): number | undefined {
    let left = atom();
    while (words[position] === '*' || words[position] === '/') {
      const isProduct = next() === '*';
      left = both(left, atom(), (a, b) => (isProduct ? a * b : a / b));
    }
    return left;
  }

  function atom(): number | undefined {
    const word = next();
    if (word === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (/^\d/.test(word)) return Number(word);
    if (words[position] !== '(') {
      if (!(word in metrics)) throw new Error(`no metric '${word}'`);
      return metrics[word];
    }
    const parts = call();
    if (word === 'FILL' && parts.length === 2) return parts[0] ?? parts[1];
    if (word === 'IF' && parts.length === 3) return parts[0] === undefined ? undefined : parts[0] ? parts[1] : parts[2];
    throw new Error(`no function '${word}' of ${parts.length}`);
  }

  function call(): (number | undefined)[] {
    take('(');
    const parts = [comparison()];
    while (words[position] === ',') {
      next();
      parts.push(comparison());
    }
    take(')');
    return parts;
  }

  const value = comparison();
  if (position !== words.length) throw new Error(`unread in ${expression}: ${words.slice(position).join(' ')}`);
  return value;
}

function both(a: number | undefined, b: number | undefined, compute: (a: number, b: number) => number) {
  return a === undefined || b === undefined ? undefined : compute(a, b);
}
