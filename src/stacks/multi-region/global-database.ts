import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsKmsKey } from '@cdktf/provider-aws/lib/data-aws-kms-key';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RdsGlobalCluster } from '@cdktf/provider-aws/lib/rds-global-cluster';
import { Construct } from 'constructs';
import type { MultiAZDatabase } from '../../constructs/aws';
import { inMilliseconds } from '../../units';
import type { Settings as RegionSettings } from '../web-application/props';
import type { Settings } from './props';
import { RECOVERY_TIMES } from './strategies';

/** A name in RDS that follows from the application's, so that other stacks know it beforehand. */
export function databaseName(application: string, what: string): string {
  const plain = `${application}-${what}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
}

/** The account, and ARNs in it of what RDS calls by a name that follows from the application's. */
export function accountOf(scope: Construct, application: string) {
  const { accountId } = new DataAwsCallerIdentity(scope, 'Account', {});
  const { partition } = new DataAwsPartition(scope, 'Partition', {});
  const arnOf = (region: string, kind: string, what: string) =>
    `arn:${partition}:rds:${region}:${accountId}:${kind}:${databaseName(application, what)}`;
  return { accountId, arnOf };
}

/** Gives a database a name that other stacks know, in place of one that RDS makes. */
export function findable({ instance, cluster }: MultiAZDatabase, application: string): void {
  const name = databaseName(application, 'database');
  if (instance) {
    instance.identifier = name;
    instance.resetIdentifierPrefix();
  }
  if (cluster) {
    cluster.clusterIdentifier = name;
    cluster.resetClusterIdentifierPrefix();
  }
}

/** The Aurora global database, made from the cluster at home, which it can be taken away from again. */
export class GlobalDatabase extends Construct {
  /** The global database. */
  public readonly globalCluster: RdsGlobalCluster;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly application: string;
      readonly database: MultiAZDatabase;
      readonly settings: Settings;
      /** Whether the cluster at home follows another one. */
      readonly follows: boolean;
    },
  ) {
    super(scope, id);
    const { application, database, settings, follows } = props;
    const { allowDestroy, tags } = settings;
    this.globalCluster = new RdsGlobalCluster(this, 'Resource', {
      globalClusterIdentifier: databaseName(application, 'global'),
      sourceDbClusterIdentifier: database.cluster?.arn,
      forceDestroy: true, // takes members out of it, not out of the world
      deletionProtection: !allowDestroy,
      lifecycle: {
        ...(!allowDestroy && { preventDestroy: true }),
        ignoreChanges: ['source_db_cluster_identifier'], // another region's after a failover
      },
      dependsOn: database.node.findAll().filter((child) => child instanceof RdsClusterInstance),
      tags: { Name: this.node.path, ...tags },
    });
    ignoreToo(database, ['engine_version']); // upgraded through the global database
    if (!follows) ignoreToo(database, ['enable_global_write_forwarding']); // on since it followed, and stays for the next time
  }
}

/**
 * Makes a cluster one that follows another: it has no user and no data of its own. What Terraform compares of its place is
 * left out, since a failover turns the two round. So the one at home, once another region writes: where it is still a member,
 * nothing of it changes; where it is gone, a new one follows.
 */
export function joinGlobalDatabase(
  database: MultiAZDatabase,
  props: {
    readonly application: string;
    /** The region that writes. */
    readonly active: string;
    readonly settings: RegionSettings;
    /** Whether clients of the region write, too. */
    readonly forwardsWrites: boolean;
  },
): void {
  const { cluster } = database;
  if (!cluster) return;
  cluster.globalClusterIdentifier = databaseName(props.application, 'global');
  // without it: "Source cluster … is encrypted; pre-signed URL has to be specified" (terraform-provider-aws#13715)
  cluster.sourceRegion = props.active;
  if (cluster.kmsKeyIdInput === undefined) {
    // nor without the key, which is one of this region; the one that it has is the same, and is not compared
    cluster.kmsKeyId = new DataAwsKmsKey(database, 'GlobalKey', { keyId: 'alias/aws/rds' }).arn;
    ignoreToo(database, ['kms_key_id']);
  }
  if (props.forwardsWrites) cluster.enableGlobalWriteForwarding = true;
  cluster.resetMasterUsername();
  cluster.resetManageMasterUserPassword();
  cluster.resetDatabaseName();
  ignoreToo(database, ['engine_version', 'source_region', 'master_password_wo_version']);
  const { notificationTopicArn } = props.settings;
  const actions = notificationTopicArn === undefined ? undefined : [notificationTopicArn];
  new CloudwatchMetricAlarm(database, 'GlobalLag', {
    alarmName: databaseName(props.application, 'database-global-lag'), // not that of its own readers
    alarmDescription: 'The database is further behind the one that writes than a failover may lose',
    namespace: 'AWS/RDS',
    metricName: 'AuroraGlobalDBReplicationLag',
    dimensions: { DBClusterIdentifier: cluster.clusterIdentifier },
    statistic: 'Maximum',
    period: 60,
    evaluationPeriods: 3,
    threshold: inMilliseconds(RECOVERY_TIMES.replicationLag.lasts),
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching', // after a failover it follows nothing
    alarmActions: actions,
    okActions: actions,
    tags: { Name: `${database.node.path}/GlobalLag`, ...props.settings.tags },
  });
}

function ignoreToo({ cluster }: MultiAZDatabase, attributes: readonly string[]): void {
  if (!cluster) return;
  const { ignoreChanges = [] } = cluster.lifecycle ?? {};
  const before = ignoreChanges === 'all' ? [] : ignoreChanges;
  cluster.lifecycle = { ...cluster.lifecycle, ignoreChanges: [...new Set([...before, ...attributes])] };
}
