import { Size } from 'nines';
import { all, type Synthesized } from '../../../support/synth';
import {
  type Choices,
  type Choose,
  elsewhere,
  global,
  made,
  SECRET,
  TOPIC,
  TOPIC_THERE,
  withReplica,
} from './databases';

/** Every alarm as a line: what it looks at, of whom, and when it calls. */
function alarms(result: Synthesized): string[] {
  return Object.values(all(result, 'aws_cloudwatch_metric_alarm'))
    .map((alarm) => line(alarm as unknown as Alarm))
    .sort();
}

interface Metric {
  readonly namespace: string;
  readonly metric_name: string;
  readonly period: number;
  readonly stat?: string;
  readonly dimensions: Record<string, string>;
}

interface Alarm extends Metric {
  readonly alarm_name: string;
  readonly statistic?: string;
  readonly metric_query?: readonly {
    readonly id: string;
    readonly expression?: string;
    readonly return_data?: boolean;
    readonly metric?: Metric;
  }[];
  readonly comparison_operator: string;
  readonly threshold: number;
  readonly evaluation_periods: number;
  readonly treat_missing_data: string;
}

function line(alarm: Alarm): string {
  const watched = alarm.metric_query ? ofSeveral(alarm.metric_query) : ofOne(alarm);
  const sign = { GreaterThanThreshold: '>', LessThanThreshold: '<' }[alarm.comparison_operator];
  return `${watched} ${sign} ${alarm.threshold} for ${alarm.evaluation_periods} min, silence is ${alarm.treat_missing_data}`;
}

function ofOne({
  namespace,
  metric_name: name,
  period,
  statistic,
  stat = statistic,
  dimensions,
}: Metric & { statistic?: string }): string {
  expect([namespace, period]).toEqual(['AWS/RDS', 60]);
  const of = Object.entries(dimensions).map(([key, value]) => `${key} ${shortened(value)}`);
  return `${stat} ${name} of ${of.join(', ')}`;
}

function ofSeveral(queries: NonNullable<Alarm['metric_query']>): string {
  const [result, ...metrics] = queries;
  expect(queries.map(({ id, return_data: isShown = false }) => [id, isShown])).toEqual([
    ['worst', true],
    ...metrics.map((_, position) => [`m${position + 1}`, false]),
  ]);
  return `${result?.expression} of [${metrics.map(({ metric }) => metric && ofOne(metric)).join('; ')}]`;
}

/** `${aws_db_instance.Database_Instance_AA8A5FDE.identifier}` as `Database_Instance`. */
function shortened(value: string): string {
  return value.replace(/\$\{aws_\w+\.(\w+)_[0-9A-F]{8}\.\w+\}/g, '$1');
}

const MEMBERS = (metric: string) =>
  `[${[1, 2, 3].map((member) => `${metric} of DBInstanceIdentifier Database_Cluster-instance-${member}`).join('; ')}]`;

describe('MultiAZDatabase', () => {
  test('watches an instance: disk, processor, transaction ids', () => {
    expect(alarms(made())).toEqual([
      'Average CPUUtilization of DBInstanceIdentifier Database_Instance > 90 for 15 min, silence is missing',
      'Maximum MaximumUsedTransactionIDs of DBInstanceIdentifier Database_Instance > 1000000000 for 15 min, silence is missing',
      'Minimum FreeStorageSpace of DBInstanceIdentifier Database_Instance < 5368709120 for 15 min, silence is missing',
    ]);
  });

  test('watches no transaction ids where there are none', () => {
    for (const engine of ['mysql', 'mariadb'] as const) {
      expect(alarms(made({ engine })).filter((one) => one.includes('Transaction'))).toEqual([]);
    }
  });

  test('calls when a twentieth of the disk of an instance is left, half of where RDS makes it larger', () => {
    const choices: Choices = { storage: { size: Size.gibibytes(20) } };
    expect(alarms(made(choices)).at(-1)).toContain(' < 1073741824 ');
  });

  // its members are no resources: RDS makes them, and names them after the cluster
  test('watches every member of a cluster: disk, processor, how far a standby is behind', () => {
    expect(alarms(made({ topology: 'cluster', engine: 'mysql' }))).toEqual([
      `MAX(METRICS()) of ${MEMBERS('Average CPUUtilization')} > 90 for 15 min, silence is missing`,
      `MAX(METRICS()) of ${MEMBERS('Maximum ReplicaLag')} > 60 for 5 min, silence is missing`,
      `MIN(METRICS()) of ${MEMBERS('Minimum FreeStorageSpace')} < 10737418240 for 15 min, silence is missing`,
    ]);
  });

  test('watches the writer of an Aurora cluster, and how far its readers are behind', () => {
    expect(alarms(made({ topology: 'aurora' }))).toEqual([
      'Average CPUUtilization of DBClusterIdentifier Database_Cluster, Role WRITER > 90 for 15 min, silence is missing',
      'Maximum AuroraReplicaLagMaximum of DBClusterIdentifier Database_Cluster > 1000 for 5 min, silence is missing',
      'Maximum MaximumUsedTransactionIDs of DBClusterIdentifier Database_Cluster, Role WRITER > 1000000000 for 15 min, silence is missing',
    ]);
  });

  test('watches a replica like its original, and how far it is behind: silence would say that it follows no more', () => {
    const there = alarms(made(withReplica())).filter((one) => one.includes('Database_Replica'));
    expect(there).toEqual([
      'Average CPUUtilization of DBInstanceIdentifier Database_Replica > 90 for 15 min, silence is missing',
      'Maximum MaximumUsedTransactionIDs of DBInstanceIdentifier Database_Replica > 1000000000 for 15 min, silence is missing',
      'Maximum ReplicaLag of DBInstanceIdentifier Database_Replica > 60 for 5 min, silence is breaching',
      'Minimum FreeStorageSpace of DBInstanceIdentifier Database_Replica < 5368709120 for 15 min, silence is missing',
    ]);
  });

  test('watches a second cluster like the first one, and how far it is behind', () => {
    const there = alarms(made(global())).filter((one) => one.includes('Database_Secondary'));
    expect(there).toEqual([
      'Average CPUUtilization of DBClusterIdentifier Database_Secondary, Role WRITER > 90 for 15 min, silence is missing',
      'Maximum AuroraGlobalDBReplicationLag of DBClusterIdentifier Database_Secondary > 60000 for 5 min, silence is breaching',
      'Maximum AuroraReplicaLagMaximum of DBClusterIdentifier Database_Secondary > 1000 for 5 min, silence is missing',
      'Maximum MaximumUsedTransactionIDs of DBClusterIdentifier Database_Secondary, Role WRITER > 1000000000 for 15 min, silence is missing',
    ]);
  });

  test('names each alarm after what it watches, and says what it means', () => {
    const said = Object.values(all(made(), 'aws_cloudwatch_metric_alarm')).map(
      ({ alarm_name: name, alarm_description: text }) => `${shortened(String(name))}: ${text}`,
    );
    expect(said.sort()).toEqual([
      'Database_Instance-cpu: shop/Database/Instance: the processor has been above 90 % for a quarter of an hour, and requests wait',
      'Database_Instance-low-storage: shop/Database/Instance: the disk is nearly full, and does not grow; when it is full, the database stops',
      'Database_Instance-transaction-ids: shop/Database/Instance: half of the transaction ids are used up; at two billion PostgreSQL stops, so vacuum',
    ]);
  });

  test('says what lag means, of each kind', () => {
    const said = (choices: Choose) =>
      Object.values(all(made(choices), 'aws_cloudwatch_metric_alarm'))
        .map(({ alarm_description: text }) => String(text))
        .filter((text) => / behind/.test(text))
        .sort();
    const copy =
      'the copy is more than a minute behind, or follows no more: so much would be lost with the other region';
    const reader = 'a reader is more than a second behind: it answers old data, and takes over late';
    expect(said({ topology: 'cluster' })).toEqual([
      'shop/Database/Cluster: a standby is more than a minute behind, so a failover would take as long',
    ]);
    expect(said(withReplica())).toEqual([`shop/Database/Replica: ${copy}`]);
    expect(said(global())).toEqual([
      `shop/Database/Cluster: ${reader}`,
      `shop/Database/Secondary: ${reader}`,
      `shop/Database/Secondary: ${copy}`,
    ]);
  });

  test('tells the topic of every alarm, when it begins and when it ends', () => {
    for (const alarm of Object.values(all(made({ notificationTopicArn: TOPIC }), 'aws_cloudwatch_metric_alarm'))) {
      expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
    }
    for (const alarm of Object.values(all(made(), 'aws_cloudwatch_metric_alarm'))) {
      expect(alarm).not.toHaveProperty('alarm_actions');
    }
  });
});

/** Every subscription as a line: what kind of source, which of them, what of them, told to whom. */
function subscriptions(result: Synthesized): string[] {
  return Object.values(all(result, 'aws_db_event_subscription'))
    .map(({ source_type: type, source_ids: ids, event_categories: categories, sns_topic: topic, provider = 'aws' }) => {
      const named = (ids as string[]).map((id) => id.replace(/\$\{aws_\w+\.(\w+)_[0-9A-F]{8}\.\w+\}/, '$1'));
      return `${provider} ${type} ${named.join(', ')}: ${(categories as string[]).join(', ')} -> ${topic}`;
    })
    .sort();
}

const told = { notificationTopicArn: TOPIC };
const INSTANCE =
  'availability, deletion, failover, failure, low storage, maintenance, notification, read replica, recovery';
const MEMBER = 'availability, failure, low storage, recovery'; // failovers are events of the cluster
const AURORA = 'deletion, failover, failure, global-failover, maintenance, notification';

describe('MultiAZDatabase', () => {
  test('asks for no events when nobody is to be told', () => {
    for (const topology of ['instance', 'cluster', 'aurora'] as const) {
      expect(subscriptions(made({ topology }))).toEqual([]);
    }
  });

  test('tells of failovers, failures, full disks and lost standbys of an instance', () => {
    expect(subscriptions(made(told))).toEqual([`aws db-instance Database_Instance: ${INSTANCE} -> ${TOPIC}`]);
  });

  test('tells of failovers and failures of a cluster', () => {
    expect(subscriptions(made({ topology: 'cluster', ...told }))).toEqual([
      `aws db-cluster Database_Cluster: failover, failure, maintenance, notification -> ${TOPIC}`,
    ]);
  });

  test('tells of failovers and failures of an Aurora cluster, and what happens to its instances', () => {
    const instances = ['A', 'B', 'C'].map((zone) => `Database_Cluster_InstanceZone${zone}`).join(', ');
    expect(subscriptions(made({ topology: 'aurora', ...told }))).toEqual([
      `aws db-cluster Database_Cluster: ${AURORA} -> ${TOPIC}`,
      `aws db-instance ${instances}: ${MEMBER} -> ${TOPIC}`,
    ]);
  });

  test('tells a topic of the other region of what happens to the copy there', () => {
    const replica: Choose = (stack) => ({
      master: { secret: SECRET },
      regionLoss: { keep: 'read replica', notificationTopicArn: TOPIC_THERE, ...elsewhere(stack) },
    });
    expect(subscriptions(made(replica))).toEqual([
      `aws.there db-instance Database_Replica: ${INSTANCE} -> ${TOPIC_THERE}`,
    ]);
    const cluster: Choose = (stack) => ({
      topology: 'aurora',
      master: { secret: SECRET },
      regionLoss: { keep: 'global database', notificationTopicArn: TOPIC_THERE, ...elsewhere(stack) },
    });
    expect(subscriptions(made(cluster))).toEqual([
      `aws.there db-cluster Database_Secondary: ${AURORA} -> ${TOPIC_THERE}`,
      `aws.there db-instance Database_Secondary_InstanceZoneA, Database_Secondary_InstanceZoneB: ${MEMBER} -> ${TOPIC_THERE}`,
    ]);
  });

  test('tells a topic of this region nothing of the other: AWS would refuse it', () => {
    expect(subscriptions(made(global(told))).filter((one) => one.includes('Secondary'))).toEqual([]);
  });
});
