import { type Graph, nodeOf, uses } from './graph';
import type { Module } from './modules';

/** How the gates below a gate are visited, to put variables into an order. */
export type Order = 'smallest-first' | 'shared-first' | 'as-written';

/** Orders in the turn in which they are tried. */
export const ORDERS: readonly Order[] = ['smallest-first', 'shared-first', 'as-written'];

/** Puts the variables of modules into orders in which their diagrams stay small. */
export class Ordering {
  private readonly counts: Int32Array;
  private readonly weight: Float64Array;

  constructor(private readonly graph: Graph) {
    this.counts = uses(graph);
    this.weight = weights(graph);
  }

  /** The variables of a module, from the top level down: depth first from its gate. */
  public variables({ gates }: Module, order: Order): number[] {
    const { events } = this.graph;
    const own = new Set(gates.map((index) => events + index));
    const seen = new Set<number>();
    const found: number[] = [];
    const stack = [events + (gates.at(-1) ?? 0)];
    while (stack.length > 0) {
      const node = stack.pop() as number;
      if (seen.has(node)) continue;
      seen.add(node);
      if (own.has(node)) stack.push(...this.inputs(node, order).reverse());
      else found.push(node);
    }
    return found;
  }

  private inputs(node: number, order: Order): number[] {
    const inputs = (this.graph.gates[node - this.graph.events]?.inputs ?? []).map(nodeOf);
    const shared = (input: number) => this.counts[input] as number;
    const weight = (input: number) => this.weight[input] as number;
    if (order === 'smallest-first') return inputs.sort((a, b) => weight(a) - weight(b) || shared(b) - shared(a));
    if (order === 'shared-first') return inputs.sort((a, b) => shared(b) - shared(a) || weight(a) - weight(b));
    return inputs;
  }
}

/** How much stands below each node, counted as often as it is reached. */
function weights({ events, gates }: Graph): Float64Array {
  const weight = new Float64Array(events + gates.length).fill(1, 0, events);
  gates.forEach(({ inputs }, index) => {
    weight[events + index] = inputs.reduce((sum, input) => sum + (weight[nodeOf(input)] as number), 1);
  });
  return weight;
}
