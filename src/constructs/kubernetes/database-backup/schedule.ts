import type { Duration } from '../../../units';
import { isPlain } from '../plain-text';
import type { Settings } from './props';

/** How late a job may start, so that a control plane that was away for a while skips none. */
export const START_WITHIN_SECONDS = 3600;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Seconds since midnight of a time such as `02:00`; NaN for anything else. */
export function secondsOfDay(time: unknown): number {
  if (!isPlain(/^([01]\d|2[0-3]):[0-5]\d$/, time)) return Number.NaN;
  return Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * 60;
}

/** Every day at such a time, as cron writes it. */
export function everyDayAt(time: string): string {
  return `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * *`;
}

/** Seconds after midnight at which a job is over at the latest. */
export function endOfDaysJob(time: string, timeLimit: Duration): number {
  return secondsOfDay(time) + START_WITHIN_SECONDS + timeLimit.toSeconds();
}

/** What a drill sees, in seconds of age. */
export interface Ages {
  /** The oldest that a drill finds while all is well: the backup of today, or of yesterday where today's may still run. */
  readonly usual: number;
  /** Age of the last backup when the drill that misses the next ones has started. */
  readonly noticed: number;
}

/** The ages of backups at a drill, counted from when a backup starts. */
export function agesAt(drill: NonNullable<Settings['drill']>, { time, timeLimit }: Settings): Ages {
  const gap = (secondsOfDay(drill.time) - secondsOfDay(time) + DAY) % DAY;
  const mayStillRun = gap < START_WITHIN_SECONDS + timeLimit.toSeconds();
  const daysUntilTooOld = Math.max(0, Math.floor((drill.maxAge.toSeconds() - gap) / DAY) + 1);
  return {
    usual: gap + (mayStillRun ? DAY : 0) + START_WITHIN_SECONDS,
    noticed: gap + daysUntilTooOld * DAY + START_WITHIN_SECONDS,
  };
}
