import { shown, wholeNumberProblems } from '../../../validation';
import type { Solution } from '../solve/solution';
import { type ModuleFamily, RankedSets } from './ranked';
import { ANY_LENGTH, minimalSets } from './sets';
import { moreThan, truncatedSets } from './truncated';

/** No longer cut sets are looked for in a module that is too large, unless asked. */
const MOST_ORDER = 8;

/** Nodes that each length may take there. */
const TRUNCATED_NODES = 250_000;

/** Choices for {@link FaultAnalysis.cutSets}. */
export interface CutSetOptions {
  /**
   * The most parts of a cut set. 1 lists the single points of failure, 2 also the pairs.
   *
   * @default - cut sets of every length; in a model too large for that, of the greatest length that it allows
   */
  readonly maxOrder?: number;

  /**
   * The least probability of a cut set: how likely all of its parts are down at once.
   *
   * @default 0
   */
  readonly minProbability?: number;

  /**
   * The most cut sets that are listed. Which are left out is always the less probable ones.
   *
   * @default 10_000
   */
  readonly limit?: number;
}

/** Parts that bring the target down when all of them fail, and none of which could be left out. */
export interface CutSet {
  /** Names of the parts. */
  readonly parts: readonly string[];
  /** How likely all of them are down at once. */
  readonly probability: number;
}

/** Minimal cut sets, and what is known of those that are not listed. */
export interface CutSets {
  /** The cut sets, the most probable first. */
  readonly sets: readonly CutSet[];
  /** Whether these are all there are. */
  readonly isComplete: boolean;
  /**
   * How many there are in all, listed or not: exact up to 2^53, beyond that to some 15 digits. None when the model is
   * too large to count them.
   */
  readonly count: number | undefined;
  /** Longer cut sets than this were not looked for; none when all were. */
  readonly maxOrder: number | undefined;
  /** How likely one of those that are not listed is down: no more than this. */
  readonly omitted: number;
}

/** The minimal cut sets of a solved graph without negation, whose top is down for at most the share `most`. */
export function cutSetsOf(
  solution: Solution,
  names: readonly string[],
  shares: Float64Array,
  options: CutSetOptions & { readonly maxNodes: number; readonly most: number },
): CutSets {
  const { maxOrder, minProbability = 0, limit = 10_000 } = options;
  const problems = wholeNumberProblems('limit', limit, { min: 1 }, 'say how many cut sets are listed at most');
  if (maxOrder !== undefined) {
    problems.push(...wholeNumberProblems('maxOrder', maxOrder, { min: 1 }, 'say how many parts a cut set may have'));
  }
  if (!(minProbability >= 0 && minProbability <= 1)) {
    problems.push(`minProbability must be from 0 to 1, got ${shown(minProbability)}; 1e-9 leaves out the improbable`);
  }
  if (problems.length > 0) throw new RangeError(problems.join('\n'));

  const { families, reached } = familiesOf(solution, maxOrder, options.maxNodes);
  const ranked = new RankedSets({ events: solution.graph.events, families }, shares);
  const most = Math.min(maxOrder ?? Number.POSITIVE_INFINITY, reached);
  const found = ranked.search({ maxOrder: most, minProbability, limit });
  const sets = found.map(({ events, probability }) => ({
    parts: events.map((event) => names[event] as string),
    probability,
  }));
  const isCounted = reached === Number.POSITIVE_INFINITY;
  const isComplete = isCounted && sets.length === ranked.count;
  const listed = sets.reduce((sum, { probability }) => sum + probability, 0);
  const unlisted = Math.max(0, ranked.sum - listed) + ranked.sum * 1e-12; // rounding must not hide anything
  const longer = isCounted ? 0 : moreThan(reached, shares);
  return {
    sets,
    isComplete,
    count: isCounted ? ranked.count : undefined,
    maxOrder: most === Number.POSITIVE_INFINITY ? undefined : most,
    omitted: isComplete ? 0 : Math.min(unlisted + longer, options.most),
  };
}

/** The cut sets of every module: all of them where they fit, those up to some length where they do not. */
function familiesOf({ graph, solved }: Solution, maxOrder: number | undefined, maxNodes: number) {
  const families: ModuleFamily[] = [];
  let reached = Number.POSITIVE_INFINITY;
  for (const { module, variables, diagram } of solved) {
    let family = diagram && minimalSets(diagram, maxNodes);
    family ??= truncatedSets(graph, module, variables, { most: ANY_LENGTH, maxNodes: maxNodes >> 2 });
    for (let most = maxOrder ?? MOST_ORDER; !family && most >= 1; most--) {
      family = truncatedSets(graph, module, variables, { most, maxNodes: TRUNCATED_NODES });
      if (family) reached = Math.min(reached, most);
    }
    if (!family) throw new RangeError('the single points of failure of this model take too much memory; split it');
    families.push({ node: module.node, variables, family });
  }
  return { families, reached };
}
