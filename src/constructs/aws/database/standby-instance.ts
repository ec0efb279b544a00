import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { DbInstance, type DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { alarmActions } from '../notifying-props';
import { managedPassword, passwordFromSecret } from './credentials';
import { insights } from './insights';
import { instanceParameters } from './parameter-groups';
import { MONITORING_INTERVAL, madeOnce, PATIENCE, type PossibleSettings, rdsPrefix, type TopologyProps } from './parts';
import { gibibytes, type Settings } from './props';

/** An instance with a standby in another zone, to which every write goes before it is acknowledged. */
export class StandbyInstance extends Construct {
  /** The instance. */
  public readonly instance: DbInstance;

  constructor(scope: Construct, id: string, props: TopologyProps) {
    super(scope, id);
    const { databaseId, settings } = props;
    const { support, master, maintenance, databaseName } = settings;
    this.instance = new DbInstance(this, 'Resource', {
      ...serverConfig(settings, props),
      identifierPrefix: rdsPrefix(databaseId, 37),
      engine: support.engine,
      engineVersion: settings.engineVersion,
      parameterGroupName: instanceParameters(this, databaseId, settings),
      ...volume(settings),
      ...(settings.restoreFrom ? origin(settings.restoreFrom) : { username: master.username, dbName: databaseName }),
      manageMasterUserPassword: managedPassword(settings),
      kmsKeyId: settings.kmsKeyArn,
      maintenanceWindow: maintenance.window,
      blueGreenUpdate: maintenance.blueGreenUpdate ? { enabled: true } : undefined,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: props.finalSnapshotIdentifier,
      lifecycle: madeOnce(settings, [...ORIGIN, ...givenUp(settings)]),
      ...named(this, '', settings),
    });
    passwordFromSecret(this.instance, settings, { password: 'password_wo', version: 'password_wo_version' });
    lowStorageAlarm(this, this.instance, settings);
  }
}

// What it is made from counts once; what RDS answers of a restored one is the original's.
const ORIGIN = ['snapshot_identifier', 'restore_to_point_in_time', 'username', 'db_name'];

/** What an instance and its replica in another region have in common. */
export function serverConfig(
  settings: PossibleSettings,
  { placement, monitoringRoleArn }: Pick<TopologyProps, 'placement' | 'monitoringRoleArn'>,
) {
  const { backups, maintenance, support, allowDestroy } = settings;
  return {
    instanceClass: settings.instanceClass,
    multiAz: true,
    dbSubnetGroupName: placement.subnetGroupName,
    vpcSecurityGroupIds: [placement.securityGroup.id],
    publiclyAccessible: false,
    storageEncrypted: true,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: backups.retention.toDays(),
    backupWindow: backups.window,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false, // they outlive it by their retention
    deletionProtection: !allowDestroy,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: maintenance.allowMajorVersionUpgrade,
    applyImmediately: false, // what restarts it waits for the window
    ...insights(settings),
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRoleArn,
    enabledCloudwatchLogsExports: [...support.logs],
    timeouts: PATIENCE,
  } satisfies Partial<DbInstanceConfig>;
}

function volume({ storage }: Settings): Partial<DbInstanceConfig> {
  if (!storage) return {};
  return {
    storageType: storage.type,
    allocatedStorage: gibibytes(storage.size),
    maxAllocatedStorage: storage.max && gibibytes(storage.max),
    iops: storage.iops,
  };
}

function origin(from: NonNullable<Settings['restoreFrom']>): Partial<DbInstanceConfig> {
  if ('snapshot' in from) return { snapshotIdentifier: from.snapshot };
  const { source: sourceDbInstanceIdentifier, time: restoreTime } = from;
  const moment = restoreTime === undefined ? { useLatestRestorableTime: true } : { restoreTime };
  return { restoreToPointInTime: { sourceDbInstanceIdentifier, ...moment } };
}

/** Arguments that a backup plan sets in RDS itself once it takes continuous backups. */
function givenUp({ backups }: Settings): string[] {
  return backups.continuousByPlan ? ['backup_retention_period', 'backup_window'] : [];
}

/** Share of the volume below which it is nearly full: RDS makes it larger below 10 %, until `max`. */
const LOW_STORAGE = 0.05;

function lowStorageAlarm(scope: Construct, instance: DbInstance, settings: Settings): void {
  if (!settings.storage) return;
  new CloudwatchMetricAlarm(scope, 'LowStorageAlarm', {
    alarmName: `${instance.identifier}-low-storage`,
    alarmDescription: `The disk of ${scope.node.path} is nearly full, and does not grow; when it is full, the database stops`,
    namespace: 'AWS/RDS',
    metricName: 'FreeStorageSpace',
    dimensions: { DBInstanceIdentifier: instance.identifier },
    statistic: 'Minimum',
    period: 300,
    evaluationPeriods: 3,
    comparisonOperator: 'LessThanThreshold',
    threshold: Math.floor(gibibytes(settings.storage.size) * 1024 ** 3 * LOW_STORAGE),
    treatMissingData: 'missing',
    ...alarmActions(settings),
    ...named(scope, 'LowStorageAlarm', settings),
  });
}
