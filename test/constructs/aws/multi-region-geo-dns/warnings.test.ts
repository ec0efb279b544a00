import { Lb } from '@cdktf/provider-aws/lib/lb';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import { HealthCheck } from 'nines';
import { RegionalRecord } from 'nines/aws';
import { synthApp } from '../../../support/synth';
import { balancers, type Choices, dns, providerOf, RECORD, synthDns, TOPIC, ZONE } from './dns';

const NOBODY = 'no notificationTopicArn: alarms and failures are seen only by who looks';
const NO_SWITCH = 'no switchRegions: nobody can take a region out that passes its checks';

describe('MultiRegionGeoDNS · warns', () => {
  const quiet = (stack: TerraformStack, choices: Choices = {}): Choices => ({
    ...{
      notificationTopicArn: TOPIC,
      switchRegions: [{ region: 'us-west-2', provider: providerOf(stack, 'us-west-2') }],
    },
    ...choices,
  });

  test.each<[string, Choices, string[]]>([
    ['of nothing when all is there', {}, []],
    ['when nobody would hear of it', { notificationTopicArn: undefined }, [NOBODY]],
    ['when no region can be switched off', { switchRegions: [] }, [NO_SWITCH]],
    [
      'of a check that sees no certificate',
      { healthCheck: HealthCheck.http('/') },
      ['healthCheck by http: a region whose certificate or HTTPS is broken passes it'],
    ],
    [
      'of what Route 53 does not know',
      { healthCheck: HealthCheck.https('/', { live: '/live' }) },
      ['healthCheck.live and startup have no effect on Route 53, which knows one check'],
    ],
    [
      'when it can be removed',
      { allowDestroy: true },
      ['allowDestroy: nothing protects the name that clients ask for'],
    ],
  ])('%s', (_, choices, expected) => {
    expect(synthDns((stack) => quiet(stack, choices)).warnings).toEqual(expected);
  });

  test('not of switches when every region has a routing control', () => {
    const routingControlArn = 'arn:aws:route53-recovery-control::123456789012:controlpanel/0abc/routingcontrol/0def';
    const endpoints = balancers('eu-west-1', 'us-east-1').map((one) => ({ ...one, routingControlArn }));
    expect(synthDns((stack) => quiet(stack, { endpoints, switchRegions: [] })).warnings).toEqual([]);
  });

  const OTHER_STATE =
    'eu-west-1: the target is read from the state of another stack, and without that state this stack cannot be ' +
    'planned; give the name of records there, { record }, as of a RegionalRecord';

  /** A region whose load balancer is in a stack of its own, and names in another. */
  const twoStacks = (byName: boolean) =>
    synthApp((app) => {
      const region = new TerraformStack(app, 'region');
      new AwsProvider(region, 'Aws', { region: 'eu-west-1' });
      const balancer = new Lb(region, 'Balancer', {});
      new RegionalRecord(region, 'Name', { hostedZone: ZONE, record: 'eu-west-1.shop', target: balancer });
      const names = new TerraformStack(app, 'names');
      new AwsProvider(names, 'Aws', { region: 'us-east-1' });
      const target = byName ? { record: 'eu-west-1.shop' } : balancer;
      dns(names, quiet(names, { endpoints: [{ region: 'eu-west-1', target }, ...balancers('us-east-1')] }));
    });

  test('when it could not be planned without the state of a region', () => {
    const { names } = twoStacks(false);
    expect(names?.warnings).toEqual([OTHER_STATE]);
    expect(Object.keys(names?.data ?? {})).toEqual(['terraform_remote_state']);
  });

  test('of nothing when a region is known by the name of its records: no state but its own is read', () => {
    const { names, region } = twoStacks(true);
    expect(names?.warnings).toEqual([]);
    expect(names?.data).toEqual({});
    expect(
      Object.values(region?.resource[RECORD] ?? {})
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...['A', 'AAAA']]);
  });
});
