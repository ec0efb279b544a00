import { type Availability, type Duration, inMilliseconds } from '../units';
import { isDuration, shown, wholeNumberProblems } from '../validation';

/** A part, when it is an availability. */
export function checkedPart(name: string, part: Availability): Availability {
  if (typeof part?.failingShare === 'number') return part;
  throw new RangeError(`${name} must be an availability, got ${shown(part)}; write Availability.percent(…)`);
}

/** A share, when it is one from 0 to 1. */
export function checkedShare(name: string, share: number, remedy: string): number {
  if (typeof share === 'number' && share >= 0 && share <= 1) return share;
  throw new RangeError(`${name} must be a number from 0 to 1, got ${shown(share)}; ${remedy}`);
}

/** An amount, when it is a number of at least so much. */
export function checkedAmount(name: string, amount: number, min: number, remedy: string): number {
  if (typeof amount === 'number' && amount >= min && Number.isFinite(amount)) return amount;
  throw new RangeError(`${name} must be a number of at least ${min}, got ${shown(amount)}; ${remedy}`);
}

/** A count, when it is a whole number in its range. */
export function checkedCount(name: string, count: number, range: { min: number; max: number }, remedy: string): number {
  const problems = wholeNumberProblems(name, count, range, remedy);
  if (problems.length > 0) throw new RangeError(problems.join('\n'));
  return count;
}

/** A duration in milliseconds, when it is one and has an end. */
export function checkedTime(name: string, duration: Duration): number {
  if (isDuration(duration) && Number.isFinite(inMilliseconds(duration))) return inMilliseconds(duration);
  throw new RangeError(`${name} must be a Duration, got ${shown(duration)}; write Duration.minutes(…)`);
}
