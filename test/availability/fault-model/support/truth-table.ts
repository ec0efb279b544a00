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
    let reached = [this.constant(true), ...Array.from({ length: count }, () => this.constant(false))];
    for (const table of tables) {
      reached = reached.map((now, index) =>
        index === 0 ? now : this.or(now, this.and(table, reached[index - 1] as Table)),
      );
    }
    return reached[count] as Table;
  }

  public has(table: Table, state: number): boolean {
    return (((table[state >> 5] as number) >>> (state & 31)) & 1) === 1;
  }

  /** How likely a table is true, when each event fails so often by itself: a compensated sum (Kahan) over all states. */
  public probability(table: Table, failing: readonly number[]): number {
    const weights = new Float64Array(2 ** failing.length).fill(1, 0, 1);
    failing.forEach((share, event) => {
      const half = 2 ** event;
      for (let state = 0; state < half; state++) {
        const weight = weights[state] as number;
        weights[state] = weight * (1 - share);
        weights[state + half] = weight * share;
      }
    });
    let [sum, lost] = [0, 0];
    for (let state = 0; state < weights.length; state++) {
      if (!this.has(table, state)) continue;
      const term = (weights[state] as number) - lost;
      const next = sum + term;
      lost = next - sum - term;
      sum = next;
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

/** How many bits of a number are set. */
export function ones(state: number): number {
  return state.toString(2).replaceAll('0', '').length;
}
