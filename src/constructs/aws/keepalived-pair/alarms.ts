import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { alarmActions } from '../notifying-props';
import type { Settings } from './props';

/** A host as its alarms know it. */
export interface WatchedHost {
  readonly scope: Construct;
  readonly node: string;
  readonly groupName: string;
}

/** What every alarm here takes for granted: silence is the worst sign. */
const WATCHED = { treatMissingData: 'breaching', evaluationPeriods: 3 };

/** How often a host tells CloudWatch of itself, twice over: a late one is no missing one. */
const PERIOD = 120;

/**
 * Alarms on what goes unseen while the other host serves: an instance that is ill, a host that could not take over; and on an
 * address that nobody has, or two.
 *
 * @param name what the pair is called in its metrics; unique in account and region
 */
export function pairAlarms(pair: Construct, name: string, hosts: readonly WatchedHost[], settings: Settings): void {
  const actions = alarmActions(settings);
  const measured = (metricName: string, Node: string) => ({
    namespace: 'nines/KeepalivedPair',
    metricName,
    dimensions: { Pair: name, Node },
    period: PERIOD,
  });
  for (const { scope, node, groupName } of hosts) {
    new CloudwatchMetricAlarm(scope, 'StatusAlarm', {
      alarmName: `${groupName}-status`,
      alarmDescription: `${scope.node.path} fails a status check of EC2, or is not there: the pair has one host`,
      ...{ namespace: 'AWS/EC2', metricName: 'StatusCheckFailed', dimensions: { AutoScalingGroupName: groupName } },
      ...{ statistic: 'Maximum', period: 60, comparisonOperator: 'GreaterThanThreshold', threshold: 0 },
      ...WATCHED,
      ...actions,
      ...named(scope, 'StatusAlarm', settings),
    });
    new CloudwatchMetricAlarm(scope, 'ReadyAlarm', {
      alarmName: `${groupName}-ready`,
      alarmDescription: `${scope.node.path} could not serve: its service is ill, or keepalived or the agent does not run`,
      ...measured('Ready', node),
      ...{ statistic: 'Maximum', comparisonOperator: 'LessThanThreshold', threshold: 1 },
      ...WATCHED,
      ...actions,
      ...named(scope, 'ReadyAlarm', settings),
    });
  }
  new CloudwatchMetricAlarm(pair, 'OwnerAlarm', {
    alarmName: `${name}-owner`,
    alarmDescription: `Not exactly one host of ${pair.node.path} has the address`,
    ...{ comparisonOperator: 'GreaterThanThreshold', threshold: 0 },
    ...WATCHED,
    metricQuery: [
      ...hosts.map(({ node }, index) => ({
        id: `host${index}`,
        metric: { ...measured('Owner', node), stat: 'Maximum' },
      })),
      {
        id: 'wrong',
        label: 'Owners, more or less than one',
        expression: 'ABS(FILL(host0, 0) + FILL(host1, 0) - 1)',
        returnData: true,
      },
    ],
    ...actions,
    ...named(pair, 'OwnerAlarm', settings),
  });
}
