import type { Availability } from '../../units';
import { checkedCount, checkedPart } from '../checks';
import { composed, failingShares } from './parts';

/**
 * Availability of a system that needs every part: load balancer, then application, then database. `1 - Π(1 - q)` of
 * their failing shares q, summed so that no digit is lost to a subtraction from 1.
 *
 * Parts fail independently of each other. What they share (a zone, a switch, a release) is a part of its own.
 *
 * @throws RangeError when there are no parts
 */
export function series(parts: readonly Availability[]): Availability {
  const shares = failingShares(parts);
  let failing = 0;
  for (const share of shares) failing += share * (1 - failing);
  return composed(
    failing,
    shares.some((share) => share > 0),
  );
}

/**
 * Availability of a system that needs one of its parts: `1 - Πq` of their failing shares q.
 *
 * Parts fail independently of each other, and the switch between them is perfect and takes no time; `standby` and
 * `withCommonCause` are for where that does not hold.
 *
 * @throws RangeError when there are no parts
 */
export function parallel(parts: readonly Availability[]): Availability {
  const shares = failingShares(parts);
  const failing = shares.reduce((product, share) => product * share, 1);
  return composed(
    failing,
    shares.every((share) => share > 0),
  );
}

/**
 * Availability of a system that needs at least `needed` of its parts, which may differ: three of five etcd members, two
 * of three zones. Exact, by counting part by part; only sums of positive terms, so nothing cancels.
 *
 * Takes `parts x min(needed, parts - needed + 1)` steps: a thousand parts are no matter.
 *
 * @param needed from 1 (`parallel`) to the number of parts (`series`)
 * @throws RangeError when there are no parts, or `needed` is out of that range
 */
export function kOfN(needed: number, parts: readonly Availability[]): Availability {
  const failing = failingShares(parts);
  checkedCount('needed', needed, { min: 1, max: failing.length }, 'say how many of the parts must work');
  const tooMany = failing.length - needed + 1;
  const working = failing.map((share) => 1 - share);
  const share =
    needed < tooMany
      ? countChances(needed, working, failing).slice(0, needed).reduce(sum, 0)
      : (countChances(tooMany, failing, working)[tooMany] ?? 0);
  return composed(share, failing.filter((part) => part > 0).length >= tooMany);
}

/** So many copies of one part (at most 10,000), for the lists of the other functions. */
export function copies(count: number, part: Availability): Availability[] {
  checkedCount('count', count, { min: 1, max: 10_000 }, 'say how many copies there are');
  return Array.from({ length: count }, () => checkedPart('part', part));
}

/**
 * The chances of 0, 1, … things happening, and last that of `most` or more, from the chance of each to happen and not to.
 */
function countChances(most: number, happens: readonly number[], not: readonly number[]): number[] {
  const chances = [1, ...new Array<number>(most).fill(0)];
  happens.forEach((chance, part) => {
    for (let count = most; count >= 0; count--) {
      const stays = count === most ? 1 : (not[part] ?? 0);
      chances[count] = (chances[count] ?? 0) * stays + (chances[count - 1] ?? 0) * chance;
    }
  });
  return chances;
}

function sum(a: number, b: number): number {
  return a + b;
}
