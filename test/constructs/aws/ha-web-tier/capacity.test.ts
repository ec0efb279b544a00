import fc from 'fast-check';
import { Capacity, type CapacityOptions } from 'nines';
import type { HAWebTier } from 'nines/aws';
import { all, emptyStack, only, type Synthesized, synth } from '../../../support/synth';
import { KINDS, network, onEc2, onFargate } from './tiers';

interface Wanted {
  readonly peak: number;
  readonly zones: number;
  readonly options?: CapacityOptions;
}

function ec2({ peak, zones, options }: Wanted): Synthesized {
  return synth((stack) => onEc2(stack, { network: network(stack, zones), capacity: Capacity.forPeak(peak, options) }));
}

function fargate({ peak, zones, options }: Wanted): Synthesized {
  return synth((stack) =>
    onFargate(stack, { network: network(stack, zones), capacity: Capacity.forPeak(peak, options) }),
  );
}

// By hand: the peak, split over the zones that are left, in every zone.
// https://aws.amazon.com/builders-library/static-stability-using-availability-zones/
const SIZES: readonly (Wanted & { readonly minimum: number })[] = [
  { peak: 4, zones: 2, minimum: 8 },
  { peak: 4, zones: 3, minimum: 6 },
  { peak: 4, zones: 4, minimum: 8 },
  { peak: 1, zones: 3, minimum: 3 },
  { peak: 12, zones: 3, minimum: 18 },
  { peak: 4, zones: 3, options: { tolerateLostZones: 2 }, minimum: 12 },
  { peak: 5, zones: 2, options: { allowOverloadWhenZoneLost: true }, minimum: 6 },
];

describe('HAWebTier', () => {
  describe('has the servers for a lost zone before it is lost', () => {
    test.each(SIZES)(
      'on EC2: peak $peak over $zones zones, $options -> $minimum (min_size)',
      ({ minimum, ...wanted }) => {
        expect(only(ec2(wanted), 'aws_autoscaling_group')).toMatchObject({
          min_size: minimum,
          min_elb_capacity: minimum, // the first deployment waits for all of them
          max_size: minimum * 2,
        });
      },
    );

    test.each(SIZES)(
      'on Fargate: peak $peak over $zones zones, $options -> $minimum (desired_count)',
      ({ minimum, ...wanted }) => {
        const result = fargate(wanted);
        expect(only(result, 'aws_ecs_service')).toMatchObject({ desired_count: minimum });
        expect(only(result, 'aws_appautoscaling_target')).toMatchObject({
          min_capacity: minimum,
          max_capacity: minimum * 2,
        });
      },
    );

    test('whatever the peak, the zones and the loss', () => {
      const wanted = fc
        .record({
          peak: fc.integer({ min: 1, max: 60 }),
          zones: fc.integer({ min: 2, max: 4 }),
          lost: fc.constantFrom(1, 2),
        })
        .filter(({ zones, lost }) => lost < zones);
      fc.assert(
        fc.property(wanted, ({ peak, zones, lost }) => {
          const options = { tolerateLostZones: lost === 2 ? 2 : 1 } as const;
          const { min_size: size } = only(ec2({ peak, zones, options }), 'aws_autoscaling_group');
          const perZone = Number(size) / zones;
          expect(perZone % 1).toBe(0); // the same in every zone, none fuller than another
          expect(perZone * (zones - lost)).toBeGreaterThanOrEqual(peak);
        }),
        { numRuns: 6 },
      );
    });
  });

  describe('grows', () => {
    test('as far as capacity.max says', () => {
      const wanted = { peak: 4, zones: 3, options: { max: 20 } };
      expect(only(ec2(wanted), 'aws_autoscaling_group')).toMatchObject({ min_size: 6, max_size: 20 });
      expect(only(fargate(wanted), 'aws_appautoscaling_target')).toMatchObject({ min_capacity: 6, max_capacity: 20 });
    });

    test('never on EC2 when max is the minimum', () => {
      const result = ec2({ peak: 4, zones: 3, options: { max: 6 } });
      expect(only(result, 'aws_autoscaling_group')).toMatchObject({ min_size: 6, max_size: 6 });
      expect(all(result, 'aws_autoscaling_policy')).toEqual({});
    });

    test('never on Fargate when max is the minimum; Terraform then holds the count', () => {
      const result = fargate({ peak: 4, zones: 3, options: { max: 6 } });
      const service = only(result, 'aws_ecs_service');
      expect(service).toMatchObject({ desired_count: 6 });
      expect(service.lifecycle).not.toHaveProperty('ignore_changes');
      expect(all(result, 'aws_appautoscaling_target')).toEqual({});
      expect(all(result, 'aws_appautoscaling_policy')).toEqual({});
    });
  });

  // terraform-aws-modules/terraform-aws-autoscaling#252, #295: a count that Terraform sets undoes what scaling did
  describe('leaves to the autoscaler', () => {
    test('the desired capacity of the group', () => {
      expect(only(ec2({ peak: 4, zones: 3 }), 'aws_autoscaling_group')).not.toHaveProperty('desired_capacity');
    });

    test('the desired count of the service, after the first deployment', () => {
      expect(only(fargate({ peak: 4, zones: 3 }), 'aws_ecs_service')).toMatchObject({
        lifecycle: { ignore_changes: ['desired_count'] },
      });
    });
  });

  test.each(KINDS)('says its sizes in plan on %s', (_, tier) => {
    const web: HAWebTier = tier(emptyStack());
    expect(web.plan).toMatchObject({ perZone: 2, minimum: 6, maximum: 12 });
  });
});
