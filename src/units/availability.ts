import { Duration } from 'cdk8s/lib/duration';
import { type Decimal, decimalText, isAtMost, parseDecimal, roundedUp } from './decimal';
import type { ErrorBudget } from './error-budget';
import { checkedMilliseconds, describe, inMilliseconds, lengthOf, type Period } from './period';

/** How often a part fails and how long it takes to be repaired. */
export interface RepairTimes {
  /**
   * Mean operating time between failures (MTBF): how long a part runs, on average, from the end of a repair to the next
   * failure (IEC 60050-192, 192-05-13). Where an MTBF was measured from failure to failure, take the repair off it.
   */
  readonly mtbf: Duration;
  /** Mean time to repair (MTTR): from the failure until the part works again, detection included. */
  readonly mttr: Duration;
}

/**
 * How much of the time a system answers: "99.95 %", "three nines".
 *
 * What is kept is the share that fails, as a double, because twelve nines have
 * to stay apart from perfection: `1 - 0.999999999999` loses digits, `1e-12` does not.
 * Decimal text is read exactly, what was written is printed again, and no rounding
 * ever reaches 100 %.
 */
export class Availability {
  /**
   * Availability from a percentage.
   *
   * @param percent from 0 to 100; text keeps every digit (`'99.9999'`), a number works as far as doubles reach
   * @throws RangeError when it is no decimal number from 0 to 100
   */
  public static percent(percent: number | string): Availability {
    const decimal = parseDecimal(percent);
    const whole = decimal && 100n * 10n ** BigInt(decimal.places);
    if (!decimal || whole === undefined || decimal.digits > whole) {
      throw new RangeError(`an availability must be a percentage from 0 to 100, got ${describe(percent)}`);
    }
    const failing = Number(`${whole - decimal.digits}e-${decimal.places + 2}`);
    if (failing === 0 && decimal.digits !== whole) {
      throw new RangeError(`an availability this close to 100 % cannot be told from it, got ${describe(percent)}`);
    }
    return new Availability(failing, `${String(percent).trim()} %`);
  }

  /**
   * Availability from a count of nines: 3 is 99.9 %, 3.5 is 99.968 %.
   *
   * @param nines zero or more
   * @throws RangeError when negative, not finite, or past what a double can keep (300)
   */
  public static nines(nines: number): Availability {
    if (!isNumberFrom(nines, 0, 300)) {
      throw new RangeError(`nines must be a number from 0 to 300, got ${describe(nines)}`);
    }
    // 10 ** -3 is 0.001 exactly as parsed text is; Math.pow of a whole number may be off by one bit.
    return new Availability(Number.isInteger(nines) ? Number(`1e-${nines}`) : 10 ** -nines);
  }

  /**
   * Availability from the share of time (or of requests) that fails: 0.001 is 99.9 %.
   *
   * @param share from 0 (never fails) to 1 (always)
   * @throws RangeError when outside of that
   */
  public static failing(share: number): Availability {
    if (!isNumberFrom(share, 0, 1)) {
      throw new RangeError(`a failing share must be a number from 0 to 1, got ${describe(share)}`);
    }
    return new Availability(share);
  }

  /**
   * Availability as a service level is published: `'99.95%'`, `'99.95 %'`, `'99.95'`, `'4 nines'`.
   *
   * @throws RangeError when the text is none of these
   */
  public static parse(text: string): Availability {
    const [, percent, nines] = /^\s*(?:(\d[\d.]*(?:e[+-]\d+)?)\s*%?|(\d[\d.]*)\s*nines?)\s*$/i.exec(String(text)) ?? [];
    if (percent !== undefined) return Availability.percent(percent);
    if (nines !== undefined) return Availability.nines(Number(nines));
    throw new RangeError(`an availability must read like 99.95, 99.95% or '4 nines', got ${describe(text)}`);
  }

  /**
   * Availability of a part that fails and is repaired: `mttr / (mtbf + mttr)` of the time fails.
   *
   * @throws RangeError when one of them is no duration, or the part never runs
   */
  public static ofRepairs({ mtbf, mttr }: RepairTimes): Availability {
    const running = checkedMilliseconds('mtbf', mtbf);
    const failing = checkedMilliseconds('mttr', mttr);
    if (running === 0) throw new RangeError('mtbf must be longer than zero, got 0');
    return new Availability(failing / (running + failing));
  }

  /** Share of the time that fails, from 0 to 1. */
  public readonly failingShare: number;

  private readonly written: string | undefined;

  private constructor(failingShare: number, written?: string) {
    this.failingShare = failingShare;
    this.written = written;
  }

  /** Number of nines, `-log10(failing share)`: 3 for 99.9 %; `Infinity` for 100 %. */
  public toNines(): number {
    // + 0 turns the -0 of "always fails" into 0
    return -Math.log10(this.failingShare) + 0;
  }

  /**
   * How long the system may fail within a period, in milliseconds (a fraction, since a
   * minute at nine nines holds 60 nanoseconds of failure, and `Duration` counts whole ones when printed).
   */
  public downtimeMilliseconds(period: Duration): number {
    return this.failingShare * inMilliseconds(period);
  }

  /**
   * How long the system may fail in a year of 365 days, a month of 30, a week, a day, or a period of your own.
   * `downtimeText` prints it without making it look shorter.
   */
  public downtimePer(period: Period | Duration): Duration {
    return Duration.millis(this.downtimeMilliseconds(lengthOf(period)));
  }

  /**
   * What this target allows to fail within a period, and what is left of it.
   *
   * @param period the window that the target is measured over
   * @param spent how long the system has failed in it already; nothing when left out
   */
  public errorBudget(period: Period | Duration, spent: Duration = Duration.millis(0)): ErrorBudget {
    const allowed = this.downtimePer(period);
    const [may, did] = [inMilliseconds(allowed), checkedMilliseconds('spent', spent)];
    const spentShare = did === 0 ? 0 : did / may;
    return { allowed, spent, left: Duration.millis(Math.max(0, may - did)), spentShare };
  }

  /**
   * How many of so many requests may fail: 1 of 1,000 at 99.9 %. Whole and exact, where doubles
   * would lose one (0.29 x 100 is 28.999999999999996).
   *
   * @param requests zero or more, whole
   * @throws RangeError when it is not
   */
  public allowedFailures(requests: number): number {
    if (!Number.isSafeInteger(requests) || requests < 0) {
      throw new RangeError(`requests must be a whole number of zero or more, got ${describe(requests)}`);
    }
    const { digits, places } = exactly(this.failingShare);
    return Number((digits * BigInt(requests)) / 10n ** BigInt(places));
  }

  /** Whether this is at least as available as `other`; the noise of computing, past the twelfth digit, does not count. */
  public meets(other: Availability): boolean {
    return isAtMost(this.failingShare, other.failingShare);
  }

  /**
   * "99.95 %": as it was written; when computed, with three significant digits of
   * the failing share, rounded so that nothing looks better than it is (the noise of computing,
   * past the twelfth digit, goes first).
   */
  public toString(): string {
    return this.written ?? `${formatPercent(this.failingShare)} %`;
  }
}

/** Asks for the type too: plain JavaScript lets text and null through, and `>=` makes numbers of them. */
function isNumberFrom(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function formatPercent(failingShare: number): string {
  // percent = 100 - 100 x share: two places fewer, or zeros in front of the point
  const { digits, places } = roundedUp(failingShare, 3);
  const scale = Math.max(places, 2);
  const share = digits * 10n ** BigInt(scale - places);
  return decimalText({ digits: 10n ** BigInt(scale) - share, places: scale - 2 });
}

function exactly(failingShare: number): Decimal {
  const exact = parseDecimal(failingShare);
  if (!exact) throw new RangeError(`a failing share must be a number from 0 to 1, got ${failingShare}`);
  return exact;
}
