/** All states of up to 16 events, 32 of them in each word: what a function comes to in every one of them. */
export type Table = Uint32Array;

/** Truth tables over some events: brute force, and nothing that the library does. */
export class TruthTables {
  private readonly words: number;

  constructor(private readonly events: number) {
    this.words = Math.max(1, 2 ** (events - 5));
  }

  /** The states in which an event has failed: bit `event` of the number of a state says so. */
  public event(event: number): Table {
    const patterns = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000];
    const pattern = patterns[event];
    if (pattern !== undefined) return new Uint32Array(this.words).fill(pattern);
    return new Uint32Array(this.words).map((_, word) => ((word >> (event - 5)) & 1 ? 0xffffffff : 0));
  }

  public constant(value: boolean): Table {
    return new Uint32Array(this.words).fill(value ? 0xffffffff : 0);
  }

  public or(one: Table, other: Table): Table {
    const result = new Uint32Array(this.words);
    for (let word = 0; word < result.length; word++) result[word] = (one[word] as number) | (other[word] as number);
    return result;
  }

  public and(one: Table, other: Table): Table {
    const result = new Uint32Array(this.words);
    for (let word = 0; word < result.length; word++) result[word] = (one[word] as number) & (other[word] as number);
    return result;
  }

  public not(table: Table): Table {
    const result = new Uint32Array(this.words);
    for (let word = 0; word < result.length; word++) result[word] = ~(table[word] as number);
    return result;
  }

  /** The states in which at least `count` of the tables are true. */
  public atLeast(count: number, tables: readonly Table[]): Table {
    const reached = Array.from({ length: count + 1 }, (_, some) => this.constant(some === 0));
    for (const table of tables) {
      for (let some = count; some > 0; some--) {
        const [now, before] = [reached[some] as Table, reached[some - 1] as Table];
        for (let word = 0; word < now.length; word++) {
          now[word] = (now[word] as number) | ((before[word] as number) & (table[word] as number));
        }
      }
    }
    return reached[count] as Table;
  }

  public has(table: Table, state: number): boolean {
    return (((table[state >> 5] as number) >>> (state & 31)) & 1) === 1;
  }

  /** How likely a table is true, when each event fails so often by itself: a compensated sum (Kahan) over all states. */
  public probability(table: Table, failing: readonly number[]): number {
    const within = weightsOf(failing.slice(0, 5)); // of the states of one word
    const words = weightsOf(failing.slice(5));
    let [sum, lost] = [0, 0];
    for (let word = 0; word < words.length; word++) {
      const [states, weight] = [table[word] as number, words[word] as number];
      if (states === 0) continue;
      for (let bit = 0; bit < within.length; bit++) {
        if (((states >>> bit) & 1) === 0) continue;
        const term = weight * (within[bit] as number) - lost;
        const next = sum + term;
        lost = next - sum - term;
        sum = next;
      }
    }
    return sum;
  }

  /** The states, as numbers, that are true and have no smaller true state inside: the minimal cut sets. */
  public minimal(table: Table): number[] {
    const states = Array.from({ length: 2 ** this.events }, (_, state) => state).filter((state) =>
      this.has(table, state),
    );
    const bySize = states.sort((a, b) => ones(a) - ones(b));
    const found: number[] = [];
    for (const state of bySize) if (!found.some((smaller) => (smaller & state) === smaller)) found.push(state);
    return found;
  }
}

/** How likely each state of some events is. */
function weightsOf(failing: readonly number[]): Float64Array {
  const weights = new Float64Array(2 ** failing.length).fill(1, 0, 1);
  for (const [event, share] of failing.entries()) {
    const half = 2 ** event;
    for (let state = 0; state < half; state++) {
      const weight = weights[state] as number;
      weights[state] = weight * (1 - share);
      weights[state + half] = weight * share;
    }
  }
  return weights;
}

/** How many bits of a number are set. */
export function ones(state: number): number {
  return state.toString(2).replaceAll('0', '').length;
}
