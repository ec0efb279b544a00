import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53QueryLog } from '@cdktf/provider-aws/lib/route53-query-log';
import { Construct } from 'constructs';
import type { Duration } from '../../../units';
import { named } from '../aws-props';
import { policyDocument } from '../iam';
import { uniqueName } from '../naming';
import type { Settings } from './props';
import type { HostedZone } from './targets';

/** What a {@link QueryLog} logs, where, and how long it is kept. */
export interface QueryLogProps {
  readonly settings: Settings;
  /** Provider of us-east-1; undefined for the stack's own. */
  readonly provider: AwsProvider | undefined;
  readonly zone: HostedZone;
  readonly retention: Duration;
}

/** Every question to a zone, in CloudWatch. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html */
export class QueryLog extends Construct {
  constructor(scope: Construct, id: string, { settings, provider, zone, retention }: QueryLogProps) {
    super(scope, id);
    const name = uniqueName(this, 100);
    const group = new CloudwatchLogGroup(this, 'Group', {
      name: `/aws/route53/${name}`,
      retentionInDays: retention.toDays(),
      ...named(this, 'Group', settings),
      provider,
    });
    const { arn } = group;
    const policy = new CloudwatchLogResourcePolicy(this, 'Policy', {
      policyName: name,
      policyDocument: policyDocument([
        {
          Effect: 'Allow',
          Principal: { Service: 'route53.amazonaws.com' },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [`${arn}:*`],
          Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:route53:::hostedzone/${zone.zoneId}` } },
        },
      ]),
      provider,
    });
    new Route53QueryLog(this, 'Resource', {
      zoneId: zone.zoneId,
      cloudwatchLogGroupArn: arn,
      provider: settings.provider,
      dependsOn: [policy], // Route 53 writes a first line, and refuses the group when it may not
    });
  }
}
