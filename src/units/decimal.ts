/** An exact decimal number: `digits / 10^places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/**
 * Digits of a computed double that are arithmetic; what stands after them is its noise.
 * Three parts of 90 % give 0.0010000000000000002, which must print as 99.9 %, not as a little less.
 */
const EXACT_DIGITS = 12;

/** A number or decimal text read exactly; nothing when it is no decimal number of zero or more. */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/.exec(String(value).trim());
  if (!match) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** A computed number of zero or more with so many significant digits, rounded up once its noise is gone. */
export function roundedUp(value: number, significant: number): Decimal {
  const exact = parseDecimal(Number(value.toPrecision(EXACT_DIGITS)));
  if (!exact) throw new RangeError(`only a number of zero or more can be rounded, got ${value}`);
  if (exact.digits === 0n) return exact;
  const keep = Math.max(0, significant - 1 - magnitude(exact));
  if (exact.places <= keep) return exact;
  const unit = 10n ** BigInt(exact.places - keep);
  return { digits: (exact.digits + unit - 1n) / unit, places: keep };
}

/** A decimal number as text, without zeros at its end. */
export function decimalText({ digits, places }: Decimal): string {
  const text = digits.toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  return places > 0 && fraction ? `${whole}.${fraction}` : whole;
}

/** Whether a computed number is at most a limit, the noise of doubles set aside. */
export function isAtMost(value: number, limit: number): boolean {
  return value <= limit * (1 + 10 ** -EXACT_DIGITS);
}

/** Power of ten of the first digit: 2 for 365, -3 for 0.00123. */
function magnitude({ digits, places }: Decimal): number {
  return digits.toString().length - 1 - places;
}
