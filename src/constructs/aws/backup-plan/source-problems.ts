import type { BackupSourceDetails } from '../backup-source';
import { meetsDaily, meetsWeekly } from '../windows';
import type { Settings } from './props';
import { startWindow } from './rules';

/** What AWS Backup would refuse of a source, or fail at every day. */
export function sourceProblems(path: string, source: BackupSourceDetails, settings: Settings): string[] {
  const { copyTo, time } = settings;
  const problems: string[] = [];
  if (copyTo && source.noCopies !== undefined) {
    problems.push(
      `copyTo must not be given for ${path}, got one; ${source.noCopies}: protect it by a plan without copies`,
    );
  }
  if (copyTo?.accountId !== undefined && !source.hasOwnKey) {
    problems.push(
      `copyTo.accountId must be given for what has a key of its own, got ${path} without one; ` +
        "no other account can read a copy that the account's own key encrypts: give it a kmsKeyArn",
    );
  }
  const { busy } = source;
  if (!busy) return problems;
  const starts = startWindow(settings);
  // RDS takes no snapshot in its maintenance window, nor in the hour before
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html
  if (meetsWeekly(starts, busy.weekly, 60)) {
    problems.push(
      `time must not lie in the maintenance window of ${path} (${busy.weekly}) or the hour before, got '${time}'; move one of them`,
    );
  }
  if (meetsDaily(starts, busy.daily)) {
    problems.push(`time must not lie in the backup window of ${path} (${busy.daily}), got '${time}'; move one of them`);
  }
  return problems;
}
