import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Capacity } from 'nines';
import { all, type Block, only, type Synthesized, synth } from '../../../support/synth';
import { CERTIFICATE, type Choices, KINDS, network, onEc2, onFargate } from './tiers';

/** A tier that has all that a tier can have: certificate, both kinds of scaling, every kind of rule. */
function everything(stack: TerraformStack, [, tier]: (typeof KINDS)[number], choices: Omit<Choices, 'container'> = {}) {
  const shared = {
    network: network(stack),
    capacity: Capacity.forPeak(4, { requestsPerSecond: 100 }),
    certificateArn: CERTIFICATE,
    entrance: { internal: true },
    ...choices,
  };
  const web = tier(stack, shared, 'Web');
  web.allowTo({ cidr: '10.9.0.0/16', port: 5432 });
  web.allowFrom(tier(stack, shared, 'Api'));
  tier(stack, { ...shared, entrance: { internal: false } }, 'Public');
}

/** Everything of the tiers (nothing of the network), with its type. */
function blocksOf({ resource, data }: Synthesized): { type: string; id: string; block: Block }[] {
  return [...Object.entries(resource), ...Object.entries(data)].flatMap(([type, blocks]) =>
    Object.entries(blocks)
      .filter(([id]) => !id.startsWith('Network'))
      .map(([id, block]) => ({ type, id, block })),
  );
}

// What AWS cannot tag; the group has tags of another form, looked at below.
const TAGLESS = [
  'aws_ami',
  'aws_appautoscaling_policy',
  'aws_autoscaling_group',
  'aws_autoscaling_lifecycle_hook',
  'aws_autoscaling_policy',
  'aws_iam_role_policy',
];

describe('HAWebTier', () => {
  describe.each(KINDS)('on %s', (...kind) => {
    test('hands its provider to all that it makes and looks up', () => {
      const result = synth((stack) => {
        const provider = new AwsProvider(stack, 'Second', { region: 'eu-west-1', alias: 'second' });
        everything(stack, kind, { provider });
      });
      const strangers = blocksOf(result).filter(({ block }) => block.provider !== 'aws.second');
      expect(strangers.map(({ type, id }) => `${type}.${id}`)).toEqual([]);
    });

    test('uses the provider of the stack by default', () => {
      const result = synth((stack) => everything(stack, kind));
      expect(blocksOf(result).filter(({ block }) => 'provider' in block)).toEqual([]);
    });

    test('puts its tags on all that can carry some', () => {
      const result = synth((stack) => everything(stack, kind, { tags: { team: 'shop' } }));
      const untagged = blocksOf(result)
        .filter(({ type }) => !TAGLESS.includes(type))
        .filter(({ block }) => (block.tags as { team?: string } | undefined)?.team !== 'shop');
      expect(untagged.map(({ type, id }) => `${type}.${id}`)).toEqual([]);
    });

    test('is named by its path in the console', () => {
      const result = synth((stack) => kind[1](stack));
      expect(only(result, 'aws_lb')).toMatchObject({ tags: { Name: 'shop/Web/LoadBalancer' } });
    });
  });

  describe('on EC2, tags what AWS starts later', () => {
    const tags = { Name: 'shop/Web/Servers', team: 'shop' };
    const result = synth((stack) => onEc2(stack, { tags: { team: 'shop' } }));

    test('instances, volumes and network interfaces', () => {
      const { tag_specifications: kinds } = only(result, 'aws_launch_template');
      expect(kinds).toEqual([
        { resource_type: 'instance', tags },
        { resource_type: 'volume', tags },
        { resource_type: 'network-interface', tags },
      ]);
    });

    test('and the group that starts them', () => {
      expect(only(result, 'aws_autoscaling_group').tag).toEqual([
        { key: 'Name', value: 'shop/Web/Servers', propagate_at_launch: true },
        { key: 'team', value: 'shop', propagate_at_launch: true },
      ]);
    });
  });

  test('on Fargate, tags tasks and their network interfaces', () => {
    const result = synth((stack) => onFargate(stack, { tags: { team: 'shop' } }));
    expect(only(result, 'aws_ecs_service')).toMatchObject({
      propagate_tags: 'SERVICE',
      enable_ecs_managed_tags: true,
      tags: { Name: 'shop/Web/Servers', team: 'shop' },
    });
  });

  describe('has a name', () => {
    test('of your own, when tags say one', () => {
      const result = synth((stack) => onEc2(stack, { tags: { Name: 'web' } }));
      expect(only(result, 'aws_lb')).toMatchObject({ tags: { Name: 'web' } });
    });

    // IAM: tags must satisfy [\p{L}\p{Z}\p{N}_.:/=+\-@]*, 256 characters at most
    test('in characters that AWS takes, whatever the path', () => {
      const result = synth((stack) => onEc2(new Construct(stack, `Blue (${'long '.repeat(60)})`)));
      const names = Object.values(all(result, 'aws_iam_role')).map(({ tags }) => (tags as { Name: string }).Name);
      expect(names).toEqual([expect.stringMatching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u)]);
      expect(names[0]).toMatch(/\/Web\/Role$/);
    });
  });

  // 32 characters for a load balancer and a target group: 6, and 26 of Terraform's
  test.each(['Web', 'A-very-long-name', 'Wéb_tier', '42', 'sg'])('names what it makes after its id %s', (id) => {
    const result = synth((stack) => onEc2(stack, {}, id));
    for (const type of ['aws_lb', 'aws_lb_target_group']) {
      expect(only(result, type).name_prefix).toMatch(/^(?!-|sg-)[A-Za-z0-9-]{1,5}-$/);
    }
    for (const { name_prefix: prefix } of Object.values(all(result, 'aws_security_group'))) {
      expect(prefix).toMatch(/^(?!-|sg-)[A-Za-z0-9-]{1,59}-$/);
    }
  });
});
