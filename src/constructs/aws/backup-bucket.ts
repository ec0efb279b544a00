import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { RetentionTier } from '../../intent';
import { InvalidPropsError } from '../../validation';
import { type GrantedBucket, readStatements, tierProblems, writeStatements } from './backup-bucket/access';
import { AgeAlarm } from './backup-bucket/age-alarm';
import { Replication } from './backup-bucket/options';
import { problemsIn } from './backup-bucket/problems';
import { type BackupBucketProps, type Settings, withDefaults } from './backup-bucket/props';
import { ProtectedBucket } from './backup-bucket/protected-bucket';
import type { BackupSource, BackupSourceDetails } from './backup-source';
import { type Grantee, grant } from './grants';
import { partitionOf, type Statement } from './iam';
import { knownRegion } from './network/zones';
import { warnIfNobodyIsTold } from './notifying-props';
import { peerId } from './security-rules';

/**
 * A bucket of backups that rotates them by their number, and from which nobody removes one before its time.
 *
 * Writers put a copy into the folder of each tier that is due (`Retention.dueOn`). An alarm tells when they stop
 * coming. See `examples/shop.ts`.
 */
export class BackupBucket extends Construct implements BackupSource {
  /** Name of the bucket. */
  public readonly bucketName: string;
  /** ARN of the bucket. */
  public readonly bucketArn: string;
  /** ARN of the key that encrypts it. */
  public readonly keyArn: string;
  /** The bucket itself. */
  public readonly bucket: S3Bucket;
  /** The second bucket; none without `replicateTo`. */
  public readonly replica: S3Bucket | undefined;
  /** Topic that is told of every daily copy that has arrived. */
  public readonly arrivals: SnsTopic;

  /** What a `BackupPlan` has to know of it. */
  public readonly backup: BackupSourceDetails;

  private readonly settings: Settings;
  private readonly readable: readonly GrantedBucket[];

  constructor(scope: Construct, id: string, props: BackupBucketProps) {
    super(scope, id);
    const settings = withDefaults(props);
    const region = knownRegion(this, props.provider);
    InvalidPropsError.throwIfAny(problemsIn(settings, region), this);
    warnOfLosses(this, settings);

    const source = new ProtectedBucket(this, 'Bucket', { backupId: id, settings });
    const { replicateTo } = settings;
    const replication = replicateTo
      ? new Replication(this, 'Replication', {
          ...{ backupId: id, settings, replicateTo, source },
          partition: partitionOf(region ?? ''),
        })
      : undefined;
    source.rotate(replication ? [replication.configuration] : []);
    const alarm = new AgeAlarm(this, 'AgeAlarm', { backupId: id, settings, source });

    this.node.defaultChild = source.bucket;
    this.bucket = source.bucket;
    this.bucketName = source.bucket.bucket;
    this.bucketArn = source.arn;
    this.keyArn = source.keyArn;
    this.replica = replication?.replica.bucket;
    this.readable =
      replication && replicateTo?.accountId === undefined
        ? [this, { bucketArn: replication.replica.arn, keyArn: replication.replica.keyArn }]
        : [this];
    this.arrivals = alarm.arrivals;
    this.backup = { arn: source.arn, kind: 'S3', continuous: true, hasOwnKey: true };
    this.settings = settings;
  }

  /**
   * Lets a role add copies, and neither read nor delete any. With `immutable`, it may lock a copy for as long as it lives.
   *
   * @param grantee a tier, or any construct with a role
   * @param tiers folders that it may write; those of the retention unless said
   * @throws InvalidPropsError when one of them is not of the retention
   */
  public grantWrite(grantee: Grantee, tiers?: readonly RetentionTier[]): void {
    InvalidPropsError.throwIfAny(tierProblems(tiers, this.settings.retention), this);
    this.grant('Write', grantee, tiers, writeStatements(this, this.settings, tiers));
  }

  /**
   * Lets a role list and read copies, also those that were deleted; in the second bucket too, unless that is in another
   * account: when the region is lost, it may be too late to allow it.
   *
   * @param grantee a tier, or any construct with a role
   * @param tiers folders that it may read; those of the retention unless said
   * @throws InvalidPropsError when one of them is not of the retention
   */
  public grantRead(grantee: Grantee, tiers?: readonly RetentionTier[]): void {
    InvalidPropsError.throwIfAny(tierProblems(tiers, this.settings.retention), this);
    const statements = this.readable.flatMap((bucket) => readStatements(bucket, this.settings, tiers));
    this.grant('Read', grantee, tiers, statements);
  }

  private grant(
    verb: 'Read' | 'Write',
    grantee: Grantee,
    tiers: readonly RetentionTier[] | undefined,
    statements: readonly Statement[],
  ): void {
    const folders = [...new Set(tiers)].sort();
    grant(this, [verb, ...folders, peerId('From', grantee.node.path)].join('-'), grantee, statements, this.settings);
  }
}

function warnOfLosses(bucket: Construct, settings: Settings): void {
  const annotations = Annotations.of(bucket);
  const { replicateTo } = settings;
  warnIfNobodyIsTold(bucket, settings);
  if (replicateTo && replicateTo.accountId === undefined && replicateTo.notificationTopicArn === undefined) {
    annotations.addWarning('no replicateTo.notificationTopicArn: late replication is seen only by who looks');
  }
  if (settings.allowDestroy) annotations.addWarning('allowDestroy: the bucket and all copies in it can be removed');
  if (settings.lockThatNobodyCanUndo) {
    annotations.addWarning('lockThatNobodyCanUndo: what is written by mistake is paid for until its lock ends');
  }
}
