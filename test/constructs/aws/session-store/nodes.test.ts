import { emptyStack, only, synth } from '../../../support/synth';
import { GROUP, network, plain, published, store, synthStore } from './stores';

/** The replication group of a store over so many zones. */
const over = (zones: number, choices: { replicas?: number; shards?: number } = {}) =>
  only(
    synth((stack) => store(stack, { network: network(stack, zones), ...choices })),
    GROUP,
  );

describe('SessionStore', () => {
  describe('has a node in every zone', () => {
    test.each([
      [2, ['eu-west-1a', 'eu-west-1b']],
      [3, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
      [6, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d', 'eu-west-1e', 'eu-west-1f']],
    ])('of %i', (zones, nodes) => {
      expect(over(zones)).toMatchObject({ num_cache_clusters: zones, preferred_cache_cluster_azs: nodes });
    });

    test('as far as ElastiCache has nodes: six of seven', () => {
      expect(over(7)).toMatchObject({ num_cache_clusters: 6, preferred_cache_cluster_azs: expect.any(Array) });
    });
  });

  describe('has as many replicas as are asked for', () => {
    test('fewer than zones: in the first of them', () => {
      expect(over(3, { replicas: 1 })).toMatchObject({
        num_cache_clusters: 2,
        preferred_cache_cluster_azs: ['eu-west-1a', 'eu-west-1b'],
      });
    });

    test('more than zones: evenly over all', () => {
      expect(over(2, { replicas: 4 })).toMatchObject({
        num_cache_clusters: 5,
        preferred_cache_cluster_azs: ['eu-west-1a', 'eu-west-1b', 'eu-west-1a', 'eu-west-1b', 'eu-west-1a'],
      });
    });
  });

  test('names the zones in one order, whatever the order of the subnets', () => {
    const result = synth((stack) => {
      const there = network(stack);
      store(stack, { network: { ...there, dataSubnets: [...there.dataSubnets].reverse() } });
    });
    expect(only(result, GROUP).preferred_cache_cluster_azs).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });

  // terraform-provider-aws#18522, #27116, #17376: failover and Multi-AZ are two switches, and wrong pairs fail at apply;
  // #18737: in cluster mode failover cannot be off
  test.each([
    ['over two zones', over(2)],
    ['with one replica', over(3, { replicas: 1 })],
    ['in cluster mode', over(3, { shards: 2 })],
  ])('fails over by itself, to another zone, %s', (_, group) => {
    expect(group).toMatchObject({ automatic_failover_enabled: true, multi_az_enabled: true });
  });

  describe('in cluster mode', () => {
    test('has a node of every shard in every zone, by count: ElastiCache spreads them', () => {
      const group = over(3, { shards: 4 });
      expect(group).toMatchObject({ num_node_groups: 4, replicas_per_node_group: 2 });
      // together with these, the provider refuses the plan: "Conflicting configuration arguments"
      expect(group).not.toHaveProperty('num_cache_clusters');
      expect(group).not.toHaveProperty('preferred_cache_cluster_azs');
    });

    test('may have one shard, and as many replicas of each as are asked for', () => {
      expect(over(3, { shards: 1, replicas: 5 })).toMatchObject({ num_node_groups: 1, replicas_per_node_group: 5 });
    });
  });

  test('runs Valkey 8.0 on nodes that every region has, unless said', () => {
    expect(only(plain(), GROUP)).toMatchObject({
      engine: 'valkey',
      engine_version: '8.0',
      node_type: 'cache.m6g.large',
    });
    expect(only(synthStore({ engine: 'redis' }), GROUP)).toMatchObject({ engine: 'redis', engine_version: '7.1' });
    const said = synthStore({ engine: 'valkey', engineVersion: '7.2', nodeType: 'cache.r7g.xlarge' });
    expect(only(said, GROUP)).toMatchObject({ engine_version: '7.2', node_type: 'cache.r7g.xlarge' });
  });

  describe('is found on port 6379', () => {
    test('by names that stay the same when another node takes over', () => {
      expect(published('endpoint')).toMatch(/\.primary_endpoint_address\}$/);
      expect(published('readerEndpoint')).toMatch(/\.reader_endpoint_address\}$/);
      expect(store(emptyStack()).port).toBe(6379);
      expect(only(plain(), GROUP).port).toBe(6379);
    });

    test('in cluster mode by one name for all nodes', () => {
      expect(published('endpoint', { shards: 2 })).toMatch(/\.configuration_endpoint_address\}$/);
      expect(store(emptyStack(), { shards: 2 }).readerEndpoint).toBeUndefined();
    });
  });
});
