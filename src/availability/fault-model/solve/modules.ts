import { type Gate, type Graph, isNegated, literal, nodeOf, uses } from './graph';

/** Inputs that nothing else uses are put into gates of their own, of at most this many. */
const MOST_GROUPED = 64;

/** A part of a graph that shares nothing with the rest but its own gate: it is solved apart, and then is one variable. */
export interface Module {
  /** The node that stands for the module elsewhere. */
  readonly node: number;
  /** The module's own gates, as indices into the graph's, each after what it uses; the last one is the module's. */
  readonly gates: readonly number[];
}

/** A graph and its modules, each after those that it uses; the last one holds the top. */
export interface Modular {
  /** The graph: more gates than before, when inputs were grouped. */
  readonly graph: Graph;
  /** The modules. */
  readonly modules: readonly Module[];
}

/** The graph as one module. */
export function undivided(graph: Graph): Modular {
  const top = graph.gates.length - 1;
  return { graph, modules: [{ node: graph.events + top, gates: graph.gates.map((_, index) => index) }] };
}

/**
 * The modules of a graph, in time that grows as the graph does.
 *
 * By the two visits of Y. Dutuit and A. Rauzy, "A linear-time algorithm to find modules of fault trees", IEEE
 * Transactions on Reliability 45(3), 1996: a gate is a module when everything below it is visited only between the
 * first and the last step of the visit of the gate itself. Then inputs of an `and` or `or` that nothing else uses become a
 * module too.
 */
export function modularized(graph: Graph): Modular {
  const grouped = withGroups(graph, moduleGates(graph));
  return { graph: grouped.graph, modules: collected(grouped.graph, grouped.isModule) };
}

/** For each gate, whether it is a module. */
function moduleGates({ events, gates }: Graph): Uint8Array {
  const nodes = events + gates.length;
  const first = new Int32Array(nodes);
  const last = new Int32Array(nodes);
  const left = new Int32Array(nodes);
  const position = new Int32Array(nodes);
  const stack = [nodes - 1];
  let date = 1;
  first[nodes - 1] = date;
  last[nodes - 1] = date;
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as number;
    const input = gates[node - events]?.inputs[position[node] as number];
    if (input === undefined) {
      left[node] = ++date;
      stack.pop();
      continue;
    }
    position[node] = (position[node] as number) + 1;
    const below = nodeOf(input);
    last[below] = ++date;
    if (first[below] !== 0) continue;
    first[below] = date;
    if (below >= events) stack.push(below);
  }

  const earliest = first.slice();
  const latest = last.slice();
  const isModule = new Uint8Array(gates.length);
  gates.forEach(({ inputs }, index) => {
    const node = events + index;
    let [low, high] = [Number.POSITIVE_INFINITY, 0];
    for (const input of inputs) {
      low = Math.min(low, earliest[nodeOf(input)] as number);
      high = Math.max(high, latest[nodeOf(input)] as number);
    }
    if (low > (first[node] as number) && high < (left[node] as number)) isModule[index] = 1;
    earliest[node] = Math.min(low, first[node] as number);
    latest[node] = Math.max(high, last[node] as number, left[node] as number);
  });
  return isModule;
}

/** The graph with inputs that belong to one `and` or `or` alone gathered in modules of their own. */
function withGroups(graph: Graph, isModule: Uint8Array): { graph: Graph; isModule: readonly boolean[] } {
  const { events } = graph;
  const counts = uses(graph);
  const gates: Gate[] = [];
  const modules: boolean[] = [];
  const moved = new Int32Array(graph.gates.length);
  const add = (gate: Gate, isOwn: boolean): number => {
    modules.push(isOwn);
    return events + gates.push(gate) - 1;
  };
  graph.gates.forEach((gate, index) => {
    const isAlone = (input: number) =>
      counts[nodeOf(input)] === 1 && (nodeOf(input) < events || isModule[nodeOf(input) - events] === 1);
    const renumber = (input: number) =>
      nodeOf(input) < events ? input : literal(events + (moved[nodeOf(input) - events] as number)) | (input & 1);
    let inputs = gate.inputs.map(renumber);
    if (gate.kind === 'and' || gate.kind === 'or') {
      let alone = gate.inputs.filter(isAlone).map(renumber);
      const shared = gate.inputs.filter((input) => !isAlone(input)).map(renumber);
      const most = shared.length > 0 ? 1 : MOST_GROUPED;
      while (alone.length > most) {
        const next: number[] = [];
        for (let start = 0; start < alone.length; start += MOST_GROUPED) {
          const group = alone.slice(start, start + MOST_GROUPED);
          next.push(group.length === 1 ? (group[0] as number) : literal(add({ ...gate, inputs: group }, true)));
        }
        alone = next;
      }
      inputs = [...shared, ...alone];
    }
    moved[index] = add({ ...gate, inputs }, isModule[index] === 1) - events;
  });
  return { graph: { events, gates }, isModule: modules };
}

function collected({ events, gates }: Graph, isModule: readonly boolean[]): Module[] {
  const owner = new Int32Array(gates.length).fill(-1);
  const members = new Map<number, number[]>();
  for (let index = gates.length - 1; index >= 0; index--) {
    if (isModule[index]) {
      owner[index] = index;
      members.set(index, []);
    }
    const own = owner[index] as number;
    members.get(own)?.push(index);
    for (const input of gates[index]?.inputs ?? []) {
      const below = nodeOf(input) - events;
      if (below >= 0 && !isModule[below]) owner[below] = own;
    }
  }
  const found = [...members].sort(([a], [b]) => a - b);
  return found.map(([index, own]) => ({ node: events + index, gates: own.reverse() }));
}

/** The variables of a module, events and other modules, in the order in which its gates name them. */
export function variablesOf({ graph, modules }: Modular, module: Module): number[] {
  const isModule = moduleNodes(modules);
  const found = new Set<number>();
  for (const index of module.gates) {
    for (const input of graph.gates[index]?.inputs ?? []) {
      const node = nodeOf(input);
      if (node < graph.events || isModule.has(node)) found.add(node);
    }
  }
  return [...found];
}

function moduleNodes(modules: readonly Module[]): ReadonlySet<number> {
  return new Set(modules.map(({ node }) => node));
}

/** Whether a module uses no negation. */
export function isCoherentModule({ gates }: Graph, module: Module): boolean {
  return module.gates.every((index) => {
    const gate = gates[index];
    return gate !== undefined && gate.kind !== 'xor' && !gate.inputs.some(isNegated);
  });
}
