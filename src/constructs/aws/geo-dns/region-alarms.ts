import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { uniqueName } from '../naming';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';

/** Where alarms are, and what they are told by. */
export interface RegionAlarmsProps {
  readonly settings: Settings;
  /** Provider of us-east-1; undefined for the stack's own. */
  readonly provider: AwsProvider | undefined;
  /** Ids of health checks, by region. */
  readonly healthCheckIds: ReadonlyMap<string, string>;
}

/** An alarm for every region: it rings while Route 53 sends nobody there. */
export class RegionAlarms extends Construct {
  constructor(scope: Construct, id: string, { settings, provider, healthCheckIds }: RegionAlarmsProps) {
    super(scope, id);
    for (const [region, HealthCheckId] of healthCheckIds) {
      new CloudwatchMetricAlarm(this, region, {
        alarmName: `${uniqueName(this, 100)}-${region}`,
        alarmDescription: `Route 53 finds ${region} unhealthy: ${scope.node.path} sends its clients elsewhere`,
        ...{ namespace: 'AWS/Route53', metricName: 'HealthCheckStatus', dimensions: { HealthCheckId } },
        ...{ statistic: 'Minimum', period: 60, evaluationPeriods: 1 },
        ...{ comparisonOperator: 'LessThanThreshold', threshold: 1, treatMissingData: 'breaching' },
        ...alarmActions(settings),
        ...named(this, region, settings),
        provider,
      });
    }
  }
}
