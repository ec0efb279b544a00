const DAY = 86_400_000;
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * All instants (UTC) at which a cron expression of AWS fires, from the start of one day to the start of another: the
 * part of the language that a plan uses, numbers, names of weekdays, `*` and `?`.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function firings(expression: string, from: number, to: number): number[] {
  const [, inner = ''] = /^cron\((.*)\)$/.exec(expression) ?? [];
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = '', ...more] = inner.split(' ');
  if (more.length > 0 || year === '') throw new Error(`${expression} has not six fields`);
  if ((day === '?') === (weekday === '?')) throw new Error(`${expression} must leave open one of the days, not both`);
  const time = fixed(hour, 23) * 3_600_000 + fixed(minute, 59) * 60_000;
  const fires: number[] = [];
  for (let start = from; start < to; start += DAY) {
    const date = new Date(start);
    const isDue =
      matches(day, date.getUTCDate()) &&
      matches(month, date.getUTCMonth() + 1) &&
      matches(WEEKDAYS.includes(weekday) ? String(WEEKDAYS.indexOf(weekday) + 1) : weekday, date.getUTCDay() + 1) &&
      matches(year, date.getUTCFullYear());
    if (isDue) fires.push(start + time);
  }
  return fires;
}

function fixed(field: string, max: number): number {
  const value = Number(field);
  if (!/^\d+$/.test(field) || value > max) throw new Error(`'${field}' is no number up to ${max}`);
  return value;
}

function matches(field: string, value: number): boolean {
  if (field === '*' || field === '?') return true;
  return fixed(field, 2199) === value;
}
