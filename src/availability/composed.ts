import { Availability } from '../units';

/**
 * The availability of a computed failing share: never past 1 by the noise of doubles, and never 0 for
 * what can fail, however small the doubles became.
 */
export function composed(failing: number, canFail: boolean): Availability {
  return Availability.failing(Math.min(1, canFail ? Math.max(Number.MIN_VALUE, failing) : failing));
}
