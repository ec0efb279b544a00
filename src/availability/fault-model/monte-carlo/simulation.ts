import { Availability, Duration } from '../../../units';
import { durationProblems, wholeNumberProblems } from '../../../validation';
import { Heap } from '../cut-sets/heap';
import type { RepairTime } from '../repair-time';
import type { Graph } from '../solve/graph';
import { Propagation } from '../solve/propagation';
import { type Confidence, DEVIATIONS, type Estimate } from './estimate';
import { Random } from './random';

/** With fewer outages than this, the spread of the runs says nothing. */
const FEWEST_OUTAGES = 10;

/** Choices for {@link FaultAnalysis.simulate}. */
export interface SimulationOptions {
  /**
   * How long each run lives through.
   *
   * @default Duration.days(365)
   */
  readonly period?: Duration;

  /**
   * How many such periods are lived through.
   *
   * @default 1000
   */
  readonly runs?: number;

  /**
   * How long a repair takes, of every part that does not say so itself.
   *
   * @default - every part that fails must say it
   */
  readonly repair?: RepairTime;

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

/** What fails when, over many periods of the same length. */
export class Simulation implements Estimate {
  /** The estimate. */
  public readonly availability: Availability;
  /** Lower end of the interval; 0 % when there were fewer than ten outages, too few to tell. */
  public readonly worst: Availability;
  /** Upper end of the interval; 100 % when there were fewer than ten outages. */
  public readonly best: Availability;
  /** How sure it is that the availability lies within. */
  public readonly confidence: Confidence;
  /** Outages that begin in a period, on average. */
  public readonly outages: number;
  /** How long an outage lasts, on average, in milliseconds; `NaN` when there was none. */
  public readonly outageMilliseconds: number;

  private readonly downtimes: Float64Array;

  /** @param runs the downtime of each run, and how many outages began in all; times in milliseconds */
  constructor(
    runs: { readonly downtimes: Float64Array; readonly outages: number },
    private readonly period: number,
    confidence: Confidence,
  ) {
    this.downtimes = runs.downtimes.slice().sort();
    const count = this.downtimes.length;
    const total = this.downtimes.reduce((sum, time) => sum + time, 0);
    const mean = total / count;
    const variance = this.downtimes.reduce((sum, time) => sum + (time - mean) ** 2, 0) / Math.max(1, count - 1);
    const half = DEVIATIONS[confidence] * Math.sqrt(variance / count);
    const isTooFew = runs.outages < FEWEST_OUTAGES || count < 2;
    this.availability = Availability.failing(mean / period);
    this.worst = Availability.failing(isTooFew ? 1 : Math.min(1, (mean + half) / period));
    this.best = Availability.failing(isTooFew ? 0 : Math.max(0, (mean - half) / period));
    this.confidence = confidence;
    this.outages = runs.outages / count;
    this.outageMilliseconds = total / runs.outages;
  }

  /**
   * The downtime that so many of the periods do not exceed, in milliseconds.
   *
   * @param share from 0 to 1: 0.95 for what only one period in twenty exceeds
   * @throws RangeError when outside of that
   */
  public downtimeMilliseconds(share: number): number {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`share must be from 0 to 1, got ${share}; 0.95 is usual`);
    return this.downtimes[Math.max(0, Math.ceil(share * this.downtimes.length) - 1)] as number;
  }

  /** The share of the periods that reach a target: how likely a promise is kept in the next one. */
  public shareMeeting(target: Availability): number {
    const allowed = target.failingShare * this.period;
    return this.downtimes.filter((time) => time <= allowed).length / this.downtimes.length;
  }
}

/** Lets the events of a graph fail and be repaired, from a moment at random on. */
export function simulate(
  graph: Graph,
  shares: Float64Array,
  repairs: readonly (RepairTime | undefined)[],
  options: SimulationOptions,
): Simulation {
  const { period = Duration.days(365), runs = 1000, seed = 1, confidence = 0.95 } = options;
  const problems = [
    ...durationProblems('period', period, { min: Duration.seconds(1) }, 'say how long a run lives through'),
    ...wholeNumberProblems('runs', runs, { min: 1 }, 'say how many periods are lived through'),
    ...wholeNumberProblems('seed', seed, { min: 0 }, 'say where the random numbers begin'),
  ];
  if (problems.length > 0) throw new RangeError(problems.join('\n'));

  const random = new Random(seed);
  const length = period.toMilliseconds();
  const downtimes = new Float64Array(runs);
  let outages = 0;
  for (let run = 0; run < runs; run++) {
    const life = new Life(new Propagation(graph), shares, repairs, random);
    const { downtime, begun } = life.through(length);
    downtimes[run] = downtime;
    outages += begun;
  }
  return new Simulation({ downtimes, outages }, length, confidence);
}

interface Change {
  readonly at: number;
  readonly event: number;
}

/** One run: every event works and fails in turn. */
class Life {
  private readonly changes = new Heap<Change>((a, b) => a.at < b.at);

  constructor(
    private readonly propagation: Propagation,
    private readonly shares: Float64Array,
    private readonly repairs: readonly (RepairTime | undefined)[],
    private readonly random: Random,
  ) {
    shares.forEach((share, event) => {
      const repair = repairs[event];
      if (share === 0) return;
      const isDown = random.share() <= share;
      if (isDown) propagation.flip(event);
      if (share === 1 || !repair) return;
      this.changes.push({ at: isDown ? repair.drawRemaining(random) : this.untilFailure(event, repair), event });
    });
  }

  public through(length: number): { downtime: number; begun: number } {
    let downtime = 0;
    let begun = 0;
    let since = this.propagation.isTopTrue ? 0 : undefined;
    for (let next = this.changes.pop(); next && next.at < length; next = this.changes.pop()) {
      const { at, event } = next;
      this.propagation.flip(event);
      this.changes.push({ at: at + this.untilNext(event), event });
      if (this.propagation.isTopTrue === (since !== undefined)) continue;
      if (since === undefined) {
        begun++;
        since = at;
      } else {
        downtime += at - since;
        since = undefined;
      }
    }
    return { downtime: downtime + (since === undefined ? 0 : length - since), begun };
  }

  private untilNext(event: number): number {
    const repair = this.repairs[event] as RepairTime;
    return this.propagation.isTrue(event) ? repair.draw(this.random) : this.untilFailure(event, repair);
  }

  /** Failures come at random: exponential, with the mean at which the event fails for its share of the time. */
  private untilFailure(event: number, repair: RepairTime): number {
    const share = this.shares[event] as number;
    return ((repair.meanMilliseconds * (1 - share)) / share) * this.random.exponential();
  }
}
