import { Heap } from '../cut-sets/heap';
import { type Gate, type Graph, isNegated, needed, nodeOf } from './graph';

/** A graph with the state of everything, kept up while events fail and recover: only what changes is looked at again. */
export class Propagation {
  private readonly state: Uint8Array;
  private readonly failing: Int32Array;
  private readonly parents: readonly number[][];
  private readonly waiting = new Heap<number>((a, b) => a < b);
  private readonly isWaiting: Uint8Array;

  /** @param graph simplified: it holds no constants; at first no event has failed */
  constructor(private readonly graph: Graph) {
    const { events, gates } = graph;
    const nodes = events + gates.length;
    this.state = new Uint8Array(nodes);
    this.failing = new Int32Array(gates.length);
    this.isWaiting = new Uint8Array(gates.length);
    this.parents = Array.from({ length: nodes }, () => []);
    gates.forEach((gate, index) => {
      for (const input of gate.inputs) {
        this.parents[nodeOf(input)]?.push((index << 1) | (input & 1));
        if (this.isTrue(nodeOf(input)) !== isNegated(input)) this.failing[index] = (this.failing[index] as number) + 1;
      }
      this.state[events + index] = this.valueOf(index, gate) ? 1 : 0;
    });
  }

  /** Whether the top fails. */
  public get isTopTrue(): boolean {
    return this.state[this.state.length - 1] === 1;
  }

  /** Whether a node has failed. */
  public isTrue(node: number): boolean {
    return this.state[node] === 1;
  }

  /** Lets an event fail that works, or work that has failed. */
  public flip(event: number): void {
    this.change(event);
    for (let index = this.waiting.pop(); index !== undefined; index = this.waiting.pop()) {
      this.isWaiting[index] = 0;
      const node = this.graph.events + index;
      if (this.valueOf(index, this.graph.gates[index] as Gate) !== this.isTrue(node)) this.change(node);
    }
  }

  private change(node: number): void {
    const now = this.state[node] === 1 ? 0 : 1;
    this.state[node] = now;
    for (const parent of this.parents[node] as number[]) {
      const index = parent >> 1;
      const isUp = now !== (parent & 1);
      this.failing[index] = (this.failing[index] as number) + (isUp ? 1 : -1);
      if (this.isWaiting[index]) continue;
      this.isWaiting[index] = 1;
      this.waiting.push(index);
    }
  }

  private valueOf(index: number, gate: Gate): boolean {
    const count = this.failing[index] as number;
    return gate.kind === 'xor' ? count % 2 === 1 : count >= needed(gate, gate.inputs.length);
  }
}
