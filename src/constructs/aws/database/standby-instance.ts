import { DbInstance, type DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { lowStorage, type Watched, watch, writerWatches } from './alarms';
import { managedPassword, passwordFromSecret } from './credentials';
import { insights } from './insights';
import { instanceParameters } from './parameter-groups';
import {
  finalSnapshotIdentifier,
  isImmediate,
  MONITORING_INTERVAL,
  madeOnce,
  PATIENCE,
  rdsPrefix,
  type TopologyProps,
} from './parts';
import { gibibytes, type Settings } from './props';
import { INSTANCE_ORIGIN, instanceOrigin } from './restore';

/** An instance with a standby in another zone, to which every write goes before it is acknowledged. */
export class StandbyInstance extends Construct {
  /** The instance. */
  public readonly instance: DbInstance;

  constructor(scope: Construct, id: string, props: TopologyProps) {
    super(scope, id);
    const { databaseId, settings } = props;
    this.instance = new DbInstance(this, 'Resource', {
      ...serverConfig(this, props),
      ...instanceOrigin(settings),
      engine: settings.support.engine,
      engineVersion: settings.engineVersion,
      manageMasterUserPassword: managedPassword(settings),
      blueGreenUpdate: settings.maintenance.blueGreenUpdate ? { enabled: true } : undefined,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: finalSnapshotIdentifier(this, databaseId, settings),
      lifecycle: madeOnce(settings, [...INSTANCE_ORIGIN, ...givenUp(settings)]),
      ...named(this, '', settings),
    });
    passwordFromSecret(this.instance, settings, { password: 'password_wo', version: 'password_wo_version' });
    watch(this, watched(this.instance), instanceWatches(settings), settings);
  }
}

/** What an instance and its replica in another region have in common. */
export function serverConfig(scope: Construct, { databaseId, settings, placement, monitoringRoleArn }: TopologyProps) {
  const { backups, maintenance, support, storage, allowDestroy } = settings;
  return {
    identifierPrefix: rdsPrefix(databaseId, 37),
    instanceClass: settings.instanceClass,
    multiAz: true,
    dbSubnetGroupName: placement.subnetGroupName,
    vpcSecurityGroupIds: [placement.securityGroup.id],
    publiclyAccessible: false,
    parameterGroupName: instanceParameters(scope, databaseId, settings),
    storageType: storage?.type,
    maxAllocatedStorage: storage?.max && gibibytes(storage.max),
    iops: storage?.iops,
    storageEncrypted: true,
    kmsKeyId: settings.kmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: backups.retention.toDays(),
    backupWindow: backups.window,
    maintenanceWindow: maintenance.window,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false, // they outlive it by their retention
    deletionProtection: !allowDestroy,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: maintenance.allowMajorVersionUpgrade,
    applyImmediately: isImmediate(settings),
    ...insights(settings),
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRoleArn,
    enabledCloudwatchLogsExports: [...support.logs],
    timeouts: PATIENCE,
  } satisfies Partial<DbInstanceConfig>;
}

/** Arguments that a backup plan sets in RDS itself once it takes continuous backups. */
function givenUp({ backups }: Settings): string[] {
  return backups.continuousByPlan ? ['backup_retention_period', 'backup_window'] : [];
}

/** An instance as CloudWatch knows it. */
export function watched({ identifier }: DbInstance): Watched {
  return { name: identifier, dimensions: [{ DBInstanceIdentifier: identifier }] };
}

/** Share of the volume below which it is nearly full: RDS makes it larger below 10 %, until `max`. */
const LOW_STORAGE = 0.05;

/** What is watched of an instance, and of its replica. */
export function instanceWatches({ engine, storage }: Settings) {
  return [...writerWatches(engine), ...(storage ? [lowStorage(storage.size, LOW_STORAGE)] : [])];
}
