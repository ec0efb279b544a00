import type { Duration } from '../../../units';
import { secondsOfDay } from '../time-of-day';
import type { Settings } from './props';

/** How late a job may start, so that a control plane that was away for a while skips none. */
export const START_WITHIN_SECONDS = 3600;

const DAY = 86_400;

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
