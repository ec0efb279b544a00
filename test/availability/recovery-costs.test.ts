import { Availability, Duration } from 'nines';
import {
  AVAILABILITY_LEVELS,
  amountText,
  costOfDowntime,
  Rate,
  RECOVERY_STRATEGIES,
  transactionsLost,
  tryFindLevel,
} from 'nines/availability';

// The course « 9.6 Architectures Haute Disponibilité ».
describe('costOfDowntime', () => {
  test('of 2 hours at 1M a month is 2,740 direct, 5,479 indirect and 8,219 in all, as « RTO et RPO » prints', () => {
    const { direct, indirect, total } = costOfDowntime(Duration.hours(2), Rate.per('month', 1_000_000));
    expect([direct, indirect, total].map(Math.round)).toEqual([2_740, 5_479, 8_219]);
  });

  test('trebles for more than an hour, not for an hour', () => {
    const revenue = Rate.per('hour', 1_000);
    expect(costOfDowntime(Duration.hours(1), revenue)).toEqual({ direct: 1_000, indirect: 0, total: 1_000 });
    expect(costOfDowntime(Duration.minutes(61), revenue).total).toBeCloseTo(3_050, 9);
  });

  // « Formule du coût par minute »: 100M a year x 2
  const shop = Rate.per('year', 100_000_000);
  const lost = (downtime: Duration) => costOfDowntime(downtime, shop, { multiplier: 2 }).total;

  test('of a minute at 100M a year, doubled, is 380.52: the course rounds to $380', () => {
    expect(lost(Duration.minutes(1))).toBeCloseTo(380.52, 2);
  });

  test('of an hour is 22,831, where the course multiplies its rounded minute to $22,800', () => {
    expect(lost(Duration.hours(1))).toBeCloseTo(22_831.05, 2);
    expect(380 * 60).toBe(22_800);
  });

  test('of a day is 547,945, where the course multiplies its rounded minute to $547,200', () => {
    expect(lost(Duration.days(1))).toBeCloseTo(547_945.21, 2);
    expect(380 * 1_440).toBe(547_200);
  });

  // « Exemples réels de pannes célèbres »
  test("of Amazon's 30 minutes in 2013 at $66,240 a minute is 1,987,200, which the course rounds to $2M", () => {
    const { direct } = costOfDowntime(Duration.minutes(30), Rate.per('minute', 66_240));
    expect(direct).toBeCloseTo(1_987_200, 6);
  });

  test("of Google's 5 minutes in 2013, $545,000, comes to $109,000 a minute", () => {
    const { direct } = costOfDowntime(Duration.minutes(5), Rate.per('minute', 109_000));
    expect(direct).toBeCloseTo(545_000, 6);
  });

  test.each([
    [
      Duration.hours(1),
      0.5,
      'multiplier must be a number of at least 1, got 0.5; at 1 an outage costs its lost revenue',
    ],
    [3 as never, 1, 'downtime must be a Duration, got 3; write Duration.minutes(…)'],
  ])('refuses %p with the multiplier %p', (downtime, multiplier, message) => {
    expect(() => costOfDowntime(downtime, shop, { multiplier })).toThrow(message);
  });
});

describe('transactionsLost', () => {
  test('are 500 at an RPO of 30 minutes and 1,000 an hour, the example of « RTO et RPO »', () => {
    expect(transactionsLost(Duration.minutes(30), Rate.per('hour', 1_000))).toBe(500);
  });
});

describe('RECOVERY_STRATEGIES', () => {
  // DisasterRecoveryPlanner.STRATEGIES of « RTO et RPO »: rto_hours, rpo_hours, cost_factor
  test.each([
    ['backup-restore', 4, 24, 1],
    ['pilot-light', 1, 1, 2.5],
    ['warm-standby', 0.25, 1 / 60, 5],
    ['hot-standby', 0, 0, 10],
  ])('%s recovers in %p hours, loses %p hours of data and costs %p times the base', (name, rto, rpo, factor) => {
    const found = RECOVERY_STRATEGIES.find((strategy) => strategy.name === name);
    expect(found?.recoveryTime.toHours({ integral: false })).toBe(rto);
    expect(found?.dataLoss.toHours({ integral: false })).toBeCloseTo(rpo, 15);
    expect(found?.costFactor).toBe(factor);
    expect(found?.source).toMatch(/9\.6/);
  });

  test('warm-standby loses 1 minute, where the course writes 0.016 hours for it: 57.6 seconds', () => {
    const warm = RECOVERY_STRATEGIES.find(({ name }) => name === 'warm-standby');
    expect(warm?.dataLoss.toSeconds()).toBe(60);
    expect(0.016 * 3_600).toBeCloseTo(57.6, 12);
  });
});

describe('AVAILABILITY_LEVELS', () => {
  // « Coûts typiques »: 1x, 2x, 3-5x, 10x+
  test.each([
    ['basic', '99', 1, 1, 'low'],
    ['standard', '99.9', 2, 2, 'medium'],
    ['high', '99.99', 3, 5, 'high'],
    ['ultra', '99.999', 10, undefined, 'very high'],
  ])('%s is %s %%, costs %p to %p times the base, and its complexity is %s', (name, percent, from, to, complexity) => {
    const level = AVAILABILITY_LEVELS.find((found) => found.name === name);
    expect(level).toMatchObject({ costFactor: from, complexity });
    expect(level?.highestCostFactor).toBe(to);
    expect(level?.availability.failingShare).toBe(Availability.percent(percent).failingShare);
  });

  test.each([
    ['95', 'basic'],
    ['99', 'basic'],
    ['99.5', 'standard'],
    ['99.95', 'high'],
    ['99.995', 'ultra'],
  ])('to reach %s %%, the lowest is %s', (target, name) => {
    expect(tryFindLevel(Availability.percent(target))?.name).toBe(name);
  });

  test('reach no six nines', () => {
    expect(tryFindLevel(Availability.nines(6))).toBeUndefined();
  });
});

describe('amountText', () => {
  test.each([
    [0, '0'],
    [0.5, '0.5'],
    [16.666_666, '16.67'],
    [99.999, '100'],
    [999.4, '999'],
    [1_000, '1,000'],
    [547_945.205, '547,945'],
    [1_234_567_890, '1,234,567,890'],
  ])('of %p is %s', (amount, text) => {
    expect(amountText(amount)).toBe(text);
  });
});

describe('Rate', () => {
  test('of 1M a month is 1,369.86 an hour: the course divides by 730', () => {
    expect(Rate.per('month', 1_000_000).in('hour').amount).toBeCloseTo(1_000_000 / 730, 9);
    expect(Rate.per('month', 1_000_000).over(Duration.hours(1))).toBeCloseTo(1_369.863, 3);
  });

  test.each([
    ['1M/month', 1_000_000, 'month'],
    ['1m/mo', 1_000_000, 'month'],
    ['$100M/year', 100_000_000, 'year'],
    ['1,000 per hour', 1_000, 'hour'],
    ['1_000/hours', 1_000, 'hour'],
    ['2.5k/day', 2_500, 'day'],
    ['0.5B/y', 500_000_000, 'year'],
    ['€ 20 / min', 20, 'minute'],
    ['7/s', 7, 'second'],
    ['0/week', 0, 'week'],
  ])('reads %p', (text, amount, period) => {
    expect(Rate.parse(text)).toMatchObject({ amount, period });
  });

  test.each([
    '',
    '1M',
    '/month',
    '1M/fortnight',
    'a lot/month',
    '-1/month',
    '1.2.3/month',
    '1M month',
    '1M/constructor',
  ])('refuses %p', (text) => {
    expect(() => Rate.parse(text)).toThrow(
      new RangeError(`a rate must read like 1M/month, 250k/year or 1000/hour, got '${text}'`),
    );
  });

  test.each([
    [() => Rate.per('month', -1), 'amount must be a number of at least 0, got -1; say how much comes in a time'],
    [
      () => Rate.per('month', Number.NaN),
      'amount must be a number of at least 0, got NaN; say how much comes in a time',
    ],
    [() => Rate.per('moon' as never, 1), 'period must be one of second, minute, hour, day, week, month, year, got'],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(message);
  });

  test.each([
    [Rate.per('month', 1_000_000), '1,000,000 a month'],
    [Rate.per('hour', 1_369.863), '1,370 an hour'],
    [Rate.per('day', 16.666), '16.67 a day'],
  ])('prints %s', (rate, text) => {
    expect(String(rate)).toBe(text);
  });
});
