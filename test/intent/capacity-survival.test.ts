import fc from 'fast-check';
import { Capacity, type CapacityOptions, type CapacityPlan } from 'nines';

/** A tier as somebody may ask for it. */
interface Tier {
  readonly peak: number;
  readonly zones: number;
  readonly lost: 0 | 1 | 2;
  readonly safeUse: number;
  /** Room above the minimum; undefined for the default. */
  readonly above: number | undefined;
}

const tiers: fc.Arbitrary<Tier> = fc.constantFrom<0 | 1 | 2>(0, 1, 2).chain((lost) =>
  fc.record({
    lost: fc.constant(lost),
    zones: fc.integer({ min: lost + 1, max: 6 }),
    peak: fc.integer({ min: 1, max: 60 }),
    safeUse: fc.double({ min: 0.05, max: 1, noNaN: true }),
    above: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  }),
);

function planOf({ peak, zones, lost, safeUse, above }: Tier): CapacityPlan {
  const tolerance: CapacityOptions = lost === 0 ? { allowOverloadWhenZoneLost: true } : { tolerateLostZones: lost };
  const { minimum } = Capacity.forPeak(peak, tolerance).over(zones);
  const max = above === undefined ? {} : { max: minimum + above };
  return Capacity.forPeak(peak, { ...tolerance, ...max, safeUse }).over(zones);
}

/** Units that are left of a balanced group when its fullest zones are gone. */
function unitsLeft(size: number, { zones, lost }: Tier): number {
  const units = Array.from({ length: zones }, () => 0);
  for (let unit = 0; unit < size; unit++) units[unit % zones] = (units[unit % zones] ?? 0) + 1;
  const fullestFirst = units.sort((a, b) => b - a);
  return fullestFirst.slice(lost).reduce((sum, inZone) => sum + inZone, 0);
}

function sizesBetween({ minimum, maximum }: CapacityPlan): number[] {
  return Array.from({ length: maximum - minimum + 1 }, (_, extra) => minimum + extra);
}

describe('Capacity', () => {
  test('carries the peak at every size, with the fullest of the tolerated zones lost', () => {
    fc.assert(
      fc.property(tiers, (tier) => {
        expect(sizesBetween(planOf(tier)).filter((size) => !(unitsLeft(size, tier) >= tier.peak))).toEqual([]);
      }),
    );
  });

  test('keeps what is left within safe use at every size, when each unit was at the scaling target', () => {
    fc.assert(
      fc.property(tiers, (tier) => {
        const plan = planOf(tier);
        const isSafe = (size: number) =>
          plan.scalingTarget * size <= unitsLeft(size, tier) * tier.safeUse * (1 + 1e-12);
        expect(sizesBetween(plan).filter((size) => !isSafe(size))).toEqual([]);
      }),
    );
  });

  test('aims no lower than the worst size demands', () => {
    fc.assert(
      fc.property(tiers, (tier) => {
        const plan = planOf(tier);
        const shares = sizesBetween(plan).map((size) => unitsLeft(size, tier) / size);
        expect(plan.shareLeft).toBe(Math.min(...shares));
        expect(plan.scalingTarget).toBeCloseTo(tier.safeUse * plan.shareLeft, 12);
      }),
    );
  });

  test('buys no zone-wide row of units more than the peak needs', () => {
    fc.assert(
      fc.property(tiers, (tier) => {
        const { perZone, minimum } = planOf(tier);
        expect(minimum).toBe(perZone * tier.zones);
        expect(unitsLeft(minimum - tier.zones, tier)).toBeLessThan(tier.peak);
      }),
    );
  });
});
