import { REGION, sessions, ZONES } from './stacks/sessions';
import { type Cloud, startCloud } from './support/cloud';
import { Deployment, NO_CHANGES, testPlans, testRemoval } from './support/deployment';

interface Groups {
  readonly ReplicationGroups: readonly {
    readonly ReplicationGroupId: string;
    readonly MemberClusters: readonly string[];
    readonly NodeGroups: readonly {
      readonly NodeGroupId: string;
      readonly NodeGroupMembers: readonly {
        readonly PreferredAvailabilityZone: string;
        readonly CurrentRole?: string;
      }[];
    }[];
  }[];
}

describe('stores of sessions, deployed', () => {
  let cloud: Cloud;
  let deployed: Deployment;

  beforeAll(async () => {
    cloud = await startCloud(REGION);
    deployed = new Deployment(cloud, 'sessions', sessions);
    await deployed.deploy();
  });

  afterAll(async () => {
    deployed?.remove();
    await cloud?.stop();
  });

  const groups = async () => {
    const { ReplicationGroups: found } = await cloud.aws<Groups>('elasticache', 'describe-replication-groups');
    const named = (start: string) => found.find(({ ReplicationGroupId: id }) => id.startsWith(`sessions-${start}`));
    return { valkey: named('valkey'), redis: named('redis'), sharded: named('sharded') };
  };

  test('fail over by themselves, over several zones, encrypted, with snapshots', async () => {
    const promised = expect.objectContaining({
      AutomaticFailover: 'enabled',
      MultiAZ: 'enabled',
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: 'required',
      AtRestEncryptionEnabled: true,
      SnapshotRetentionLimit: 7,
      AutoMinorVersionUpgrade: true,
      UserGroupIds: [expect.any(String)],
    });
    expect(await groups()).toEqual({ valkey: promised, redis: promised, sharded: promised });
  });

  test('have a node in every zone, or as many as were asked for, in every shard', async () => {
    const { valkey, redis, sharded } = await groups();
    const zones = (group: typeof valkey) =>
      group?.NodeGroups.map(({ NodeGroupMembers: nodes }) => nodes.map((node) => node.PreferredAvailabilityZone));
    expect(zones(valkey)).toEqual([ZONES]);
    expect(zones(redis)).toEqual([ZONES.slice(0, 2)]);
    expect(zones(sharded)).toEqual([ZONES, ZONES]);
  });

  test('let in users who authenticate by IAM, and nobody else', async () => {
    const { Users: users } = await cloud.aws<{
      Users: readonly { UserName: string; AccessString: string; Authentication: { Type: string } }[];
    }>('elasticache', 'describe-users');
    const own = users.filter(({ UserName }) => UserName !== 'default');
    expect(own.map(({ Authentication }) => Authentication.Type)).toEqual(['iam', 'iam', 'iam']);
    expect(
      users.filter(({ UserName, AccessString }) => UserName === 'default' && AccessString.startsWith('on ')),
    ).toEqual(
      [expect.objectContaining({ UserId: 'default' })], // ElastiCache's own, in no group of these
    );
  });

  test('keep their sessions by what ends first when memory is full', async () => {
    const { valkey } = await groups();
    const { CacheClusters: nodes } = await cloud.aws<{
      CacheClusters: readonly { CacheParameterGroup: { CacheParameterGroupName: string } }[];
    }>('elasticache', 'describe-cache-clusters', '--cache-cluster-id', valkey?.MemberClusters[0] ?? '');
    const name = nodes[0]?.CacheParameterGroup.CacheParameterGroupName ?? '';
    const { Parameters: parameters } = await cloud.aws<{ Parameters: readonly object[] }>(
      ...['elasticache', 'describe-cache-parameters', '--cache-parameter-group-name', name],
    );
    expect(parameters).toEqual([
      expect.objectContaining({ ParameterName: 'maxmemory-policy', ParameterValue: 'volatile-ttl' }),
    ]);
  });

  test('are made without any password', async () => {
    const written = await deployed.written();
    expect(written).toContain('"passwords"'); // the search itself works
    expect(written).not.toMatch(/"(passwords|auth_token)":\s*("[^"]|\[\s*")/);
  });

  testPlans(() => [deployed]);

  test('plan no changes after a failover that ElastiCache made', async () => {
    const { valkey, sharded } = await groups();
    for (const group of [valkey, sharded]) {
      const id = group?.ReplicationGroupId ?? '';
      await cloud.aws(...['elasticache', 'test-failover', '--replication-group-id', id, '--node-group-id', '0001']);
    }
    const nodes = (await groups()).valkey?.NodeGroups[0]?.NodeGroupMembers;
    expect(nodes?.map(({ CurrentRole }) => CurrentRole)).toEqual(['replica', 'primary', 'replica']);
    expect(await deployed.stack.plan()).toEqual(NO_CHANGES);
  });

  testRemoval(() => [deployed], []);
});
