import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53HostedZoneDnssec } from '@cdktf/provider-aws/lib/route53-hosted-zone-dnssec';
import { Route53KeySigningKey } from '@cdktf/provider-aws/lib/route53-key-signing-key';
import { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { policyDocument } from '../iam';
import { uniqueName } from '../naming';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';
import type { HostedZone } from './targets';

/** What a {@link SignedZone} signs. */
export interface SignedZoneProps {
  readonly settings: Settings;
  /** Provider of us-east-1; undefined for the stack's own. */
  readonly provider: AwsProvider | undefined;
  readonly zone: HostedZone;
}

// Both ring before a resolver that validates refuses the zone.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html
const FAILURES = ['DNSSECInternalFailure', 'DNSSECKeySigningKeysNeedingAction'];

/** DNSSEC of a zone: a key that signs its keys, and alarms. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-enable-signing.html */
export class SignedZone extends Construct {
  /** The DS record that the registrar (or the zone above) has to publish. */
  public readonly dsRecord: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SignedZoneProps,
  ) {
    super(scope, id);
    const { settings, zone } = props;
    const lifecycle = protectedLifecycle(settings.allowDestroy);
    const key = new Route53KeySigningKey(this, 'KeySigningKey', {
      name: uniqueName(this, 100).replaceAll('-', '_'),
      hostedZoneId: zone.zoneId,
      keyManagementServiceArn: this.signingKey(),
      provider: settings.provider,
      lifecycle,
    });
    new Route53HostedZoneDnssec(this, 'Resource', {
      hostedZoneId: key.hostedZoneId, // the key first
      provider: settings.provider,
      lifecycle,
    });
    for (const metricName of FAILURES) this.alarm(metricName);
    this.dsRecord = key.dsRecord;
  }

  /** The key that Route 53 signs with: asymmetric, so it is not replaced by itself. */
  private signingKey(): string {
    const { settings, provider, zone } = this.props;
    const { accountId } = new DataAwsCallerIdentity(this, 'Account', { provider });
    const service = { Service: 'dnssec-route53.amazonaws.com' };
    const forZone = {
      StringEquals: { 'aws:SourceAccount': accountId },
      ArnEquals: { 'aws:SourceArn': `arn:aws:route53:::hostedzone/${zone.zoneId}` },
    };
    return new KmsKey(this, 'Key', {
      description: 'Signs the keys of a hosted zone',
      ...{ customerMasterKeySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY', deletionWindowInDays: 30 },
      policy: policyDocument([
        {
          ...{ Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` } },
          ...{ Action: ['kms:*'], Resource: ['*'] },
        },
        {
          ...{ Sid: 'Sign', Effect: 'Allow', Principal: service, Condition: forZone },
          ...{ Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'], Resource: ['*'] },
        },
        {
          ...{ Sid: 'Grant', Effect: 'Allow', Principal: service, Action: ['kms:CreateGrant'], Resource: ['*'] },
          Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
      ]),
      lifecycle: protectedLifecycle(settings.allowDestroy),
      ...named(this, 'Key', settings),
      provider,
    }).arn;
  }

  private alarm(metricName: string): void {
    const { settings, provider, zone } = this.props;
    new CloudwatchMetricAlarm(this, metricName, {
      alarmName: `${uniqueName(this, 100)}-${metricName}`,
      alarmDescription: `DNSSEC of ${zone.name}: look at its signing in Route 53 at once, resolvers will refuse the zone`,
      ...{ namespace: 'AWS/Route53', metricName, dimensions: { HostedZoneId: zone.zoneId } },
      ...{ statistic: 'Maximum', period: 300, evaluationPeriods: 1, treatMissingData: 'notBreaching' },
      ...{ comparisonOperator: 'GreaterThanThreshold', threshold: 0 },
      ...alarmActions(settings),
      ...named(this, metricName, settings),
      provider,
    });
  }
}
