import { wholeNumberProblems } from '../../../validation';
import type { Graph } from '../solve/graph';
import { Propagation } from '../solve/propagation';
import { type Confidence, type Estimate, estimateOf } from './estimate';
import { Random } from './random';

/** Choices for {@link FaultAnalysis.sample}. */
export interface SampleOptions {
  /**
   * How many moments are looked at.
   *
   * @default 100_000
   */
  readonly trials?: number;

  /**
   * Where the random numbers begin: the same seed gives the same result.
   *
   * @default 1
   */
  readonly seed?: number;

  /**
   * How sure the interval is.
   *
   * @default 0.95
   */
  readonly confidence?: Confidence;
}

/** Looks at moments at random, and counts those at which the top of a graph fails. */
export function sample(graph: Graph, shares: Float64Array, options: SampleOptions): Estimate {
  const { trials = 100_000, seed = 1, confidence = 0.95 } = options;
  const problems = [
    ...wholeNumberProblems('trials', trials, { min: 1 }, 'say how many moments are looked at'),
    ...wholeNumberProblems('seed', seed, { min: 0 }, 'say where the random numbers begin'),
  ];
  if (problems.length > 0) throw new RangeError(problems.join('\n'));

  const random = new Random(seed);
  const propagation = new Propagation(graph);
  const likeliestFirst = Array.from(shares.keys()).sort((a, b) => (shares[b] as number) - (shares[a] as number));
  let failures = 0;
  for (let trial = 0; trial < trials; trial++) {
    const failed = failing(likeliestFirst, shares, random);
    for (const event of failed) propagation.flip(event);
    if (propagation.isTopTrue) failures++;
    for (const event of failed) propagation.flip(event);
  }
  return estimateOf(failures, trials, confidence);
}

/**
 * The events that have failed at a moment. Drawn from one failure to the next, as if all that follow were as likely as
 * the likeliest of them, and then kept in the proportion that they are less likely: most events never cost a step.
 */
function failing(likeliestFirst: readonly number[], shares: Float64Array, random: Random): number[] {
  const failed: number[] = [];
  let at = 0;
  while (at < likeliestFirst.length) {
    const likeliest = shares[likeliestFirst[at] as number] as number;
    if (likeliest === 0) break;
    if (likeliest < 1) at += Math.floor(-random.exponential() / Math.log1p(-likeliest));
    if (at >= likeliestFirst.length) break;
    const event = likeliestFirst[at] as number;
    if (random.share() * likeliest <= (shares[event] as number)) failed.push(event);
    at++;
  }
  return failed;
}
