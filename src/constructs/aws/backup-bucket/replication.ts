import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { S3BucketReplicationConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration';
import { Construct } from 'constructs';
import { Duration } from '../../../units';
import { named } from '../aws-props';
import { assumedBy, policyDocument } from '../iam';
import { namePrefix } from '../naming';
import type { BackupReplica, Settings } from './props';
import { ProtectedBucket } from './protected-bucket';
import { receivingKeyStatements, receivingStatements, replicatingStatements } from './replication-access';
import { delayAlarm, failureAlarm } from './replication-alarms';

/** What replication is made from. */
export interface ReplicationProps {
  readonly backupId: string;
  readonly settings: Settings;
  readonly replicateTo: BackupReplica;
  readonly source: ProtectedBucket;
  /** Partition of the regions, such as `aws`. */
  readonly partition: string;
}

const RULE = 'all';
/** Within this, S3 promises 99.9 % of the copies. */
const MINUTES = 15;

/** A second bucket, and the replication that fills it. */
export class Replication extends Construct {
  /** The second bucket. */
  public readonly replica: ProtectedBucket;
  /** The replication. */
  public readonly configuration: S3BucketReplicationConfigurationA;

  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const { backupId, settings, replicateTo, source } = props;
    const { accountId } = replicateTo;
    const role = new IamRole(this, 'Role', {
      namePrefix: namePrefix(`${backupId}-copy`, 38),
      assumeRolePolicy: assumedBy('s3.amazonaws.com'),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'Role', settings),
    });
    const roleArn = role.arn;
    const { provider, bucketName, kmsKeyArn, notificationTopicArn } = replicateTo;
    const there = { ...settings, provider, bucketName, kmsKeyArn, notificationTopicArn };
    this.replica = new ProtectedBucket(this, 'Replica', {
      backupId: `${backupId}-replica`,
      settings: there,
      ...(accountId !== undefined && {
        keyPolicy: policyDocument(receivingKeyStatements(`arn:${props.partition}:iam::${accountId}:root`, roleArn)),
        statements: (bucketArn) => receivingStatements(bucketArn, roleArn),
      }),
    });
    this.replica.rotate();
    const policy = new IamRolePolicy(this, 'Policy', {
      role: role.id,
      policy: policyDocument(
        replicatingStatements(source, this.replica, {
          isLocked: settings.immutable,
          isOtherAccount: accountId !== undefined,
        }),
      ),
      provider: settings.provider,
    });
    this.configuration = new S3BucketReplicationConfigurationA(this, 'Resource', {
      bucket: source.bucket.id,
      role: roleArn,
      rule: [
        {
          id: RULE,
          status: 'Enabled',
          priority: 0,
          filter: {}, // an empty one makes it version 2 of replication
          deleteMarkerReplication: { status: 'Disabled' }, // what is deleted here must stay visible there
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: this.replica.arn,
            encryptionConfiguration: { replicaKmsKeyId: this.replica.keyArn },
            replicationTime: { status: 'Enabled', time: { minutes: MINUTES } },
            metrics: { status: 'Enabled', eventThreshold: { minutes: MINUTES } },
            ...(accountId !== undefined && { account: accountId, accessControlTranslation: { owner: 'Destination' } }),
          },
        },
      ],
      dependsOn: [...source.ready, ...this.replica.ready, policy],
      provider: settings.provider,
    });
    const watched = { copiesOf: scope.node.path, ruleId: RULE, source, replica: this.replica };
    failureAlarm(this, 'FailureAlarm', watched, settings);
    if (accountId === undefined)
      delayAlarm(this, 'DelayAlarm', watched, { ...there, after: Duration.minutes(MINUTES) });
  }
}
