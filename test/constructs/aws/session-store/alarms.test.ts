import { all, type Block, type Synthesized } from '../../../support/synth';
import { type Choices, GROUP, plain, synthStore, TOPIC } from './stores';

const alarmsOf = (result: Synthesized): Block[] => Object.values(all(result, 'aws_cloudwatch_metric_alarm'));

/** The queries of an alarm. */
const queries = (alarm: Block) =>
  alarm.metric_query as { id: string; expression?: string; metric?: { dimensions: object; metric_name: string } }[];

/** Which metric an alarm watches. */
const metricOf = (alarm: Block) => queries(alarm)[0]?.metric?.metric_name ?? '';

/** The alarm on a metric, of a store that is not in cluster mode. */
function alarm(metric: string, result: Synthesized = plain()): Block {
  const found = alarmsOf(result).filter((block) => metricOf(block) === metric);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

const LASTING = { evaluation_periods: 5, datapoints_to_alarm: 3 };

describe('SessionStore', () => {
  test.each([
    ['its memory is four fifths full', 'DatabaseMemoryUsagePercentage', { threshold: 80, ...LASTING }],
    ['a replica is ten seconds behind', 'ReplicationLag', { threshold: 10, ...LASTING }],
    ['the core that answers is four fifths busy', 'EngineCPUUtilization', { threshold: 80, ...LASTING }],
    ['a node has four fifths of its connections', 'CurrConnections', { threshold: 52_000, ...LASTING }],
    ['it ends a session early', 'Evictions', { threshold: 0, evaluation_periods: 1, datapoints_to_alarm: 1 }],
  ])('rings when %s', (_, metric, settings) => {
    expect(alarm(metric)).toMatchObject({ comparison_operator: 'GreaterThanThreshold', ...settings });
  });

  test('rings for nothing else', () => {
    expect(alarmsOf(plain()).map(metricOf).sort()).toEqual([
      ...['CurrConnections', 'DatabaseMemoryUsagePercentage', 'EngineCPUUtilization', 'Evictions', 'ReplicationLag'],
    ]);
  });

  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
  test.each([
    ['cache.t4g.micro', 16_000],
    ['cache.t3.medium', 36_800],
    ['cache.m7g.large', 52_000],
  ])('knows that a %s takes fewer or more connections', (nodeType, threshold) => {
    expect(alarm('CurrConnections', synthStore({ nodeType })).threshold).toBe(threshold);
  });

  test('watches the worst of all nodes, by the minute, and a node without a value as 0', () => {
    const watched = queries(alarm('ReplicationLag'));
    expect(watched.slice(0, -1)).toEqual(
      [0, 1, 2].map((node) => ({
        id: `m${node}`,
        metric: {
          namespace: 'AWS/ElastiCache',
          metric_name: 'ReplicationLag',
          stat: 'Maximum',
          period: 60,
          dimensions: { CacheClusterId: expect.any(String) },
        },
      })),
    );
    expect(watched.at(-1)).toEqual({
      id: 'worst',
      label: 'ReplicationLag',
      expression: 'MAX([FILL(m0, 0), FILL(m1, 0), FILL(m2, 0)])',
      return_data: true,
    });
  });

  describe('watches the nodes that are there', () => {
    /** Positions of the nodes that the alarms of a metric watch, alarm by alarm. */
    function watched(choices: Choices): number[][] {
      const result = synthStore(choices);
      const [group] = Object.keys(all(result, GROUP));
      // ids from ElastiCache: a replica that was taken away leaves a gap, and the next one gets the next number
      const node = new RegExp(
        `^\\$\\{element\\(sort\\(tolist\\(${GROUP}\\.${group}\\.member_clusters\\)\\), (\\d+)\\)\\}$`,
      );
      return alarmsOf(result)
        .filter((block) => metricOf(block) === 'ReplicationLag')
        .map((block) =>
          queries(block).flatMap(({ metric }) =>
            metric ? Object.values(metric.dimensions).map((id) => Number(node.exec(String(id))?.[1])) : [],
          ),
        );
    }

    test('all of them', () => {
      expect(watched({})).toEqual([[0, 1, 2]]);
      expect(watched({ replicas: 1 })).toEqual([[0, 1]]);
      expect(watched({ replicas: 5 })).toEqual([[0, 1, 2, 3, 4, 5]]);
    });

    test('shard by shard in cluster mode: `…-0001-001` and its replicas, then `…-0002-001`', () => {
      expect(watched({ shards: 3, replicas: 1 })).toEqual([
        [0, 1],
        [2, 3],
        [4, 5],
      ]);
      expect(watched({ shards: 1 })).toEqual([[0, 1, 2]]);
    });
  });

  // An alarm of a name that is taken overwrites the other.
  test('has alarms of names that no other store has', () => {
    const [group] = Object.keys(all(plain(), GROUP));
    const unique = `\${${GROUP}.${group}.replication_group_id}`;
    const names = alarmsOf(plain()).map(({ alarm_name: name }) => name);
    expect(names.sort()).toEqual(
      ['connections', 'cpu', 'evictions', 'lag', 'memory'].map((name) => `${unique}-${name}`),
    );
    const sharded = alarmsOf(synthStore({ shards: 3 })).map(({ alarm_name: name }) => name);
    expect(new Set(sharded).size).toBe(15);
    expect(sharded).toContain(`${unique}-2-memory`);
  });

  test('says in an alarm which store it is, which shard, and what that means', () => {
    expect(alarmsOf(plain()).map(({ alarm_description: text }) => text)).toEqual(
      [
        'has four fifths of the connections that a node takes: clients do not close theirs',
        'uses four fifths of the one core that answers: take larger nodes, or shards',
        'is full: sessions end before their time',
        'has a replica ten seconds behind: so much would be lost in a failover',
        'is four fifths full: at the full, sessions end before their time',
      ].map((text) => `shop/Sessions ${text}`),
    );
    const descriptions = alarmsOf(synthStore({ shards: 2 })).map(({ alarm_description: text }) => text);
    expect(descriptions).toContain(
      'shop/Sessions, shard 2, has a replica ten seconds behind: so much would be lost in a failover',
    );
  });

  test('tells the topic when an alarm begins and when it ends; nobody without one', () => {
    const told = synthStore({ notificationTopicArn: TOPIC });
    for (const block of alarmsOf(told)) expect(block).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
    for (const block of alarmsOf(plain())) expect(block).not.toHaveProperty('alarm_actions');
  });

  test('tells the topic of failovers as well', () => {
    const [group] = Object.values(all(synthStore({ notificationTopicArn: TOPIC }), GROUP));
    expect(group).toMatchObject({ notification_topic_arn: TOPIC });
  });

  test('is silent while there are no values', () => {
    for (const block of alarmsOf(plain())) expect(block.treat_missing_data).toBe('notBreaching');
  });
});
