import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { inMebibytes, type Size } from '../../../units';
import { type AwsProps, named } from '../aws-props';
import { alarmActions, type NotifyingProps } from '../notifying-props';

/** When CloudWatch calls. */
export interface Watch {
  /** Construct id, less `Alarm`. */
  readonly id: string;
  /** Metric of RDS, looked at every minute. */
  readonly metric: string;
  /** What it must not pass. */
  readonly limit: { readonly above: number } | { readonly below: number };
  /** The worst of a minute, or its mean. */
  readonly take: 'worst' | 'mean';
  /** Minutes in a row before it calls. */
  readonly minutes: number;
  /** What it means, after the name of what is watched. */
  readonly says: string;
  /** Whether silence is as bad. */
  readonly silenceIsBad?: boolean;
}

/** What is watched. */
export interface Watched {
  /** Start of the alarms' names. */
  readonly name: string;
  /** Dimensions of its metrics; of several, the worst counts. */
  readonly dimensions: readonly Readonly<Record<string, string>>[];
}

/** Makes an alarm of each watch. */
export function watch(
  scope: Construct,
  { name, dimensions }: Watched,
  watches: readonly Watch[],
  settings: AwsProps & NotifyingProps,
): void {
  for (const { id, metric, limit, take, minutes, says, silenceIsBad } of watches) {
    const isAbove = 'above' in limit;
    new CloudwatchMetricAlarm(scope, `${id}Alarm`, {
      alarmName: `${name}-${id.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`,
      alarmDescription: `${scope.node.path}: ${says}`,
      ...measured(metric, take === 'mean' ? 'Average' : isAbove ? 'Maximum' : 'Minimum', isAbove, dimensions),
      evaluationPeriods: minutes,
      comparisonOperator: isAbove ? 'GreaterThanThreshold' : 'LessThanThreshold',
      threshold: isAbove ? limit.above : limit.below,
      treatMissingData: silenceIsBad ? 'breaching' : 'missing',
      ...alarmActions(settings),
      ...named(scope, `${id}Alarm`, settings),
    });
  }
}

/** The metric, or the worst of several. */
function measured(
  metricName: string,
  stat: string,
  isAbove: boolean,
  dimensions: Watched['dimensions'],
): Partial<CloudwatchMetricAlarmConfig> {
  const metric = { namespace: 'AWS/RDS', metricName, period: 60 };
  if (dimensions.length === 1) return { ...metric, statistic: stat, dimensions: dimensions[0] };
  return {
    metricQuery: [
      { id: 'worst', expression: `${isAbove ? 'MAX' : 'MIN'}(METRICS())`, label: metricName, returnData: true },
      ...dimensions.map((member, position) => ({
        id: `m${position + 1}`,
        metric: { ...metric, stat, dimensions: member },
      })),
    ],
  };
}

/** A processor with no room left: the standby is no larger, so a failover would not help. */
export const BUSY: Watch = {
  id: 'Cpu',
  metric: 'CPUUtilization',
  limit: { above: 90 },
  take: 'mean',
  minutes: 15,
  says: 'the processor has been above 90 % for a quarter of an hour, and requests wait',
};

/** https://aws.amazon.com/blogs/database/implement-an-early-warning-system-for-transaction-id-wraparound-in-amazon-rds-for-postgresql/ */
const WRAPAROUND: Watch = {
  id: 'TransactionIds',
  metric: 'MaximumUsedTransactionIDs',
  limit: { above: 1_000_000_000 },
  take: 'worst',
  minutes: 15,
  says: 'half of the transaction ids are used up; at two billion PostgreSQL stops, so vacuum',
};

/** What is watched of whatever writes. */
export function writerWatches(engine: string): readonly Watch[] {
  return engine === 'postgres' ? [BUSY, WRAPAROUND] : [BUSY];
}

/**
 * A disk that is nearly full.
 *
 * @param share of its size that is free when it is nearly full
 */
export function lowStorage(size: Size, share: number): Watch {
  return {
    id: 'LowStorage',
    metric: 'FreeStorageSpace',
    limit: { below: Math.floor(inMebibytes(size) * 1024 ** 2 * share) },
    take: 'worst',
    minutes: 15,
    says: 'the disk is nearly full, and does not grow; when it is full, the database stops',
  };
}

/** A reader that is behind. */
export function lag(metric: string, longest: number, says: string): Watch {
  return { id: 'Lag', metric, limit: { above: longest }, take: 'worst', minutes: 5, says };
}

/** A copy in another region that is behind, or follows no more: then it says nothing. */
export function copyLag(metric: string, longest: number): Watch {
  const says = 'the copy is more than a minute behind, or follows no more: so much would be lost with the other region';
  return { ...lag(metric, longest, says), id: 'CopyLag', silenceIsBad: true };
}
