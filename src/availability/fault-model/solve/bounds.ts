import { moreThan, truncatedSets } from '../cut-sets/truncated';
import { Bdd } from './bdd';
import type { Diagram } from './diagram';
import { Elimination } from './elimination';
import { type Gate, type Graph, isCoherent, isNegated, needed, nodeOf } from './graph';
import { isCoherentModule } from './modules';
import { FALSE, FULL, TRUE } from './node-table';
import { Ordering } from './order';
import type { Solution, SolvedModule } from './solution';

/** Nodes that may be spent on a bound. */
const NODES = 250_000;

/** Gates that may stand below a gate, and nodes that may be spent on it, to solve it by itself. */
const MOST_GATES = 1000;
const GATE_NODES = 20_000;

/** No cut sets of more variables than this are looked for. */
const MOST_ORDER = 8;

/** What rounding may have taken from a bound, of its size; and of one, where something is negated: `1 - large`. */
const ROUNDING = 1e-12;
const NEGATED_ROUNDING = 1e-13;

/** A probability lies within this, both ends included. */
export interface Interval {
  /** The lower end. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

/**
 * Bounds on the probability of the top of a graph of which some modules were too large to solve. What was solved adds
 * nothing to their distance.
 */
export function boundsOf({ graph, solved, shares }: Solution): Interval {
  const known: Interval[] = Array.from(shares.yes.subarray(0, graph.events), (share) => ({ low: share, high: share }));
  const isUncertain = new Set<number>();
  for (const one of solved) {
    const { module, variables, diagram } = one;
    const share = shares.yes[module.node] as number;
    if (one.isExact && !variables.some((node) => isUncertain.has(node)))
      known[module.node] = { low: share, high: share };
    else {
      isUncertain.add(module.node);
      known[module.node] = diagram ? throughDiagram(diagram, at(known, variables)) : ofModule(graph, one, known);
    }
  }
  const { low, high } = known.at(-1) ?? { low: 0, high: 1 };
  const slack = isCoherent(graph) ? 0 : NEGATED_ROUNDING;
  return { low: Math.max(0, low * (1 - ROUNDING) - slack), high: Math.min(1, high * (1 + ROUNDING) + slack) };
}

function at(known: readonly Interval[], nodes: Int32Array): Interval[] {
  return Array.from(nodes, (node) => known[node] ?? { low: 0, high: 1 });
}

/** The bounds of a diagram, node by node: each is reached at one end of its variable. */
function throughDiagram({ level, low, high, root }: Diagram, variables: readonly Interval[]): Interval {
  const least = new Float64Array(level.length);
  const most = new Float64Array(level.length);
  least[TRUE] = 1;
  most[TRUE] = 1;
  for (let node = 2; node < level.length; node++) {
    const ends = variables[level[node] as number] as Interval;
    const mixed = (values: Float64Array, share: number) =>
      share * (values[high[node] as number] as number) + (1 - share) * (values[low[node] as number] as number);
    least[node] = Math.min(mixed(least, ends.low), mixed(least, ends.high));
    most[node] = Math.max(mixed(most, ends.low), mixed(most, ends.high));
  }
  return { low: least[root] as number, high: most[root] as number };
}

function ofModule(graph: Graph, { module, variables }: SolvedModule, known: readonly Interval[]): Interval {
  const isModule = new Set(variables.filter((node) => node >= graph.events));
  const isMonotone = isCoherentModule(graph, module);
  const gates = new GateBounds(graph, known, isModule, isMonotone ? association : anyDependence);
  let { low, high } = gates.of(module.node);
  if (!isMonotone) return { low, high };
  const ends = at(known, variables);
  const highs = Float64Array.from(ends, (end) => end.high);
  for (let most = 1; most <= MOST_ORDER; most++) {
    const family = truncatedSets(graph, module, variables, { most, maxNodes: NODES });
    const union = family && unionOf(family);
    if (!family) break;
    const within = union ? throughDiagram(union, ends) : { low: 0, high: sumOf(family, highs) };
    low = Math.max(low, within.low);
    high = Math.min(high, within.high + moreThan(most, highs));
  }
  return { low, high };
}

/** The function that is true when all of a set is, for one set of a family. */
function unionOf(family: Diagram): Diagram | undefined {
  const bdd = new Bdd(family.levels, NODES);
  const made = new Int32Array(family.level.length);
  made[TRUE] = TRUE;
  for (let node = 2; node < made.length; node++) {
    const variable = bdd.variable(family.level[node] as number);
    if (variable === FULL) return undefined;
    const withIt = bdd.and(variable, made[family.high[node] as number] as number);
    const result = withIt === FULL ? FULL : bdd.or(withIt, made[family.low[node] as number] as number);
    if (result === FULL) return undefined;
    made[node] = result;
  }
  const { level, low, high } = bdd.table;
  return {
    levels: family.levels,
    level: level.slice(0, bdd.table.count),
    low,
    high,
    root: made[family.root] as number,
  };
}

function sumOf({ level, low, high, root }: Diagram, shares: Float64Array): number {
  const sum = new Float64Array(level.length);
  sum[TRUE] = 1;
  for (let node = 2; node < level.length; node++) {
    const share = shares[level[node] as number] as number;
    sum[node] = (sum[low[node] as number] as number) + share * (sum[high[node] as number] as number);
  }
  return sum[root] as number;
}

type Rule = (gate: Gate, inputs: readonly Interval[]) => Interval;

/**
 * Bounds of a gate from those of its inputs, unless the gate by itself is small enough to be solved: what is too large is
 * mostly large in width, and each of its inputs is not.
 */
class GateBounds {
  private readonly made = new Map<number, Interval>();
  private readonly ordering: Ordering;

  constructor(
    private readonly graph: Graph,
    private readonly known: readonly Interval[],
    private readonly isModule: ReadonlySet<number>,
    private readonly rule: Rule,
  ) {
    this.ordering = new Ordering(graph);
  }

  /** Without recursion, since gates may stand deep: what a gate waits for is put before it. */
  public of(top: number): Interval {
    const stack = [top];
    while (stack.length > 0) {
      const node = stack[stack.length - 1] as number;
      const gate = this.graph.gates[node - this.graph.events] as Gate;
      const open = gate.inputs.map(nodeOf).filter((input) => !this.made.has(input) && !this.isKnown(input));
      if (this.made.has(node)) stack.pop();
      else if (open.length === 0)
        this.made.set(
          node,
          this.rule(
            gate,
            gate.inputs.map((input) => this.input(input)),
          ),
        );
      else {
        const solved = node === top ? undefined : this.solved(node);
        if (solved) this.made.set(node, solved);
        else stack.push(...open);
      }
    }
    return this.made.get(top) as Interval;
  }

  private isKnown(node: number): boolean {
    return node < this.graph.events || this.isModule.has(node);
  }

  private input(input: number): Interval {
    const { low, high } = this.made.get(nodeOf(input)) ?? (this.known[nodeOf(input)] as Interval);
    return isNegated(input) ? { low: 1 - high, high: 1 - low } : { low, high };
  }

  /** A gate by itself, when everything below it is certain. */
  private solved(top: number): Interval | undefined {
    const { events } = this.graph;
    const found = new Set([top]);
    for (const node of found) {
      for (const input of this.graph.gates[node - events]?.inputs ?? []) {
        if (!this.isKnown(nodeOf(input))) found.add(nodeOf(input));
      }
      if (found.size > MOST_GATES) return undefined;
    }
    const module = { node: top, gates: [...found].map((node) => node - events).sort((a, b) => a - b) };
    const variables = this.ordering.variables(module, 'smallest-first');
    if (variables.some((node) => this.known[node]?.low !== this.known[node]?.high)) return undefined;
    const elimination = new Elimination(this.graph, module, Int32Array.from(variables), GATE_NODES);
    const share = elimination.evaluate((node) => {
      const yes = this.known[node]?.low ?? 0;
      return { yes, no: 1 - yes };
    });
    return share && { low: share.yes, high: share.yes };
  }
}

/**
 * Gates without negation, over events that are independent, are associated: their failures are together at least as
 * often as independent ones would be. After J. Esary, F. Proschan and D. Walkup, "Association of random variables, with
 * applications", Annals of Mathematical Statistics 38(5), 1967.
 */
function association(gate: Gate, inputs: readonly Interval[]): Interval {
  const min = needed(gate, inputs.length);
  const lows = inputs.map(({ low }) => low).sort((a, b) => b - a);
  const highs = inputs.map(({ high }) => high).sort((a, b) => a - b);
  const allOf = (shares: readonly number[]) => shares.reduce((product, share) => product * share, 1);
  const oneOf = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share * (1 - sum), 0);
  const sum = highs.reduce((total, share) => total + share, 0);
  // of `min` failures, one is among any `inputs - min + 1` inputs; and their number is `min` or more
  return {
    low: allOf(lows.slice(0, min)),
    high: Math.min(oneOf(highs.slice(0, inputs.length - min + 1)), sum / min, 1),
  };
}

/** What holds for inputs that depend on each other in whatever way: the bounds of M. Fréchet. */
function anyDependence(gate: Gate, inputs: readonly Interval[]): Interval {
  const sumOfLows = inputs.reduce((sum, { low }) => sum + low, 0);
  const sumOfHighs = inputs.reduce((sum, { high }) => sum + high, 0);
  if (gate.kind === 'xor') return { low: 0, high: Math.min(1, sumOfHighs) };
  const min = needed(gate, inputs.length);
  const spare = inputs.length - min + 1;
  const low = gate.kind === 'or' ? Math.max(0, ...inputs.map((input) => input.low)) : (sumOfLows - min + 1) / spare;
  const high = gate.kind === 'and' ? Math.min(1, ...inputs.map((input) => input.high)) : sumOfHighs / min;
  return { low: Math.max(FALSE, low), high: Math.min(1, high) };
}
