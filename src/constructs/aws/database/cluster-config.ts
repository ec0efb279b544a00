import type { RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster';
import { managedPassword } from './credentials';
import { insights } from './insights';
import { MONITORING_INTERVAL, PATIENCE, type TopologyProps } from './parts';
import type { Settings } from './props';

/** What clusters of both kinds have in common, and a second one in another region. */
export function memberConfig({
  settings,
  placement,
  monitoringRoleArn,
}: Omit<TopologyProps, 'finalSnapshotIdentifier'>) {
  const { support, backups, maintenance, allowDestroy } = settings;
  // availability_zones stays away: with fewer than three, every plan makes the cluster anew (terraform-provider-aws#31558)
  return {
    engine: support.engine,
    engineVersion: settings.engineVersion,
    dbSubnetGroupName: placement.subnetGroupName,
    vpcSecurityGroupIds: [placement.securityGroup.id],
    storageEncrypted: true,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: backups.retention.toDays(),
    preferredBackupWindow: backups.window,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false, // they outlive it by their retention
    deletionProtection: !allowDestroy,
    skipFinalSnapshot: false,
    allowMajorVersionUpgrade: maintenance.allowMajorVersionUpgrade,
    applyImmediately: false, // what restarts it waits for the window
    ...insights(settings),
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRoleArn,
    enabledCloudwatchLogsExports: [...support.logs],
    timeouts: PATIENCE,
  } satisfies Partial<RdsClusterConfig>;
}

/** What the writing cluster has beyond that. */
export function writerConfig(settings: Settings, finalSnapshotIdentifier: string): Partial<RdsClusterConfig> {
  const { master, databaseName, restoreFrom, kmsKeyArn, maintenance } = settings;
  return {
    ...(restoreFrom ? origin(restoreFrom) : { masterUsername: master.username, databaseName }),
    manageMasterUserPassword: managedPassword(settings),
    kmsKeyId: kmsKeyArn,
    preferredMaintenanceWindow: maintenance.window,
    finalSnapshotIdentifier,
  };
}

/** Arguments that count when a cluster is made, never again. */
export function madeOf({ backups }: Settings): string[] {
  const origin = ['snapshot_identifier', 'restore_to_point_in_time', 'master_username', 'database_name'];
  // a backup plan that takes continuous backups sets these in RDS itself
  return backups.continuousByPlan ? [...origin, 'backup_retention_period', 'preferred_backup_window'] : origin;
}

function origin(from: NonNullable<Settings['restoreFrom']>): Partial<RdsClusterConfig> {
  if ('snapshot' in from) return { snapshotIdentifier: from.snapshot };
  const { source: sourceClusterIdentifier, time: restoreToTime } = from;
  const moment = restoreToTime === undefined ? { useLatestRestorableTime: true } : { restoreToTime };
  return { restoreToPointInTime: { sourceClusterIdentifier, ...moment } };
}
