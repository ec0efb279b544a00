import { type Gate, type GateKind, type Graph, isNegated, literal, negated, nodeOf, uses } from './graph';

/** Literals of the constants; no node has them. */
export const ALWAYS = -2;
export const NEVER = -1;

/** A gate is merged into those of its kind, when nothing else uses it, up to so many inputs: long chains stay linear. */
const MOST_MERGED = 512;

/**
 * The same function with fewer gates: constants gone, equal gates shared, gates of one input gone, `or` below `or`
 * and `and` below `and` merged, and what all inputs of a gate have in common (the zone of all replicas) drawn out of it.
 */
export function simplified(graph: Graph): Graph {
  const gates = new GateTable(graph.events);
  const counts = uses(graph);
  const isAlike = usedAlike(graph);
  const literals: number[] = [];
  const resolve = (input: number): number => {
    if (input < 0 || nodeOf(input) < graph.events) return input;
    const found = literals[nodeOf(input) - graph.events] as number;
    return isNegated(input) ? inverted(found) : found;
  };
  for (const { kind, min, inputs } of graph.gates) {
    const own = inputs.map((input) => ({
      input: resolve(input),
      isOnly: input >= 0 && counts[nodeOf(input)] === 1,
      isAlike: input >= 0 && isAlike[nodeOf(input)] === 1,
    }));
    literals.push(gates.literalOf(kind, min, own));
  }
  return reachable({ events: graph.events, gates: gates.gates }, literals.at(-1) ?? NEVER);
}

interface Input {
  readonly input: number;
  /** Whether nothing else uses this input. */
  readonly isOnly: boolean;
  /** Whether only gates of its own kind use this input. */
  readonly isAlike?: boolean;
}

/** For each node, whether it is a gate that only gates of its own kind use. */
function usedAlike({ events, gates }: Graph): Uint8Array {
  const isAlike = new Uint8Array(events + gates.length).fill(1, events);
  for (const { kind, inputs } of gates) {
    for (const input of inputs) {
      if (input >= 0 && (isNegated(input) || gates[nodeOf(input) - events]?.kind !== kind)) isAlike[nodeOf(input)] = 0;
    }
  }
  return isAlike;
}

class GateTable {
  public readonly gates: Gate[] = [];
  private readonly known = new Map<string, number>();

  constructor(private readonly events: number) {}

  /** The literal of a gate, made when an equal one is not there. */
  public literalOf(kind: GateKind, min: number, inputs: readonly Input[]): number {
    if (kind === 'xor') return this.xor(inputs.map(({ input }) => input));
    const open = inputs.filter(({ input }) => input >= 0);
    const certain = inputs.filter(({ input }) => input === ALWAYS).length;
    const total = kind === 'and' ? inputs.length : kind === 'or' ? 1 : min;
    const left = total - certain;
    if (left <= 0) return ALWAYS;
    if (left > open.length) return NEVER;
    if (left === 1) return this.merged('or', open);
    if (left === open.length) return this.merged('and', open);
    return (
      this.common('atLeast', left, open) ??
      this.made(
        'atLeast',
        left,
        open.map(({ input }) => input),
      )
    );
  }

  /** A gate `and` or `or`: with the inputs of inputs of its kind, each once. */
  private merged(kind: 'and' | 'or', inputs: readonly Input[]): number {
    const own = new Set<number>();
    let isMerged = false;
    for (const { input, isOnly, isAlike } of inputs) {
      const below = this.gateOf(input);
      if ((isOnly || isAlike) && below?.kind === kind && !isNegated(input) && below.inputs.length <= MOST_MERGED) {
        for (const inner of below.inputs) own.add(inner);
        isMerged = true;
      } else own.add(input);
    }
    for (const input of own) if (own.has(negated(input))) return kind === 'and' ? NEVER : ALWAYS;
    const [first] = own;
    if (first === undefined) return kind === 'and' ? ALWAYS : NEVER;
    if (own.size === 1) return first;
    if (isMerged || own.size !== inputs.length) return this.made(kind, 0, [...own]);
    return this.common(kind, 0, inputs) ?? this.made(kind, 0, [...own]);
  }

  /**
   * `and` or `atLeast` of gates `or` that all hold the same literals: `or` of these and of the gate over the rest;
   * and the same with `and` and `or` exchanged.
   */
  private common(kind: GateKind, min: number, inputs: readonly Input[]): number | undefined {
    if (inputs.length < 2 || !inputs.every(({ input, isOnly }) => isOnly && !isNegated(input))) return undefined;
    const below = inputs.map(({ input }) => this.gateOf(input));
    for (const outer of ['or', 'and'] as const) {
      if (outer === kind || !below.every((gate) => gate?.kind === outer)) continue;
      const sets = below.map((gate) => new Set(gate?.inputs));
      const shared = [...(sets[0] ?? [])].filter((input) => sets.every((set) => set.has(input)));
      if (shared.length === 0) continue;
      const rest = sets.map((set) => {
        const own = [...set].filter((input) => !shared.includes(input)).map((input) => ({ input, isOnly: false }));
        return { input: this.merged(outer, own), isOnly: true };
      });
      const inner = this.literalOf(kind, min, rest);
      const all = [...shared.map((input) => ({ input, isOnly: false })), { input: inner, isOnly: true }];
      return this.literalOf(outer, 0, all);
    }
    return undefined;
  }

  private xor(inputs: readonly number[]): number {
    const odd = new Set<number>();
    let isInverted = false;
    for (const input of inputs) {
      if (input === ALWAYS || (input >= 0 && isNegated(input))) isInverted = !isInverted;
      if (input < 0) continue;
      const plain = literal(nodeOf(input));
      if (!odd.delete(plain)) odd.add(plain);
    }
    const [first = NEVER] = odd;
    const result = odd.size < 2 ? first : this.made('xor', 0, [...odd]);
    return isInverted ? inverted(result) : result;
  }

  private made(kind: GateKind, min: number, inputs: readonly number[]): number {
    const key = `${kind} ${min} ${[...inputs].sort((a, b) => a - b).join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = literal(this.events + this.gates.length);
    this.gates.push({ kind, min, inputs });
    this.known.set(key, made);
    return made;
  }

  private gateOf(input: number): Gate | undefined {
    return input < 0 ? undefined : this.gates[nodeOf(input) - this.events];
  }
}

function inverted(input: number): number {
  if (input < 0) return input === ALWAYS ? NEVER : ALWAYS;
  return negated(input);
}

/** Only the gates that the top needs, and the top as the last one: it is a gate, whatever it came to. */
function reachable({ events, gates }: Graph, top: number): Graph {
  const isReached = new Uint8Array(gates.length);
  const isGate = (input: number) => nodeOf(input) >= events;
  if (top >= 0 && isGate(top)) isReached[nodeOf(top) - events] = 1;
  for (let index = gates.length - 1; index >= 0; index--) {
    if (!isReached[index]) continue;
    for (const input of gates[index]?.inputs ?? []) if (isGate(input)) isReached[nodeOf(input) - events] = 1;
  }
  const moved = new Int32Array(gates.length);
  const kept: Gate[] = [];
  const renumber = (input: number) =>
    isGate(input) ? literal(events + (moved[nodeOf(input) - events] as number)) | (input & 1) : input;
  gates.forEach((gate, index) => {
    if (!isReached[index]) return;
    moved[index] = kept.length;
    kept.push({ ...gate, inputs: gate.inputs.map(renumber) });
  });
  if (top === ALWAYS) kept.push({ kind: 'and', min: 0, inputs: [] });
  else if (top === NEVER) kept.push({ kind: 'or', min: 0, inputs: [] });
  else if (!isGate(top) || isNegated(top)) kept.push({ kind: 'or', min: 0, inputs: [renumber(top)] });
  return { events, gates: kept };
}
