import { Capacity, type CapacityOptions, Duration, HealthCheck } from 'nines';
import { only, synth } from '../../../support/synth';
import { type Choices, KINDS, network, onEc2, plainEc2, plainFargate } from './tiers';

function targetGroup(choices?: Choices) {
  const result = choices ? synth((stack) => onEc2(stack, choices)) : plainEc2();
  return only(result, 'aws_lb_target_group');
}

/** The share of healthy servers, in percent, below which the load balancer leaves DNS. */
function failover(zones: number, peak: number, options: CapacityOptions = {}): unknown {
  const result = synth((stack) =>
    onEc2(stack, { network: network(stack, zones), capacity: Capacity.forPeak(peak, options) }),
  );
  const { target_group_health: health } = only(result, 'aws_lb_target_group') as {
    target_group_health: { dns_failover: Record<string, string> };
  };
  return health.dns_failover.minimum_healthy_targets_percentage;
}

describe('HAWebTier', () => {
  describe('asks each server whether it is ready (health_check)', () => {
    test('every 10 seconds, waits 5 for the answer, believes 2 good and 3 bad ones', () => {
      expect(targetGroup()).toMatchObject({
        health_check: {
          enabled: true,
          protocol: 'HTTP',
          port: '8080',
          path: '/health/ready',
          matcher: '200-299',
          interval: 10,
          timeout: 5,
          healthy_threshold: 2,
          unhealthy_threshold: 3,
        },
      });
    });

    test('as the health check says', () => {
      const healthCheck = HealthCheck.https('/up?full=1', {
        port: 9443,
        interval: Duration.seconds(20),
        timeout: Duration.seconds(4),
        healthyThreshold: 3,
        unhealthyThreshold: 5,
      });
      expect(targetGroup({ healthCheck, port: 8443 })).toMatchObject({
        protocol: 'HTTPS', // the traffic to the servers is what the check is
        port: 8443,
        health_check: {
          protocol: 'HTTPS',
          port: '9443',
          path: '/up?full=1',
          interval: 20,
          timeout: 4,
          healthy_threshold: 3,
          unhealthy_threshold: 5,
        },
      });
    });
  });

  describe('sends requests', () => {
    test('to the port of the health check by default', () => {
      expect(targetGroup()).toMatchObject({ protocol: 'HTTP', port: 8080 });
    });

    test('to instances on EC2, to addresses of tasks on Fargate', () => {
      expect(targetGroup()).toMatchObject({ target_type: 'instance', vpc_id: 'vpc-0abc1234' });
      expect(only(plainFargate(), 'aws_lb_target_group')).toMatchObject({ target_type: 'ip', vpc_id: 'vpc-0abc1234' });
    });

    test('to unhealthy servers only when no other is left (unhealthy_state_routing)', () => {
      expect(targetGroup()).toMatchObject({
        target_group_health: {
          unhealthy_state_routing: { minimum_healthy_targets_count: 1, minimum_healthy_targets_percentage: 'off' },
        },
      });
    });
  });

  describe('leaves DNS when too few servers are healthy, so that another region can take over (dns_failover)', () => {
    test('below half of them', () => {
      expect(failover(3, 4)).toBe('50');
    });

    test.each([
      { peak: 4, zones: 2, options: {}, percent: '44', because: 'of 9 servers, 5-4, a lost zone leaves 4' },
      {
        peak: 1,
        zones: 3,
        options: { tolerateLostZones: 2 as const },
        percent: '20',
        because: 'of 5, 2-2-1, two leave 1',
      },
    ])(
      'but never at a loss that it tolerates: $percent % over $zones zones, $because',
      ({ peak, zones, options, percent }) => {
        expect(failover(zones, peak, options)).toBe(percent);
      },
    );

    test('and at the latest when none is', () => {
      expect(targetGroup()).toMatchObject({
        target_group_health: { dns_failover: { minimum_healthy_targets_count: '1' } },
      });
    });
  });

  describe('sends requests to servers', () => {
    test.each(KINDS)('at random on %s, fewer to those that err more than others', (_, tier) => {
      const group = only(
        synth((stack) => tier(stack)),
        'aws_lb_target_group',
      );
      expect(group).toMatchObject({
        load_balancing_algorithm_type: 'weighted_random',
        load_balancing_anomaly_mitigation: 'on',
        stickiness: { enabled: false },
      });
      expect(group).not.toHaveProperty('slow_start');
    });

    // AWS: "You cannot enable both anomaly mitigation and round robin algorithm on a target group"
    test.each([
      ['slowStart', { timing: { slowStart: Duration.minutes(2) } }],
      ['stickiness', { entrance: { stickiness: Duration.hours(1) } }],
    ])('in turn with %s, and turns off what AWS does not take beside it', (_, choices) => {
      expect(targetGroup(choices)).toMatchObject({
        load_balancing_algorithm_type: 'round_robin',
        load_balancing_anomaly_mitigation: 'off',
      });
    });

    test('and gives a new one its share over slowStart', () => {
      expect(targetGroup({ timing: { slowStart: Duration.minutes(2) } })).toMatchObject({ slow_start: 120 });
    });

    test('and keeps a client on its server for as long as stickiness says', () => {
      expect(targetGroup({ entrance: { stickiness: Duration.hours(1) } })).toMatchObject({
        stickiness: { enabled: true, type: 'lb_cookie', cookie_duration: 3600 },
      });
    });

    test('and turns stickiness off when it is taken away, since the provider keeps a block that is left out', () => {
      expect(targetGroup()).toMatchObject({ stickiness: { enabled: false, type: 'lb_cookie' } });
    });
  });
});
