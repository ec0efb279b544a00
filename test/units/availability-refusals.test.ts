import { Availability } from 'nines';

/** A value, and the way the message shows it. */
type Case = [value: unknown, shown: string];

/** What only plain JavaScript can pass. */
const NO_NUMBERS: readonly Case[] = [
  [undefined, 'undefined'],
  [null, 'null'],
  [true, 'true'],
  ['', "''"],
  ['three', "'three'"],
  [[0.5], 'an object'],
  [Object.create(null), 'an object'],
];

function expectRangeError(make: () => unknown, message: string): void {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(new Error(message)); // an error object compares the whole message
}

describe('Availability', () => {
  test.each<Case>([
    ...NO_NUMBERS,
    [-1, '-1'],
    [101, '101'],
    [100.00001, '100.00001'],
    [`100.${'0'.repeat(200)}1`, `'100.${'0'.repeat(200)}1'`],
    ['1e+3', "'1e+3'"],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['99,95', "'99,95'"],
    ['99.95 %', "'99.95 %'"],
    ['-0.1', "'-0.1'"],
    [`\${TfToken[TOKEN.1]}`, `'\${TfToken[TOKEN.1]}'`],
  ])('refuses %p as a percentage', (percent, shown) => {
    expectRangeError(
      () => Availability.percent(percent as never),
      `an availability must be a percentage from 0 to 100, got ${shown}`,
    );
  });

  test('refuses a percentage so close to 100 % that a double cannot tell', () => {
    const text = `99.${'9'.repeat(400)}`;
    expectRangeError(
      () => Availability.percent(text),
      `an availability this close to 100 % cannot be told from it, got '${text}'`,
    );
  });

  test.each<Case>([
    ...NO_NUMBERS,
    [-0.1, '-0.1'],
    [300.1, '300.1'],
    ['3', "'3'"],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('refuses %p as a count of nines', (nines, shown) => {
    expectRangeError(() => Availability.nines(nines as never), `nines must be a number from 0 to 300, got ${shown}`);
  });

  test.each<Case>([...NO_NUMBERS, [-0.1, '-0.1'], [1.1, '1.1'], ['0.001', "'0.001'"], [Number.NaN, 'NaN']])(
    'refuses %p as a failing share',
    (share, shown) => {
      expectRangeError(
        () => Availability.failing(share as never),
        `a failing share must be a number from 0 to 1, got ${shown}`,
      );
    },
  );
});
