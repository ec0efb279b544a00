import type { Diagram } from '../solve/diagram';
import { diagramOf } from '../solve/diagram';
import { Cache, FALSE, FULL, NodeTable, TRUE } from '../solve/node-table';

/** How deep an operation may recurse. */
const MOST_DEPTH = 2500;

/** No set at all: the family that nothing makes true. */
export const NONE = FALSE;

/** The family of the empty set alone. */
export const EMPTY = TRUE;

/** Sets of any length. */
export const ANY_LENGTH = 2 ** 30;

/**
 * Families of sets of variables, none inside another, as zero-suppressed decision diagrams: a node says which sets do
 * without its variable (low) and which hold it (high). After S. Minato, and A. Rauzy, "New algorithms for fault trees
 * analysis", Reliability Engineering & System Safety 40(3), 1993. Every operation answers {@link FULL} at the limit.
 */
export class Families {
  /** The nodes. */
  public readonly table: NodeTable;
  private readonly differences = new Cache();
  private readonly unions = new Cache();
  private readonly products = new Cache();

  constructor(levels: number, maxNodes: number) {
    this.table = new NodeTable(levels, maxNodes);
  }

  /** The family of one set of one variable. */
  public single(level: number): number {
    return this.node(level, NONE, EMPTY);
  }

  /** The sets of f that hold no set of g. */
  public without(f: number, g: number, depth = 0): number {
    if (f === NONE || g === EMPTY || f === g) return NONE;
    if (g === NONE || f === EMPTY) return f;
    const known = this.differences.get(f, g, 0);
    if (known !== FULL) return known;
    if (depth > MOST_DEPTH || this.table.stepsLeft-- <= 0) return FULL;
    const { level, low, high } = this.table;
    const [levelF, levelG] = [level[f] as number, level[g] as number];
    let result: number;
    if (levelG < levelF) result = this.without(f, low[g] as number, depth + 1);
    else {
      const gLow = levelG === levelF ? (low[g] as number) : g;
      const [fLow, fHigh] = [low[f] as number, high[f] as number];
      const gHigh = levelG === levelF ? (high[g] as number) : NONE;
      const left = this.without(fLow, gLow, depth + 1);
      const shorter = this.without(fHigh, gLow, depth + 1);
      if (left === FULL || shorter === FULL) return FULL;
      const right = this.without(shorter, gHigh, depth + 1);
      if (right === FULL) return FULL;
      result = this.node(levelF, left, right);
    }
    return this.kept(this.differences, f, g, 0, result);
  }

  /** The sets of f and of g, without those that hold another. */
  public union(f: number, g: number, depth = 0): number {
    if (f === EMPTY || g === EMPTY) return EMPTY;
    if (f === NONE || f === g) return g;
    if (g === NONE) return f;
    if (g < f) [f, g] = [g, f];
    const known = this.unions.get(f, g, 0);
    if (known !== FULL) return known;
    if (depth > MOST_DEPTH || this.table.stepsLeft-- <= 0) return FULL;
    const level = Math.min(this.table.level[f] as number, this.table.level[g] as number);
    const [fLow, fHigh, gLow, gHigh] = this.split(level, f, g);
    const low = this.union(fLow, gLow, depth + 1);
    const both = this.union(fHigh, gHigh, depth + 1);
    if (low === FULL || both === FULL) return FULL;
    const high = this.without(both, low, depth + 1);
    return high === FULL ? FULL : this.kept(this.unions, f, g, 0, this.node(level, low, high));
  }

  /** Every set of f joined with every set of g, of those of at most `most` variables the ones that hold no other. */
  public product(f: number, g: number, most: number, depth = 0): number {
    if (f === NONE || g === NONE) return NONE;
    if (f === EMPTY && g === EMPTY) return EMPTY;
    if (f > g) [f, g] = [g, f]; // now g is no terminal
    const known = this.products.get(g, f, most);
    if (known !== FULL) return known;
    if (depth > MOST_DEPTH || this.table.stepsLeft-- <= 0) return FULL;
    const level = Math.min(this.table.level[f] as number, this.table.level[g] as number);
    const [fLow, fHigh, gLow, gHigh] = this.split(level, f, g);
    const low = this.product(fLow, gLow, most, depth + 1);
    if (low === FULL) return FULL;
    let high = NONE;
    const fewer = most === ANY_LENGTH ? most : most - 1;
    if (most > 0) {
      for (const [a, b] of [
        [fHigh, gHigh],
        [fHigh, gLow],
        [fLow, gHigh],
      ] as const) {
        const part = this.product(a, b, fewer, depth + 1);
        high = part === FULL ? FULL : this.union(high, part, depth + 1);
        if (high === FULL) return FULL;
      }
      high = this.without(high, low, depth + 1);
      if (high === FULL) return FULL;
    }
    return this.kept(this.products, g, f, most, this.node(level, low, high));
  }

  private split(level: number, f: number, g: number): [number, number, number, number] {
    const { table } = this;
    const [inF, inG] = [table.level[f] === level, table.level[g] === level];
    return [
      inF ? (table.low[f] as number) : f,
      inF ? (table.high[f] as number) : NONE,
      inG ? (table.low[g] as number) : g,
      inG ? (table.high[g] as number) : NONE,
    ];
  }

  /** The node of a family; a variable that no set holds needs none. */
  public node(level: number, low: number, high: number): number {
    return high === NONE ? low : this.table.node(level, low, high);
  }

  private kept(cache: Cache, a: number, b: number, c: number, result: number): number {
    if (result === FULL) return FULL;
    cache.fit(8 * this.table.count); // far more pairs are asked for than families made
    cache.set(a, b, c, result);
    return result;
  }
}

/**
 * The minimal cut sets of a function that no failure makes false, as a family over the same levels; none when they take
 * more than `maxNodes`.
 */
export function minimalSets(diagram: Diagram, maxNodes: number): Diagram | undefined {
  const families = new Families(diagram.levels, maxNodes);
  const made = new Int32Array(diagram.level.length);
  made[TRUE] = EMPTY;
  for (let node = 2; node < made.length; node++) {
    const low = made[diagram.low[node] as number] as number;
    const high = families.without(made[diagram.high[node] as number] as number, low);
    const family = high === FULL ? FULL : families.node(diagram.level[node] as number, low, high);
    if (family === FULL) return undefined;
    made[node] = family;
  }
  return diagramOf(families.table, made[diagram.root] as number);
}
