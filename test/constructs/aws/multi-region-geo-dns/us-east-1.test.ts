import { Duration, HealthCheck } from 'nines';
import { all, only, synth } from '../../../support/synth';
import { ALARM, type Choices, dns, found, plain, providerOf, synthDns, TOPIC, ZONE } from './dns';

const NO_SWITCH = 'no switchRegions: nobody can take a region out that passes its checks';
const NO_METRICS = 'no usEast1Provider: Route 53 publishes its metrics in us-east-1 only, so nothing rings';

describe('MultiRegionGeoDNS · in us-east-1', () => {
  test('rings for each region that Route 53 sends nobody to, also when it says nothing', () => {
    expect(found(synthDns({ notificationTopicArn: TOPIC }), ALARM, 'eu-west-1')).toMatchObject({
      ...{ namespace: 'AWS/Route53', metric_name: 'HealthCheckStatus', statistic: 'Minimum', period: 60 },
      dimensions: { HealthCheckId: expect.stringMatching(/Health_eu-west-1_App_\w+\.id\}$/) },
      ...{ comparison_operator: 'LessThanThreshold', threshold: 1, evaluation_periods: 1 },
      treat_missing_data: 'breaching',
      ...{ alarm_actions: [TOPIC], ok_actions: [TOPIC] },
    });
    expect(Object.keys(all(plain(), ALARM))).toHaveLength(2);
  });

  test('rings for the check that decides, not for one of its parts', () => {
    const result = synthDns({ writerCheck: HealthCheck.https('/health/writer') });
    const { dimensions } = found(result, ALARM, 'eu-west-1');
    expect((dimensions as { HealthCheckId: string }).HealthCheckId).toMatch(/Health_eu-west-1_[0-9A-F]{8}\.id\}$/);
  });

  test('uses the provider that is given for it, whatever the region of the stack', () => {
    const result = synthDns((stack) => ({ usEast1Provider: providerOf(stack, 'us-east-1') }), 'eu-west-1');
    expect(found(result, ALARM, 'eu-west-1').provider).toBe('aws.us-east-1');
  });

  test('rings nowhere, and says so, when nothing leads there', () => {
    const result = synthDns({}, 'eu-west-1');
    expect(all(result, ALARM)).toEqual({});
    expect(result.warnings).toEqual([NO_METRICS, NO_SWITCH]);
  });

  test('keeps the questions as long as it is told, in a group that Route 53 may write to', () => {
    const result = synthDns(
      (stack) => ({ queryLogRetention: Duration.days(90), usEast1Provider: providerOf(stack, 'us-east-1') }),
      'eu-west-1',
    );
    const group = only(result, 'aws_cloudwatch_log_group');
    expect(group).toMatchObject({
      retention_in_days: 90,
      provider: 'aws.us-east-1',
      name: expect.stringMatching(/^\/aws\/route53\//),
    });
    const policy = only(result, 'aws_cloudwatch_log_resource_policy');
    expect(policy.provider).toBe('aws.us-east-1');
    expect(JSON.parse(String(policy.policy_document)).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'route53.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [expect.stringMatching(/\.arn\}:\*$/)],
        Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:route53:::hostedzone/${ZONE.zoneId}` } },
      },
    ]);
    expect(only(result, 'aws_route53_query_log')).toMatchObject({
      zone_id: ZONE.zoneId,
      depends_on: [expect.stringMatching(/^aws_cloudwatch_log_resource_policy\./)],
    });
  });

  describe('signs the zone', () => {
    const signed = (choices: Choices = {}) => synthDns({ dnssec: true, ...choices });

    test('with a key that Route 53 takes: asymmetric, in us-east-1, kept for 30 days after it goes', () => {
      expect(only(signed(), 'aws_kms_key')).toMatchObject({
        ...{ customer_master_key_spec: 'ECC_NIST_P256', key_usage: 'SIGN_VERIFY', deletion_window_in_days: 30 },
        lifecycle: { prevent_destroy: true },
      });
      const { Statement } = JSON.parse(String(only(signed(), 'aws_kms_key').policy));
      const forService = (Statement as { Principal: { Service?: string }; Action: string[] }[]).filter(
        ({ Principal }) => Principal.Service === 'dnssec-route53.amazonaws.com',
      );
      expect(forService.flatMap(({ Action }) => Action)).toEqual([
        ...['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:CreateGrant'],
      ]);
    });

    test('with its signing key first, both protected, under a name of letters and underscores', () => {
      const key = only(signed(), 'aws_route53_key_signing_key');
      expect(key).toMatchObject({ hosted_zone_id: ZONE.zoneId, name: expect.stringMatching(/^[a-z0-9_]{3,128}$/) });
      const zone = only(signed(), 'aws_route53_hosted_zone_dnssec');
      expect(zone.hosted_zone_id).toMatch(/^\$\{aws_route53_key_signing_key\./);
      expect([key, zone].map(({ lifecycle }) => lifecycle)).toEqual([
        { prevent_destroy: true },
        { prevent_destroy: true },
      ]);
    });

    test('and rings before resolvers refuse it', () => {
      const metrics = Object.values(all(signed(), ALARM)).map(({ metric_name: name }) => name);
      expect(metrics).toEqual(expect.arrayContaining(['DNSSECInternalFailure', 'DNSSECKeySigningKeysNeedingAction']));
    });

    test('and publishes what the registrar needs', () => {
      let record: string | undefined = '';
      synth(
        (stack) => {
          record = dns(stack, { dnssec: true }).dsRecord;
        },
        { region: 'us-east-1' },
      );
      expect(record).toMatch(/TfToken/);
      expect(all(plain(), 'aws_route53_hosted_zone_dnssec')).toEqual({});
    });
  });
});
