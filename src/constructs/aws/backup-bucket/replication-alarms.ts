import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import type { Duration } from '../../../units';
import { type AwsProps, named } from '../aws-props';
import { alarmActions, type NotifyingProps } from '../notifying-props';
import type { ProtectedBucket } from './protected-bucket';

/** A replication, as its alarms see it. */
interface Watched {
  /** Path of the construct whose copies are replicated. */
  readonly copiesOf: string;
  readonly ruleId: string;
  readonly source: ProtectedBucket;
  readonly replica: ProtectedBucket;
}

/**
 * The alarm on copies that could not be replicated. S3 tries none of them again by itself, and rotates none of them
 * away here. It counts failures in the region of the source, and only when something was replicated, so the alarm goes on
 * until a later copy gets through.
 */
export function failureAlarm(scope: Construct, id: string, watched: Watched, here: AwsProps & NotifyingProps): void {
  new CloudwatchMetricAlarm(scope, id, {
    alarmName: `${watched.source.bucket.bucket}-replication-failed`,
    alarmDescription:
      `A copy of ${watched.copiesOf} did not reach the other bucket, and S3 does not try again; ` +
      'replicate it with S3 Batch Replication',
    metricName: 'OperationsFailedReplication',
    statistic: 'Sum',
    evaluationPeriods: 1,
    threshold: 0,
    ...replicationMetric(watched),
    ...alarmActions(here),
    ...named(scope, id, here),
  });
}

/** The alarm on copies that are on their way for too long. S3 measures that in the region that they go to. */
export function delayAlarm(
  scope: Construct,
  id: string,
  watched: Watched,
  there: AwsProps & NotifyingProps & { readonly after: Duration },
): void {
  new CloudwatchMetricAlarm(scope, id, {
    alarmName: `${watched.source.bucket.bucket}-replication-late`,
    alarmDescription:
      `Copies of ${watched.copiesOf} take longer than ${there.after.toHumanString()} to the other bucket; ` +
      'those that are not there yet are lost with the region',
    metricName: 'ReplicationLatency',
    statistic: 'Maximum',
    evaluationPeriods: 3,
    threshold: there.after.toSeconds(),
    ...replicationMetric(watched),
    ...alarmActions(there),
    ...named(scope, id, there),
  });
}

/** What both alarms say alike; of missing data, what AWS advises for these metrics. */
function replicationMetric({ source, replica, ruleId }: Watched) {
  return {
    namespace: 'AWS/S3',
    dimensions: { SourceBucket: source.bucket.bucket, DestinationBucket: replica.bucket.bucket, RuleId: ruleId },
    period: 300,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'ignore', // https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
  };
}
