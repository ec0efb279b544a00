import { shown } from '../../validation';
import { isPlain } from './plain-text';

const HOUR = 3600;

/** Seconds since midnight of a time such as `02:00`; NaN for anything else. */
export function secondsOfDay(time: unknown): number {
  if (!isPlain(/^([01]\d|2[0-3]):[0-5]\d$/, time)) return Number.NaN;
  return Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * 60;
}

/**
 * The problem of a time of day, as a list of none or one.
 *
 * @param example one that would do
 */
export function timeOfDayProblems(prop: string, time: unknown, example: string): string[] {
  if (!Number.isNaN(secondsOfDay(time))) return [];
  return [`${prop} must be a time of day (UTC), got ${shown(time)}; write it as in '${example}'`];
}

/** Every day at such a time, as cron writes it. */
export function everyDayAt(time: string): string {
  return `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * *`;
}
