import type { Diagram } from '../solve/diagram';
import { Heap } from './heap';
import { EMPTY, NONE } from './sets';

/** A search that would take more steps than this ends with what it has found. */
const MOST_STEPS = 5_000_000;

/** The families of all modules of a graph: each names events and modules, and the last one is the top's. */
export interface ModuleFamilies {
  /** Number of events of the graph. */
  readonly events: number;
  /** The families, each after those of the modules that it names. */
  readonly families: readonly ModuleFamily[];
}

/** Minimal cut sets of one module. */
export interface ModuleFamily {
  /** The node that stands for the module. */
  readonly node: number;
  /** Node of each level: an event or a module. */
  readonly variables: Int32Array;
  /** The sets, over levels. */
  readonly family: Diagram;
}

/** What the cut sets of a family come to, node by node. */
interface Totals {
  /** How many there are. */
  readonly count: Float64Array;
  /** Sum of their probabilities. */
  readonly sum: Float64Array;
  /** The greatest of their probabilities. */
  readonly best: Float64Array;
  /** The fewest events of one of them. */
  readonly fewest: Float64Array;
}

/** One cut set. */
export interface FoundSet {
  /** Its events. */
  readonly events: readonly number[];
  /** How likely all of them are true. */
  readonly probability: number;
}

/** Limits of a search, each met by every set that is found. */
export interface SearchLimits {
  /** The most events of a set. */
  readonly maxOrder: number;
  /** The least probability of a set. */
  readonly minProbability: number;
  /** The most sets. */
  readonly limit: number;
}

interface Place {
  readonly index: number;
  readonly node: number;
  readonly rest: Place | undefined;
  readonly best: number;
  readonly fewest: number;
}

interface Partial {
  /** Rank of the most probable set that this can become; sets alike to ten digits have the same. */
  readonly rank: number;
  /** Steps that led here: of equal ranks the one next to its end goes first, or all of them would be begun. */
  readonly depth: number;
  readonly probability: number;
  readonly order: number;
  readonly events: Chain | undefined;
  readonly place: Place | undefined;
}

interface Chain {
  readonly event: number;
  readonly rest: Chain | undefined;
}

/** The cut sets of a graph, without writing down more of them than are asked for. */
export class RankedSets {
  private readonly totals: Totals[] = [];
  private readonly indexOf = new Map<number, number>();

  constructor(
    private readonly modules: ModuleFamilies,
    private readonly shares: Float64Array,
  ) {
    for (const [index, { node, variables, family }] of modules.families.entries()) {
      this.totals.push(this.totalsOf(variables, family));
      this.indexOf.set(node, index);
    }
  }

  /** How many there are: exact up to 2^53, beyond that to about 15 digits. */
  public get count(): number {
    return this.ofTop(({ count }) => count);
  }

  /** Sum of their probabilities, which is no less than the probability that one of them is true. */
  public get sum(): number {
    return this.ofTop(({ sum }) => sum);
  }

  /**
   * The sets within limits, the most probable first: every step continues the set that can still become the most
   * probable one, and that bound is reached, so no step is lost.
   */
  public search({ maxOrder, minProbability, limit }: SearchLimits): FoundSet[] {
    const found: FoundSet[] = [];
    const queue = new Heap<Partial>((a, b) => a.rank > b.rank || (a.rank === b.rank && a.depth > b.depth));
    const push = (probability: number, order: number, events: Chain | undefined, place: Place | undefined) => {
      const bound = probability * (place?.best ?? 1);
      if (bound < minProbability || order + (place?.fewest ?? 0) > maxOrder) return;
      queue.push({ rank: Math.round(Math.log(bound) * 1e10), depth, probability, order, events, place });
    };
    let depth = 0;
    const last = this.modules.families.length - 1;
    push(1, 0, undefined, this.place(last, this.modules.families[last]?.family.root ?? NONE, undefined));
    for (let step = 0; step < MOST_STEPS && found.length < limit; step++) {
      const next = queue.pop();
      if (!next) break;
      const { probability, order, events, place } = next;
      depth = next.depth + 1;
      if (!place) {
        found.push({ events: listed(events), probability });
        continue;
      }
      const { index, node, rest } = place;
      const { variables, family } = this.modules.families[index] as ModuleFamily;
      const variable = variables[family.level[node] as number] as number;
      const without = family.low[node] as number;
      if (without !== NONE) push(probability, order, events, this.place(index, without, rest));
      const onward = this.place(index, family.high[node] as number, rest);
      if (variable < this.modules.events) {
        push(probability * (this.shares[variable] as number), order + 1, { event: variable, rest: events }, onward);
      } else {
        const inner = this.indexOf.get(variable) as number;
        push(probability, order, events, this.place(inner, this.modules.families[inner]?.family.root ?? NONE, onward));
      }
    }
    return found.sort((a, b) => b.probability - a.probability);
  }

  private place(index: number, node: number, rest: Place | undefined): Place | undefined {
    if (node === EMPTY) return rest;
    const { best, fewest } = this.totals[index] as Totals;
    return {
      index,
      node,
      rest,
      best: (best[node] as number) * (rest?.best ?? 1),
      fewest: (fewest[node] as number) + (rest?.fewest ?? 0),
    };
  }

  private ofTop(part: (totals: Totals) => Float64Array): number {
    const top = this.modules.families.at(-1);
    const totals = this.totals.at(-1);
    return top && totals ? (part(totals)[top.family.root] as number) : 0;
  }

  private totalsOf(variables: Int32Array, { level, low, high }: Diagram): Totals {
    const totals = {
      count: new Float64Array(level.length),
      sum: new Float64Array(level.length),
      best: new Float64Array(level.length),
      fewest: new Float64Array(level.length),
    };
    const { count, sum, best, fewest } = totals;
    count[EMPTY] = 1;
    sum[EMPTY] = 1;
    best[EMPTY] = 1;
    fewest[NONE] = Number.POSITIVE_INFINITY;
    for (let node = 2; node < level.length; node++) {
      const [without, withIt] = [low[node] as number, high[node] as number];
      const own = this.ofVariable(variables[level[node] as number] as number);
      count[node] = (count[without] as number) + own.count * (count[withIt] as number);
      sum[node] = (sum[without] as number) + own.sum * (sum[withIt] as number);
      best[node] = Math.max(best[without] as number, own.best * (best[withIt] as number));
      fewest[node] = Math.min(fewest[without] as number, own.fewest + (fewest[withIt] as number));
    }
    return totals;
  }

  private ofVariable(variable: number) {
    const index = this.indexOf.get(variable);
    if (index === undefined) {
      const share = this.shares[variable] as number;
      return { count: 1, sum: share, best: share, fewest: 1 };
    }
    const { count, sum, best, fewest } = this.totals[index] as Totals;
    const root = this.modules.families[index]?.family.root ?? NONE;
    return {
      count: count[root] as number,
      sum: sum[root] as number,
      best: best[root] as number,
      fewest: fewest[root] as number,
    };
  }
}

function listed(chain: Chain | undefined): number[] {
  const events: number[] = [];
  for (let next = chain; next; next = next.rest) events.push(next.event);
  return events.reverse();
}
