import { shown } from '../../validation';

/** Weekdays as AWS writes them. */
const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** A stretch of time that comes again, in minutes from the start of its day or week (UTC). */
export interface Window {
  readonly start: number;
  readonly length: number;
}

/** Props that hold windows, for the sentences, and their fewest minutes. */
export interface WindowProps {
  /** Fewest minutes of both: 30 for RDS, 60 for ElastiCache. */
  readonly shortest: number;
  /** Prop of the daily window, such as `backupWindow`. */
  readonly dailyProp: string;
  /** Prop of the weekly window, such as `maintenanceWindow`. */
  readonly weeklyProp: string;
}

/**
 * What is wrong with a daily window (`02:00-03:00`) and a weekly one (`sun:04:00-sun:05:00`), one sentence each.
 * AWS says so only when it is asked to use them.
 */
export function windowProblems(daily: unknown, weekly: unknown, props: WindowProps): string[] {
  const { dailyProp, weeklyProp, shortest } = props;
  const everyDay = dailyWindow(daily);
  const everyWeek = weeklyWindow(weekly);
  const problems: string[] = [];
  if (!everyDay || everyDay.length < shortest) {
    problems.push(
      `${dailyProp} must be a time of day (UTC) of at least ${shortest} minutes, got ${shown(daily)}; write it as in '02:00-03:00'`,
    );
  }
  if (!everyWeek || everyWeek.length < shortest || everyWeek.length > DAY) {
    problems.push(
      `${weeklyProp} must be a time of the week (UTC) from ${shortest} minutes to a day, got ${shown(weekly)}; ` +
        "write it as in 'sun:04:00-sun:05:00'",
    );
  }
  if (problems.length > 0 || !everyDay || !everyWeek || !overlap(everyDay, everyWeek)) return problems;
  return [`${weeklyProp} must not overlap ${dailyProp} (${shown(daily)}), got ${shown(weekly)}; move one of them`];
}

/** Whether a stretch of every day meets a daily window. */
export function meetsDaily(everyDay: Window, daily: string): boolean {
  const window = dailyWindow(daily);
  return window !== undefined && meet(everyDay, window, DAY);
}

/** Whether a stretch of every day meets a weekly window, or the minutes before it. */
export function meetsWeekly(everyDay: Window, weekly: string, before: number): boolean {
  const window = weeklyWindow(weekly);
  if (!window) return false;
  return overlap(everyDay, { start: (window.start - before + WEEK) % WEEK, length: window.length + before });
}

/** The same weekly window some days later: for what must not be maintained at the same time. */
export function daysLater(weekly: string, days: number): string {
  return weekly.replace(/[a-z]{3}(?=:)/g, (day) => {
    const position = DAYS.indexOf(day);
    return DAYS[(position + days) % DAYS.length] ?? day;
  });
}

function dailyWindow(text: unknown): Window | undefined {
  if (typeof text !== 'string') return undefined; // a token is no time either
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return between(minuteOfDay(from), minuteOfDay(to), DAY);
}

function weeklyWindow(text: unknown): Window | undefined {
  if (typeof text !== 'string') return undefined; // a token is no time either
  const [, fromDay, from, toDay, to] = /^([a-z]{3}):(\d\d:\d\d)-([a-z]{3}):(\d\d:\d\d)$/.exec(text) ?? [];
  return between(minuteOfWeek(fromDay, from), minuteOfWeek(toDay, to), WEEK);
}

function minuteOfWeek(day: string | undefined, time: string | undefined): number | undefined {
  const position = DAYS.indexOf(day ?? '');
  const minute = minuteOfDay(time);
  return position < 0 || minute === undefined ? undefined : position * DAY + minute;
}

function minuteOfDay(time: string | undefined): number | undefined {
  const [hours = Number.NaN, minutes = Number.NaN] = (time ?? '').split(':').map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** A window that may go past the end of its day or week. */
function between(start: number | undefined, end: number | undefined, cycle: number): Window | undefined {
  if (start === undefined || end === undefined) return undefined;
  return { start, length: (end - start + cycle) % cycle };
}

/** Whether a daily window meets a weekly one on any of the week's days. */
function overlap(daily: Window, weekly: Window): boolean {
  return DAYS.some((_, day) => meet({ ...daily, start: day * DAY + daily.start }, weekly, WEEK));
}

/** Whether one of two windows begins while the other lasts. */
function meet(one: Window, other: Window, cycle: number): boolean {
  return (
    (one.start - other.start + cycle) % cycle < other.length || (other.start - one.start + cycle) % cycle < one.length
  );
}
