import type { Duration } from 'cdk8s/lib/duration';

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
    return this.failingShare * period.toMilliseconds({ integral: false });
  }

  /** Whether this is at least as available as `other`. */
  public meets(other: Availability): boolean {
    return this.failingShare <= other.failingShare;
  }

  /**
   * "99.95 %": as it was written; when computed, with three significant digits of
   * the failing share, rounded so that nothing looks better than it is.
   */
  public toString(): string {
    return this.written ?? `${formatPercent(this.failingShare)} %`;
  }
}

interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/.exec(String(value).trim());
  if (!match) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** Asks for the type too: plain JavaScript lets text and null through, and `>=` makes numbers of them. */
function isNumberFrom(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function formatPercent(failingShare: number): string {
  if (failingShare === 0) return '100';
  const exponent = Math.floor(Math.log10(failingShare)) - 2;
  const exact = parseDecimal(failingShare);
  if (!exact) throw new RangeError(`a failing share must be a number from 0 to 1, got ${failingShare}`);
  const failing = roundUp(exact, Math.max(0, -exponent));
  return subtractFromHundred(failing);
}

function roundUp({ digits, places }: Decimal, keep: number): Decimal {
  if (places <= keep) return { digits, places };
  const unit = 10n ** BigInt(places - keep);
  return { digits: (digits + unit - 1n) / unit, places: keep };
}

function subtractFromHundred({ digits, places }: Decimal): string {
  // percent = 100 - 100 x share: two places fewer, or zeros in front of the point
  const scale = Math.max(places, 2);
  const share = digits * 10n ** BigInt(scale - places);
  const rest = 10n ** BigInt(scale) - share;
  const text = rest.toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - (scale - 2)).replace(/^0+(?=\d)/, '');
  const fraction = text.slice(text.length - (scale - 2)).replace(/0+$/, '');
  return scale > 2 && fraction ? `${whole}.${fraction}` : whole;
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? `'${value}'` : String(value);
}
