import { Bdd } from './bdd';
import { type Diagram, diagramOf, pick, probabilities, type Shares } from './diagram';
import { Elimination } from './elimination';
import { type Gate, type Graph, isNegated, needed, nodeOf } from './graph';
import { type Modular, type Module, modularized, undivided } from './modules';
import { FALSE, FULL, TRUE } from './node-table';
import { ORDERS, type Order, Ordering } from './order';

/** The most nodes that a diagram may take, unless told otherwise: about 100 MB. */
export const MOST_NODES = 2_000_000;

/** Choices for {@link solve}. */
export interface SolveOptions {
  /**
   * The most nodes that one diagram may take while it is built.
   *
   * @default MOST_NODES
   */
  readonly maxNodes?: number;
  /**
   * Whether modules are solved apart.
   *
   * @default true
   */
  readonly modules?: boolean;
  /**
   * Orders of variables that are tried, in this turn.
   *
   * @default ORDERS
   */
  readonly orders?: readonly Order[];
  /**
   * Ways to solve a module.
   *
   * @default METHODS
   */
  readonly methods?: readonly Method[];
}

/** A way to solve a module: its diagram answers every question, elimination only that of the probability. */
export type Method = 'diagram' | 'elimination';

const METHODS: readonly Method[] = ['diagram', 'elimination'];

/** What is tried in turn, with at most so many nodes. */
const ROUNDS: readonly { readonly by: Method; readonly most: number }[] = [
  { by: 'diagram', most: 20_000 },
  { by: 'elimination', most: 100_000 },
  { by: 'diagram', most: 300_000 },
  { by: 'elimination', most: Number.POSITIVE_INFINITY },
  { by: 'diagram', most: Number.POSITIVE_INFINITY },
];

/** A module and how it was solved. */
export interface SolvedModule {
  /** The module. */
  readonly module: Module;
  /** Node of the variable of each level: an event, or a module that comes before. */
  readonly variables: Int32Array;
  /** The function of the module over its variables; none when it was too large. */
  readonly diagram: Diagram | undefined;
  /** Whether its probability is known: by the diagram, or by elimination. */
  readonly isExact: boolean;
}

/** A graph with all its modules solved. */
export interface Solution extends Modular {
  /** The modules, each after those that it uses; the last one holds the top. */
  readonly solved: readonly SolvedModule[];
  /** Probability of each event, and of each module that is known, by node; that of the top comes last. */
  readonly shares: Shares;
  /** Nodes of all diagrams. */
  readonly nodes: number;
}

/** Solves the modules of a graph. One that is too large is left without a probability, and so are those above it. */
export function solve(graph: Graph, events: Float64Array, options: SolveOptions = {}): Solution {
  const modular = options.modules === false ? undivided(graph) : modularized(graph);
  const size = modular.graph.events + modular.graph.gates.length;
  const shares = { yes: new Float64Array(size), no: new Float64Array(size) };
  shares.yes.set(events);
  events.forEach((share, event) => {
    shares.no[event] = 1 - share;
  });
  const builder = new Builder(modular.graph, shares, options);
  const solved: SolvedModule[] = [];
  for (const module of modular.modules) solved.push(builder.solved(module));
  return { ...modular, solved, shares, nodes: builder.nodes };
}

/** Whether the probability of the top is known. */
export function isExact({ solved }: Solution): boolean {
  return solved.every((one) => one.isExact);
}

class Builder {
  /** Nodes of all diagrams that were kept. */
  public nodes = 0;

  private readonly ordering: Ordering;
  private readonly maxNodes: number;
  private readonly orders: readonly Order[];

  constructor(
    private readonly graph: Graph,
    private readonly shares: Shares,
    private readonly options: SolveOptions,
  ) {
    this.ordering = new Ordering(graph);
    this.maxNodes = options.maxNodes ?? MOST_NODES;
    this.orders = options.orders ?? ORDERS;
  }

  /** Tries what is quick first, and a way that may cost much only when all others have failed. */
  public solved(module: Module): SolvedModule {
    for (const { by, most } of ROUNDS) {
      if (!(this.options.methods ?? METHODS).includes(by)) continue;
      const maxNodes = Math.min(most, this.maxNodes);
      const orders = by === 'diagram' && most < Number.POSITIVE_INFINITY ? this.orders : this.orders.slice(0, 1);
      for (const order of orders) {
        const variables = Int32Array.from(this.ordering.variables(module, order));
        const found =
          by === 'diagram'
            ? this.byDiagram(module, variables, maxNodes)
            : this.byElimination(module, variables, maxNodes);
        if (found) return found;
      }
    }
    const variables = Int32Array.from(this.ordering.variables(module, this.orders[0] ?? 'as-written'));
    return { module, variables, diagram: undefined, isExact: false };
  }

  private byDiagram(module: Module, variables: Int32Array, maxNodes: number): SolvedModule | undefined {
    const diagram = this.diagram(module, variables, maxNodes);
    if (!diagram) return undefined;
    const shares = pick(this.shares, variables);
    this.shares.yes[module.node] = probabilities(diagram, shares, TRUE)[diagram.root] as number;
    this.shares.no[module.node] = probabilities(diagram, shares, FALSE)[diagram.root] as number;
    this.nodes += diagram.level.length - 2;
    return { module, variables, diagram, isExact: true };
  }

  private byElimination(module: Module, variables: Int32Array, maxNodes: number): SolvedModule | undefined {
    const elimination = new Elimination(this.graph, module, variables, maxNodes);
    const { yes, no } = this.shares;
    const share = elimination.evaluate((node) => ({ yes: yes[node] as number, no: no[node] as number }));
    if (!share) return undefined;
    yes[module.node] = share.yes;
    no[module.node] = share.no;
    this.nodes += elimination.nodes;
    return { module, variables, diagram: undefined, isExact: true };
  }

  private diagram({ gates }: Module, variables: Int32Array, maxNodes: number): Diagram | undefined {
    const bdd = new Bdd(variables.length, maxNodes);
    const levelOf = new Map(Array.from(variables, (node, level) => [node, level]));
    const positionOf = new Map(gates.map((index, position) => [this.graph.events + index, position]));
    const made = new Int32Array(gates.length);
    const usesLeft = this.usesWithin(gates, positionOf);
    let clean = Math.max(1024, maxNodes >> 2);
    for (const [position, index] of gates.entries()) {
      const gate = this.graph.gates[index] as Gate;
      const functions: number[] = [];
      for (const input of gate.inputs) {
        const level = levelOf.get(nodeOf(input));
        const plain =
          level === undefined ? (made[positionOf.get(nodeOf(input)) as number] as number) : bdd.variable(level);
        functions.push(isNegated(input) && plain !== FULL ? bdd.not(plain) : plain);
      }
      const result = functions.includes(FULL) ? FULL : combined(bdd, gate, functions);
      if (result === FULL) return undefined;
      made[position] = result;
      for (const input of gate.inputs) {
        const below = positionOf.get(nodeOf(input));
        if (below === undefined) continue;
        usesLeft[below] = (usesLeft[below] as number) - 1;
        if (usesLeft[below] === 0) made[below] = FALSE;
      }
      if (bdd.table.count > clean) {
        bdd.keep(made);
        clean = Math.max(clean, bdd.table.count * 2);
      }
    }
    return diagramOf(bdd.table, made[made.length - 1] as number);
  }

  private usesWithin(gates: readonly number[], positionOf: ReadonlyMap<number, number>): Int32Array {
    const counts = new Int32Array(gates.length);
    for (const index of gates) {
      for (const input of this.graph.gates[index]?.inputs ?? []) {
        const below = positionOf.get(nodeOf(input));
        if (below !== undefined) counts[below] = (counts[below] as number) + 1;
      }
    }
    return counts;
  }
}

/** The function of a gate over those of its inputs; the lowest in the order first, so that each step is short. */
function combined(bdd: Bdd, gate: Gate, functions: readonly number[]): number {
  const { level } = bdd.table;
  const fromBelow = [...functions].sort((a, b) => (level[b] as number) - (level[a] as number));
  if (gate.kind === 'atLeast') return atLeast(bdd, needed(gate, functions.length), fromBelow);
  let result = gate.kind === 'and' ? TRUE : FALSE;
  for (const next of fromBelow) {
    if (gate.kind === 'and') result = bdd.and(next, result);
    else if (gate.kind === 'or') result = bdd.or(next, result);
    else {
      const inverse = bdd.not(result);
      result = inverse === FULL ? FULL : bdd.ite(next, inverse, result);
    }
    if (result === FULL) return FULL;
  }
  return result;
}

/** True when `min` of the functions are: after each function, what each number of true ones that are still asked for comes to. */
function atLeast(bdd: Bdd, min: number, functions: readonly number[]): number {
  const asked = new Array<number>(min + 1).fill(FALSE);
  asked[0] = TRUE;
  for (const next of functions) {
    for (let count = min; count >= 1; count--) {
      const result = bdd.ite(next, asked[count - 1] as number, asked[count] as number);
      if (result === FULL) return FULL;
      asked[count] = result;
    }
  }
  return asked[min] as number;
}
