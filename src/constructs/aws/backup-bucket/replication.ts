import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { S3BucketReplicationConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { assumedBy, policyDocument, type Statement } from '../iam';
import { namePrefix } from '../naming';
import { alarmActions } from '../notifying-props';
import type { BackupReplica, Settings } from './props';
import { ProtectedBucket } from './protected-bucket';

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
    this.replica = new ProtectedBucket(this, 'Replica', {
      backupId: `${backupId}-replica`,
      settings: {
        ...settings,
        ...{ provider: replicateTo.provider, bucketName: replicateTo.bucketName, kmsKeyArn: replicateTo.kmsKeyArn },
      },
      ...(accountId !== undefined && {
        keyPolicy: policyDocument(keyStatements(`arn:${props.partition}:iam::${accountId}:root`, roleArn)),
        statements: (bucketArn) => receivingStatements(bucketArn, roleArn),
      }),
    });
    this.replica.rotate();
    const policy = new IamRolePolicy(this, 'Policy', {
      role: role.id,
      policy: policyDocument(replicatingStatements(source, this.replica, settings.immutable, accountId !== undefined)),
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
    failureAlarm(this, source, this.replica, settings);
  }
}

/** What the role may do: read versions here, write replicas there, and nothing else. */
function replicatingStatements(
  source: ProtectedBucket,
  replica: ProtectedBucket,
  isLocked: boolean,
  otherAccount: boolean,
): Statement[] {
  const throughS3 = { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com*' } };
  return [
    { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: [source.arn] },
    {
      Effect: 'Allow',
      Action: [
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionTagging',
        ...(isLocked ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : []),
      ],
      Resource: [`${source.arn}/*`],
    },
    {
      Effect: 'Allow',
      Action: [
        's3:ReplicateDelete',
        's3:ReplicateObject',
        's3:ReplicateTags',
        ...(otherAccount ? ['s3:ObjectOwnerOverrideToBucketOwner'] : []),
      ],
      Resource: [`${replica.arn}/*`],
    },
    { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [source.keyArn], Condition: throughS3 },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: [replica.keyArn],
      Condition: throughS3,
    },
  ];
}

/** What the bucket of another account must allow the role. */
function receivingStatements(bucketArn: string, roleArn: string): Statement[] {
  const role = { Effect: 'Allow', Principal: { AWS: roleArn } } as const;
  return [
    {
      ...role,
      Sid: 'ReplicasFromTheOtherAccount',
      Action: ['s3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'],
      Resource: [`${bucketArn}/*`],
    },
    { ...role, Sid: 'VersioningIsChecked', Action: ['s3:GetBucketVersioning', 's3:ListBucket'], Resource: [bucketArn] },
  ];
}

/** What the key of another account must allow: everything to that account, encrypting to the role. */
function keyStatements(accountArn: string, roleArn: string): Statement[] {
  return [
    { Effect: 'Allow', Principal: { AWS: accountArn }, Action: ['kms:*'], Resource: ['*'] },
    {
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: ['*'],
    },
  ];
}

/**
 * The alarm on copies that could not be replicated. S3 tries none of them again by itself, and rotates none of them
 * away here. It counts failures in the region of the source, and only when there are some.
 */
function failureAlarm(scope: Construct, source: ProtectedBucket, replica: ProtectedBucket, settings: Settings): void {
  const bucketName = source.bucket.bucket;
  new CloudwatchMetricAlarm(scope, 'FailureAlarm', {
    alarmName: `${bucketName}-replication-failed`,
    alarmDescription: `A copy of ${scope.node.path} did not reach the other bucket; replicate it again with S3 Batch Replication`,
    namespace: 'AWS/S3',
    metricName: 'OperationsFailedReplication',
    dimensions: { SourceBucket: bucketName, DestinationBucket: replica.bucket.bucket, RuleId: RULE },
    statistic: 'Sum',
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 0,
    treatMissingData: 'notBreaching',
    ...alarmActions(settings),
    ...named(scope, 'FailureAlarm', settings),
  });
}
