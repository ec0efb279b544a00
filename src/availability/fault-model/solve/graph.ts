/**
 * A fault tree as numbers. Nodes 0 to `events` - 1 are events, `events` + i is gate i; gates stand after what they
 * use. An input is a literal: twice a node, plus one when it is negated.
 */
export interface Graph {
  /** Number of events. */
  readonly events: number;
  /** Gates, each after the gates that it uses; the last one is the top. */
  readonly gates: readonly Gate[];
}

/** A gate: true when enough of its inputs are. */
export interface Gate {
  /** What the gate asks of its inputs; `xor` is true for an odd number of them. */
  readonly kind: GateKind;
  /** How many inputs must be true: of `atLeast` only, 0 otherwise. */
  readonly min: number;
  /** Literals. */
  readonly inputs: readonly number[];
}

/** What a gate asks of its inputs. */
export type GateKind = 'and' | 'or' | 'xor' | 'atLeast';

/** The literal that is true when a node is. */
export function literal(node: number): number {
  return node << 1;
}

/** The node of a literal. */
export function nodeOf(input: number): number {
  return input >> 1;
}

/** Whether a literal is negated. */
export function isNegated(input: number): boolean {
  return (input & 1) === 1;
}

/** The literal that is true when another is not. */
export function negated(input: number): number {
  return input ^ 1;
}

/** How many of `total` inputs must be true for a gate to be; of all kinds but xor. */
export function needed({ kind, min }: Gate, total: number): number {
  return kind === 'and' ? total : kind === 'or' ? 1 : min;
}

/** Whether a graph uses no negation: the failure of one more part never helps. */
export function isCoherent({ gates }: Graph): boolean {
  return gates.every(({ kind, inputs }) => kind !== 'xor' && !inputs.some(isNegated));
}

/** How often each node is used as an input. */
export function uses({ events, gates }: Graph): Int32Array {
  const counts = new Int32Array(events + gates.length);
  for (const { inputs } of gates) {
    for (const input of inputs) counts[nodeOf(input)] = (counts[nodeOf(input)] as number) + 1;
  }
  return counts;
}
