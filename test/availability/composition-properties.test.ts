import fc from 'fast-check';
import { Availability } from 'nines';
import { copies, kOfN, parallel, series, withCommonCause } from 'nines/availability';

/** Failing shares over all orders of magnitude that matter, 0 and 1 included. */
const share = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 12 }).map((nines) => 10 ** -nines),
);
const shares = fc.array(share, { minLength: 1, maxLength: 10 });
const parts = (failing: readonly number[]) => failing.map((one) => Availability.failing(one));

/** Equal within the precision of doubles, relative to the size of the number. */
function expectSame(a: number, b: number): void {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(a), Math.abs(b)) + 1e-300);
}

/** What the definition says: the chance of every outcome in which too few parts work, added up. */
function byEveryOutcome(needed: number, failing: readonly number[]): number {
  let total = 0;
  for (let outcome = 0; outcome < 2 ** failing.length; outcome++) {
    const fails = (part: number) => (outcome >> part) % 2 === 1;
    const working = failing.filter((_, part) => !fails(part)).length;
    if (working < needed) total += failing.reduce((chance, q, part) => chance * (fails(part) ? q : 1 - q), 1);
  }
  return total;
}

describe('composition', () => {
  test('of k of n is what every outcome of the parts adds up to', () => {
    fc.assert(
      fc.property(shares, fc.nat(), (failing, at) => {
        const needed = 1 + (at % failing.length);
        expectSame(kOfN(needed, parts(failing)).failingShare, Math.min(1, byEveryOutcome(needed, failing)));
      }),
    );
  });

  test('does not hang on the order of the parts, to the last bit', () => {
    fc.assert(
      fc.property(shares, fc.nat(), (failing, at) => {
        const turned = [...failing].reverse();
        const needed = 1 + (at % failing.length);
        expect(series(parts(turned)).failingShare).toBe(series(parts(failing)).failingShare);
        expect(parallel(parts(turned)).failingShare).toBe(parallel(parts(failing)).failingShare);
        expect(kOfN(needed, parts(turned)).failingShare).toBe(kOfN(needed, parts(failing)).failingShare);
      }),
    );
  });

  test('holds the laws of De Morgan: a series fails as often as parts that are up when its own are down', () => {
    fc.assert(
      fc.property(shares, (failing) => {
        const opposite = failing.map((q) => 1 - q);
        expect(series(parts(failing)).failingShare + parallel(parts(opposite)).failingShare).toBeCloseTo(1, 12);
        const n = failing.length;
        const needed = Math.ceil(n / 2);
        const dual = kOfN(n - needed + 1, parts(opposite));
        expect(kOfN(needed, parts(failing)).failingShare + dual.failingShare).toBeCloseTo(1, 12);
      }),
    );
  });

  test('of k of n lies between series and parallel, which are its ends, and worsens with every k', () => {
    fc.assert(
      fc.property(shares, (failing) => {
        const all = parts(failing);
        const byNeed = failing.map((_, index) => kOfN(index + 1, all));
        expectSame(byNeed[0]?.failingShare ?? -1, parallel(all).failingShare);
        expectSame(byNeed.at(-1)?.failingShare ?? -1, series(all).failingShare);
        for (let k = 1; k < byNeed.length; k++) expect(byNeed[k - 1]?.meets(byNeed[k] as Availability)).toBe(true);
      }),
    );
  });

  test('never worsens when a part gets better', () => {
    fc.assert(
      fc.property(shares, fc.nat(), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failing, at, k, factor) => {
        const better = failing.map((q, index) => (index === at % failing.length ? q * factor : q));
        const needed = 1 + (k % failing.length);
        expect(series(parts(better)).meets(series(parts(failing)))).toBe(true);
        expect(parallel(parts(better)).meets(parallel(parts(failing)))).toBe(true);
        expect(kOfN(needed, parts(better)).meets(kOfN(needed, parts(failing)))).toBe(true);
      }),
    );
  });

  test('puts groups together as it puts parts together', () => {
    fc.assert(
      fc.property(shares, shares, (some, others) => {
        const together = [...some, ...others];
        expectSame(
          series([series(parts(some)), series(parts(others))]).failingShare,
          series(parts(together)).failingShare,
        );
        expectSame(
          parallel([parallel(parts(some)), parallel(parts(others))]).failingShare,
          parallel(parts(together)).failingShare,
        );
      }),
    );
  });

  test('with a common cause lies between independent copies and a single part', () => {
    fc.assert(
      fc.property(
        share,
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failing, count, beta) => {
          const part = Availability.failing(failing);
          const shared = withCommonCause({ part, count, needed: 1, beta });
          expect(parallel(copies(count, part)).meets(shared)).toBe(true);
          expect(shared.meets(part)).toBe(true);
        },
      ),
    );
  });
});
