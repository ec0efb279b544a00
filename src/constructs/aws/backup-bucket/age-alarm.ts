import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { policyDocument } from '../iam';
import { namePrefix } from '../naming';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';
import type { ProtectedBucket } from './protected-bucket';

/**
 * Bytes that a failed backup may leave: a dump that wrote nothing comes out of gzip with 20 bytes, of xz with 32, of
 * tar and gzip with 45.
 */
const LARGEST_NOTHING = 100;

/**
 * The alarm on the age of the newest daily copy. Copies go by age alone: when they stop coming, the last good one goes
 * too, and nothing else would tell.
 *
 * What is counted is whole objects with something in them that have arrived, not uploads that were begun: S3 tells
 * EventBridge of each, and a rule passes it on to a topic. An alarm that looks back for more than a day is evaluated once
 * an hour, on whole hours, so that it sounds up to two hours late.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html#evaluate-multiday-alarm
 */
export class AgeAlarm extends Construct {
  /** Topic that is told of every daily copy that has arrived. */
  public readonly arrivals: SnsTopic;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly backupId: string; readonly settings: Settings; readonly source: ProtectedBucket },
  ) {
    super(scope, id);
    const { backupId, settings, source } = props;
    const { provider, alarmAfter } = settings;
    this.arrivals = new SnsTopic(this, 'Arrivals', {
      namePrefix: namePrefix(`${backupId}-arrivals`, 60),
      ...named(this, 'Arrivals', settings),
    });
    const topicArn = this.arrivals.arn;
    const bucketName = source.bucket.bucket;
    const rule = new CloudwatchEventRule(this, 'Rule', {
      namePrefix: namePrefix(`${backupId}-arrivals`, 38),
      description: `Daily copies that arrive in ${scope.node.path}`,
      eventPattern: JSON.stringify({
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: { name: [bucketName] },
          object: { key: [{ prefix: 'daily/' }], size: [{ numeric: ['>', LARGEST_NOTHING] }] },
        },
      }),
      ...named(this, 'Rule', settings),
    });
    new SnsTopicPolicy(this, 'Policy', {
      arn: topicArn,
      policy: policyDocument([
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['sns:Publish'],
          Resource: [topicArn],
          Condition: { ArnEquals: { 'aws:SourceArn': rule.arn } },
        },
      ]),
      provider,
    });
    const ruleName = rule.name;
    new CloudwatchEventTarget(this, 'Target', { rule: ruleName, arn: topicArn, provider });
    const hours = alarmAfter.toHours();
    new CloudwatchMetricAlarm(this, 'Resource', {
      alarmName: `${bucketName}-backup-age`,
      alarmDescription: `No daily copy has arrived in ${scope.node.path} for ${hours} hours; those that are there still go when their time comes`,
      // An hour without a copy is an hour without data. Without FILL, CloudWatch would look further back than it is told,
      // and let one old copy stand for all the hours that are missing.
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
      metricQuery: [
        { id: 'hourly', expression: 'FILL(copies, 0)', label: 'Daily copies that arrived', returnData: true },
        {
          id: 'copies',
          metric: {
            namespace: 'AWS/Events',
            metricName: 'Invocations',
            dimensions: { RuleName: ruleName },
            stat: 'Sum',
            period: 3600,
          },
        },
      ],
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      treatMissingData: 'breaching', // FILL has nothing to fill where there never was a copy
      ...alarmActions(settings),
      ...named(this, '', settings),
    });
  }
}
