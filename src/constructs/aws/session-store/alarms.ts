import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';

/** Three minutes of five: a peak is none yet. */
const LASTING = { evaluationPeriods: 5, datapointsToAlarm: 3 };

/**
 * What is watched of every shard: the worst of its nodes counts.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
const WATCHED = [
  {
    id: 'MemoryAlarm',
    name: 'memory',
    metricName: 'DatabaseMemoryUsagePercentage',
    threshold: 80,
    says: 'is four fifths full: at the full, sessions end before their time',
    ...LASTING,
  },
  {
    id: 'EvictionAlarm',
    name: 'evictions',
    metricName: 'Evictions',
    threshold: 0,
    says: 'is full: sessions end before their time',
    ...{ evaluationPeriods: 1, datapointsToAlarm: 1 }, // each one is a client that was logged out
  },
  {
    id: 'LagAlarm',
    name: 'lag',
    metricName: 'ReplicationLag',
    threshold: 10,
    says: 'has a replica ten seconds behind: so much would be lost in a failover',
    ...LASTING,
  },
  {
    id: 'CpuAlarm',
    name: 'cpu',
    metricName: 'EngineCPUUtilization',
    threshold: 80,
    says: 'uses four fifths of the one core that answers: take larger nodes, or shards',
    ...LASTING,
  },
  {
    id: 'ConnectionAlarm',
    name: 'connections',
    metricName: 'CurrConnections',
    threshold: undefined,
    says: 'has four fifths of the connections that a node takes: clients do not close theirs',
    ...LASTING,
  },
] as const;

/** Alarms for each shard. */
export function storeAlarms(scope: Construct, group: ElasticacheReplicationGroup, settings: Settings): void {
  const { shards, replicas } = settings;
  for (let shard = 0; shard < (shards ?? 1); shard++) {
    const nodes = Array.from({ length: replicas + 1 }, (_, node) => nodeId(group, shard * (replicas + 1) + node));
    const suffix = shards === undefined ? '' : String(shard + 1);
    for (const { id, name, metricName, threshold, says, ...lasting } of WATCHED) {
      new CloudwatchMetricAlarm(scope, `${id}${suffix}`, {
        alarmName: [group.replicationGroupId, suffix, name].filter((part) => part !== '').join('-'),
        alarmDescription: `${scope.node.path}${shards === undefined ? '' : `, shard ${suffix},`} ${says}`,
        comparisonOperator: 'GreaterThanThreshold',
        threshold: threshold ?? mostConnections(settings) * 0.8,
        ...lasting,
        treatMissingData: 'notBreaching',
        metricQuery: [
          ...nodes.map((CacheClusterId, node) => ({
            id: `m${node}`,
            metric: {
              namespace: 'AWS/ElastiCache',
              metricName,
              stat: 'Maximum',
              period: 60,
              dimensions: { CacheClusterId },
            },
          })),
          {
            id: 'worst',
            label: metricName,
            // the primary has no lag: without a value there would be none of the whole
            expression: `MAX([${nodes.map((_, node) => `FILL(m${node}, 0)`).join(', ')}])`,
            returnData: true,
          },
        ],
        ...alarmActions(settings),
        ...named(scope, `${id}${suffix}`, settings),
      });
    }
  }
}

/**
 * Id of the node at a position, shard after shard. Asked of ElastiCache: of `store-001` to `store-003` it may take away
 * the second, and the next one is `store-004`.
 */
function nodeId(group: ElasticacheReplicationGroup, position: number): string {
  return Fn.element(Fn.sort(group.memberClusters), position);
}

/**
 * Connections that a node takes.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
function mostConnections({ nodeType }: Settings): number {
  if (/^cache\.t\d\w*\.micro$/.test(nodeType)) return 20_000;
  return /^cache\.t\d\w*\./.test(nodeType) ? 46_000 : 65_000;
}
