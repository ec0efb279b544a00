import fc from 'fast-check';
import { Availability, Duration } from 'nines';

describe('Availability', () => {
  describe('parse', () => {
    test.each([
      ['99.95', '99.95 %'],
      ['99.95%', '99.95 %'],
      [' 99.95 % ', '99.95 %'],
      ['100%', '100 %'],
      ['4 nines', '99.99 %'],
      ['1 nine', '90 %'],
      ['3.5 Nines', '99.9683 %'],
    ])('reads %p as %s', (text, printed) => {
      expect(Availability.parse(text).toString()).toBe(printed);
    });

    test('reads what an availability prints', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (millionths) => {
          const made = Availability.percent(String(millionths / 10 ** 7));
          expect(Availability.parse(made.toString()).failingShare).toBe(made.failingShare);
        }),
      );
    });

    test.each(['', 'high', '99,95', 'four nines', '99.95 percent', '-1%', 'nines'])('refuses %p', (text) => {
      expect(() => Availability.parse(text)).toThrow(
        new RangeError(`an availability must read like 99.95, 99.95% or '4 nines', got '${text}'`),
      );
    });

    test('refuses a percentage past 100 as percent does', () => {
      expect(() => Availability.parse('101%')).toThrow('an availability must be a percentage from 0 to 100');
    });
  });

  describe('ofRepairs', () => {
    test('fails for the share of the repair in a round of running and repairing', () => {
      const mtbf = Duration.hours(999);
      expect(Availability.ofRepairs({ mtbf, mttr: Duration.hours(1) }).failingShare).toBe(0.001);
    });

    test('keeps every digit where repair is a billionth of the time', () => {
      const part = Availability.ofRepairs({ mtbf: Duration.days(365), mttr: Duration.millis(1) });
      expect(part.failingShare).toBe(1 / (365 * 86_400_000 + 1));
    });

    test('is 100 % when repair takes no time', () => {
      expect(Availability.ofRepairs({ mtbf: Duration.hours(1), mttr: Duration.hours(0) }).failingShare).toBe(0);
    });

    // « Métriques de succès » of the course: more than 720 hours between failures, repaired in under 30 minutes, above 99.9 %
    test('of the objectives of the course, 720 hours and 30 minutes, meets its 99.9 %', () => {
      const service = Availability.ofRepairs({ mtbf: Duration.hours(720), mttr: Duration.minutes(30) });
      expect(service.meets(Availability.percent('99.9'))).toBe(true);
      expect(String(service)).toBe('99.9306 %'); // 0.5 / 720.5
    });

    test.each([
      [{ mtbf: Duration.hours(0), mttr: Duration.hours(1) }, 'mtbf must be longer than zero, got 0'],
      [{ mtbf: 720 as never, mttr: Duration.hours(1) }, 'mtbf must be a Duration, got 720'],
      [{ mtbf: Duration.hours(1), mttr: undefined as never }, 'mttr must be a Duration, got undefined'],
      [{ mtbf: Duration.hours(Number.NaN), mttr: Duration.hours(1) }, 'mtbf must be a Duration, got an object'],
    ])('refuses %j', (times, message) => {
      expect(() => Availability.ofRepairs(times)).toThrow(new RangeError(message));
    });
  });

  describe('downtimePer', () => {
    const threeNines = Availability.percent('99.9');
    const minutes = (duration: Duration) => duration.toMinutes({ integral: false });

    // MINUTES_PER_YEAR, _MONTH and _WEEK of the course's AvailabilityCalculator; its table has months of 30 days
    test('is a thousandth of 525,600, 43,800 and 10,080 minutes at 99.9 %, as the calculator of the course counts', () => {
      expect(minutes(threeNines.downtimePer('year'))).toBeCloseTo(525.6, 10);
      expect(minutes(threeNines.downtimePer(Duration.minutes(43_800)))).toBeCloseTo(43.8, 10);
      expect(minutes(threeNines.downtimePer('week'))).toBeCloseTo(10.08, 10);
    });

    test('has months of 30 days, as the table of the course, and days', () => {
      expect(minutes(threeNines.downtimePer('month'))).toBeCloseTo(43.2, 10);
      expect(minutes(threeNines.downtimePer('day'))).toBeCloseTo(1.44, 10);
    });

    test('refuses what is no period', () => {
      const message = `a period must be 'year', 'month', 'week', 'day' or a Duration, got 'decade'`;
      expect(() => threeNines.downtimePer('decade' as never)).toThrow(new RangeError(message));
      expect(() => threeNines.downtimePer('toString' as never)).toThrow(RangeError);
    });
  });

  describe('errorBudget', () => {
    const target = Availability.percent('99.9');

    test('allows 43.2 minutes a month at 99.9 %, of which a quarter is gone after 10.8', () => {
      const { allowed, spent, left, spentShare } = target.errorBudget('month', Duration.minutes(10.8));
      expect(allowed.toMinutes({ integral: false })).toBeCloseTo(43.2, 10);
      expect(spent.toMinutes({ integral: false })).toBe(10.8);
      expect(left.toMinutes({ integral: false })).toBeCloseTo(32.4, 10);
      expect(spentShare).toBeCloseTo(0.25, 12);
    });

    test('is whole when nothing failed yet', () => {
      const { allowed, left, spentShare } = target.errorBudget('week');
      expect(left.toMilliseconds()).toBe(allowed.toMilliseconds());
      expect(spentShare).toBe(0);
    });

    test('has nothing left once it is overspent', () => {
      const { left, spentShare } = target.errorBudget('month', Duration.minutes(86.4));
      expect(left.toMilliseconds()).toBe(0);
      expect(spentShare).toBeCloseTo(2, 12);
    });

    test('of 100 % is spent by the first failure, and not before', () => {
      const perfect = Availability.percent(100);
      expect(perfect.errorBudget('year').spentShare).toBe(0);
      expect(perfect.errorBudget('year', Duration.millis(1)).spentShare).toBe(Number.POSITIVE_INFINITY);
    });

    test('refuses a spent time that is none', () => {
      expect(() => target.errorBudget('year', 5 as never)).toThrow(new RangeError('spent must be a Duration, got 5'));
    });
  });

  describe('allowedFailures', () => {
    test.each([
      ['99.9', 10_000, 10],
      ['99.9', 999, 0],
      ['71', 100, 29], // 0.29 * 100 is 28.999999999999996
      ['99.999999', 9_007_199_254_740_991, 90_071_992],
      ['0', 7, 7],
      ['100', 7, 0],
    ])('at %s %% are of %p requests %p', (percent, requests, failures) => {
      expect(Availability.percent(percent).allowedFailures(requests)).toBe(failures);
    });

    test.each([-1, 1.5, Number.NaN])('refuses %p requests', (requests) => {
      expect(() => Availability.percent(99).allowedFailures(requests)).toThrow(
        new RangeError(`requests must be a whole number of zero or more, got ${requests}`),
      );
    });
  });
});
