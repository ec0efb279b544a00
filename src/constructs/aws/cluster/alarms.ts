import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';

/** What EKS measures of every cluster by itself; https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html */
const WATCHED = [
  {
    id: 'PendingAlarm',
    name: 'pending-pods',
    metricName: 'scheduler_pending_pods_UNSCHEDULABLE',
    statistic: 'Sum',
    threshold: 0,
    says: 'has pods that no node takes: there are too few nodes, or what the pods ask for cannot be had',
    evaluationPeriods: 15, // an autoscaler has a node there within a few minutes
  },
  {
    id: 'StorageAlarm',
    name: 'storage',
    metricName: 'apiserver_storage_size_bytes',
    statistic: 'Maximum',
    threshold: 6_400_000_000, // of the 8 GB that etcd holds
    says: 'keeps four fifths of the objects that its API can hold: at the full, it takes no more changes',
    evaluationPeriods: 15,
  },
] as const;

/** Alarms on what a cluster cannot cure by itself. */
export function clusterAlarms(owner: Construct, clusterName: string, settings: Settings): void {
  for (const { id, name, says, ...measured } of WATCHED) {
    new CloudwatchMetricAlarm(owner, id, {
      alarmName: `${clusterName}-${name}`,
      alarmDescription: `${owner.node.path} ${says}`,
      namespace: 'AWS/EKS',
      dimensions: { ClusterName: clusterName },
      period: 60,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'notBreaching',
      ...measured,
      ...alarmActions(settings),
      ...named(owner, id, settings),
    });
  }
}
