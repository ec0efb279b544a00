import { Duration, HealthCheck } from 'nines';
import { all, synth } from '../../../support/synth';
import { ALARM, balancers, CHECK, type Choices, dns, found, plain, providerOf, RECORD, synthDns } from './dns';

const EU = 'eu-west-1';
const WEST = [EU, 'us-east-1'];
const CONTROL = 'arn:aws:route53-recovery-control::123456789012:controlpanel/0abc/routingcontrol/0def';

/** Choices in which the first endpoint is another one. */
const first = (more: object): Choices => ({
  endpoints: balancers(...WEST).map((one, position) => (position === 0 ? { ...one, ...more } : one)),
});

describe('MultiRegionGeoDNS', () => {
  test('asks each region by HTTPS, from three continents, every 10 seconds, and takes the third silence for down', () => {
    expect(found(plain(), CHECK, EU)).toEqual({
      ...{ type: 'HTTPS', fqdn: 'web.eu-west-1.elb.amazonaws.com', port: 443, resource_path: '/health/ready' },
      ...{ request_interval: 10, failure_threshold: 3, enable_sni: true, measure_latency: true },
      regions: ['us-east-1', 'eu-west-1', 'ap-southeast-1'],
      lifecycle: { create_before_destroy: true },
      tags: { Name: 'shop/Dns/Health/eu-west-1/App' },
    });
  });

  test('asks as it is told', () => {
    const healthCheck = HealthCheck.http('/up', { port: 8080, interval: Duration.seconds(30), unhealthyThreshold: 2 });
    const checkerRegions = ['sa-east-1', 'us-west-1', 'us-west-2', 'eu-west-1'] as const;
    const detectWithin = Duration.minutes(3);
    expect(found(synthDns({ healthCheck, checkerRegions, detectWithin }), CHECK, EU)).toMatchObject({
      ...{ type: 'HTTP', port: 8080, resource_path: '/up', request_interval: 30, failure_threshold: 2 },
      ...{ enable_sni: false, regions: checkerRegions },
    });
  });

  test('asks for a host of its own, where that is said', () => {
    expect(found(synthDns(first({ checkHost: 'eu.example.com' })), CHECK, EU).fqdn).toBe('eu.example.com');
  });

  test('asks another name under itself', () => {
    const endpoints = WEST.map((region) => ({ region, target: { cname: `${region}.example.net` } }));
    expect(found(synthDns({ endpoints }), CHECK, EU).fqdn).toBe('eu-west-1.example.net');
  });

  test('asks an address by the name that clients ask for, and an IPv6 address by itself', () => {
    const endpoints = WEST.map((region, position) => ({
      region,
      target: { address: `203.0.114.${position}`, ipv6Address: `2600:1f18::${position}` },
    }));
    const result = synthDns({ endpoints });
    expect(found(result, CHECK, `${EU}_App_`)).toMatchObject({ ip_address: '203.0.114.0', fqdn: 'shop.example.com' });
    expect(found(result, CHECK, `${EU}_AppIpv6_`)).toMatchObject({
      ip_address: '2600:1f18::0',
      fqdn: 'shop.example.com',
    });
    expect(found(result, CHECK, `${EU}_`.concat(parentOf(result, EU)))).toMatchObject({
      type: 'CALCULATED',
      child_health_threshold: 2,
    });
  });

  describe('takes a region out', () => {
    const children = (choices: Choices | ((stack: never) => Choices)) => {
      const result = synthDns(choices as Choices);
      const checks = Object.entries(all(result, CHECK)).filter(([id]) => id.includes(`Health_${EU}_`));
      const parent = checks.find(([, { type }]) => type === 'CALCULATED');
      const others = checks.filter((check) => check !== parent);
      const record = found(result, RECORD, `_A-all-${EU}`);
      return { parent, others, record, result };
    };

    /** All of the checks stand below one that wants all of them, which the records have. */
    const expectTogether = ({ parent, others, record }: ReturnType<typeof children>) => {
      expect(parent?.[1]).toMatchObject({
        child_healthchecks: expect.arrayContaining(others.map(([id]) => `\${${CHECK}.${id}.id}`)),
        child_health_threshold: others.length,
      });
      expect(record.health_check_id).toBe(`\${${CHECK}.${parent?.[0]}.id}`);
    };

    test('by its check alone, where nothing else was given', () => {
      const { parent, others, record } = children({});
      expect(parent).toBeUndefined();
      expect(record.health_check_id).toBe(`\${${CHECK}.${others[0]?.[0]}.id}`);
    });

    test('when it does not reach the writer of its data', () => {
      const outcome = children({ writerCheck: HealthCheck.https('/health/writer', { port: 8443 }) });
      expect(outcome.others.map(([, { resource_path: path, port }]) => [path, port])).toEqual([
        ['/health/ready', 443],
        ['/health/writer', 8443],
      ]);
      expectTogether(outcome);
    });

    test('when an alarm of its rings, and keeps what it knew while there are no data', () => {
      const outcome = children(first({ alarm: { name: 'writer-gone', region: EU } }));
      expect(outcome.others.map(([, check]) => check)).toContainEqual(
        expect.objectContaining({
          ...{ type: 'CLOUDWATCH_METRIC', cloudwatch_alarm_name: 'writer-gone', cloudwatch_alarm_region: EU },
          insufficient_data_health_status: 'LastKnownStatus',
        }),
      );
      expectTogether(outcome);
    });

    test('when its routing control is off', () => {
      const outcome = children(first({ routingControlArn: CONTROL }));
      expect(outcome.others.map(([, check]) => check)).toContainEqual(
        expect.objectContaining({ type: 'RECOVERY_CONTROL', routing_control_arn: CONTROL }),
      );
      expectTogether(outcome);
    });

    test('when it is switched off, or any of all these', () => {
      const result = synth(
        (stack) =>
          dns(stack, {
            ...first({ routingControlArn: CONTROL, alarm: { name: 'writer-gone', region: EU } }),
            writerCheck: HealthCheck.https('/health/writer'),
            switchRegions: [{ region: 'us-west-2', provider: providerOf(stack, 'us-west-2') }],
          }),
        { region: 'us-east-1' },
      );
      const parent = Object.entries(all(result, CHECK)).find(
        ([id, { type }]) => type === 'CALCULATED' && id.includes(EU),
      );
      expect(parent?.[1]).toMatchObject({ child_health_threshold: 5 });
    });
  });

  describe('has a switch for every region', () => {
    let lines: string[][] = [];
    const both = synth(
      (stack) => {
        const places = WEST.map((region) => ({ region, provider: providerOf(stack, region) }));
        const { switches } = dns(stack, { switchRegions: places });
        lines = [...switches].map(([region, { on, off }]) => [region, off, on]);
      },
      { region: 'us-east-1' },
    );

    test('in another region than the one that it switches, by its provider', () => {
      const alarm = (region: string) => found(both, ALARM, `Health_${region}_Switch`);
      expect(alarm(EU).provider).toBe('aws.us-east-1');
      expect(alarm('us-east-1').provider).toBe('aws.eu-west-1');
      expect(found(both, CHECK, `${EU}_SwitchedOn`)).toMatchObject({
        cloudwatch_alarm_region: 'us-east-1',
        cloudwatch_alarm_name: expect.stringMatching(/Switch_\w+\.alarm_name\}$/),
        insufficient_data_health_status: 'LastKnownStatus',
      });
    });

    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html
    test('of one metric that Route 53 can read: standard resolution, a plain statistic', () => {
      expect(found(both, ALARM, `Health_${EU}_Switch`)).toMatchObject({
        ...{ statistic: 'Maximum', period: 60, evaluation_periods: 1, threshold: 1 },
        comparison_operator: 'GreaterThanOrEqualToThreshold',
      });
    });

    test('and says how: with the metric of that alarm, there', () => {
      const { namespace, metric_name: metric, dimensions } = found(both, ALARM, `Health_${EU}_Switch`);
      const put = (value: number) =>
        `aws cloudwatch put-metric-data --region us-east-1 --namespace ${namespace} --metric-name ${metric} ` +
        `--dimensions Switch=${(dimensions as { Switch: string }).Switch} --value ${value}`;
      expect(lines[0]).toEqual([EU, put(1), put(0)]);
      expect(lines[1]?.[0]).toBe('us-east-1');
    });
  });
});

function parentOf(result: ReturnType<typeof plain>, region: string): string {
  const parent = Object.entries(all(result, CHECK)).find(
    ([id, { type }]) => type === 'CALCULATED' && id.includes(region),
  );
  return parent?.[0].split(`${region}_`)[1] ?? '';
}
