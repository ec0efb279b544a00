import type { BackupPlanRule } from '@cdktf/provider-aws/lib/backup-plan';
import type { RetentionTier } from '../../../intent';
import type { Settings } from './props';

/**
 * Minutes for which AWS Backup tries to start a backup that cannot start at once, and within which it is done then.
 * Both together end before the next one starts.
 */
const START_WINDOW = 8 * 60;
const COMPLETION_WINDOW = 12 * 60;
/** The longest that AWS Backup keeps a backup, and a continuous one, in days. */
export const LONGEST_LIFE = 36_500;
const LONGEST_CONTINUOUS = 35;
/** A backup is a day old before the next one of its tier is done; without this day there would be one too few meanwhile. */
const SPARE = 1;

/** How long the backups of each tier live, in days. */
export function tierDays({ retention }: Pick<Settings, 'retention'>): { tier: RetentionTier; days: number }[] {
  return retention.tiers().map(({ tier, days }) => ({ tier, days: days + SPARE }));
}

/** How long continuous backups live, in days: as long as daily ones, as far as AWS Backup lets them. */
export function continuousDays({ retention }: Pick<Settings, 'retention'>): number {
  return Math.min(LONGEST_CONTINUOUS, retention.counts.daily + SPARE);
}

/**
 * A rule for each tier. On a day that several are due, AWS Backup takes one backup and keeps it for the longest of them.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html#overlapping-backup-rules
 */
export function tierRules(settings: Settings, vaultName: string, copyVaultArn: string | undefined): BackupPlanRule[] {
  return tierDays(settings).map(({ tier, days }) => ({
    ...rule(settings, vaultName, tier, days),
    ruleName: tier,
    copyAction:
      copyVaultArn === undefined
        ? undefined
        : [{ destinationVaultArn: copyVaultArn, lifecycle: { deleteAfter: days } }],
  }));
}

/** The rule for what can be restored to any second. */
export function continuousRule(settings: Settings, vaultName: string): BackupPlanRule {
  return {
    ...rule(settings, vaultName, 'daily', continuousDays(settings)),
    ruleName: 'continuous',
    enableContinuousBackup: true,
  };
}

function rule({ time }: Settings, targetVaultName: string, tier: RetentionTier, deleteAfter: number) {
  return {
    targetVaultName,
    schedule: cron(time, tier),
    startWindow: START_WINDOW,
    completionWindow: COMPLETION_WINDOW,
    lifecycle: { deleteAfter },
  };
}

/** The same days as `Retention.dueOn`: Sundays, the first of the month, the first of January. */
function cron(time: string, tier: RetentionTier): string {
  const [hour, minute] = time.split(':').map(Number);
  const days: Readonly<Record<RetentionTier, string>> = {
    daily: '* * ? *',
    weekly: '? * SUN *',
    monthly: '1 * ? *',
    yearly: '1 1 ? *',
  };
  return `cron(${minute} ${hour} ${days[tier]})`;
}

/** The hour of a day (UTC) in which a backup starts, when nothing hinders it. */
export function startingHour({ time }: Pick<Settings, 'time'>): { readonly start: number; readonly length: number } {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { start: hour * 60 + minute, length: 60 };
}
