import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { Capacity, Duration, Size } from 'nines';
import { all, type Block, type Blocks, only, type Synthesized, synth } from '../../../support/synth';
import { type Choices, CLUSTER, cluster, NODE_GROUP, network, plain, synthCluster, TOPIC } from './clusters';

/** Addresses of everything that the cluster made. */
function addresses({ resource }: Synthesized): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`));
}

// Arguments that the provider cannot change in place ("Forces new resource"), seen in plans of provider 5.100.
const FIXED: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: ['name'],
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_eks_addon: ['addon_name', 'cluster_name'],
  aws_eks_cluster: ['name', 'role_arn', 'access_config', 'bootstrap_self_managed_addons', 'encryption_config'],
  aws_eks_node_group: [
    ...['ami_type', 'capacity_type', 'cluster_name', 'instance_types', 'node_group_name_prefix', 'node_role_arn'],
    'subnet_ids',
  ],
  aws_iam_role: ['name_prefix'],
  aws_launch_template: ['name_prefix'],
  aws_security_group: ['name_prefix', 'description', 'vpc_id'],
};

/** What must not change of everything that `before` made, with the values that it has afterwards. */
function fixed(result: Synthesized, before: Synthesized): unknown {
  return Object.entries(FIXED).map(([type, fields]) =>
    Object.keys(all(before, type)).map((id) => [type, id, ...fields.map((field) => all(result, type)[id]?.[field])]),
  );
}

/** That everything which was there before stays, and is changed in place. */
function expectKept(after: Synthesized): void {
  expect(addresses(after)).toEqual(expect.arrayContaining(addresses(plain())));
  expect(fixed(after, plain())).toEqual(fixed(plain(), plain()));
}

// What a running cluster must live through, all at once.
const HARMLESS: Choices = {
  version: '1.35',
  capacity: Capacity.forPeak(40),
  nodes: { volumeSize: Size.gibibytes(100), releaseVersion: '1.35.0-20260301' },
  access: { ops: { principalArn: 'arn:aws:iam::123456789012:role/ops', policy: 'AmazonEKSViewPolicy' } },
  publicAccessCidrs: ['203.0.113.0/24'],
  addOnVersions: { coredns: 'v1.13.0-eksbuild.1' },
  logRetention: Duration.days(365),
  notificationTopicArn: TOPIC,
  tags: { team: 'shop' },
};

const ofTheCluster = (blocks: Blocks) =>
  Object.fromEntries(
    Object.entries(blocks)
      .map(([type, found]): [string, Record<string, Block>] => [
        type,
        Object.fromEntries(Object.entries(found).filter(([id]) => id.startsWith('Cluster_'))),
      ])
      .filter(([, found]) => Object.keys(found).length > 0),
  );

describe('MultiAZCluster', () => {
  // Ids and shape are a contract: another id or default replaces or alters live infrastructure.
  test('makes what it made before, with no more than it needs, over two zones', () => {
    const { resource, data } = synth((stack) =>
      cluster(stack, { network: network(stack, 'ab'), capacity: Capacity.forPeak(2) }),
    );
    expect({ resource: ofTheCluster(resource), data: ofTheCluster(data) }).toMatchSnapshot();
  });

  describe('keeps everything', () => {
    test('when almost everything about it changes', () => {
      expectKept(synthCluster(HARMLESS));
    });

    test('when a zone is added, before, between or behind the others', () => {
      const wide = synth((stack) => cluster(stack, { network: network(stack, 'abcdef') }));
      expectKept(wide);
      expect(Object.keys(all(wide, NODE_GROUP))).toHaveLength(6);
      const narrow = synth((stack) => cluster(stack, { network: network(stack, 'bd') }));
      expect(fixed(wide, narrow)).toEqual(fixed(narrow, narrow));
      // EKS refuses another set of zones for the control plane than it was made with
      expect(only(wide, CLUSTER).lifecycle).toMatchObject({ ignore_changes: ['vpc_config[0].subnet_ids'] });
    });

    test('when its zones are named in another order', () => {
      expect(synth((stack) => cluster(stack, { network: network(stack, 'cab') })).resource).toEqual(plain().resource);
    });

    test('when access, or a role for pods, is added beside what was there', () => {
      const after = synth((stack) => {
        const it = cluster(stack, { access: HARMLESS.access });
        it.podRole({ namespace: 'shop', serviceAccount: 'web' });
      });
      expectKept(after);
    });
  });

  describe('is removed', () => {
    test('by mistake: never, nor is its key', () => {
      for (const type of [CLUSTER, 'aws_kms_key'])
        expect(only(plain(), type).lifecycle).toMatchObject({ prevent_destroy: true });
    });

    test('on purpose, after a deployment with allowDestroy, which changes nothing else', () => {
      const allowed = synthCluster({ allowDestroy: true });
      expect(JSON.stringify(allowed.resource)).not.toContain('prevent_destroy');
      expect(only(allowed, CLUSTER)).toEqual({ ...only(plain(), CLUSTER), lifecycle: expect.any(Object) });
    });
  });

  test('lets old and new stand side by side of what may have to be replaced', () => {
    for (const type of ['aws_security_group', 'aws_iam_role', 'aws_launch_template', NODE_GROUP]) {
      for (const { lifecycle } of Object.values(all(plain(), type))) {
        expect([type, lifecycle]).toEqual([type, expect.objectContaining({ create_before_destroy: true })]);
      }
    }
  });

  describe('in common with all of nines', () => {
    /** Everything that a cluster makes, and what is asked of it later, as pairs of type and block. */
    function parts(choices: Choices, provider?: (scope: Construct) => AwsProvider): [string, Block][] {
      const { resource, data } = synth((stack) => {
        const it = cluster(stack, { ...choices, provider: provider?.(stack) });
        it.grantScaling(it.podRole({ namespace: 'shop', serviceAccount: 'web' }));
        it.allowTo({ cidr: '10.9.0.0/16', port: 22 });
        it.allowFrom(Object.assign(new Construct(stack, 'Servers'), { securityGroup: { id: 'sg-0abc1234' } }));
      });
      return [ofTheCluster(resource), ofTheCluster(data)].flatMap((blocks) =>
        Object.entries(blocks).flatMap(([type, found]) =>
          Object.values(found).map((block): [string, Block] => [type, block]),
        ),
      );
    }

    const choices: Choices = { access: HARMLESS.access, tags: { team: 'shop' } };

    test('hands its provider to everything inside', () => {
      const own = (scope: Construct) => new AwsProvider(scope, 'Own', { region: 'eu-west-1', alias: 'own' });
      const made = parts(choices, own);
      expect(made.length).toBeGreaterThan(40);
      for (const [type, { provider }] of made) expect([type, provider]).toEqual([type, 'aws.own']);
    });

    // What AWS keeps no tags for.
    const UNTAGGED = /policy|policy_attachment|addon_version/;

    test('tags everything inside that carries tags, and what its nodes are made of', () => {
      for (const [type, block] of parts(choices)) {
        if (UNTAGGED.test(type)) continue;
        expect([type, block.tags]).toEqual([type, expect.objectContaining({ team: 'shop' })]);
      }
      const { tag_specifications: carried } = only(synthCluster(choices), 'aws_launch_template');
      expect(carried).toEqual(
        ['instance', 'volume', 'network-interface'].map((resource_type) => ({
          resource_type,
          tags: { Name: 'shop/Cluster/Nodes', team: 'shop' },
        })),
      );
    });

    test('stands in names of its own, in every stack and below every construct', () => {
      const result = synth((stack) => {
        const shared = { network: network(stack) };
        for (const scope of ['Blue', 'Green'])
          cluster(new Construct(stack, scope), shared, 'what-the-shop-runs-in'.repeat(4));
      });
      const names = Object.values(all(result, CLUSTER)).map(({ name }) => String(name));
      expect(new Set(names).size).toBe(2);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]{0,99}$/);
    });
  });

  describe('warns', () => {
    const quiet: Choices = {
      notificationTopicArn: TOPIC,
      access: { ops: { principalArn: 'arn:aws:iam::123456789012:role/ops', policy: 'AmazonEKSClusterAdminPolicy' } },
    };

    test.each<[string, Choices, string[]]>([
      ['of nothing, when there is nothing', {}, []],
      [
        'when nobody would hear of an alarm',
        { notificationTopicArn: undefined },
        ['no notificationTopicArn: alarms and failures are seen only by who looks'],
      ],
      [
        'when a lost zone leaves too little',
        { capacity: Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }) },
        ['allowOverloadWhenZoneLost: losing a zone at peak leaves too few nodes for its pods'],
      ],
      ...[{ requestsPerSecond: 50 }, { safeUse: 0.8 }].map((options): [string, Choices, string[]] => [
        `when ${Object.keys(options)} has no effect`,
        { capacity: Capacity.forPeak(4, options) },
        ['capacity.requestsPerSecond and safeUse have no effect on nodes, which scale by what pods ask for'],
      ]),
      [
        'when it can be removed',
        { allowDestroy: true },
        ['allowDestroy: nothing protects the cluster from being removed'],
      ],
    ])('%s', (_, choices, expected) => {
      expect(synthCluster({ ...quiet, ...choices }).warnings).toEqual(expected);
    });
  });
});
