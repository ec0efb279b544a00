import type { RdsCluster, RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster';
import type { Construct } from 'constructs';
import { clusterVersion, versionOnce } from './cluster-version';
import { managedPassword, passwordFromSecret } from './credentials';
import { insights } from './insights';
import { isImmediate, MONITORING_INTERVAL, PATIENCE, type PossibleSettings, type TopologyProps } from './parts';
import type { Settings } from './props';
import { CLUSTER_ORIGIN, clusterOrigin } from './restore';

/** What clusters of both kinds have in common, and a second one in another region. */
export function memberConfig({ settings, placement, monitoringRoleArn }: TopologyProps) {
  const { support, backups, maintenance, allowDestroy } = settings;
  return {
    engine: support.engine,
    dbSubnetGroupName: placement.subnetGroupName,
    vpcSecurityGroupIds: [placement.securityGroup.id],
    storageEncrypted: true,
    kmsKeyId: settings.kmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: backups.retention.toDays(),
    preferredBackupWindow: backups.window,
    preferredMaintenanceWindow: maintenance.window,
    copyTagsToSnapshot: true,
    deletionProtection: !allowDestroy,
    skipFinalSnapshot: false,
    allowMajorVersionUpgrade: maintenance.allowMajorVersionUpgrade,
    applyImmediately: isImmediate(settings),
    ...insights(settings),
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRoleArn,
    enabledCloudwatchLogsExports: [...support.logs],
    timeouts: PATIENCE,
  } satisfies Partial<RdsClusterConfig>;
}

/** What the writing cluster has beyond that. */
export function writerConfig(scope: Construct, settings: PossibleSettings): Partial<RdsClusterConfig> {
  return {
    ...clusterOrigin(settings),
    engineVersion: clusterVersion(scope, settings),
    manageMasterUserPassword: managedPassword(settings),
  };
}

/** Hands the writing cluster the password in the user's secret, if there is one. */
export function clusterPassword(cluster: RdsCluster, settings: Settings): void {
  passwordFromSecret(cluster, settings, { password: 'master_password_wo', version: 'master_password_wo_version' });
}

/** Arguments that count when a cluster is made, never again. */
export function madeOf(settings: PossibleSettings): string[] {
  // a backup plan that takes continuous backups sets these in RDS itself
  const byPlan = settings.backups.continuousByPlan ? ['backup_retention_period', 'preferred_backup_window'] : [];
  return [...CLUSTER_ORIGIN, ...versionOnce(settings), ...byPlan];
}
