import { FALSE, type NodeTable, TRUE } from './node-table';

/** A finished decision diagram: nodes without their table, children before parents. */
export interface Diagram {
  /** Number of levels. */
  readonly levels: number;
  /** Level of each node; the two terminals, 0 and 1, stand below every level. */
  readonly level: Int32Array;
  /** Child of each node when its variable is false. */
  readonly low: Int32Array;
  /** Child of each node when its variable is true. */
  readonly high: Int32Array;
  /** The node of the whole. */
  readonly root: number;
}

/** The part of a table that a root reaches, as a diagram of its own. */
export function diagramOf(table: NodeTable, root: number): Diagram {
  const position = new Int32Array(root + 1);
  if (root > TRUE) position[root] = 1;
  for (let node = root; node > TRUE; node--) {
    if (position[node] === 0) continue;
    position[table.low[node] as number] = 1;
    position[table.high[node] as number] = 1;
  }
  let count = 2;
  for (let node = 2; node <= root; node++) if (position[node] !== 0) position[node] = count++;
  position[FALSE] = FALSE;
  if (root >= TRUE) position[TRUE] = TRUE;
  const diagram = {
    levels: table.levels,
    level: new Int32Array(count).fill(table.levels, 0, 2),
    low: new Int32Array(count),
    high: new Int32Array(count),
    root: position[root] as number,
  };
  for (let node = 2; node <= root; node++) {
    const at = position[node] as number;
    if (at === 0) continue;
    diagram.level[at] = table.level[node] as number;
    diagram.low[at] = position[table.low[node] as number] as number;
    diagram.high[at] = position[table.high[node] as number] as number;
  }
  return diagram;
}

/**
 * How likely each of some variables is to be true, and to be false. Both are kept, because one minus a share that is close
 * to one has lost its digits.
 */
export interface Shares {
  /** How likely each is true. */
  readonly yes: Float64Array;
  /** How likely each is false. */
  readonly no: Float64Array;
}

/** The shares of nodes, by level. */
export function pick({ yes, no }: Shares, nodes: Int32Array): Shares {
  const shares = { yes: new Float64Array(nodes.length), no: new Float64Array(nodes.length) };
  for (let level = 0; level < nodes.length; level++) {
    shares.yes[level] = yes[nodes[level] as number] as number;
    shares.no[level] = no[nodes[level] as number] as number;
  }
  return shares;
}

/**
 * How likely each node of a diagram leads to a terminal, given the shares of its variables by level. Sums of
 * positive terms only, so that every result keeps its digits.
 */
export function probabilities(diagram: Diagram, { yes, no }: Shares, terminal = TRUE): Float64Array {
  const { level, low, high } = diagram;
  const result = new Float64Array(level.length);
  result[terminal] = 1;
  for (let node = 2; node < level.length; node++) {
    const at = level[node] as number;
    const whenTrue = (yes[at] as number) * (result[high[node] as number] as number);
    result[node] = whenTrue + (no[at] as number) * (result[low[node] as number] as number);
  }
  return result;
}

/** How likely a diagram leads to a terminal when each of its variables is given. */
export interface Conditionals {
  /** The probability when the variable of a level is true. */
  readonly whenTrue: Float64Array;
  /** The same, when the variable of a level is false. */
  readonly whenFalse: Float64Array;
}

/**
 * All conditional probabilities of a diagram, in one pass up and one down. Here too every sum is one of positive terms:
 * what does not pass a level is added over the edges that cross it, not subtracted from the whole.
 */
export function conditionals(diagram: Diagram, shares: Shares, terminal = TRUE): Conditionals {
  const { levels, level, low, high, root } = diagram;
  const value = probabilities(diagram, shares, terminal);
  const reach = new Float64Array(level.length);
  const whenTrue = new Float64Array(levels);
  const whenFalse = new Float64Array(levels);
  const crossing = new RangeSums(levels);
  reach[root] = 1;
  crossing.add(0, level[root] as number, value[root] as number);
  for (let node = level.length - 1; node > TRUE; node--) {
    const at = level[node] as number;
    const [falseNode, trueNode] = [low[node] as number, high[node] as number];
    const [falseValue, trueValue] = [value[falseNode] as number, value[trueNode] as number];
    const here = reach[node] as number;
    const [toFalse, toTrue] = [here * (shares.no[at] as number), here * (shares.yes[at] as number)];
    whenFalse[at] = (whenFalse[at] as number) + here * falseValue;
    whenTrue[at] = (whenTrue[at] as number) + here * trueValue;
    reach[falseNode] = (reach[falseNode] as number) + toFalse;
    reach[trueNode] = (reach[trueNode] as number) + toTrue;
    crossing.add(at + 1, level[falseNode] as number, toFalse * falseValue);
    crossing.add(at + 1, level[trueNode] as number, toTrue * trueValue);
  }
  for (let at = 0; at < levels; at++) {
    const rest = crossing.at(at);
    whenTrue[at] = (whenTrue[at] as number) + rest;
    whenFalse[at] = (whenFalse[at] as number) + rest;
  }
  return { whenTrue, whenFalse };
}

/** Sums over ranges of levels, by additions alone. */
class RangeSums {
  private readonly sums: Float64Array;

  constructor(private readonly size: number) {
    this.sums = new Float64Array(2 * size);
  }

  /** Adds to the levels from `start` up to, and without, `end`. */
  public add(start: number, end: number, amount: number): void {
    if (amount === 0) return;
    let [left, right] = [start + this.size, end + this.size];
    for (; left < right; left >>= 1, right >>= 1) {
      if (left & 1) this.sums[left] = (this.sums[left++] as number) + amount;
      if (right & 1) this.sums[--right] = (this.sums[right] as number) + amount;
    }
  }

  /** What was added to a level. */
  public at(level: number): number {
    let sum = 0;
    for (let index = level + this.size; index >= 1; index >>= 1) sum += this.sums[index] as number;
    return sum;
  }
}
