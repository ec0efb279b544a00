import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';

/** Hours without a backup, of which the longest between two daily ones that start and end at their usual time is 24. */
const TOO_OLD = 36;

/**
 * Rings when no backup has been completed for a day and a half: jobs that never start, because the region is not opted
 * in or somebody has emptied the plan, fail nowhere.
 */
export function ageAlarm(scope: Construct, vaultName: string, settings: Settings): void {
  new CloudwatchMetricAlarm(scope, 'AgeAlarm', {
    alarmName: `${vaultName}-age`,
    alarmDescription: `No backup of ${scope.node.path} was completed for ${TOO_OLD} hours`,
    namespace: 'AWS/Backup',
    metricName: 'NumberOfBackupJobsCompleted',
    dimensions: { BackupVaultName: vaultName },
    statistic: 'Sum',
    period: 3600,
    evaluationPeriods: TOO_OLD,
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    treatMissingData: 'breaching', // there is a value only in an hour in which one was completed
    ...alarmActions(settings),
    ...named(scope, 'AgeAlarm', settings),
  });
}
