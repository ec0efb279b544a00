import { Cache, FALSE, FULL, NodeTable, TRUE } from './node-table';

/** How deep an operation may recurse: well inside of node's default stack, also below a test runner. */
const MOST_DEPTH = 2500;

/**
 * Reduced ordered binary decision diagrams without complemented edges: with them, a small probability would come out of
 * `1 - large`, and its digits would be lost.
 */
export class Bdd {
  /** The nodes; two equal functions are one node. */
  public readonly table: NodeTable;
  private readonly cache = new Cache();

  constructor(levels: number, maxNodes: number) {
    this.table = new NodeTable(levels, maxNodes);
  }

  /** The function that is one variable. */
  public variable(level: number): number {
    return this.table.node(level, FALSE, TRUE);
  }

  /** `f ? g : h`, from which every other operation follows; {@link FULL} when the limit is reached. */
  public ite(f: number, g: number, h: number, depth = 0): number {
    if (f === TRUE) return g;
    if (f === FALSE) return h;
    if (g === f) g = TRUE;
    if (h === f) h = FALSE;
    if (g === h) return g;
    if (g === TRUE && h === FALSE) return f;
    // and, or: the same result in the cache, whichever comes first
    if (h === FALSE && g < f) [f, g] = [g, f];
    else if (g === TRUE && h < f) [f, h] = [h, f];

    const known = this.cache.get(f, g, h);
    if (known !== FULL) return known;
    if (depth > MOST_DEPTH || this.table.stepsLeft-- <= 0) return FULL;
    const { table } = this;
    const [levelF, levelG, levelH] = [table.level[f] as number, table.level[g] as number, table.level[h] as number];
    const level = Math.min(levelF, levelG, levelH);
    const low = this.ite(
      levelF === level ? (table.low[f] as number) : f,
      levelG === level ? (table.low[g] as number) : g,
      levelH === level ? (table.low[h] as number) : h,
      depth + 1,
    );
    if (low === FULL) return FULL;
    const high = this.ite(
      levelF === level ? (table.high[f] as number) : f,
      levelG === level ? (table.high[g] as number) : g,
      levelH === level ? (table.high[h] as number) : h,
      depth + 1,
    );
    if (high === FULL) return FULL;
    const result = low === high ? low : table.node(level, low, high);
    if (result !== FULL) {
      this.cache.fit(table.count);
      this.cache.set(f, g, h, result);
    }
    return result;
  }

  /** True when f is not. */
  public not(f: number): number {
    return this.ite(f, FALSE, TRUE);
  }

  /** True when both are. */
  public and(f: number, g: number): number {
    return this.ite(f, g, FALSE);
  }

  /** True when one of them is. */
  public or(f: number, g: number): number {
    return this.ite(f, TRUE, g);
  }

  /** Keeps only what `roots` reach, and renumbers them in place. */
  public keep(roots: Int32Array): void {
    this.table.keep(roots);
    this.cache.clear();
  }
}
