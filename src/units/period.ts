import { Duration } from 'cdk8s/lib/duration';

/** A stretch of the calendar, of a length of its own: a year has 365 days, a month 30, a week 7. */
export type Period = 'year' | 'month' | 'week' | 'day';

const DAYS: Readonly<Record<Period, number>> = { year: 365, month: 30, week: 7, day: 1 };

/**
 * How long a period is.
 *
 * @param period its name, or any length of your own (`Duration.hours(730)` is a twelfth of a year)
 * @throws RangeError when it is neither
 */
export function lengthOf(period: Period | Duration): Duration {
  if (isTime(period)) return period;
  if (typeof period === 'string' && Object.hasOwn(DAYS, period)) return Duration.days(DAYS[period]);
  throw new RangeError(`a period must be 'year', 'month', 'week', 'day' or a Duration, got ${describe(period)}`);
}

/** A duration in milliseconds, with its fraction. */
export function inMilliseconds(duration: Duration): number {
  return duration.toMilliseconds({ integral: false });
}

/** Milliseconds of something that must be a duration, and a finite one. */
export function checkedMilliseconds(name: string, value: unknown): number {
  if (isTime(value) && Number.isFinite(inMilliseconds(value))) return inMilliseconds(value);
  throw new RangeError(`${name} must be a Duration, got ${describe(value)}`);
}

/** A value as its user wrote it, for the "got …" of a message. */
export function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function isTime(value: unknown): value is Duration {
  return typeof (value as Partial<Duration> | null | undefined)?.toMilliseconds === 'function';
}
