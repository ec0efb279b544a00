import type { BackupPlanRule } from '@cdktf/provider-aws/lib/backup-plan';
import type { RetentionTier } from '../../../intent';
import type { Settings } from './props';

/** Minutes within which a backup starts, and within which it is done. Both together end before the next one starts. */
const START_WINDOW = 60;
const COMPLETION_WINDOW = 720;
/** What AWS Backup keeps of a continuous backup at the most, in days. */
const LONGEST_CONTINUOUS = 35;
/** A backup is a day old before the next one of its tier is done; without this day there would be one too few meanwhile. */
const SPARE = 1;

/** How long the backups of each tier live, in days. */
export function tierDays({ retention }: Pick<Settings, 'retention'>): { tier: RetentionTier; days: number }[] {
  return retention.tiers().map(({ tier, days }) => ({ tier, days: days + SPARE }));
}

/** How long continuous backups live, in days: as long as daily ones, as far as AWS Backup lets them. */
export function continuousDays(settings: Pick<Settings, 'retention'>): number {
  return Math.min(LONGEST_CONTINUOUS, settings.retention.counts.daily + SPARE);
}

/**
 * A rule for each tier. On a day that several are due, AWS Backup takes one backup and keeps it for the longest of them.
 */
export function tierRules(settings: Settings, vaultName: string, copyVaultArn: string | undefined): BackupPlanRule[] {
  return tierDays(settings).map(({ tier, days }) => ({
    ruleName: tier,
    targetVaultName: vaultName,
    schedule: cron(settings.time, tier),
    startWindow: START_WINDOW,
    completionWindow: COMPLETION_WINDOW,
    lifecycle: { deleteAfter: days },
    copyAction:
      copyVaultArn === undefined
        ? undefined
        : [{ destinationVaultArn: copyVaultArn, lifecycle: { deleteAfter: days } }],
  }));
}

/** The rule for what can be restored to any second. */
export function continuousRule(settings: Settings, vaultName: string): BackupPlanRule {
  return {
    ruleName: 'continuous',
    targetVaultName: vaultName,
    schedule: cron(settings.time, 'daily'),
    startWindow: START_WINDOW,
    completionWindow: COMPLETION_WINDOW,
    enableContinuousBackup: true,
    lifecycle: { deleteAfter: continuousDays(settings) },
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

/** Minutes of a day (UTC) within which a backup starts. */
export function startWindow({ time }: Pick<Settings, 'time'>): { readonly start: number; readonly length: number } {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { start: hour * 60 + minute, length: START_WINDOW };
}
