import type { Calls } from './calls';

/** The way to a service on which one request is tried most often. */
interface Worst {
  readonly path: readonly string[];
  readonly factors: readonly number[];
}

/**
 * One sentence for each service that one request may be tried at too often, when every layer before it retries. It is said
 * of the last layer that retries: what is called behind it without a retry is no mistake of its own.
 */
export function triesProblems(calls: readonly Calls[], maxTries: number): string[] {
  const worst = new Map<string, Worst>();
  return inOrder(calls).flatMap(({ caller, callee, plan }) => {
    const before = worst.get(caller) ?? { path: [caller], factors: [] };
    const here = { path: [...before.path, callee], factors: [...before.factors, plan.tries] };
    const known = worst.get(callee);
    if (known === undefined || triesOf(here) > triesOf(known)) worst.set(callee, here);
    return plan.tries > 1 && triesOf(here) > maxTries ? [triesProblem(here, maxTries)] : [];
  });
}

function triesProblem({ path, factors }: Worst, maxTries: number): string {
  const [caller, callee] = path.slice(-2);
  const retried = factors.filter((factor) => factor > 1);
  const product = retried.length > 1 ? `${retried.join(' x ')} = ` : '';
  return (
    `${caller}.calls.${callee}.retry.retries must leave at most ${maxTries} tries of ${callee} for one request, ` +
    `got ${product}${triesOf({ path, factors })} on ${path.join(' -> ')}; ` +
    'retry at one layer, with retries: 0 at the others, or raise maxTries'
  );
}

function triesOf({ factors }: Worst): number {
  return factors.reduce((product, factor) => product * factor, 1);
}

/** Calls such that all calls of a service come after all calls to it; those in and behind a circle are left out. */
function inOrder(calls: readonly Calls[]): Calls[] {
  const waiting = new Map<string, number>();
  for (const { callee } of calls) waiting.set(callee, (waiting.get(callee) ?? 0) + 1);
  const ready = [...new Set(calls.map(({ caller }) => caller))].filter((caller) => !waiting.has(caller));
  const ordered: Calls[] = [];
  for (const service of ready) {
    for (const call of calls.filter(({ caller }) => caller === service)) {
      ordered.push(call);
      const left = (waiting.get(call.callee) ?? 0) - 1;
      waiting.set(call.callee, left);
      if (left === 0) ready.push(call.callee);
    }
  }
  return ordered;
}
