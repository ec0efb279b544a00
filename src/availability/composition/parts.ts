import { Availability } from '../../units';
import { shown } from '../../validation';
import { checkedPart } from '../checks';

/**
 * The failing shares of parts, smallest first: the result must not hang on the order they were given in.
 *
 * @throws RangeError when there are none, or one is no availability
 */
export function failingShares(parts: readonly Availability[]): number[] {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new RangeError(`parts must name at least one availability, got ${shown(parts)}; list what it is made of`);
  }
  return parts.map((part) => checkedPart('parts', part).failingShare).sort((a, b) => a - b);
}

/**
 * The availability of a computed failing share: never past 1 by the noise of doubles, and never 0 for
 * what can fail, however small the doubles became.
 */
export function composed(failing: number, canFail: boolean): Availability {
  return Availability.failing(Math.min(1, canFail ? Math.max(Number.MIN_VALUE, failing) : failing));
}
