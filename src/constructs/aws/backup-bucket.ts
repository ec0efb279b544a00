import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { RetentionTier } from '../../intent';
import { InvalidPropsError } from '../../validation';
import { readStatements, writeStatements } from './backup-bucket/access';
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
    this.arrivals = alarm.arrivals;
    this.backup = { arn: source.arn, kind: 'S3', continuous: true, hasOwnKey: true };
    this.settings = settings;
  }

  /**
   * Lets a role add copies, and neither read nor delete any. With `immutable`, it may lock a copy for longer.
   *
   * @param grantee a tier, or any construct with a role
   * @param tiers folders that it may write; those of the retention unless said
   */
  public grantWrite(grantee: Grantee, tiers?: readonly RetentionTier[]): void {
    this.grant('Write', grantee, writeStatements(this, this.settings, tiers), tiers);
  }

  /**
   * Lets a role list and read copies, also those that were deleted.
   *
   * @param grantee a tier, or any construct with a role
   * @param tiers folders that it may read; those of the retention unless said
   */
  public grantRead(grantee: Grantee, tiers?: readonly RetentionTier[]): void {
    this.grant('Read', grantee, readStatements(this, this.settings, tiers), tiers);
  }

  private grant(verb: string, grantee: Grantee, statements: Statement[], tiers: readonly RetentionTier[] = []): void {
    grant(this, [verb, ...tiers, peerId('From', grantee.node.path)].join('-'), grantee, statements, this.settings);
  }
}

function warnOfLosses(bucket: Construct, settings: Settings): void {
  const annotations = Annotations.of(bucket);
  warnIfNobodyIsTold(bucket, settings);
  if (settings.allowDestroy) annotations.addWarning('allowDestroy: the bucket and all copies in it can be removed');
  if (settings.lockThatNobodyCanUndo) {
    annotations.addWarning('lockThatNobodyCanUndo: what is written by mistake is paid for until its lock ends');
  }
}
