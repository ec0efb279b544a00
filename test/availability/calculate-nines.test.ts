import { Availability, Duration } from 'nines';
import { calculateNines, downtimeText, tryFindGrade } from 'nines/availability';

describe('calculateNines', () => {
  test('mistake 2 of the course: calculate_nines(99.99) answered 1, where 99.99 % are 4 nines', () => {
    expect(calculateNines(99.99)).toBe(4);
  });

  // the column « Disponibilité » of « Tableau des niveaux de disponibilité »: 1, 2, 3, 4, 5 and 6 nines
  test.each([
    [90, 1],
    [99, 2],
    [99.9, 3],
    [99.95, 3],
    [99.99, 4],
    [99.995, 4],
    [99.999, 5],
    [99.9999, 6],
    ['99.999999999', 11],
    [89.999, 0],
    [50, 0],
    [0, 0],
    [100, Number.POSITIVE_INFINITY],
  ])('of %p is %p', (percent, nines) => {
    expect(calculateNines(percent)).toBe(nines);
  });

  test('counts every nine of a text, up to 300', () => {
    for (let nines = 3; nines <= 300; nines++) expect(calculateNines(`99.${'9'.repeat(nines - 2)}`)).toBe(nines);
  });

  test('counts none that is not quite there', () => {
    expect(calculateNines('99.98999999')).toBe(3);
  });

  test('refuses what is no percentage', () => {
    expect(() => calculateNines(101)).toThrow(RangeError);
  });
});

describe('downtimeText', () => {
  test('of a year at 99.99 % is 52.6 minutes, as the course prints', () => {
    expect(downtimeText(Availability.percent('99.99').downtimePer('year'))).toBe('52.6 minutes');
  });

  test.each([
    [Duration.days(36.5), '36.5 days'],
    [Duration.hours(8.76), '8.76 hours'],
    [Duration.minutes(43.2), '43.2 minutes'],
    [Duration.minutes(10.08), '10.1 minutes'],
    [Duration.seconds(30.24), '30.3 seconds'], // never shorter than it is
    [Duration.seconds(59.99), '60 seconds'],
    [Duration.minutes(1), '1 minute'],
    [Duration.hours(24), '1 day'],
    [Duration.days(1234), '1234 days'],
    [Duration.millis(0.06), '60 microseconds'],
    [Duration.millis(0.000_06), '60 nanoseconds'],
    [Duration.millis(1e-9), '0.001 nanoseconds'],
    [Duration.millis(0), 'none'],
  ])('of %p is %s', (downtime, text) => {
    expect(downtimeText(downtime)).toBe(text);
  });
});

describe('tryFindGrade', () => {
  // the column « Niveau » of « Tableau des niveaux de disponibilité », in English
  test.each([
    ['90', 'unacceptable'],
    ['99', 'basic'],
    ['99.9', 'standard'],
    ['99.95', 'good'],
    ['99.99', 'high'],
    ['99.995', 'very high'],
    ['99.999', 'ultra-critical'],
    ['99.9999', 'extreme'],
    ['100', 'extreme'],
    ['99.98', 'good'],
  ])('calls %s %% %s', (percent, name) => {
    expect(tryFindGrade(Availability.percent(percent))?.name).toBe(name);
  });

  test('has no name for less than 90 %', () => {
    expect(tryFindGrade(Availability.percent('89.9'))).toBeUndefined();
  });
});
