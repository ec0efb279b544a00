import { Lazy } from 'cdktf';
import fc from 'fast-check';
import { daysLater, meetsDaily, meetsWeekly, windowProblems } from '../../../src/constructs/aws/windows';

const PROPS = { dailyProp: 'backupWindow', weeklyProp: 'maintenanceWindow', shortest: 30 };
const DAILY = '02:00-03:00';
const WEEKLY = 'sun:04:00-sun:05:00';

const problems = (daily: unknown, weekly: unknown, shortest = 30) =>
  windowProblems(daily, weekly, { ...PROPS, shortest });

const badDaily = (got: string, shortest = 30) =>
  `backupWindow must be a time of day (UTC) of at least ${shortest} minutes, got ${got}; write it as in '02:00-03:00'`;
const badWeekly = (got: string, shortest = 30) =>
  `maintenanceWindow must be a time of the week (UTC) from ${shortest} minutes to a day, got ${got}; write it as in 'sun:04:00-sun:05:00'`;
const overlap = (daily: string, weekly: string) =>
  `maintenanceWindow must not overlap backupWindow ('${daily}'), got '${weekly}'; move one of them`;

describe('windows', () => {
  test.each([
    [DAILY, WEEKLY],
    ['23:30-00:30', 'sun:00:30-sun:01:30'], // past midnight, one after the other
    ['04:00-04:30', 'sun:04:30-sun:05:00'],
    ['05:00-05:30', 'sun:04:00-sun:05:00'],
    ['12:00-12:30', 'sat:23:00-sun:11:59'], // past the end of the week
    ['04:00-04:30', 'mon:04:30-tue:04:00'],
  ])('take backups at %s and maintenance at %s', (daily, weekly) => {
    expect(problems(daily, weekly)).toEqual([]);
  });

  test.each([
    ['02:00-02:29', "'02:00-02:29'"],
    ['02:00-02:00', "'02:00-02:00'"],
    ['23:45-00:10', "'23:45-00:10'"],
    ['2:00-3:00', "'2:00-3:00'"],
    ['02:00-24:00', "'02:00-24:00'"],
    ['02:60-03:30', "'02:60-03:30'"],
    ['02:00', "'02:00'"],
    ['x02:00-03:00', "'x02:00-03:00'"],
    ['02:00-03:00 UTC', "'02:00-03:00 UTC'"],
    ['', "''"],
    [200, '200'],
    [undefined, 'undefined'],
    [Lazy.stringValue({ produce: () => DAILY }), 'a token, whose value is known only after deployment'],
  ])('refuse %s as a time of day', (daily, got) => {
    expect(problems(daily, WEEKLY)).toEqual([badDaily(got)]);
  });

  test.each([
    ['sun:04:00-sun:04:29', "'sun:04:00-sun:04:29'"],
    ['sun:04:00-sun:04:00', "'sun:04:00-sun:04:00'"],
    ['sat:23:45-sun:00:10', "'sat:23:45-sun:00:10'"],
    ['sun:04:00-mon:04:01', "'sun:04:00-mon:04:01'"],
    ['Sun:04:00-Sun:05:00', "'Sun:04:00-Sun:05:00'"],
    ['day:04:00-day:05:00', "'day:04:00-day:05:00'"],
    ['sun:04:00-sun:25:00', "'sun:04:00-sun:25:00'"],
    ['04:00-05:00', "'04:00-05:00'"],
    ['xsun:04:00-sun:05:00', "'xsun:04:00-sun:05:00'"],
    ['sun:04:00-sun:05:00x', "'sun:04:00-sun:05:00x'"],
    [undefined, 'undefined'],
    [Lazy.stringValue({ produce: () => WEEKLY }), 'a token, whose value is known only after deployment'],
  ])('refuse %s as a time of the week', (weekly, got) => {
    expect(problems(DAILY, weekly)).toEqual([badWeekly(got)]);
  });

  test('may be as long as a day, and no longer', () => {
    expect(problems('04:00-04:30', 'mon:04:30-tue:04:00')).toEqual([]);
    expect(problems('04:00-04:30', 'mon:04:00-tue:04:00')).toEqual([overlap('04:00-04:30', 'mon:04:00-tue:04:00')]);
    expect(problems(DAILY, 'mon:04:00-tue:04:01')).toEqual([badWeekly("'mon:04:00-tue:04:01'")]);
  });

  test('are as long at least as they have to be', () => {
    expect(problems('02:00-02:59', 'sun:04:00-sun:04:59', 60)).toEqual([
      badDaily("'02:00-02:59'", 60),
      badWeekly("'sun:04:00-sun:04:59'", 60),
    ]);
    expect(problems('02:00-03:00', 'sun:04:00-sun:05:00', 60)).toEqual([]);
  });

  test('name both at once when both are wrong', () => {
    expect(problems('x', 'y')).toEqual([badDaily("'x'"), badWeekly("'y'")]);
  });

  test('must not overlap, however they lie', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const length = fc.integer({ min: 30, max: 12 * 60 });
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const clock = (at: number) =>
      `${String(Math.floor(at / 60) % 24).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    const property = fc.property(
      minute,
      length,
      fc.nat(6),
      minute,
      length,
      (start, lasts, day, weekStart, weekLasts) => {
        const daily = `${clock(start)}-${clock(start + lasts)}`;
        const end = weekStart + weekLasts;
        const weekly = `${days[day]}:${clock(weekStart)}-${days[(day + Math.floor(end / 1440)) % 7]}:${clock(end)}`;
        // minute by minute: the oracle knows the clock alone
        const isBackup = (at: number) => (at - start + 1440) % 1440 < lasts;
        const meet = Array.from({ length: weekLasts }, (_, passed) => (weekStart + passed) % 1440).some(isBackup);
        expect(problems(daily, weekly)).toEqual(meet ? [overlap(daily, weekly)] : []);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test.each([
    [WEEKLY, 0, WEEKLY],
    [WEEKLY, 1, 'mon:04:00-mon:05:00'],
    [WEEKLY, 6, 'sat:04:00-sat:05:00'],
    [WEEKLY, 7, WEEKLY],
    ['fri:23:30-sat:00:30', 3, 'mon:23:30-tue:00:30'],
  ])('move %s by %i days to %s', (weekly, days, later) => {
    expect(daysLater(weekly, days)).toBe(later);
  });

  describe('meet a stretch of every day', () => {
    const from = (hour: number, length: number) => ({ start: hour * 60, length });

    test.each([
      [from(1, 60), false],
      [from(1, 61), true],
      [from(2, 30), true],
      [from(3, 30), false],
      [from(23, 4 * 60), true], // past midnight
    ])('daily: %j, %s', (stretch, meets) => {
      expect(meetsDaily(stretch, DAILY)).toBe(meets);
    });

    test.each([
      [from(3, 60), 0, false],
      [from(3, 61), 0, true],
      [from(2, 60), 60, false],
      [from(2, 61), 60, true],
      [from(5, 60), 60, false],
      [from(4, 10), 60, true],
    ])('weekly, %j, with %i minutes before: %s', (stretch, before, meets) => {
      expect(meetsWeekly(stretch, WEEKLY, before)).toBe(meets);
    });

    test('weekly, that begins at the start of the week, and the minutes before at its end', () => {
      expect(meetsWeekly(from(23, 30), 'sun:00:00-sun:01:00', 60)).toBe(true);
      expect(meetsWeekly(from(22, 60), 'sun:00:00-sun:01:00', 60)).toBe(false);
    });

    test('never, when the window is none', () => {
      expect([meetsDaily(from(0, 1440), 'x'), meetsWeekly(from(0, 1440), 'x', 60)]).toEqual([false, false]);
    });
  });
});
