import { Availability } from '../units';

/**
 * How many whole nines an availability has: 4 for 99.99 %, 3 for 99.95 %, 0 for 50 %. `Availability.toNines` counts the
 * fraction too.
 *
 * @param percent from 0 to 100, a number or decimal text; `Infinity` comes of 100
 * @throws RangeError when it is no percentage
 */
export function calculateNines(percent: number | string): number {
  // what counts as nine nines must not hang on the last bit of a logarithm
  return Math.floor(Availability.percent(percent).toNines() + 1e-12);
}
