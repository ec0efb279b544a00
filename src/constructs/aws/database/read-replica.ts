import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { alarmActions } from '../notifying-props';
import type { ConnectionSource } from '../security-rules';
import { instanceParameters } from './parameter-groups';
import { type PossibleSettings, placement, rdsPrefix } from './parts';
import { gibibytes } from './props';
import { allowToCopy, type CopyProps, type DatabaseCopy, settingsThere } from './region-copy';
import { serverConfig } from './standby-instance';

/** A read replica in another region, with a standby and backups of its own, ready to be promoted. */
export class ReadReplica extends Construct implements DatabaseCopy {
  /** The replica. */
  public readonly instance: DbInstance;
  public readonly endpoint: string;
  public readonly securityGroup: SecurityGroup;

  private readonly settings: PossibleSettings;

  constructor(scope: Construct, id: string, props: CopyProps & { readonly source: DbInstance }) {
    super(scope, id);
    const { databaseId, source, monitoringRoleArn } = props;
    const settings = settingsThere(this, props);
    const where = placement(this, databaseId, settings.network, settings);
    this.instance = new DbInstance(this, 'Resource', {
      ...serverConfig(settings, { placement: where, monitoringRoleArn }),
      replicateSourceDb: source.arn,
      identifierPrefix: rdsPrefix(databaseId, 37),
      parameterGroupName: instanceParameters(this, databaseId, settings),
      storageType: settings.storage?.type,
      maxAllocatedStorage: settings.storage?.max && gibibytes(settings.storage.max),
      iops: settings.storage?.iops,
      kmsKeyId: settings.kmsKeyArn,
      maintenanceWindow: settings.maintenance.window,
      skipFinalSnapshot: true, // RDS takes none of a replica, and refuses to remove it with one
      // promoted, it replicates nothing any more; compared, every plan would want it to
      lifecycle: { ...protectedLifecycle(settings.allowDestroy), ignoreChanges: ['replicate_source_db'] },
      ...named(this, '', settings),
    });
    lagAlarm(this, this.instance, settings);
    this.endpoint = this.instance.address;
    this.securityGroup = where.securityGroup;
    this.settings = settings;
  }

  public allowFrom(source: ConnectionSource): void {
    allowToCopy(this, source, this.settings);
  }
}

/** Seconds by which the replica may be behind: what a loss of the region would cost. */
const LONG_LAG = 60;

function lagAlarm(scope: Construct, instance: DbInstance, settings: PossibleSettings): void {
  new CloudwatchMetricAlarm(scope, 'LagAlarm', {
    alarmName: `${instance.identifier}-lag`,
    alarmDescription: `${scope.node.path} is more than a minute behind: so much would be lost with the other region`,
    namespace: 'AWS/RDS',
    metricName: 'ReplicaLag',
    dimensions: { DBInstanceIdentifier: instance.identifier },
    statistic: 'Maximum',
    period: 60,
    evaluationPeriods: 5,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: LONG_LAG,
    treatMissingData: 'breaching', // a replica that does not replicate says nothing
    ...alarmActions(settings),
    ...named(scope, 'LagAlarm', settings),
  });
}
