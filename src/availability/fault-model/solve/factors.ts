import { Leaves } from './leaves';
import { Cache, FULL, NodeTable } from './node-table';

/** How deep an operation may recurse. */
const MOST_DEPTH = 2500;

/**
 * Decision diagrams whose leaves are probabilities: how likely something is true, and false, given the variables of the
 * diagram. What no variable tells apart is one node.
 */
export class Factors {
  /** The leaf that is never true. */
  public never: number;
  /** The leaf that is always true. */
  public always: number;

  private readonly table: NodeTable;
  private readonly leaves = new Leaves();
  private readonly mixed = new Cache();
  private readonly restricted = new Cache();

  constructor(levels: number, maxNodes: number) {
    this.table = new NodeTable(levels, maxNodes);
    this.never = this.leaf(0, 1);
    this.always = this.leaf(1, 0);
  }

  /** How many nodes there are. */
  public get count(): number {
    return this.table.count;
  }

  /** What has these probabilities, whatever the variables are. */
  public leaf(yes: number, no: number): number {
    const index = this.leaves.indexOf(yes, no);
    return this.table.node(this.table.levels, index, index);
  }

  /** What is true when a variable is. */
  public variable(level: number): number {
    return this.table.node(level, this.never, this.always);
  }

  /** The probabilities of a leaf; none when it is no leaf. */
  public valueOf(node: number): { readonly yes: number; readonly no: number } | undefined {
    if (this.table.level[node] !== this.table.levels) return undefined;
    const index = this.table.low[node] as number;
    return { yes: this.leaves.yes[index] as number, no: this.leaves.no[index] as number };
  }

  /** The levels that a factor depends on. */
  public scope(factor: number): Set<number> {
    const { table } = this;
    const levels = new Set<number>();
    const seen = new Set([factor]);
    for (const node of seen) {
      const level = table.level[node] as number;
      if (level === table.levels) continue;
      levels.add(level);
      seen.add(table.low[node] as number).add(table.high[node] as number);
    }
    return levels;
  }

  /** Keeps only what some factors reach, and renumbers them in place. */
  public keep(factors: Int32Array): void {
    const roots = Int32Array.of(...factors, this.never, this.always);
    this.table.keep(roots);
    factors.set(roots.subarray(0, factors.length));
    this.never = roots[factors.length] as number;
    this.always = roots[factors.length + 1] as number;
    this.mixed.clear();
    this.restricted.clear();
  }

  /** g when f is true, h when it is false; f depends on neither but through the variables. */
  public mix(f: number, g: number, h: number, depth = 0): number {
    if (f === this.always || g === h) return g;
    if (f === this.never) return h;
    if (g === this.always && h === this.never) return f;
    const known = this.mixed.get(f, g, h);
    if (known !== FULL) return known;
    if (depth > MOST_DEPTH || this.table.stepsLeft-- <= 0) return FULL;
    const { table } = this;
    const [levelF, levelG, levelH] = [table.level[f] as number, table.level[g] as number, table.level[h] as number];
    const level = Math.min(levelF, levelG, levelH);
    let result: number;
    if (level === table.levels) result = this.mixedLeaf(f, g, h);
    else {
      const low = this.mix(
        levelF === level ? (table.low[f] as number) : f,
        levelG === level ? (table.low[g] as number) : g,
        levelH === level ? (table.low[h] as number) : h,
        depth + 1,
      );
      if (low === FULL) return FULL;
      const high = this.mix(
        levelF === level ? (table.high[f] as number) : f,
        levelG === level ? (table.high[g] as number) : g,
        levelH === level ? (table.high[h] as number) : h,
        depth + 1,
      );
      if (high === FULL) return FULL;
      result = low === high ? low : table.node(level, low, high);
    }
    if (result === FULL) return FULL;
    this.mixed.fit(table.count);
    this.mixed.set(f, g, h, result);
    return result;
  }

  /** f without a variable, which is true as often as `share` says; `share` may depend on other variables. */
  public without(f: number, level: number, share: number): number {
    const whenTrue = this.given(f, level, true);
    const whenFalse = this.given(f, level, false);
    return whenTrue === FULL || whenFalse === FULL ? FULL : this.mix(share, whenTrue, whenFalse);
  }

  private given(f: number, level: number, value: boolean, depth = 0): number {
    const { table } = this;
    const at = table.level[f] as number;
    if (at > level) return f;
    if (at === level) return (value ? table.high[f] : table.low[f]) as number;
    const key = 2 * level + (value ? 1 : 0);
    const known = this.restricted.get(f, key, 0);
    if (known !== FULL) return known;
    if (depth > MOST_DEPTH || this.table.stepsLeft-- <= 0) return FULL;
    const low = this.given(table.low[f] as number, level, value, depth + 1);
    const high = this.given(table.high[f] as number, level, value, depth + 1);
    if (low === FULL || high === FULL) return FULL;
    const result = low === high ? low : table.node(at, low, high);
    if (result === FULL) return FULL;
    this.restricted.fit(table.count);
    this.restricted.set(f, key, 0, result);
    return result;
  }

  private mixedLeaf(f: number, g: number, h: number): number {
    const { low } = this.table;
    const { yes, no } = this.leaves;
    const [atF, atG, atH] = [low[f] as number, low[g] as number, low[h] as number];
    const [fYes, fNo] = [yes[atF] as number, no[atF] as number];
    return this.leaf(
      fYes * (yes[atG] as number) + fNo * (yes[atH] as number),
      fYes * (no[atG] as number) + fNo * (no[atH] as number),
    );
  }
}
