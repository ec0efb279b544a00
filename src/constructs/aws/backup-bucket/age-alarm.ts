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
 * The alarm on the age of the newest daily copy. Copies go by age alone: when they stop coming, the last good one goes
 * too, and nothing else would tell.
 *
 * What is counted is whole objects with something in them that have arrived, not uploads that were begun: S3 tells
 * EventBridge of each, and a rule passes it on to a topic.
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
          object: { key: [{ prefix: 'daily/' }], size: [{ numeric: ['>', 0] }] },
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
      namespace: 'AWS/Events',
      metricName: 'Invocations',
      dimensions: { RuleName: ruleName },
      statistic: 'Sum',
      period: 3600,
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      treatMissingData: 'breaching', // an hour without a copy is an hour without data
      ...alarmActions(settings),
      ...named(this, '', settings),
    });
  }
}
