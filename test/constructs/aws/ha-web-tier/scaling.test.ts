import fc from 'fast-check';
import { Capacity, type CapacityOptions } from 'nines';
import { all, type Block, only, type Synthesized, synth } from '../../../support/synth';
import { network, onEc2, onFargate } from './tiers';

function ec2(options: CapacityOptions = {}, { peak = 4, zones = 3 } = {}): Synthesized {
  return synth((stack) => onEc2(stack, { network: network(stack, zones), capacity: Capacity.forPeak(peak, options) }));
}

function fargate(options: CapacityOptions = {}, { peak = 4, zones = 3 } = {}): Synthesized {
  return synth((stack) =>
    onFargate(stack, { network: network(stack, zones), capacity: Capacity.forPeak(peak, options) }),
  );
}

interface Tracking {
  readonly target_value: number;
  readonly disable_scale_in: boolean;
  readonly predefined_metric_specification: Readonly<Record<string, string>>;
}

/** What each policy tracks, by the name of the policy. */
function tracked(result: Synthesized): Readonly<Record<string, Tracking>> {
  const policies = [
    ...Object.values(all(result, 'aws_autoscaling_policy')),
    ...Object.values(all(result, 'aws_appautoscaling_policy')),
  ];
  return Object.fromEntries(
    policies.map((policy: Block) => {
      expect(policy.policy_type).toBe('TargetTrackingScaling');
      const tracking = policy.target_tracking_configuration ?? policy.target_tracking_scaling_policy_configuration;
      return [policy.name, tracking as Tracking];
    }),
  );
}

/** The share of servers that is left when the fullest zones of a balanced tier are lost. */
function shareLeft(size: number, zones: number, lost: number): number {
  const perZone = Array.from({ length: zones }, () => 0);
  for (let server = 0; server < size; server++) perZone[server % zones] = (perZone[server % zones] ?? 0) + 1;
  const left = perZone.sort((a, b) => a - b).slice(0, zones - lost);
  return left.reduce((sum, servers) => sum + servers, 0) / size;
}

// The worst size between minimum and maximum, by hand; docs/decisions/0002-scaling-target.md.
const TARGETS: readonly { options: CapacityOptions; zones: number; target: number; because: string }[] = [
  { options: {}, zones: 3, target: 51.42, because: 'of 7 servers, 3-2-2, 4 are left: 90 % x 4/7' },
  { options: {}, zones: 2, target: 40, because: 'of 9 servers, 5-4, 4 are left: 90 % x 4/9' },
  { options: { safeUse: 0.6 }, zones: 3, target: 34.28, because: '60 % x 4/7' },
  {
    options: { tolerateLostZones: 2 },
    zones: 3,
    target: 25.71,
    because: 'of 14 servers, 5-5-4, 4 are left: 90 % x 4/14',
  },
  { options: { allowOverloadWhenZoneLost: true }, zones: 3, target: 90, because: 'no room was asked for' },
];

describe('HAWebTier', () => {
  describe('scales on CPU', () => {
    test.each(TARGETS)('at $target % with $options over $zones zones: $because', ({ options, zones, target }) => {
      expect(tracked(ec2(options, { zones })).cpu?.target_value).toBe(target);
      expect(tracked(fargate(options, { zones })).cpu?.target_value).toBe(target);
    });

    test('with room for a lost zone at every size, whatever the capacity', () => {
      const capacities = fc.record({
        peak: fc.integer({ min: 1, max: 20 }),
        zones: fc.integer({ min: 2, max: 4 }),
        above: fc.integer({ min: 1, max: 12 }),
        safeUse: fc.double({ min: 0.1, max: 1, noNaN: true }),
      });
      fc.assert(
        fc.property(capacities, ({ peak, zones, above, safeUse }) => {
          const { minimum } = Capacity.forPeak(peak).over(zones);
          const result = ec2({ safeUse, max: minimum + above }, { peak, zones });
          const { min_size: smallest, max_size: largest } = only(result, 'aws_autoscaling_group');
          const use = (tracked(result).cpu?.target_value ?? Number.NaN) / 100;
          for (let size = Number(smallest); size <= Number(largest); size++) {
            expect(use / shareLeft(size, zones, 1)).toBeLessThanOrEqual(safeUse + 1e-9);
          }
        }),
        { numRuns: 6 },
      );
    });

    test('and adds and removes servers by it', () => {
      expect(tracked(ec2())).toEqual({
        cpu: {
          target_value: 51.42,
          disable_scale_in: false,
          predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' },
        },
      });
      expect(tracked(fargate())).toEqual({
        cpu: {
          target_value: 51.42,
          disable_scale_in: false,
          predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
        },
      });
    });
  });

  describe('scales on requests too, when it is told how many a server answers', () => {
    // 100 a second x 60 x 51.42…% = 3085.7 a minute
    test.each([
      ['EC2', ec2],
      ['Fargate', fargate],
    ])(
      'and on %s only adds servers by them: two policies that both remove would follow the quieter one',
      (_, build) => {
        const result = build({ requestsPerSecond: 100 });
        const [balancer] = Object.keys(all(result, 'aws_lb'));
        const [group] = Object.keys(all(result, 'aws_lb_target_group'));
        expect(tracked(result).requests).toEqual({
          target_value: 3085,
          disable_scale_in: true,
          predefined_metric_specification: {
            predefined_metric_type: 'ALBRequestCountPerTarget',
            resource_label: `\${aws_lb.${balancer}.arn_suffix}/\${aws_lb_target_group.${group}.arn_suffix}`,
          },
        });
        expect(tracked(result).cpu?.disable_scale_in).toBe(false);
      },
    );

    // four digits, and never above the exact value
    test.each([
      { requestsPerSecond: 0.5, target: 15.42, exact: '15.4285…' },
      { requestsPerSecond: 7, target: 216, exact: '216' },
      { requestsPerSecond: 12_345, target: 380_900, exact: '380,931.4…' },
    ])('at $target a minute for $requestsPerSecond a second ($exact)', ({ requestsPerSecond, target }) => {
      expect(tracked(ec2({ requestsPerSecond })).requests?.target_value).toBe(target);
    });
  });

  test('counts what a server takes to start before it trusts its metrics (default_instance_warmup)', () => {
    expect(only(ec2(), 'aws_autoscaling_group')).toMatchObject({ default_instance_warmup: 180 });
  });

  test('scales the service that it made', () => {
    const result = fargate();
    const [role = ''] = Object.keys(all(result, 'aws_iam_role'));
    const [service = ''] = Object.keys(all(result, 'aws_ecs_service'));
    const [scalable = ''] = Object.keys(all(result, 'aws_appautoscaling_target'));
    expect(only(result, 'aws_appautoscaling_target')).toMatchObject({
      service_namespace: 'ecs',
      scalable_dimension: 'ecs:service:DesiredCount',
      resource_id: `service/\${aws_iam_role.${role}.name}/\${aws_ecs_service.${service}.name}`,
    });
    expect(only(result, 'aws_appautoscaling_policy')).toMatchObject({
      service_namespace: `\${aws_appautoscaling_target.${scalable}.service_namespace}`,
      scalable_dimension: `\${aws_appautoscaling_target.${scalable}.scalable_dimension}`,
      resource_id: `\${aws_appautoscaling_target.${scalable}.resource_id}`,
    });
  });
});
