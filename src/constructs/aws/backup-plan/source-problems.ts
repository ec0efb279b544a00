import { shown } from '../../../validation';
import type { BackupSourceDetails } from '../backup-source';
import { meetsDaily, meetsWeekly } from '../windows';
import type { Settings } from './props';
import { startingHour } from './rules';

/** Something that is to be protected, and where. */
export interface ProtectedSource {
  /** Path of the construct. */
  readonly path: string;
  /** What it says of itself. */
  readonly details: BackupSourceDetails;
  /** Its region, if it is known. */
  readonly region: string | undefined;
}

/**
 * What AWS Backup would refuse of a source, fail at every day, or never see.
 *
 * @param region region of the plan, if it is known
 */
export function sourceProblems(source: ProtectedSource, settings: Settings, region: string | undefined): string[] {
  const { path, details } = source;
  const { copyTo } = settings;
  const problems: string[] = [];
  if (source.region !== undefined && region !== undefined && source.region !== region) {
    problems.push(
      `provider must be one of the region of ${path} (${source.region}), got one of ${shown(region)}; AWS Backup sees nothing ` +
        'of another region: protect it by a plan there',
    );
  }
  if (copyTo && details.noCopies !== undefined) {
    problems.push(
      `copyTo must not be given for ${path}, got one; ${details.noCopies}: protect it by a plan without copies`,
    );
  }
  if (copyTo?.accountId !== undefined && !details.hasOwnKey) {
    problems.push(
      `copyTo.accountId must be given for what has a key of its own, got ${path} without one; ` +
        "no other account can read a copy that the account's own key encrypts: give it a kmsKeyArn",
    );
  }
  return [...problems, ...timeProblems(source, settings)];
}

/**
 * RDS takes no snapshot in its maintenance window, nor in the hour before; Aurora always does. Two backups at once branch
 * off from each other, so the window of its own is to be kept free, unless AWS Backup takes care of that as well.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html#backup-window
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html
 */
function timeProblems({ path, details }: ProtectedSource, settings: Settings): string[] {
  const { busy, kind, continuous } = details;
  if (!busy || kind === 'Aurora') return [];
  const { time } = settings;
  const start = startingHour(settings);
  return [
    ...(meetsWeekly(start, busy.weekly, 60)
      ? [
          `time must not lie in the maintenance window of ${path} (${busy.weekly}) or the hour before, got '${time}'; move one of them`,
        ]
      : []),
    ...(!continuous && meetsDaily(start, busy.daily)
      ? [`time must not lie in the backup window of ${path} (${busy.daily}), got '${time}'; move one of them`]
      : []),
  ];
}
