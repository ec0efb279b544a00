import { Capacity, type CapacityOptions } from 'nines';

/** A share as the guide prints it: one decimal, rounded down. */
function percent(share: number): string {
  return `${Math.floor(share * 1000 + 1e-9) / 10} %`;
}

describe('Capacity', () => {
  test('buys 6 over 3 zones for a peak of 4, so that losing one leaves 4', () => {
    expect(Capacity.forPeak(4).over(3)).toMatchObject({ perZone: 2, minimum: 6 });
  });

  test('buys 8 over 2 zones for a peak of 4, since each zone must carry all of it', () => {
    expect(Capacity.forPeak(4).over(2)).toMatchObject({ perZone: 4, minimum: 8 });
  });

  test('buys nothing for a lost zone when told to allow the overload', () => {
    const plan = Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }).over(2);
    expect(plan).toMatchObject({ perZone: 2, minimum: 4, shareLeft: 1, scalingTarget: 0.9 });
  });

  test('can stand in a single zone only when told to allow the overload', () => {
    const plan = Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }).over(1);
    expect(plan).toMatchObject({ perZone: 4, minimum: 4 });
    expect(() => Capacity.forPeak(4).over(1)).toThrow(RangeError);
  });

  test('tolerates one lost zone by default', () => {
    expect(Capacity.forPeak(5).over(4)).toEqual(Capacity.forPeak(5, { tolerateLostZones: 1 }).over(4));
    expect(Capacity.forPeak(5, { allowOverloadWhenZoneLost: false }).over(4)).toEqual(Capacity.forPeak(5).over(4));
  });

  test('buys three times the peak over 3 zones to tolerate two lost ones, not one and a half', () => {
    expect(Capacity.forPeak(10, { tolerateLostZones: 2 }).over(3).minimum).toBe(30);
    expect(Capacity.forPeak(10).over(3).minimum).toBe(15);
  });

  test('may scale to twice the minimum by default', () => {
    expect(Capacity.forPeak(4).over(3).maximum).toBe(12);
  });

  test('may scale as far as max says', () => {
    expect(Capacity.forPeak(4, { max: 20 }).over(3)).toMatchObject({ minimum: 6, maximum: 20 });
  });

  test('scales to the room of the worst size, 7 over 3 zones, where 3-2-2 loses 3', () => {
    const { shareLeft, scalingTarget } = Capacity.forPeak(4).over(3);
    expect(shareLeft).toBe(4 / 7);
    expect(scalingTarget).toBeCloseTo((0.9 * 4) / 7, 15);
  });

  test('needs no room for sizes that it never has: a max equal to the minimum fixes the size', () => {
    expect(Capacity.forPeak(4, { max: 6 }).over(3)).toMatchObject({ minimum: 6, maximum: 6, shareLeft: 4 / 6 });
  });

  test('uses a unit to 90 % by default, and to safeUse when told', () => {
    const target = (options: CapacityOptions) => Capacity.forPeak(4, { ...options, max: 6 }).over(3).scalingTarget;
    expect(target({})).toBeCloseTo(0.6, 15);
    expect(target({ safeUse: 0.75 })).toBeCloseTo(0.5, 15);
    expect(target({ safeUse: 1 })).toBeCloseTo(2 / 3, 15);
  });

  test('plans the same whatever a unit answers per second', () => {
    expect(Capacity.forPeak(4, { requestsPerSecond: 120 }).over(3)).toEqual(Capacity.forPeak(4).over(3));
  });

  test('gives back the peak and the choices as written', () => {
    const options: CapacityOptions = { max: 20, safeUse: 0.8, requestsPerSecond: 120 };
    const capacity = Capacity.forPeak(4, options);
    expect(capacity.peak).toBe(4);
    expect(capacity.options).toEqual(options);
    expect(Capacity.forPeak(4).options).toEqual({});
  });

  test('keeps its choices when the object that it got changes', () => {
    const options: { max?: number } = { max: 20 };
    const capacity = Capacity.forPeak(4, options);
    options.max = 7;
    expect(capacity.over(3).maximum).toBe(20);
  });

  // The first table of docs/capacity.md: minimum and scaling target, each reckoned by hand from the size that is worst.
  const one: CapacityOptions = {};
  const two: CapacityOptions = { tolerateLostZones: 2 };
  const none: CapacityOptions = { allowOverloadWhenZoneLost: true };
  test.each([
    ['one zone lost, over 2', one, 2, 1, 2, '30 %'], // 0.9 x 1/3
    ['one zone lost, over 2', one, 2, 4, 8, '40 %'], // 0.9 x 4/9
    ['one zone lost, over 2', one, 2, 20, 40, '43.9 %'], // 0.9 x 20/41
    ['one zone lost, over 3', one, 3, 1, 3, '45 %'], // 0.9 x 2/4
    ['one zone lost, over 3', one, 3, 3, 6, '51.4 %'], // 0.9 x 4/7
    ['one zone lost, over 3', one, 3, 6, 9, '54 %'], // 0.9 x 6/10
    ['one zone lost, over 3', one, 3, 20, 30, '58 %'], // 0.9 x 20/31
    ['one zone lost, over 4', one, 4, 3, 4, '54 %'], // 0.9 x 3/5
    ['one zone lost, over 4', one, 4, 10, 16, '63.5 %'], // 0.9 x 12/17
    ['two zones lost, over 3', two, 3, 1, 3, '18 %'], // 0.9 x 1/5
    ['two zones lost, over 3', two, 3, 4, 12, '25.7 %'], // 0.9 x 4/14
    ['two zones lost, over 4', two, 4, 1, 4, '30 %'], // 0.9 x 2/6
    ['two zones lost, over 4', two, 4, 10, 20, '40.9 %'], // 0.9 x 10/22
    ['none, over 3', none, 3, 1, 3, '90 %'],
    ['none, over 3', none, 3, 10, 12, '90 %'],
  ])(
    'with %s (%j over %i zones) carries a peak of %i with %i units at %s',
    (_, options, zones, peak, minimum, target) => {
      const plan = Capacity.forPeak(peak, options).over(zones);
      expect(plan.minimum).toBe(minimum);
      expect(percent(plan.scalingTarget)).toBe(target);
    },
  );
});
