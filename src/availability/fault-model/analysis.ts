import { Availability, type Duration } from '../../units';
import { shown, wholeNumberProblems } from '../../validation';
import { type Compiled, compiled } from './compiled';
import { cutSetsOf } from './cut-sets';
import type { CutSetOptions, CutSets } from './cut-sets/cut-sets';
import { InvalidModelError, ModelTooLargeError } from './errors';
import type { FaultTree } from './fault-tree';
import { type Importance, importanceOf } from './importance';
import { sample, simulate } from './monte-carlo';
import type { Estimate } from './monte-carlo/estimate';
import type { SampleOptions } from './monte-carlo/sample';
import type { Simulation, SimulationOptions } from './monte-carlo/simulation';
import { type Outages, outagesOf } from './outages';
import type { RepairTime } from './repair-time';
import { boundsOf, isCoherent, isExact, MOST_NODES, Propagation, simplified, solve, uses } from './solve';
import type { Interval } from './solve/bounds';
import type { Graph } from './solve/graph';
import type { Solution } from './solve/solution';

/** Choices for {@link FaultModel.analyse} and {@link FaultTree.analyse}. */
export interface AnalysisOptions {
  /**
   * The most nodes of a decision diagram: what bounds the memory, at about 40 bytes each.
   *
   * @default 2_000_000
   */
  readonly maxNodes?: number;
}

/** How large a model is, and how large its exact answer. */
export interface ModelSize {
  /** Events that the target depends on. */
  readonly events: number;
  /** Gates between them and the target, after simplification. */
  readonly gates: number;
  /** Parts that were solved apart, because they share nothing with the rest. */
  readonly modules: number;
  /** Nodes of all decision diagrams. */
  readonly nodes: number;
}

/** Everything that follows from a model: made by {@link FaultModel.analyse} and {@link FaultTree.analyse}. */
export class FaultAnalysis {
  /** Name of what is analysed. */
  public readonly target: string;
  /** Names of what is taken to be down. */
  public readonly down: readonly string[];

  private readonly compiled: Compiled;
  private readonly graph: Graph;
  private known: Solution | undefined;
  private knownBounds: Interval | undefined;

  /**
   * @param tree the tree
   * @param options limits
   * @param names the target, what is down, and gates by the names of the parts that they stand for
   */
  constructor(
    private readonly tree: FaultTree,
    private readonly options: AnalysisOptions,
    private readonly names: { readonly down?: readonly string[]; readonly gates?: ReadonlyMap<string, string> } = {},
  ) {
    const { down = [], gates = new Map<string, string>() } = names;
    const [target = tree.top] = [...gates].filter(([, gate]) => gate === tree.top).map(([part]) => part);
    this.target = target;
    this.down = [...new Set(down)];
    const nodes = options.maxNodes;
    const problems = this.down
      .filter((name) => !gates.has(name) && !tree.gates.has(name) && !tree.events.has(name))
      .map((name) => `down must name a part, got ${shown(name)}; add it, or correct the name`);
    if (nodes !== undefined) problems.push(...wholeNumberProblems('maxNodes', nodes, { min: 3 }, 'allow some memory'));
    InvalidModelError.throwIfAny(problems, `"${target}"`);
    this.compiled = compiled(tree, [tree.top], new Set(this.down.map((name) => gates.get(name) ?? name)));
    this.graph = simplified(this.compiled.graph);
  }

  /**
   * How much of the time the target works. Exact: apart from the last digits, whose relative error stays under 1e-12 up to
   * about a thousand events, however small the share that fails.
   *
   * @throws ModelTooLargeError with bounds, when it takes too much memory
   */
  public get availability(): Availability {
    return Availability.failing(Math.min(1, this.exact().shares.yes.at(-1) ?? 0));
  }

  /**
   * Size of the model and of its exact answer.
   *
   * @throws ModelTooLargeError with bounds, when it takes too much memory
   */
  public get size(): ModelSize {
    const { nodes, modules } = this.exact();
    return { events: this.used().length, gates: this.graph.gates.length, modules: modules.length, nodes };
  }

  /**
   * Names of the parts each of which alone brings the target down. Also of models that are too large for an exact answer.
   *
   * @throws InvalidModelError when the tree negates: there a failure may help
   */
  public singlePointsOfFailure(): string[] {
    this.mustBeCoherent('single points of failure');
    const propagation = new Propagation(this.graph);
    if (propagation.isTopTrue) return [];
    return this.used()
      .filter((event) => {
        propagation.flip(event);
        const isDown = propagation.isTopTrue;
        propagation.flip(event);
        return isDown;
      })
      .map((event) => this.compiled.events[event] as string);
  }

  /**
   * The minimal cut sets: every way in which the target goes down, by the parts that have to fail for it. Also of models
   * that are too large for an exact answer, up to some length.
   *
   * @throws InvalidModelError when the tree negates: there a failure may help
   */
  public cutSets(options: CutSetOptions = {}): CutSets {
    this.mustBeCoherent('cut sets');
    return cutSetsOf(this.solution(), this.compiled.events, this.compiled.shares, {
      ...options,
      maxNodes: this.maxNodes,
      most: this.bounds().high,
    });
  }

  /**
   * How much each part matters, the one whose failures cost the most first.
   *
   * @throws ModelTooLargeError with bounds, when it takes too much memory
   */
  public importance(): Importance[] {
    const isUsed = new Set(this.used().map((event) => this.compiled.events[event]));
    const rows = importanceOf(this.exact(), this.compiled.events, this.maxNodes);
    return rows.filter(({ part }) => isUsed.has(part));
  }

  /**
   * The same target, while some parts are down: its availability, and what must not fail now.
   *
   * @param names parts, domains, gates or events
   * @throws InvalidModelError when one of them is not in the model
   */
  public ifDown(...names: string[]): FaultAnalysis {
    return new FaultAnalysis(this.tree, this.options, { ...this.names, down: [...this.down, ...names] });
  }

  /**
   * How often the target is down, and for how long: exact, from the mean repair times alone.
   *
   * @param period in which outages are counted
   * @param repair of every part that does not say how long its repair takes
   * @throws InvalidModelError when a repair time is missing, or the tree negates
   */
  public outages(period: Duration, repair?: RepairTime): Outages {
    this.mustBeCoherent('outages');
    const length = period.toMilliseconds({ integral: false });
    return outagesOf(this.exact(), this.repairs(repair), length, this.maxNodes);
  }

  /**
   * An estimate by looking at moments at random: an independent check, and an answer for models of any size.
   *
   * @throws RangeError when an option makes no sense
   */
  public sample(options: SampleOptions = {}): Estimate {
    return sample(this.graph, this.usedShares(), options);
  }

  /**
   * Lives through many periods: how many outages there are, how long, and how bad a bad year is.
   *
   * @throws RangeError when an option makes no sense
   * @throws InvalidModelError when a repair time is missing
   */
  public simulate(options: SimulationOptions = {}): Simulation {
    return simulate(this.graph, this.usedShares(), this.repairs(options.repair), options);
  }

  private get maxNodes(): number {
    return this.options.maxNodes ?? MOST_NODES;
  }

  private solution(): Solution {
    this.known ??= solve(this.graph, this.compiled.shares, this.options);
    return this.known;
  }

  private bounds(): Interval {
    const solution = this.solution();
    const top = solution.shares.yes.at(-1) ?? 1;
    this.knownBounds ??= isExact(solution) ? { low: top, high: top } : boundsOf(solution);
    return this.knownBounds;
  }

  private exact(): Solution {
    const solution = this.solution();
    if (isExact(solution)) return solution;
    const { low, high } = this.bounds();
    throw new ModelTooLargeError({
      target: this.target,
      events: this.used().length,
      maxNodes: this.maxNodes,
      worst: Availability.failing(high),
      best: Availability.failing(low),
    });
  }

  /** Events that the target depends on. */
  private used(): number[] {
    const counts = uses(this.graph);
    return [...this.compiled.events.keys()].filter((event) => (counts[event] as number) > 0);
  }

  private usedShares(): Float64Array {
    const shares = new Float64Array(this.compiled.shares.length);
    for (const event of this.used()) shares[event] = this.compiled.shares[event] as number;
    return shares;
  }

  private repairs(fallback: RepairTime | undefined): (RepairTime | undefined)[] {
    const times = this.compiled.events.map((name) => this.tree.events.get(name)?.repair ?? fallback);
    const problems = this.used()
      .filter((event) => !times[event] && (this.compiled.shares[event] as number) > 0)
      .map(
        (event) =>
          `${this.compiled.events[event]}.repair must say how long a repair takes, got none; give it, or one for all`,
      );
    InvalidModelError.throwIfAny(problems, `"${this.target}"`);
    return times;
  }

  private mustBeCoherent(what: string): void {
    if (isCoherent(this.graph)) return;
    const problem = `${what} must come from gates that do not negate, got not, xor or iff; ask for the availability, or take them out`;
    InvalidModelError.throwIfAny([problem], `"${this.target}"`);
  }
}
