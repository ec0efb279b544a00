import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RdsGlobalCluster } from '@cdktf/provider-aws/lib/rds-global-cluster';
import { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { uniqueName } from '../naming';
import { letterOf, zoneId } from '../network/zones';
import { daysLater } from '../windows';
import { lag, watch, writerWatches } from './alarms';
import { clusterPassword, madeOf, memberConfig, writerConfig } from './cluster-config';
import { insights } from './insights';
import { clusterParameters } from './parameter-groups';
import {
  finalSnapshotIdentifier,
  isImmediate,
  MONITORING_INTERVAL,
  madeOnce,
  PATIENCE,
  type PossibleSettings,
  rdsPrefix,
  type TopologyProps,
} from './parts';

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
    const { settings } = props;
    this.cluster = new RdsCluster(this, 'Resource', {
      ...auroraConfig(this, props),
      ...writerConfig(this, settings),
      lifecycle: madeOnce(settings, [...madeOf(settings), ...membership(settings), ...INSIGHTS]),
      ...named(this, '', settings),
    });
    clusterPassword(this.cluster, settings);
    this.instances = auroraInstances(this, this.cluster, props);
    this.global = settings.regionLoss?.keep === 'global database' ? this.globalDatabase(settings) : undefined;
    watchAurora(this, this.cluster, settings);
  }

  /**
   * Made from the cluster, not the cluster in it: so a live cluster gets a second region, and keeps running when that is
   * taken away. `forceDestroy` removes members from the global database, not from the world.
   */
  private globalDatabase(settings: PossibleSettings): RdsGlobalCluster {
    const { allowDestroy } = settings;
    return new RdsGlobalCluster(this, 'Global', {
      globalClusterIdentifier: uniqueName(this, 60),
      sourceDbClusterIdentifier: this.cluster.arn,
      forceDestroy: true,
      deletionProtection: !allowDestroy,
      lifecycle: { ...protectedLifecycle(allowDestroy), ignoreChanges: ['source_db_cluster_identifier'] },
      dependsOn: [...this.instances],
      ...named(this, 'Global', settings),
    });
  }
}

/** What an Aurora cluster has, the first one and one in another region. */
export function auroraConfig(scope: Construct, props: TopologyProps) {
  const { databaseId, settings } = props;
  return {
    ...memberConfig(props),
    clusterIdentifierPrefix: rdsPrefix(databaseId, 37),
    dbClusterParameterGroupName: clusterParameters(scope, databaseId, settings),
    availabilityZones: settings.subnets.map(({ zone }) => zone), // where instances may stand
    deleteAutomatedBackups: false, // they outlive it by their retention
    finalSnapshotIdentifier: finalSnapshotIdentifier(scope, databaseId, settings),
  };
}

/** A cluster that is restored does not get these from AWS provider 5; its instances bring them, and no plan sets them later. */
const INSIGHTS = [
  ...['performance_insights_enabled', 'performance_insights_kms_key_id'],
  'performance_insights_retention_period',
];

/**
 * What AWS changes by itself, or the world by hand. With fewer than three zones AWS adds others, and every plan would make
 * the cluster anew (terraform-provider-aws#31558). A switchover turns writer and reader round, and an upgrade goes
 * through the global database: compared, the provider would take the cluster out of it, or promote it (#42919, #40921).
 */
export function membership({ regionLoss }: PossibleSettings): string[] {
  const always = ['availability_zones', 'global_cluster_identifier', 'replication_source_identifier'];
  return regionLoss?.keep === 'global database' ? [...always, 'engine_version'] : always;
}

/**
 * One instance in each zone, all of one class, so that any can take over. The first one is made before the others
 * and so writes first. Left to Aurora, readers may stand in the writer's zone (terraform-aws-rds-aurora#298).
 */
export function auroraInstances(
  scope: Construct,
  cluster: RdsCluster,
  { databaseId, settings, placement, monitoringRoleArn }: TopologyProps,
): RdsClusterInstance[] {
  const clusterIdentifier = cluster.id;
  const instances: RdsClusterInstance[] = [];
  for (const { zone } of settings.subnets) {
    instances.push(
      new RdsClusterInstance(scope, `Instance${zoneId(zone)}`, {
        clusterIdentifier,
        identifierPrefix: rdsPrefix(databaseId, 37),
        engine: settings.support.engine,
        instanceClass: settings.instanceClass,
        availabilityZone: zone,
        promotionTier: instances.length === 0 ? 0 : 1,
        dbSubnetGroupName: placement.subnetGroupName,
        preferredMaintenanceWindow: windowOf(zone, settings),
        autoMinorVersionUpgrade: true,
        applyImmediately: isImmediate(settings),
        copyTagsToSnapshot: true,
        publiclyAccessible: false,
        // said on the cluster too; left out here, every plan would turn it off
        monitoringInterval: MONITORING_INTERVAL,
        monitoringRoleArn,
        ...(settings.restoreFrom && insights(settings)), // else the cluster's
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

/** The letter of the zone decides on the day, so that another zone moves no window. */
function windowOf(zone: string, { maintenance }: PossibleSettings): string {
  return daysLater(maintenance.window, letterOf(zone).charCodeAt(0) - 'a'.charCodeAt(0));
}

/** Milliseconds by which a reader may be behind the writer: usually well below 100. */
const LONG_LAG = 1000;

/** Watches an Aurora cluster: the first one, and one in another region, which may have to write one day. */
export function watchAurora(scope: Construct, { clusterIdentifier }: RdsCluster, settings: PossibleSettings): void {
  const name = clusterIdentifier;
  const writer = { DBClusterIdentifier: clusterIdentifier, Role: 'WRITER' };
  watch(scope, { name, dimensions: [writer] }, writerWatches(settings.engine), settings);
  const readers = lag(
    'AuroraReplicaLagMaximum',
    LONG_LAG,
    'a reader is more than a second behind: it answers old data, and takes over late',
  );
  watch(scope, { name, dimensions: [{ DBClusterIdentifier: clusterIdentifier }] }, [readers], settings);
}
