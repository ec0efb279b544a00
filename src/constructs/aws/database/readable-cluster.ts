import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { lag, lowStorage, watch, writerWatches } from './alarms';
import { clusterPassword, madeOf, memberConfig, writerConfig } from './cluster-config';
import { clusterParameters } from './parameter-groups';
import { finalSnapshotIdentifier, madeOnce, type PossibleSettings, rdsPrefix, type TopologyProps } from './parts';
import { gibibytes } from './props';

/** A Multi-AZ cluster: a writer and two readable standbys in three zones. */
export class ReadableCluster extends Construct {
  /** The cluster. */
  public readonly cluster: RdsCluster;

  constructor(scope: Construct, id: string, props: TopologyProps) {
    super(scope, id);
    const { databaseId, settings } = props;
    const { storage } = settings;
    this.cluster = new RdsCluster(this, 'Resource', {
      ...memberConfig(props),
      ...writerConfig(this, settings),
      clusterIdentifierPrefix: rdsPrefix(databaseId, 26), // 52 characters in all
      dbClusterInstanceClass: settings.instanceClass,
      dbClusterParameterGroupName: clusterParameters(this, databaseId, settings),
      storageType: storage?.type,
      allocatedStorage: storage && gibibytes(storage.size),
      iops: storage?.iops,
      finalSnapshotIdentifier: finalSnapshotIdentifier(this, databaseId, settings),
      lifecycle: madeOnce(settings, [
        ...madeOf(settings),
        // RDS answers what the volume has by itself, which every plan would take away (terraform-provider-aws#41203)
        ...(storage?.iops === undefined ? ['iops'] : []),
      ]),
      ...named(this, '', settings),
    });
    clusterPassword(this.cluster, settings);
    watchMembers(this, this.cluster, settings);
  }
}

/** Share of the volume below which it is nearly full: nothing makes it larger by itself. */
const LOW_STORAGE = 0.1;
/** Seconds by which a standby may be behind; from 120 on, RDS slows down the writer. */
const LONG_LAG = 60;

/** RDS names the members after the cluster: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html */
function watchMembers(scope: Construct, { clusterIdentifier }: RdsCluster, settings: PossibleSettings): void {
  const dimensions = [1, 2, 3].map((member) => ({ DBInstanceIdentifier: `${clusterIdentifier}-instance-${member}` }));
  const watches = [
    ...writerWatches(settings.engine),
    ...(settings.storage ? [lowStorage(settings.storage.size, LOW_STORAGE)] : []),
    lag('ReplicaLag', LONG_LAG, 'a standby is more than a minute behind, so a failover would take as long'),
  ];
  watch(scope, { name: clusterIdentifier, dimensions }, watches, settings);
}
