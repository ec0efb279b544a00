import { Capacity, Duration, HealthCheck } from 'nines';
import { all, type Blocks, only, type Synthesized, synth } from '../../../support/synth';
import { CERTIFICATE, type Choices, KINDS, network, onEc2, onFargate, plainEc2, plainFargate } from './tiers';

/** Addresses of all resources of the tier. */
function addresses({ resource }: Synthesized): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`));
}

// What a running tier must live through, all at once.
const HARMLESS: Omit<Choices, 'container'> = {
  capacity: Capacity.forPeak(9, { requestsPerSecond: 50 }),
  certificateArn: CERTIFICATE,
  healthCheck: HealthCheck.http('/up', { port: 8080, interval: Duration.seconds(20) }),
  timing: { longestRequest: Duration.minutes(2), slowStart: Duration.minutes(1) },
  entrance: { stickiness: Duration.hours(1), accessLogs: { bucket: 'shop-logs' } },
  tags: { team: 'shop' },
};

// Arguments that the provider cannot change in place ("Forces new resource").
const FIXED: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_group: ['name_prefix'],
  aws_cloudwatch_log_group: ['name_prefix'],
  aws_ecs_cluster: ['name'],
  aws_ecs_service: ['name', 'cluster', 'launch_type'],
  aws_iam_instance_profile: ['name_prefix'],
  aws_iam_role: ['name_prefix'],
  aws_launch_template: ['name_prefix'],
  aws_lb: ['name_prefix', 'internal', 'load_balancer_type'],
  aws_lb_target_group: ['name_prefix', 'port', 'protocol', 'target_type', 'vpc_id'],
  aws_security_group: ['name_prefix', 'description', 'vpc_id'],
};

function fixed(result: Synthesized): unknown {
  return Object.entries(FIXED).map(([type, fields]) =>
    Object.entries(all(result, type)).map(([id, block]) => [type, id, ...fields.map((field) => block[field])]),
  );
}

/** What belongs to the tier, without its network. */
function ofTheTier(blocks: Blocks): Blocks {
  return Object.fromEntries(
    Object.entries(blocks)
      .map(([type, found]) => [type, Object.fromEntries(Object.entries(found).filter(([id]) => id.startsWith('Web_')))])
      .filter(([, found = {}]) => Object.keys(found).length > 0),
  );
}

describe('HAWebTier', () => {
  // Ids and shape are a contract: another id or default replaces or alters live infrastructure.
  test.each(KINDS)('makes on %s what it made before, with no more than it needs, over two zones', (_, tier) => {
    const { resource, data } = synth((stack) => tier(stack, { network: network(stack, 2) }));
    expect({ resource: ofTheTier(resource), data: ofTheTier(data) }).toMatchSnapshot();
  });

  describe.each(KINDS)('on %s keeps everything', (_, tier) => {
    const before = synth((stack) => tier(stack));

    test('when almost everything about it changes', () => {
      const after = synth((stack) => tier(stack, HARMLESS));
      expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
      expect(fixed(after)).toEqual(fixed(before));
    });

    test('when a zone is added', () => {
      const after = synth((stack) => tier(stack, { network: network(stack, 4) }));
      expect(addresses(after)).toEqual(addresses(before));
      expect(fixed(after)).toEqual(fixed(before));
    });

    test('when something else is added beside it', () => {
      const after = synth((stack) => {
        const shared = { network: network(stack) };
        tier(stack, { ...shared, entrance: { internal: true } }, 'Api');
        tier(stack, shared);
      });
      expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
    });
  });

  describe('lets old and new stand side by side when one must be replaced', () => {
    test.each([
      ['EC2', plainEc2()],
      ['Fargate', plainFargate()],
    ])('on %s (create_before_destroy, name_prefix)', (_, { resource }) => {
      const prefixed = Object.values(resource)
        .flatMap((blocks) => Object.values(blocks))
        .filter(({ name_prefix: prefix, skip_destroy: stays }) => prefix !== undefined && !stays);
      expect(prefixed.length).toBeGreaterThanOrEqual(6);
      for (const block of prefixed) expect(block).toMatchObject({ lifecycle: { create_before_destroy: true } });
    });
  });

  describe('can be removed', () => {
    test('by mistake: never', () => {
      const balancer = only(plainEc2(), 'aws_lb');
      expect(balancer).toMatchObject({ enable_deletion_protection: true, lifecycle: { prevent_destroy: true } });
    });

    test('on purpose, after a deployment with allowDestroy', () => {
      const balancer = only(
        synth((stack) => onEc2(stack, { allowDestroy: true })),
        'aws_lb',
      );
      expect(balancer).toMatchObject({ enable_deletion_protection: false });
      expect(balancer.lifecycle).not.toHaveProperty('prevent_destroy');
    });

    test('with its logs, only with allowDestroy', () => {
      const logs = (allowDestroy?: boolean) =>
        only(
          synth((stack) => onFargate(stack, { allowDestroy })),
          'aws_cloudwatch_log_group',
        );
      expect(logs()).toMatchObject({ skip_destroy: true });
      expect(logs(true)).toMatchObject({ skip_destroy: false });
    });
  });
});
