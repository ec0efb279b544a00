import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Retention } from '../../../intent';
import { Duration } from '../../../units';
import type { AwsProps } from '../aws-props';
import type { NotifyingProps } from '../notifying-props';

/** Choices for a `BackupBucket`. */
export interface BackupBucketProps extends AwsProps, NotifyingProps {
  /**
   * How many copies to keep. Writers put each into the folder of its tier: `daily/`, `weekly/`, `monthly/`, `yearly/`.
   * At least three daily ones, or no alarm could tell a late backup from a lost one before the last is gone.
   */
  readonly retention: Retention;

  /**
   * Name of the bucket, unique among all of AWS; cannot be changed later.
   *
   * @default - made from the construct's id
   */
  readonly bucketName?: string;

  /**
   * How long a copy that was deleted, overwritten or has had its time can be brought back; whole days.
   *
   * @default Duration.days(7)
   */
  readonly undeleteFor?: Duration;

  /**
   * When old copies move to cheaper storage, soonest first. Each counts for the tiers that live long enough for the
   * stay that AWS charges at the least, and for no other.
   *
   * @default - STANDARD_IA after 30 days, GLACIER_IR after 90: both are read at once
   */
  readonly transitions?: readonly BackupTransition[];

  /**
   * Locks every copy: for `lockFor` nobody can delete it for good, unless they hold the permission
   * `s3:BypassGovernanceRetention` (object lock in GOVERNANCE mode).
   *
   * @default false
   */
  readonly immutable?: boolean;

  /**
   * How long `immutable` locks a copy; whole days. S3 knows one lock for all of a bucket, so it ends before the copies of
   * the shortest tier do; a writer may lock a copy of a longer tier for as long as that one lives.
   *
   * @default - as long as a copy of the shortest tier lives
   */
  readonly lockFor?: Duration;

  /**
   * Locks so that nobody can undo it, not even the root user or AWS (object lock in COMPLIANCE mode). A bucket that was
   * filled by mistake is paid for until the last lock ends. Goes with `immutable`.
   *
   * @default false
   */
  readonly lockThatNobodyCanUndo?: boolean;

  /**
   * ARN of the KMS key that encrypts the copies, in the region of the bucket. Say it from the beginning: it takes the place
   * of the bucket's own key, and what that one encrypted is lost with it, 30 days later.
   *
   * @default - a key of its own, which is removed after the bucket
   */
  readonly kmsKeyArn?: string;

  /**
   * A second bucket that gets every copy within minutes.
   *
   * @default - none
   */
  readonly replicateTo?: BackupReplica;

  /**
   * Age of the newest daily copy at which the alarm sounds, within two hours; whole hours, from 25 to a week, and so that it
   * sounds before half of the life of the shortest tier's copies.
   *
   * @default Duration.hours(30)
   */
  readonly alarmAfter?: Duration;
}

/** When copies move to a cheaper class of storage. */
export interface BackupTransition {
  /**
   * The class. `STANDARD_IA` and `GLACIER_IR` are read at once; `GLACIER` takes hours to be read, `DEEP_ARCHIVE`
   * up to two days.
   */
  readonly storageClass: BackupStorageClass;
  /** Age at which a copy moves, in whole days; not before 30 for `STANDARD_IA`. */
  readonly after: Duration;
}

/** Classes of storage that old copies may move to. */
export type BackupStorageClass = 'STANDARD_IA' | 'GLACIER_IR' | 'GLACIER' | 'DEEP_ARCHIVE';

/** A second bucket, in another region or another account. */
export interface BackupReplica {
  /** Provider of the other region, or of the other account. */
  readonly provider: AwsProvider;

  /**
   * Id of the other account, 12 digits.
   *
   * @default - the same account
   */
  readonly accountId?: string;

  /**
   * Name of the second bucket.
   *
   * @default - made from the construct's id
   */
  readonly bucketName?: string;

  /**
   * ARN of the KMS key there; its policy must let the replication's role encrypt when it is in another account.
   *
   * @default - a key of its own
   */
  readonly kmsKeyArn?: string;

  /**
   * ARN of the SNS topic, in the other region, that is told when copies take longer than the 15 minutes that S3 promises.
   * S3 measures that in the other region, and in the account of the original: there is no such alarm with `accountId`.
   *
   * @default - nobody is told, and a warning says so
   */
  readonly notificationTopicArn?: string;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** Mode of the lock, in S3's words. */
export function lockMode({ lockThatNobodyCanUndo }: Settings): 'COMPLIANCE' | 'GOVERNANCE' {
  return lockThatNobodyCanUndo ? 'COMPLIANCE' : 'GOVERNANCE';
}

/** The props of a `BackupBucket`, settled. */
export function withDefaults(props: BackupBucketProps) {
  return {
    ...props,
    undeleteFor: props.undeleteFor ?? Duration.days(7),
    transitions: props.transitions ?? USUAL_TRANSITIONS,
    writtenTransitions: props.transitions,
    immutable: props.immutable ?? false,
    lockThatNobodyCanUndo: props.lockThatNobodyCanUndo ?? false,
    alarmAfter: props.alarmAfter ?? Duration.hours(30),
  };
}

const USUAL_TRANSITIONS: readonly BackupTransition[] = [
  { storageClass: 'STANDARD_IA', after: Duration.days(30) },
  { storageClass: 'GLACIER_IR', after: Duration.days(90) },
];
