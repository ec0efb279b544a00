import { Availability, Duration } from 'nines';
import { copies, kOfN, parallel, series, withCommonCause, withPlannedDowntime } from 'nines/availability';

const percents = (...written: readonly string[]) => written.map((percent) => Availability.percent(percent));

describe('series', () => {
  // « Calcul de disponibilité » of the course « 9.6 Architectures Haute Disponibilité »
  test('of 99.99, 99.95 and 99.99 % is 99.9300 %, as the course prints', () => {
    const system = series(percents('99.99', '99.95', '99.99'));
    expect((100 - 100 * system.failingShare).toFixed(4)).toBe('99.9300');
    expect(String(system)).toBe('99.93 %');
    // 1 - 0.9999 x 0.9995 x 0.9999, multiplied out by hand
    expect(system.failingShare).toBeCloseTo(0.000_699_890_005, 15);
  });

  test('of one part is that part, to the last bit', () => {
    expect(series(percents('99.95')).failingShare).toBe(0.0005);
  });

  test('loses nothing to parts that almost never fail', () => {
    const parts = [1e-18, 2e-18, 3e-18].map((share) => Availability.failing(share));
    expect(series(parts).failingShare).toBeCloseTo(6e-18, 32);
  });

  test('of parts that never fail is 100 %', () => {
    expect(series(percents('100', '100')).failingShare).toBe(0);
  });

  test('is never available when a part never is', () => {
    expect(series(percents('0', '100')).failingShare).toBe(1);
  });
});

describe('parallel', () => {
  test('of two servers of 99 % is 99.9900 %, as the course prints', () => {
    const system = parallel(percents('99', '99'));
    expect((100 - 100 * system.failingShare).toFixed(4)).toBe('99.9900');
    expect(String(system)).toBe('99.99 %');
    expect(system.toNines()).toBe(4);
  });

  test('of three nodes of 99.99 % is twelve nines, not 100 %', () => {
    const system = parallel(copies(3, Availability.percent('99.99')));
    expect(system.toNines()).toBe(12);
    expect(String(system)).toBe('99.9999999999 %');
  });

  test('of three parts of 90 % is 99.9 %, though doubles multiply to a little more than 0.001', () => {
    const system = parallel(copies(3, Availability.percent('90')));
    expect(system.failingShare).toBeGreaterThan(0.001);
    expect(String(system)).toBe('99.9 %');
    expect(system.meets(Availability.nines(3))).toBe(true);
  });

  test('is never 100 % of parts that can fail, where doubles have come to their end', () => {
    const system = parallel(copies(100, Availability.percent('99.99')));
    expect(system.failingShare).toBe(Number.MIN_VALUE);
    expect(String(system)).not.toBe('100 %');
  });

  test('is 100 % when one part never fails', () => {
    expect(parallel(percents('50', '100')).failingShare).toBe(0);
  });
});

describe('kOfN', () => {
  // by hand, C(3,2) x 0.9^2 x 0.1 + 0.9^3 and the like
  test.each([
    [2, '90', 3, 0.028],
    [2, '95', 3, 0.00725],
    [3, '99', 5, 9.8506e-6],
    [4, '99.9', 5, 9.980_014_996e-6],
    [1, '99', 4, 1e-8],
    [4, '99', 4, 0.039_403_99],
  ])('needing %p of parts of %s %%, %p of them, fails for %p of the time', (needed, percent, count, failing) => {
    const system = kOfN(needed, copies(count, Availability.percent(percent)));
    expect(system.failingShare / failing).toBeCloseTo(1, 12);
  });

  test('counts unlike parts one by one', () => {
    // needs 2 of 3: fails when two or three fail: ab + ac + bc - 2abc
    const [a, b, c] = [0.1, 0.02, 0.003];
    const system = kOfN(
      2,
      [a, b, c].map((share) => Availability.failing(share)),
    );
    expect(system.failingShare).toBeCloseTo(a * b + a * c + b * c - 2 * a * b * c, 15);
  });

  test('keeps all its digits where 1 - q is 1: two of three at 1e-20', () => {
    const system = kOfN(2, copies(3, Availability.failing(1e-20)));
    expect(system.failingShare / 3e-40).toBeCloseTo(1, 12);
  });

  test('is never 100 % of parts that can fail, where doubles have come to their end', () => {
    const twoCanFail = [1e-200, 1e-200, 0].map((share) => Availability.failing(share));
    expect(kOfN(2, twoCanFail).failingShare).toBe(Number.MIN_VALUE);
  });

  test('is 100 % when enough parts never fail, and 0 % when too many always do', () => {
    expect(kOfN(2, percents('100', '100', '0')).failingShare).toBe(0);
    expect(kOfN(2, percents('100', '0', '0')).failingShare).toBe(1);
  });

  test.each([
    [0, 'needed must be a whole number from 1 to 2, got 0; say how many of the parts must work'],
    [3, 'needed must be a whole number from 1 to 2, got 3; say how many of the parts must work'],
    [1.5, 'needed must be a whole number from 1 to 2, got 1.5; say how many of the parts must work'],
  ])('refuses to need %p of 2', (needed, message) => {
    expect(() => kOfN(needed, percents('99', '99'))).toThrow(new RangeError(message));
  });
});

describe.each([
  ['series', series],
  ['parallel', parallel],
  ['kOfN', (parts: readonly Availability[]) => kOfN(1, parts)],
])('%s', (_, compose) => {
  test('refuses a system without parts', () => {
    expect(() => compose([])).toThrow(
      new RangeError('parts must name at least one availability, got none; list what it is made of'),
    );
  });

  test('refuses a part that is a bare number', () => {
    expect(() => compose([99.9 as never])).toThrow(
      new RangeError('parts must be an availability, got 99.9; write Availability.percent(…)'),
    );
  });
});

describe('copies', () => {
  test('refuses more than it can count', () => {
    expect(() => copies(10_001, Availability.percent(99))).toThrow(
      'count must be a whole number from 1 to 10000, got 10001; say how many copies there are',
    );
  });

  test('takes well under a second for the most of them', () => {
    const most = copies(10_000, Availability.percent(99));
    const before = performance.now();
    kOfN(9_800, most);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe('withCommonCause', () => {
  test('puts the shared failures in series with the rest: 1 of 2 at q = 0.01 and beta = 0.1', () => {
    // together 0.1 x 0.01 = 0.001; the rest of each 0.009 / 0.999; both 0.001 + 0.999 x (0.009 / 0.999)^2
    const system = withCommonCause({ part: Availability.percent('99'), count: 2, needed: 1, beta: 0.1 });
    expect(system.failingShare).toBeCloseTo(0.001 + 0.000_081 / 0.999, 15);
  });

  test('is kOfN without any common cause, and one part when all causes are common', () => {
    const part = Availability.percent('99');
    const free = withCommonCause({ part, count: 5, needed: 3, beta: 0 });
    expect(free.failingShare).toBe(kOfN(3, copies(5, part)).failingShare);
    expect(withCommonCause({ part, count: 5, needed: 1, beta: 1 }).failingShare).toBe(part.failingShare);
  });

  test('is 0 % of a part that never works, with all causes in common', () => {
    expect(withCommonCause({ part: Availability.percent(0), count: 2, needed: 1, beta: 1 }).failingShare).toBe(1);
  });

  test('is never better than the shared failures allow, however many copies there are', () => {
    const part = Availability.percent('99');
    const many = withCommonCause({ part, count: 1_000, needed: 1, beta: 0.05 });
    expect(many.failingShare).toBeCloseTo(0.0005, 12);
  });

  test('refuses a beta that is no share', () => {
    expect(() => withCommonCause({ part: Availability.percent(99), count: 2, needed: 1, beta: 5 })).toThrow(
      'beta must be a number from 0 to 1, got 5; it is the share of failures that all copies have in common',
    );
  });
});

describe('withPlannedDowntime', () => {
  test('counts a weekly window of an hour, without counting failures in it twice', () => {
    const seen = withPlannedDowntime(Availability.percent('99.9'), { downtime: Duration.hours(1), per: 'week' });
    expect(seen.failingShare).toBeCloseTo(1 / 168 + (0.001 * 167) / 168, 15);
  });

  test('is 0 % when the window is the whole period', () => {
    const seen = withPlannedDowntime(Availability.percent('99.9'), { downtime: Duration.hours(24), per: 'day' });
    expect(seen.failingShare).toBe(1);
  });

  test('refuses a window longer than its period', () => {
    const make = () => withPlannedDowntime(Availability.percent(99), { downtime: Duration.hours(48), per: 'day' });
    expect(make).toThrow(
      'downtime must be a Duration of at most its period (1 day), got 2 days; ' +
        'give the length of the maintenance window',
    );
  });
});
