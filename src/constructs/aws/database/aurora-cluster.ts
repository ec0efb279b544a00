import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RdsGlobalCluster } from '@cdktf/provider-aws/lib/rds-global-cluster';
import { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { uniqueName } from '../naming';
import type { ZonalNetwork } from '../network/zonal-network';
import { zoneId } from '../network/zones';
import { alarmActions } from '../notifying-props';
import { daysLater } from '../windows';
import { madeOf, memberConfig, writerConfig } from './cluster-config';
import { passwordFromSecret } from './credentials';
import { clusterParameters } from './parameter-groups';
import { MONITORING_INTERVAL, madeOnce, PATIENCE, type PossibleSettings, rdsPrefix, type TopologyProps } from './parts';

/** An Aurora cluster: an instance in every zone, on a volume that spans three. */
export class AuroraCluster extends Construct {
  /** The cluster. */
  public readonly cluster: RdsCluster;
  /** Its instances, the first writer first. */
  public readonly instances: readonly RdsClusterInstance[];
  /** The global database that it is the first member of; none without `regionLoss`. */
  public readonly global: RdsGlobalCluster | undefined;

  constructor(scope: Construct, id: string, props: TopologyProps) {
    super(scope, id);
    const { databaseId, settings } = props;
    const isGlobal = settings.regionLoss?.keep === 'global database';
    this.global = isGlobal ? globalDatabase(this, settings) : undefined;
    this.cluster = new RdsCluster(this, 'Resource', {
      ...memberConfig(props),
      ...writerConfig(settings, props.finalSnapshotIdentifier),
      clusterIdentifierPrefix: rdsPrefix(databaseId, 37),
      globalClusterIdentifier: this.global?.id,
      dbClusterParameterGroupName: clusterParameters(this, databaseId, settings),
      lifecycle: madeOnce(settings, [...madeOf(settings), ...(isGlobal ? MEMBER : [])]),
      ...named(this, '', settings),
    });
    passwordFromSecret(this.cluster, settings, {
      password: 'master_password_wo',
      version: 'master_password_wo_version',
    });
    this.instances = auroraInstances(this, this.cluster, settings.network, props);
    lagAlarm(this, this.cluster, settings);
  }
}

/**
 * A switchover turns writer and reader round, and an upgrade goes through the global database: compared, the
 * provider would take the cluster out of it, or promote it (terraform-provider-aws#42919, #40921).
 */
export const MEMBER = ['global_cluster_identifier', 'replication_source_identifier', 'engine_version'];

function globalDatabase(scope: Construct, settings: PossibleSettings): RdsGlobalCluster {
  const { support, engineVersion, allowDestroy, provider } = settings;
  return new RdsGlobalCluster(scope, 'Global', {
    globalClusterIdentifier: uniqueName(scope, 60),
    engine: support.engine,
    engineVersion,
    storageEncrypted: true,
    deletionProtection: !allowDestroy,
    lifecycle: protectedLifecycle(allowDestroy),
    provider,
  });
}

/**
 * One instance in each zone, all of one class, so that any can take over. The first one is made before the others
 * and so writes first. Left to Aurora, readers may stand in the writer's zone.
 */
export function auroraInstances(
  scope: Construct,
  cluster: RdsCluster,
  network: ZonalNetwork,
  props: Pick<TopologyProps, 'databaseId' | 'settings' | 'placement' | 'monitoringRoleArn'>,
): RdsClusterInstance[] {
  const { databaseId, settings, placement, monitoringRoleArn } = props;
  const clusterIdentifier = cluster.id;
  const zones = network.dataSubnets.map(({ zone }) => zone).sort();
  const instances: RdsClusterInstance[] = [];
  for (const [position, zone] of zones.entries()) {
    instances.push(
      new RdsClusterInstance(scope, `Instance${zoneId(zone)}`, {
        clusterIdentifier,
        identifierPrefix: rdsPrefix(databaseId, 37),
        engine: settings.support.engine,
        instanceClass: settings.instanceClass,
        availabilityZone: zone,
        promotionTier: position === 0 ? 0 : 1,
        dbSubnetGroupName: placement.subnetGroupName,
        preferredMaintenanceWindow: daysLater(settings.maintenance.window, position),
        autoMinorVersionUpgrade: true,
        copyTagsToSnapshot: true,
        publiclyAccessible: false,
        // said on the cluster too; left out here, every plan would turn it off
        monitoringInterval: MONITORING_INTERVAL,
        monitoringRoleArn,
        timeouts: PATIENCE,
        dependsOn: instances.slice(0, 1),
        // the protection of the cluster does not cover its instances (terraform-aws-rds-aurora#275)
        lifecycle: protectedLifecycle(settings.allowDestroy),
        ...named(scope, `Instance${zoneId(zone)}`, settings),
      }),
    );
  }
  return instances;
}

/** Milliseconds by which a reader may be behind the writer: usually well below 100. */
const LONG_LAG = 1000;

function lagAlarm(scope: Construct, cluster: RdsCluster, settings: PossibleSettings): void {
  new CloudwatchMetricAlarm(scope, 'ReaderLagAlarm', {
    alarmName: `${cluster.clusterIdentifier}-reader-lag`,
    alarmDescription: `A reader of ${scope.node.path} is more than a second behind: it answers old data, and takes over late`,
    namespace: 'AWS/RDS',
    metricName: 'AuroraReplicaLagMaximum',
    dimensions: { DBClusterIdentifier: cluster.clusterIdentifier },
    statistic: 'Maximum',
    period: 60,
    evaluationPeriods: 5,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: LONG_LAG,
    treatMissingData: 'missing',
    ...alarmActions(settings),
    ...named(scope, 'ReaderLagAlarm', settings),
  });
}
