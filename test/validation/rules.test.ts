import { TerraformVariable } from 'cdktf';
import { Duration } from 'nines';
import {
  durationProblems,
  isDuration,
  portProblems,
  positiveNumberProblems,
  shortDurationProblems,
  unknownProblem,
  wholeNumberProblems,
} from '../../src/validation';
import { emptyStack } from '../support/synth';

const variable = new TerraformVariable(emptyStack(), 'Variable', {});
const TOKEN = 'a token, whose value is known only after deployment';

/** A Duration of a second copy of cdk8s, as a user's own dependency may bring one. */
function foreignDuration(seconds: number): unknown {
  let foreign: unknown;
  jest.isolateModules(() => {
    foreign = jest.requireActual<typeof import('cdk8s/lib/duration')>('cdk8s/lib/duration').Duration.seconds(seconds);
  });
  return foreign;
}

describe('wholeNumberProblems', () => {
  test.each([1, 2, 10])('has none for %p from 1 to 10', (value) => {
    expect(wholeNumberProblems('size', value, { min: 1, max: 10 }, 'change it')).toEqual([]);
  });

  test.each([
    [0, '0'],
    [11, '11'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    ['4', "'4'"],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('refuses %p from 1 to 10', (value, shown) => {
    expect(wholeNumberProblems('size', value, { min: 1, max: 10 }, 'change it')).toEqual([
      `size must be a whole number from 1 to 10, got ${shown}; change it`,
    ]);
  });

  test('has no upper limit unless one is given, but that of exact numbers', () => {
    const largest = Number.MAX_SAFE_INTEGER;
    expect(wholeNumberProblems('size', largest, { min: 1 }, 'change it')).toEqual([]);
    expect(wholeNumberProblems('size', largest + 1, { min: 1 }, 'change it')).toEqual([
      'size must be a whole number of at least 1, got 9007199254740992; change it',
    ]);
  });

  test('asks for the number itself in place of a token', () => {
    expect(wholeNumberProblems('size', variable.numberValue, { min: 1 }, 'change it')).toEqual([
      `size must be known at synthesis, got ${TOKEN}; write the number itself`,
    ]);
  });
});

describe('positiveNumberProblems', () => {
  test.each([0.1, 1, Number.MIN_VALUE])('has none for %p, at most 1', (value) => {
    expect(positiveNumberProblems('share', value, { max: 1 }, 'change it')).toEqual([]);
  });

  test.each([
    [0, '0'],
    [1.1, '1.1'],
    [-0.5, '-0.5'],
    ['0.5', "'0.5'"],
    [true, 'true'],
    [Number.NaN, 'NaN'],
  ])('refuses %p, at most 1', (value, shown) => {
    expect(positiveNumberProblems('share', value, { max: 1 }, 'change it')).toEqual([
      `share must be a number above 0 and at most 1, got ${shown}; change it`,
    ]);
  });

  test('has no upper limit unless one is given, but refuses what is endless', () => {
    expect(positiveNumberProblems('rate', Number.MAX_VALUE, {}, 'change it')).toEqual([]);
    expect(positiveNumberProblems('rate', Number.POSITIVE_INFINITY, {}, 'change it')).toEqual([
      'rate must be a number above 0, got Infinity; change it',
    ]);
  });

  test('asks for the number itself in place of a token', () => {
    expect(positiveNumberProblems('rate', variable.numberValue, {}, 'change it')).toEqual([
      `rate must be known at synthesis, got ${TOKEN}; write the number itself`,
    ]);
  });
});

describe('durationProblems', () => {
  const range = { min: Duration.seconds(5), max: Duration.minutes(5) };

  test.each([5, 6, 300])('has none for %p seconds from 5 seconds to 5 minutes', (seconds) => {
    expect(durationProblems('wait', Duration.seconds(seconds), range, 'change it')).toEqual([]);
  });

  test.each([
    [Duration.seconds(4), '4 seconds'],
    [Duration.seconds(301), '5 minutes 1 second'],
    [Duration.seconds(5.5), '5.5 seconds'],
    [Duration.millis(10_000.5), '10.0005 seconds'],
    [Duration.seconds(Number.NaN), 'NaN seconds'],
  ])('refuses a duration outside of its range or its whole seconds: %#', (duration, shown) => {
    expect(durationProblems('wait', duration, range, 'change it')).toEqual([
      `wait must be from 5 seconds to 5 minutes, in whole seconds, got ${shown}; change it`,
    ]);
  });

  test('has no upper limit unless one is given', () => {
    const open = { min: Duration.seconds(5) };
    expect(durationProblems('wait', Duration.days(365), open, 'change it')).toEqual([]);
    expect(durationProblems('wait', Duration.seconds(1), open, 'change it')).toEqual([
      'wait must be at least 5 seconds, in whole seconds, got 1 second; change it',
    ]);
  });

  test.each([
    [30, '30'],
    ['30s', "'30s'"],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ seconds: 30 }, 'an object'],
    [variable.numberValue, TOKEN],
  ])('refuses what is no Duration: %p', (value, shown) => {
    expect(durationProblems('wait', value, range, 'change it')).toEqual([
      `wait must be a Duration, got ${shown}; write Duration.seconds(…)`,
    ]);
  });

  test('takes a Duration of another copy of cdk8s', () => {
    expect(foreignDuration(10)).not.toBeInstanceOf(Duration);
    expect(durationProblems('wait', foreignDuration(10), range, 'change it')).toEqual([]);
    expect(durationProblems('wait', foreignDuration(1), range, 'change it')).toHaveLength(1);
  });
});

describe('shortDurationProblems', () => {
  const range = { min: Duration.millis(1), max: Duration.seconds(1) };

  test.each([1, 2, 1000])('has none for %p milliseconds from 1 to 1000', (milliseconds) => {
    expect(shortDurationProblems('wait', Duration.millis(milliseconds), range, 'change it')).toEqual([]);
  });

  test.each([
    [Duration.millis(0), '0 seconds'],
    [Duration.millis(1001), '1.001 seconds'],
    [Duration.millis(1.5), '0.0015 seconds'],
  ])('refuses a duration outside of its range or its whole milliseconds: %#', (duration, shown) => {
    expect(shortDurationProblems('wait', duration, range, 'change it')).toEqual([
      `wait must be from 0.001 seconds to 1 second, in whole milliseconds, got ${shown}; change it`,
    ]);
  });

  test('refuses what is no Duration', () => {
    expect(shortDurationProblems('wait', 30, range, 'change it')).toEqual([
      'wait must be a Duration, got 30; write Duration.millis(…)',
    ]);
  });
});

describe('isDuration', () => {
  test('knows a Duration, also of another copy of cdk8s', () => {
    expect(isDuration(Duration.seconds(1))).toBe(true);
    expect(isDuration(foreignDuration(1))).toBe(true);
  });

  test.each<[name: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 10],
    ['half of one', { toMilliseconds: () => 10 }],
    ['the other half', { toHumanString: () => '10 s' }],
    ['names without functions', { toMilliseconds: 10, toHumanString: () => '10 s' }],
    ['functions for one name only', { toMilliseconds: () => 10, toHumanString: '10 s' }],
  ])('does not know %s', (_, value) => {
    expect(isDuration(value)).toBe(false);
  });
});

describe('portProblems', () => {
  test.each([1, 8080, 65_535])('has none for %p', (port) => {
    expect(portProblems('port', port)).toEqual([]);
  });

  test.each([
    [0, '0'],
    [65_536, '65536'],
    ['80', "'80'"],
  ])('refuses %p', (port, shown) => {
    expect(portProblems('port', port)).toEqual([
      `port must be a whole number from 1 to 65535, got ${shown}; give the port that the servers listen on`,
    ]);
  });
});

test('unknownProblem names the prop, the token and the way out', () => {
  expect(unknownProblem('zones', 'list', variable.listValue)).toBe(
    `zones must be known at synthesis, got ${TOKEN}; write the list itself`,
  );
});
