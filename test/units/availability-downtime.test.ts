import { Availability, Duration } from 'nines';

const inMilliseconds = (time: Duration) => time.toMilliseconds({ integral: false });

const YEAR = Duration.days(365);
const MONTH = Duration.days(30);
const WEEK = Duration.days(7);

const UNITS = {
  days: Duration.days(1),
  hours: Duration.hours(1),
  minutes: Duration.minutes(1),
  seconds: Duration.seconds(1),
};

/** Downtime in the unit of a figure, with as many decimals as the figure has: '8.76 hours'. */
function downtimeLike(figure: string, percent: string, period: Duration): string {
  const [number = '', unit = ''] = figure.split(' ');
  const milliseconds = inMilliseconds(Availability.percent(percent).downtimePer(period));
  const amount = milliseconds / UNITS[unit as keyof typeof UNITS].toMilliseconds();
  return `${amount.toFixed(number.split('.')[1]?.length ?? 0)} ${unit}`;
}

describe('Availability', () => {
  // The course « 9.6 Architectures Haute Disponibilité », « Tableau des niveaux de disponibilité »:
  // a year of 365 days, a month of 30, a week of 7.
  test.each([
    ['90', '36.5 days', '3 days', '16.8 hours'],
    ['99', '3.65 days', '7.2 hours', '1.68 hours'],
    ['99.9', '8.76 hours', '43.2 minutes', '10.1 minutes'],
    ['99.95', '4.38 hours', '21.6 minutes', '5 minutes'],
    ['99.99', '52.56 minutes', '4.32 minutes', '1.01 minutes'],
    ['99.995', '26.28 minutes', '2.16 minutes', '30 seconds'],
    ['99.999', '5.26 minutes', '26 seconds', '6 seconds'],
    ['99.9999', '31.5 seconds', '2.6 seconds', '0.6 seconds'],
  ])('of %s %% allows %s of downtime a year, %s a month, %s a week', (percent, year, month, week) => {
    expect(downtimeLike(year, percent, YEAR)).toBe(year);
    expect(downtimeLike(month, percent, MONTH)).toBe(month);
    expect(downtimeLike(week, percent, WEEK)).toBe(week);
  });

  test('allows 60 nanoseconds a minute at nine nines', () => {
    expect(inMilliseconds(Availability.nines(9).downtimePer(Duration.minutes(1)))).toBeCloseTo(60e-6, 15);
  });

  test('allows a share of a period that is no whole number of milliseconds', () => {
    expect(inMilliseconds(Availability.percent(50).downtimePer(Duration.seconds(0.0005)))).toBe(0.25);
  });

  test('allows nothing at 100 %, and the whole period at 0 %', () => {
    expect(inMilliseconds(Availability.percent(100).downtimePer(YEAR))).toBe(0);
    expect(inMilliseconds(Availability.percent(0).downtimePer(WEEK))).toBe(WEEK.toMilliseconds());
  });
});
