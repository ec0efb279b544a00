/** Days since 1970, by a calendar of its own: nothing of it is shared with what it checks. */
export interface Day {
  /** Days since 1 January 1970, a Thursday. */
  readonly number: number;
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly date: number;
  readonly isSunday: boolean;
}

/** All days from the first of January of a year, so many years long. */
export function daysOf(firstYear: number, years: number): readonly Day[] {
  let number = 0;
  for (let year = 1970; year < firstYear; year++) number += isLeap(year) ? 366 : 365;
  const days: Day[] = [];
  for (let year = firstYear; year < firstYear + years; year++) {
    for (let month = 1; month <= 12; month++) {
      for (let date = 1; date <= lengthOf(month, year); date++) {
        days.push({ number, year, month, date, isSunday: number % 7 === 3 });
        number++;
      }
    }
  }
  return days;
}

/** Whether a tier gets a copy on a day. */
export const IS_DUE: Readonly<Record<string, (day: Day) => boolean>> = {
  daily: () => true,
  weekly: ({ isSunday }) => isSunday,
  monthly: ({ date }) => date === 1,
  yearly: ({ date, month }) => date === 1 && month === 1,
};

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function lengthOf(month: number, year: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
