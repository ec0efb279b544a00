import { Construct } from 'constructs';
import { Duration } from 'nines';
import { all, type Blocks, emptyStack, only, type Synthesized, synth } from '../../../support/synth';
import { type Choices, GROUP, network, PARAMETERS, plain, store, synthStore, TOPIC } from './stores';

/** Addresses of everything that the store made, without its network. */
function addresses({ resource }: Synthesized): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`));
}

// Arguments that the provider cannot change in place ("Forces new resource"), seen in plans of provider 5.100.
const FIXED: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_elasticache_parameter_group: ['name', 'family', 'description'],
  aws_elasticache_replication_group: [
    ...['replication_group_id', 'port', 'subnet_group_name', 'kms_key_id', 'data_tiering_enabled'],
    ...['snapshot_arns', 'snapshot_name', 'security_group_names', 'at_rest_encryption_enabled'],
  ],
  aws_elasticache_subnet_group: ['name'],
  aws_elasticache_user: ['user_id', 'user_name'],
  aws_elasticache_user_group: ['user_group_id'],
  aws_security_group: ['name_prefix', 'description', 'vpc_id'],
};

/** What must not change of everything that `before` made, with the values that it has afterwards. */
function fixed(result: Synthesized, before: Synthesized): unknown {
  return Object.entries(FIXED).map(([type, fields]) =>
    Object.keys(all(before, type)).map((id) => [type, id, ...fields.map((field) => all(result, type)[id]?.[field])]),
  );
}

/** That everything which was there before stays, and is changed in place. */
function expectKept(after: Synthesized, before: Synthesized = plain()): void {
  expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
  expect(fixed(after, before)).toEqual(fixed(before, before));
}

// What a running store must live through, all at once.
const HARMLESS: Choices = {
  engineVersion: '8.1',
  nodeType: 'cache.r7g.large',
  replicas: 4,
  parameters: { 'maxmemory-policy': 'noeviction', timeout: '300' },
  snapshotRetention: Duration.days(30),
  snapshotWindow: '22:00-23:00',
  maintenanceWindow: 'mon:04:00-mon:05:00',
  notificationTopicArn: TOPIC,
  tags: { team: 'shop' },
};

const redis = synth((stack) => {
  const sessions = store(stack, { engine: 'redis', shards: 2 });
  const { securityGroup } = sessions;
  sessions.allowFrom(Object.assign(new Construct(stack, 'Web'), { securityGroup, role: { name: 'web' } }));
});

const ofTheStore = (blocks: Blocks) =>
  Object.fromEntries(
    Object.entries(blocks)
      .map(([type, found]) => [
        type,
        Object.fromEntries(Object.entries(found).filter(([id]) => id.startsWith('Sessions_'))),
      ])
      .filter(([, found = {}]) => Object.keys(found).length > 0),
  );

describe('SessionStore', () => {
  // Ids and shape are a contract: another id or default replaces or alters live infrastructure.
  test('makes what it made before, with no more than it needs, over two zones', () => {
    const { resource, data } = synth((stack) => store(stack, { network: network(stack, 2) }));
    expect({ resource: ofTheStore(resource), data: ofTheStore(data) }).toMatchSnapshot();
  });

  // What the snapshot does not show: the default user of Redis OSS, the alarms of each shard, who is let in.
  test('calls everything of Redis OSS in cluster mode by these ids', () => {
    const ids = addresses({ ...redis, resource: ofTheStore(redis.resource) }).map((id) =>
      id.replace(/_[0-9A-F]{8}$/, ''),
    );
    const alarms = ['Connection', 'Cpu', 'Eviction', 'Lag', 'Memory'].flatMap((kind) =>
      [1, 2].map((n) => `${kind}Alarm${n}`),
    );
    expect(ids.sort()).toEqual([
      ...alarms.map((id) => `aws_cloudwatch_metric_alarm.Sessions_${id}`),
      'aws_elasticache_parameter_group.Sessions_Parameters',
      'aws_elasticache_replication_group.Sessions',
      'aws_elasticache_subnet_group.Sessions_SubnetGroup',
      'aws_elasticache_user.Sessions_Users', // of the id Default, which cdktf leaves out of names
      'aws_elasticache_user.Sessions_Users_User',
      'aws_elasticache_user_group.Sessions_Users_Group',
      'aws_iam_role_policy.Sessions_Connect-From-shop--Web',
      'aws_security_group.Sessions_SecurityGroup',
      'aws_vpc_security_group_egress_rule.Sessions_From-shop--Web_Egress6379',
      'aws_vpc_security_group_ingress_rule.Sessions_From-shop--Web_Ingress6379',
    ]);
  });

  test('gives its replication group to who reaches past it', () => {
    const sessions = store(emptyStack());
    expect(sessions.node.defaultChild).toBe(sessions.replicationGroup);
  });

  describe('keeps everything', () => {
    test('when almost everything about it changes', () => {
      expectKept(synthStore(HARMLESS));
    });

    test('in cluster mode too', () => {
      expectKept(synthStore({ ...HARMLESS, shards: 5 }), synthStore({ shards: 2 }));
    });

    test('when a zone is added: its node joins the others', () => {
      const after = synth((stack) => store(stack, { network: network(stack, 4) }));
      expectKept(after);
      expect(only(after, GROUP).num_cache_clusters).toBe(4);
    });

    test('when a tier, or another store, is added beside it', () => {
      const after = synth((stack) => {
        const shared = { network: network(stack) };
        store(stack, shared, 'Carts');
        const { securityGroup } = store(stack, shared);
        store(stack, shared, 'Queues').allowFrom(Object.assign(new Construct(stack, 'Servers'), { securityGroup }));
      });
      expectKept(after);
    });

    test('but the group of parameters when the engine becomes a newer one', () => {
      const after = synthStore({ engineVersion: '8.0' });
      const before = synthStore({ engineVersion: '7.2' });
      const others = (result: Synthesized) => ({ ...result, resource: { ...result.resource, [PARAMETERS]: {} } });
      expectKept(others(after), others(before));
      expect(only(after, PARAMETERS).name).not.toBe(only(before, PARAMETERS).name);
    });
  });

  describe('leaves the next plan empty', () => {
    // To Terraform, 8.0 beside the 8.2 that ElastiCache installed is a downgrade, and that is a new store.
    test('when ElastiCache has installed a newer minor version', () => {
      expect(only(plain(), GROUP)).toMatchObject({
        auto_minor_version_upgrade: 'true', // CKV_AWS_322
        lifecycle: { ignore_changes: ['engine_version'] },
      });
    });

    test('and lets nobody but you raise a version that you have written', () => {
      const group = only(synthStore({ engineVersion: '8.1' }), GROUP);
      expect(group).toMatchObject({ engine_version: '8.1', auto_minor_version_upgrade: 'false' });
      expect(group.lifecycle).not.toHaveProperty('ignore_changes');
    });

    // Which node is the primary, where it is and what it is called by itself stands nowhere: a failover moves only that.
    test('when another node has become the primary', () => {
      const text = JSON.stringify(plain().resource);
      expect(text).not.toMatch(/-00\d/);
      expect(text).not.toMatch(/primary_cluster_id|snapshotting_cluster_id/);
    });
  });

  describe('is removed', () => {
    test('by mistake: never', () => {
      expect(only(plain(), GROUP).lifecycle).toMatchObject({ prevent_destroy: true });
      expect(only(synthStore({ engineVersion: '8.1' }), GROUP).lifecycle).toEqual({ prevent_destroy: true });
    });

    test('on purpose, after a deployment with allowDestroy', () => {
      expect(only(synthStore({ allowDestroy: true }), GROUP).lifecycle).toEqual({ ignore_changes: ['engine_version'] });
    });
  });

  test('lets old and new stand side by side when its security group must be replaced', () => {
    expect(only(plain(), 'aws_security_group')).toMatchObject({
      name_prefix: 'Sessions-',
      lifecycle: { create_before_destroy: true },
    });
  });

  test('is the same in every plan', () => {
    expect(synthStore().resource).toEqual(plain().resource);
  });
});
