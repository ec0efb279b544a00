import type { Duration } from '../../units';
import { shown } from '../../validation';
import type { Random } from './monte-carlo/random';

/** The 95 % point of the normal distribution. */
const NORMAL_95 = 1.6448536269514722;

/**
 * How long a part is down when it fails. Availability says only how much of the time; this says in how many pieces,
 * and so how often the system fails, and how bad a bad year is.
 */
export class RepairTime {
  /**
   * Most repairs are short, some are long: the usual choice when only the mean is known.
   *
   * @param mean mean time to repair
   * @throws RangeError when it is not longer than nothing
   */
  public static exponential(mean: Duration): RepairTime {
    const average = positive('mean', mean);
    const draw = (random: Random) => average * random.exponential();
    return new RepairTime(average, draw, draw); // what is left of it is distributed like the whole
  }

  /**
   * Every repair takes the same time: a restart, a failover.
   *
   * @param time time to repair
   * @throws RangeError when it is not longer than nothing
   */
  public static fixed(time: Duration): RepairTime {
    const always = positive('time', time);
    return new RepairTime(
      always,
      () => always,
      (random) => always * random.share(),
    );
  }

  /**
   * What repairs by people look like: the usual one takes the median, one in twenty longer than `p95`.
   *
   * @param shape the two times
   * @throws RangeError when `median` is not longer than nothing, or `p95` not longer than `median`
   */
  public static lognormal(shape: {
    /** Half of the repairs take longer. */
    readonly median: Duration;
    /** One repair in twenty takes longer. */
    readonly p95: Duration;
  }): RepairTime {
    const median = positive('median', shape.median);
    const p95 = positive('p95', shape.p95);
    if (p95 <= median) {
      throw new RangeError(
        `p95 must be longer than the median (${shown(shape.median)}), got ${shown(shape.p95)}; ` +
          'for repairs that all take the same, use RepairTime.fixed',
      );
    }
    const sigma = Math.log(p95 / median) / NORMAL_95;
    return new RepairTime(
      median * Math.exp(sigma ** 2 / 2),
      (random) => median * Math.exp(sigma * random.normal()),
      // the repair that is found going on is a long one: each is met in proportion to its length
      (random) => median * Math.exp(sigma ** 2 + sigma * random.normal()) * random.share(),
    );
  }

  /**
   * The repairs that were: each of the past ones as likely as the others.
   *
   * @param times how long each took
   * @throws RangeError when there is none, or one is not longer than nothing
   */
  public static observed(times: readonly Duration[]): RepairTime {
    if (times.length === 0) throw new RangeError('times must hold a repair time, got none; give the past repairs');
    const lengths = times.map((time) => positive('times', time));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const any = (random: Random) => lengths[Math.ceil(random.share() * lengths.length) - 1] as number;
    const byLength = (random: Random) => {
      let left = random.share() * total;
      for (const length of lengths) {
        left -= length;
        if (left <= 0) return length;
      }
      return lengths.at(-1) as number;
    };
    return new RepairTime(total / lengths.length, any, (random) => byLength(random) * random.share());
  }

  private constructor(
    /** Mean time to repair, in milliseconds (a fraction where it has one). */
    public readonly meanMilliseconds: number,
    private readonly whole: (random: Random) => number,
    private readonly rest: (random: Random) => number,
  ) {}

  /** The length of one repair, in milliseconds. */
  public draw(random: Random): number {
    return this.whole(random);
  }

  /** What is left, in milliseconds, of a repair that is found going on at some moment. */
  public drawRemaining(random: Random): number {
    return this.rest(random);
  }
}

function positive(name: string, time: Duration): number {
  const milliseconds = time.toMilliseconds({ integral: false });
  if (milliseconds > 0 && Number.isFinite(milliseconds)) return milliseconds;
  throw new RangeError(`${name} must be longer than nothing, got ${shown(time)}; say how long a repair takes`);
}
