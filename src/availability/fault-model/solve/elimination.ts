import { Factors } from './factors';
import { type Gate, type Graph, isNegated, needed, nodeOf } from './graph';
import { Join } from './join';
import type { Module } from './modules';
import { FULL } from './node-table';

/** How likely something is true, and false. */
export interface Share {
  /** How likely it is true. */
  readonly yes: number;
  /** How likely it is false. */
  readonly no: number;
}

/**
 * The probability of a module by elimination: gates become diagrams over what is *shared* alone, events and gates that are
 * used more than once, with probabilities for leaves. What only one gate uses is summed at once; what is shared is
 * summed at the lowest gate that all its uses lead to (its dominator). Twenty services on fifteen hosts need a diagram of the
 * hosts, not one of the three hundred replicas on them.
 */
export class Elimination {
  private readonly events: number;
  private readonly inputs: readonly (readonly number[])[];
  private readonly levelOf = new Map<number, number>();
  private readonly closedAt = new Map<number, number[]>();
  private readonly factorOf = new Map<number, number>();
  private readonly factors: Factors;
  private clean: number;

  /**
   * @param graph the graph
   * @param module the module
   * @param order the module's variables in the order of the diagrams; shared gates are put behind those below them
   * @param maxNodes the most nodes of all diagrams together
   */
  constructor(
    private readonly graph: Graph,
    private readonly module: Module,
    order: Int32Array,
    maxNodes: number,
  ) {
    this.events = graph.events;
    this.inputs = module.gates.map((index) => (graph.gates[index] as Gate).inputs.map(nodeOf));
    for (const node of this.sharedInOrder(order)) this.levelOf.set(node, this.levelOf.size);
    this.factors = new Factors(this.levelOf.size, maxNodes);
    this.clean = Math.max(1024, maxNodes >> 1);
    for (const [node, dominator] of this.dominators()) {
      if (!this.levelOf.has(node)) continue;
      const closed = this.closedAt.get(dominator) ?? [];
      this.closedAt.set(dominator, [...closed, node]);
    }
    for (const closed of this.closedAt.values()) closed.sort((a, b) => b - a);
  }

  /**
   * How likely the module is true and false, given its variables; none when it takes too many nodes.
   *
   * @param shareOf how likely a variable is true and false
   */
  public evaluate(shareOf: (node: number) => Share): Share | undefined {
    const { factors, factorOf } = this;
    const leafOf = (node: number) => {
      const { yes, no } = shareOf(node);
      return factors.leaf(yes, no);
    };
    factorOf.clear();
    for (const [position, index] of this.module.gates.entries()) {
      const gate = this.graph.gates[index] as Gate;
      for (const node of this.inputs[position] as readonly number[]) {
        if (!factorOf.has(node)) factorOf.set(node, leafOf(node));
      }
      const factor = this.summed(gate, this.closedAt.get(this.events + index) ?? []);
      if (factor === FULL) return undefined;
      factorOf.set(this.events + index, factor);
      this.collect(new Int32Array(0));
    }
    return factors.valueOf(factorOf.get(this.module.node) as number);
  }

  /** Nodes of all diagrams so far. */
  public get nodes(): number {
    return this.factors.count;
  }

  /** A gate without the variables that nothing above it uses. */
  private summed(gate: Gate, closed: readonly number[]): number {
    const { factors, factorOf } = this;
    if (gate.kind === 'and' || gate.kind === 'or') {
      const inputs = gate.inputs.map((input) => this.inputFactor(input));
      if (inputs.includes(FULL)) return FULL;
      const closing = new Map(closed.map((node) => [this.levelOf.get(node) as number, factorOf.get(node) as number]));
      return new Join(factors, gate.kind, inputs, closing).result((held) => this.collect(held));
    }
    let factor = this.counted(gate);
    for (const node of closed) {
      if (factor === FULL) return FULL;
      factor = factors.without(factor, this.levelOf.get(node) as number, factorOf.get(node) as number);
    }
    return factor;
  }

  /** Makes room, when most of it may be taken by what is needed no more. */
  private collect(held: Int32Array): void {
    const { factors, factorOf } = this;
    if (factors.count < this.clean) return;
    const all = Int32Array.of(...held, ...factorOf.values());
    factors.keep(all);
    held.set(all.subarray(0, held.length));
    [...factorOf.keys()].forEach((node, index) => {
      factorOf.set(node, all[held.length + index] as number);
    });
    this.clean = Math.max(this.clean, factors.count * 2);
  }

  private counted(gate: Gate): number {
    const { factors } = this;
    const min = gate.kind === 'xor' ? 1 : needed(gate, gate.inputs.length);
    const asked = new Array<number>(min + 1).fill(factors.never);
    asked[0] = factors.always;
    for (const input of gate.inputs) {
      const next = this.inputFactor(input);
      if (next === FULL) return FULL;
      if (gate.kind === 'xor') asked[0] = this.inverse(asked[1] as number);
      for (let count = min; count >= 1; count--) {
        const result = asked[0] === FULL ? FULL : factors.mix(next, asked[count - 1] as number, asked[count] as number);
        if (result === FULL) return FULL;
        asked[count] = result;
      }
    }
    return asked[min] as number;
  }

  private inverse(factor: number): number {
    return factor === FULL ? FULL : this.factors.mix(factor, this.factors.never, this.factors.always);
  }

  private inputFactor(input: number): number {
    const level = this.levelOf.get(nodeOf(input));
    const plain = level === undefined ? (this.factorOf.get(nodeOf(input)) as number) : this.factors.variable(level);
    return isNegated(input) ? this.inverse(plain) : plain;
  }

  /** Nodes that are used more than once. */
  private sharedInOrder(order: Int32Array): number[] {
    const counts = new Map<number, number>();
    for (const inputs of this.inputs) for (const node of inputs) counts.set(node, (counts.get(node) ?? 0) + 1);
    const isShared = (node: number) => (counts.get(node) ?? 0) > 1;
    const place = new Map(Array.from(order, (node, level) => [node, level]));
    for (const [position, index] of this.module.gates.entries()) {
      const below = (this.inputs[position] as readonly number[]).map((node) => place.get(node) ?? 0);
      place.set(this.events + index, Math.max(0, ...below) + (1e-3 * position) / this.module.gates.length);
    }
    return [...place]
      .filter(([node]) => isShared(node))
      .sort(([, a], [, b]) => a - b)
      .map(([node]) => node);
  }

  /** For each node, the lowest gate that every way from it to the module's gate passes. */
  private dominators(): Map<number, number> {
    const { gates, node: top } = this.module;
    const dominator = new Map<number, number>();
    const depth = new Map<number, number>([[top, 0]]);
    const meet = (a: number, b: number): number => {
      let [one, other] = [a, b];
      while (one !== other) {
        if ((depth.get(one) as number) < (depth.get(other) as number)) [one, other] = [other, one];
        one = dominator.get(one) as number;
      }
      return one;
    };
    // parents come before what they use: when a gate's turn comes, all of its uses are known
    for (let position = gates.length - 1; position >= 0; position--) {
      const gate = this.events + (gates[position] as number);
      if (gate !== top) depth.set(gate, (depth.get(dominator.get(gate) as number) as number) + 1);
      for (const node of this.inputs[position] as readonly number[]) {
        const known = dominator.get(node);
        dominator.set(node, known === undefined ? gate : meet(known, gate));
      }
    }
    return dominator;
  }
}
