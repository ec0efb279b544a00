import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';

/** What is watched of every shard: the worst of its nodes counts. */
const WATCHED = [
  {
    id: 'MemoryAlarm',
    name: 'memory',
    metric: 'DatabaseMemoryUsagePercentage',
    threshold: 80,
    says: 'is four fifths full: at the full, sessions end before their time',
  },
  {
    id: 'LagAlarm',
    name: 'lag',
    metric: 'ReplicationLag',
    threshold: 10,
    says: 'has a replica ten seconds behind: so much would be lost in a failover',
  },
] as const;

/** Alarms on memory and replication, for each shard. */
export function storeAlarms(scope: Construct, groupId: string, settings: Settings): void {
  for (const [shard, nodes] of shards(groupId, settings).entries()) {
    for (const { id, name, metric, threshold, says } of WATCHED) {
      const metrics = nodes.map((_, position) => `m${position}`);
      new CloudwatchMetricAlarm(scope, settings.shards === undefined ? id : `${id}${shard + 1}`, {
        alarmName: settings.shards === undefined ? `${groupId}-${name}` : `${groupId}-${shard + 1}-${name}`,
        alarmDescription: `${scope.node.path} ${says}`,
        comparisonOperator: 'GreaterThanThreshold',
        threshold,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        treatMissingData: 'notBreaching', // the first node has no lag
        metricQuery: [
          ...nodes.map((CacheClusterId, position) => ({
            id: `m${position}`,
            metric: {
              namespace: 'AWS/ElastiCache',
              metricName: metric,
              stat: 'Maximum',
              period: 60,
              dimensions: { CacheClusterId },
            },
          })),
          { id: 'worst', label: metric, expression: `MAX([${metrics.join(', ')}])`, returnData: true },
        ],
        ...alarmActions(settings),
        ...named(scope, id, settings),
      });
    }
  }
}

/** Ids of the nodes, by shard: `store-001`, or `store-0001-001` in cluster mode. */
function shards(groupId: string, { shards: count, replicas }: Settings): string[][] {
  const nodes = Array.from({ length: replicas + 1 }, (_, position) => String(position + 1).padStart(3, '0'));
  if (count === undefined) return [nodes.map((node) => `${groupId}-${node}`)];
  return Array.from({ length: count }, (_, position) =>
    nodes.map((node) => `${groupId}-${String(position + 1).padStart(4, '0')}-${node}`),
  );
}
