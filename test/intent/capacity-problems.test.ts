import { TerraformVariable } from 'cdktf';
import { Capacity } from 'nines';
import { emptyStack } from '../support/synth';

const variable = new TerraformVariable(emptyStack(), 'Variable', {});
const TOKEN = 'a token, whose value is known only after deployment';

/** The problems over three zones of a capacity with one option, also of a type that only JavaScript can pass. */
function problemsWith(option: string, value: unknown): string[] {
  return Capacity.forPeak(4, { [option]: value }).problemsOver(3);
}

describe('Capacity', () => {
  test.each([
    ['no option', {}],
    ['options that are undefined', { max: undefined, tolerateLostZones: undefined, safeUse: undefined }],
    ['max equal to the minimum', { max: 6 }],
    ['a tiny share of safe use', { safeUse: 0.001 }],
    ['whole use', { safeUse: 1 }],
    ['less than one request per second', { requestsPerSecond: 0.2 }],
    ['two lost zones', { tolerateLostZones: 2 }],
    ['an overload that is not allowed, beside a tolerance', { tolerateLostZones: 1, allowOverloadWhenZoneLost: false }],
  ] as const)('has no problems with %s', (_, options) => {
    expect(Capacity.forPeak(4, options).problemsOver(3)).toEqual([]);
  });

  test.each([
    [0, '0'],
    [-1, '-1'],
    [2.5, '2.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['4', "'4'"],
    [undefined, 'undefined'],
  ])('refuses a peak of %p', (peak, shown) => {
    expect(Capacity.forPeak(peak as never).problemsOver(3)).toEqual([
      `capacity.peak must be a whole number of at least 1, got ${shown}; say how many units carry the peak`,
    ]);
  });

  test.each([
    [0, '0'],
    [1.5, '1.5'],
    [null, 'null'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('refuses a max of %p', (max, shown) => {
    expect(problemsWith('max', max)).toEqual([
      `capacity.max must be a whole number of at least 1, got ${shown}; say how far scaling may go`,
    ]);
  });

  test('refuses a max below the minimum, and says what that is', () => {
    expect(problemsWith('max', 5)).toEqual([
      'capacity.max must be at least the minimum that survives (6 over 3 zones for a peak of 4), got 5; ' +
        'raise max or lower the peak',
    ]);
  });

  test.each([
    [0, '0'],
    [3, '3'],
    ['1', "'1'"],
    [null, 'null'],
    [Symbol('one'), 'Symbol(one)'],
    [Object.create(null), 'an object'],
  ])('refuses to tolerate %p lost zones', (zones, shown) => {
    expect(problemsWith('tolerateLostZones', zones)).toEqual([
      `capacity.tolerateLostZones must be 1 or 2, got ${shown}; for none, say allowOverloadWhenZoneLost: true`,
    ]);
  });

  test.each([
    ['false', "'false'"],
    [0, '0'],
    [null, 'null'],
    [variable.booleanValue, TOKEN],
  ])('lets only true and false choose an overload, never %p', (allowed, shown) => {
    expect(problemsWith('allowOverloadWhenZoneLost', allowed)).toEqual([
      `capacity.allowOverloadWhenZoneLost must be true or false, got ${shown}; leave it out to survive a lost zone`,
    ]);
  });

  test('refuses to tolerate lost zones and to allow the overload at once', () => {
    const capacity = Capacity.forPeak(4, { tolerateLostZones: 2, allowOverloadWhenZoneLost: true });
    expect(capacity.problemsOver(3)).toEqual([
      'capacity.allowOverloadWhenZoneLost must not stand beside tolerateLostZones, got true and 2; keep one of them',
    ]);
  });

  test.each([
    [0, '0'],
    [-0.1, '-0.1'],
    [1.01, '1.01'],
    [90, '90'],
    [Number.NaN, 'NaN'],
    ['0.9', "'0.9'"],
    [true, 'true'],
    [1n, '1n'],
    [Symbol('all'), 'Symbol(all)'],
  ])('refuses a safe use of %p', (safeUse, shown) => {
    expect(problemsWith('safeUse', safeUse)).toEqual([
      `capacity.safeUse must be a number above 0 and at most 1, got ${shown}; 0.9 is the usual share`,
    ]);
  });

  test.each([
    [0, '0'],
    [-1, '-1'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['100', "'100'"],
  ])('refuses %p requests per second', (requests, shown) => {
    expect(problemsWith('requestsPerSecond', requests)).toEqual([
      `capacity.requestsPerSecond must be a number above 0, got ${shown}; measure what one unit answers when fully used`,
    ]);
  });

  test.each(['max', 'tolerateLostZones', 'safeUse', 'requestsPerSecond'])('must know %s at synthesis', (option) => {
    expect(problemsWith(option, variable.numberValue)).toEqual([
      `capacity.${option} must be known at synthesis, got ${TOKEN}; write the number itself`,
    ]);
  });

  test('must know the peak and the number of zones at synthesis', () => {
    expect(Capacity.forPeak(variable.numberValue).problemsOver(variable.numberValue)).toEqual([
      `capacity.peak must be known at synthesis, got ${TOKEN}; write the number itself`,
      `zones must be known at synthesis, got ${TOKEN}; write the number itself`,
    ]);
  });

  test.each([
    [0, '0'],
    [2.5, '2.5'],
    [undefined, 'undefined'],
  ])('refuses to be spread over %p zones', (zones, shown) => {
    expect(Capacity.forPeak(4).problemsOver(zones as never)).toEqual([
      `zones must be a whole number of at least 1, got ${shown}; say how many zones the units are spread over`,
    ]);
  });

  test.each([
    [1, 1],
    [2, 1],
    [2, 2],
  ] as const)('refuses to tolerate %i lost zones of %i', (tolerateLostZones, zones) => {
    expect(Capacity.forPeak(4, { tolerateLostZones }).problemsOver(zones)).toEqual([
      `capacity.tolerateLostZones must be lower than the number of zones (${zones}), got ${tolerateLostZones}; ` +
        'spread over more zones or tolerate fewer',
    ]);
  });

  test('names all problems at once', () => {
    const wrong = { max: 0, tolerateLostZones: 3, safeUse: 2, requestsPerSecond: 0 };
    expect(Capacity.forPeak(0, wrong as never).problemsOver(0)).toEqual([
      expect.stringMatching(/^capacity\.peak /),
      expect.stringMatching(/^capacity\.max /),
      expect.stringMatching(/^capacity\.tolerateLostZones /),
      expect.stringMatching(/^zones /),
      expect.stringMatching(/^capacity\.safeUse /),
      expect.stringMatching(/^capacity\.requestsPerSecond /),
    ]);
  });

  test('names a max below the minimum also beside a problem that leaves the minimum known', () => {
    expect(Capacity.forPeak(4, { max: 5, safeUse: 2 }).problemsOver(3)).toEqual([
      expect.stringMatching(/^capacity\.max must be at least the minimum/),
      expect.stringMatching(/^capacity\.safeUse /),
    ]);
  });

  test('throws its problems when it is planned all the same', () => {
    const capacity = Capacity.forPeak(0, { safeUse: 2 });
    expect(() => capacity.over(3)).toThrow(RangeError);
    expect(() => capacity.over(3)).toThrow(new Error(capacity.problemsOver(3).join('\n')));
  });
});
