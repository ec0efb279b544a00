import type { Factors } from './factors';
import { FULL } from './node-table';

/** A factor and the levels that it depends on. */
interface Scoped {
  factor: number;
  scope: ReadonlySet<number>;
}

/**
 * `and` or `or` of many factors, without the variables that nothing else uses: a variable goes as soon as the factors that
 * hold it are joined, the one whose factors hold the fewest others first (bucket elimination, after R. Dechter,
 * Artificial Intelligence 113, 1999).
 */
export class Join {
  private items: Scoped[];
  private readonly closing = new Map<number, Scoped>();

  /**
   * @param factors where the factors live
   * @param kind how they are joined
   * @param items the factors
   * @param closing level of each variable that goes, and how often it is true
   */
  constructor(
    private readonly factors: Factors,
    private readonly kind: 'and' | 'or',
    items: readonly number[],
    closing: ReadonlyMap<number, number>,
  ) {
    this.items = items.map((factor) => this.scoped(factor));
    for (const [level, factor] of closing) this.closing.set(level, this.scoped(factor));
  }

  /**
   * The joined factor; {@link FULL} at the limit.
   *
   * @param collect called between steps with all factors that are still needed: it may renumber them
   */
  public result(collect: (factors: Int32Array) => void): number {
    for (;;) {
      const level = this.nextToGo();
      if (level === undefined) {
        const last = this.joinedAll(this.items, collect);
        return last ? last.factor : FULL;
      }
      const holding = this.items.filter(({ scope }) => scope.has(level));
      this.items = this.items.filter(({ scope }) => !scope.has(level));
      if (holding.length > 0) {
        const joined = this.joinedAll(holding, collect);
        const share = this.closing.get(level)?.factor ?? FULL;
        const factor = joined ? this.factors.without(joined.factor, level, share) : FULL;
        if (factor === FULL) return FULL;
        this.items.push(this.scoped(factor));
      }
      this.closing.delete(level);
    }
  }

  /** The variable whose factors hold the fewest levels, of those that no other closing variable depends on. */
  private nextToGo(): number | undefined {
    let [best, fewest] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    for (const [level, share] of this.closing) {
      let isHeld = false;
      for (const other of this.closing.values()) isHeld ||= other.scope.has(level);
      if (isHeld) continue;
      const all = new Set(share.scope);
      for (const { scope } of this.items) if (scope.has(level)) for (const one of scope) all.add(one);
      if (all.size < fewest) [best, fewest] = [level, all.size];
    }
    return best;
  }

  /** Joins the smallest with the one that adds the least, until one is left. */
  private joinedAll(items: readonly Scoped[], collect: (factors: Int32Array) => void): Scoped | undefined {
    const neutral = this.kind === 'and' ? this.factors.always : this.factors.never;
    if (items.length === 0) return this.scoped(neutral);
    const left = [...items];
    while (left.length > 1) {
      left.sort((a, b) => a.scope.size - b.scope.size);
      const first = left.shift() as Scoped;
      const added = left.map(({ scope }) => {
        let size = 0;
        for (const level of scope) if (!first.scope.has(level)) size++;
        return size + scope.size;
      });
      const [second] = left.splice(added.indexOf(Math.min(...added)), 1) as [Scoped];
      const { always, never } = this.factors;
      const factor =
        this.kind === 'and'
          ? this.factors.mix(first.factor, second.factor, never)
          : this.factors.mix(first.factor, always, second.factor);
      if (factor === FULL) return undefined;
      left.push(this.scoped(factor));
      const held = [...left, ...this.items.filter((item) => !items.includes(item)), ...this.closing.values()];
      const numbers = Int32Array.from(held, (item) => item.factor);
      collect(numbers);
      for (const [index, item] of held.entries()) item.factor = numbers[index] as number;
    }
    return left[0];
  }

  private scoped(factor: number): Scoped {
    return { factor, scope: this.factors.scope(factor) };
  }
}
