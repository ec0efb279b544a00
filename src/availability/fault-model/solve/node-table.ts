/** What every operation on a diagram answers when the limit of nodes or of depth is reached. */
export const FULL = -1;

/** The terminals of every diagram: the constant false, and the constant true (in a set diagram: no set, the empty set). */
export const FALSE = 0;
export const TRUE = 1;

/** Steps for each node that may be stored, past which an operation ends: a full cache must not cost hours. */
export const STEPS_PER_NODE = 16;

/**
 * Nodes of decision diagrams, each stored once: two equal functions are the same number. Children always have lower
 * numbers than their parents, so loops over numbers replace recursion.
 */
export class NodeTable {
  /** Level of the variable of each node; the terminals stand below every level. */
  public level: Int32Array;
  /** Child of each node when its variable is false. */
  public low: Int32Array;
  /** Child of each node when its variable is true. */
  public high: Int32Array;
  /** How many nodes there are, with the two terminals. */
  public count = 2;
  /** Steps that operations may still take. */
  public stepsLeft: number;

  private chain: Int32Array;
  private buckets: Int32Array;

  /**
   * @param levels number of levels
   * @param maxNodes the most nodes that may be stored
   */
  constructor(
    public readonly levels: number,
    private readonly maxNodes: number,
  ) {
    this.stepsLeft = Math.max(10_000, STEPS_PER_NODE * maxNodes);
    this.level = new Int32Array(64).fill(levels, 0, 2);
    this.low = new Int32Array(64);
    this.high = new Int32Array(64);
    this.chain = new Int32Array(64);
    this.buckets = new Int32Array(64);
  }

  /** The node with this level and these children, made when it is not there; {@link FULL} past the limit. */
  public node(level: number, low: number, high: number): number {
    const slot = this.slot(level, low, high);
    for (let found = this.buckets[slot] as number; found !== 0; found = this.chain[found] as number) {
      if (this.low[found] === low && this.high[found] === high && this.level[found] === level) return found;
    }
    if (this.count >= this.maxNodes) return FULL;
    if (this.count === this.level.length) this.grow();
    return this.append(level, low, high);
  }

  /** Keeps only what `roots` reach, and renumbers them in place. Nodes below every level are leaves: they stay. */
  public keep(roots: Int32Array): void {
    const renumbered = new Int32Array(this.count);
    const isLeaf = (node: number) => this.level[node] === this.levels;
    for (const root of roots) renumbered[root] = 1;
    for (let node = this.count - 1; node > TRUE; node--) {
      if (renumbered[node] === 0 || isLeaf(node)) continue;
      renumbered[this.low[node] as number] = 1;
      renumbered[this.high[node] as number] = 1;
    }
    const { count } = this;
    this.count = 2;
    this.buckets.fill(0);
    renumbered[FALSE] = FALSE;
    renumbered[TRUE] = TRUE;
    for (let node = 2; node < count; node++) {
      if (renumbered[node] === 0) continue;
      const [level, low, high] = [this.level[node] as number, this.low[node] as number, this.high[node] as number];
      const isInner = !isLeaf(node);
      renumbered[node] = this.append(
        level,
        isInner ? (renumbered[low] as number) : low,
        isInner ? (renumbered[high] as number) : high,
      );
    }
    for (let index = 0; index < roots.length; index++) roots[index] = renumbered[roots[index] as number] as number;
  }

  private append(level: number, low: number, high: number): number {
    const node = this.count++;
    const slot = this.slot(level, low, high);
    this.level[node] = level;
    this.low[node] = low;
    this.high[node] = high;
    this.chain[node] = this.buckets[slot] as number;
    this.buckets[slot] = node;
    return node;
  }

  private slot(level: number, low: number, high: number): number {
    const hash = Math.imul(level, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35);
    return (hash ^ (hash >>> 15)) & (this.buckets.length - 1);
  }

  private grow(): void {
    const capacity = this.level.length * 2;
    this.level = grown(this.level, capacity);
    this.low = grown(this.low, capacity);
    this.high = grown(this.high, capacity);
    this.chain = new Int32Array(capacity);
    this.buckets = new Int32Array(capacity);
    for (let node = 2; node < this.count; node++) {
      const slot = this.slot(this.level[node] as number, this.low[node] as number, this.high[node] as number);
      this.chain[node] = this.buckets[slot] as number;
      this.buckets[slot] = node;
    }
  }
}

function grown(array: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

/** Results of an operation on up to three nodes; bounded: a newer result takes the place of an older one. */
export class Cache {
  private entries = new Int32Array(4 << 6);

  /** @param maxSlots the most results that are kept; a power of two */
  constructor(private readonly maxSlots = 1 << 20) {}

  /** The result that is kept for these nodes, or {@link FULL} when there is none. */
  public get(a: number, b: number, c: number): number {
    const at = this.at(a, b, c);
    const { entries } = this;
    const hit = entries[at] === a && entries[at + 1] === b && entries[at + 2] === c;
    return hit ? (entries[at + 3] as number) : FULL;
  }

  /** Keeps a result. The first node is never a terminal, so that an empty place matches nothing. */
  public set(a: number, b: number, c: number, result: number): void {
    const at = this.at(a, b, c);
    this.entries[at] = a;
    this.entries[at + 1] = b;
    this.entries[at + 2] = c;
    this.entries[at + 3] = result;
  }

  /** Makes room for a diagram of so many nodes. */
  public fit(nodes: number): void {
    if (nodes * 4 <= this.entries.length || this.entries.length >= 4 * this.maxSlots) return;
    this.entries = new Int32Array(Math.min(4 * this.maxSlots, this.entries.length * 4));
  }

  /** Forgets everything: the nodes were renumbered. */
  public clear(): void {
    this.entries.fill(0);
  }

  private at(a: number, b: number, c: number): number {
    const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
    return ((hash ^ (hash >>> 13)) & ((this.entries.length >> 2) - 1)) << 2;
  }
}
