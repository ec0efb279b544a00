import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { Retention, RetentionTierPlan } from '../../../intent';
import type { BackupStorageClass, BackupTransition, Settings } from './props';

/**
 * Days that AWS charges for at the least in a class, and before which it moves nothing on.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html#sc-compare
 */
export const SHORTEST_STAY: Readonly<Record<BackupStorageClass, number>> = {
  STANDARD_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

/** Whole days that a copy of the shortest tier lives. */
export function shortestLife(retention: Retention): number {
  return Math.min(...retention.tiers().map(({ days }) => days));
}

/**
 * The rules that rotate the copies. S3 counts a day from midnight to midnight (UTC), so a copy goes in the night after it
 * has had all its days, when the next one of its tier is there already.
 */
export function lifecycleRules(settings: Settings): S3BucketLifecycleConfigurationRule[] {
  const undeleteDays = settings.undeleteFor.toDays();
  return [
    ...settings.retention.tiers().map((plan) => ({
      id: plan.tier,
      status: 'Enabled',
      filter: [{ prefix: `${plan.tier}/` }],
      expiration: [{ days: plan.days }],
      transition: transitionsOf(plan, undeleteDays, settings.transitions).map(({ storageClass, after }) => ({
        storageClass,
        days: after.toDays(),
      })),
    })),
    {
      id: 'remains',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      // a number of newer versions to keep would keep as many of every copy for ever
      noncurrentVersionExpiration: [{ noncurrentDays: undeleteDays }],
      expiration: [{ expiredObjectDeleteMarker: true }], // not allowed beside days, so in a rule of its own
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABANDONED_AFTER }],
    },
  ];
}

const ABANDONED_AFTER = 7;

/**
 * The transitions that a tier lives long enough for: S3 wants it to expire after them, and the last class is paid for
 * as long as its shortest stay, in which the time counts that a deleted copy is kept.
 */
export function transitionsOf(
  plan: RetentionTierPlan,
  undeleteDays: number,
  transitions: readonly BackupTransition[],
): BackupTransition[] {
  return transitions.filter(({ storageClass, after }) => {
    const day = after.toDays();
    return day < plan.days && day + SHORTEST_STAY[storageClass] <= plan.days + undeleteDays;
  });
}
