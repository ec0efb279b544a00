import { all, type Block, follow, type Synthesized } from '../../../support/synth';
import { builtTwice, OTHER_ACCOUNT, plainTwice, TOPIC, TOPIC_THERE } from './buckets';
import { partsOf } from './parts';

function alarmOf(metric: string, result: Synthesized = plainTwice()): Block | undefined {
  return Object.values(all(result, 'aws_cloudwatch_metric_alarm')).find(({ metric_name: name }) => name === metric);
}

describe('BackupBucket', () => {
  describe('tells of a copy that could not be replicated', () => {
    const alarm = alarmOf('OperationsFailedReplication');

    test('once, in the region of the original, where S3 counts it', () => {
      expect(alarm).toMatchObject({
        namespace: 'AWS/S3',
        statistic: 'Sum',
        period: 300,
        evaluation_periods: 1,
        comparison_operator: 'GreaterThanThreshold',
        threshold: 0,
      });
      expect(alarm).not.toHaveProperty('provider');
    });

    // S3 does not try it again, and rotates it no more: the alarm must not end before the next copy gets through.
    test('until a later one gets through, and not only as long as S3 counts', () => {
      expect(alarm).toMatchObject({ treat_missing_data: 'ignore' });
    });

    test('of another account too', () => {
      const other = alarmOf('OperationsFailedReplication', builtTwice({ replicateTo: { accountId: OTHER_ACCOUNT } }));
      expect(other).toMatchObject({ namespace: 'AWS/S3' });
    });

    test('and says what to do', () => {
      expect(alarm?.alarm_description).toBe(
        'A copy of shop/Backups did not reach the other bucket, and S3 does not try again; replicate it with S3 Batch Replication',
      );
    });
  });

  describe('tells of copies that are late', () => {
    const alarm = alarmOf('ReplicationLatency');

    test('after a quarter of an hour more than the 15 minutes that S3 promises, in the other region, where S3 measures it', () => {
      expect(alarm).toMatchObject({
        namespace: 'AWS/S3',
        statistic: 'Maximum',
        period: 300,
        evaluation_periods: 3,
        comparison_operator: 'GreaterThanThreshold',
        threshold: 900,
        treat_missing_data: 'ignore',
        provider: 'aws.there',
      });
    });

    test('and says what it means', () => {
      expect(alarm?.alarm_description).toBe(
        'Copies of shop/Backups take longer than 15 minutes to the other bucket; those that are not there yet are lost with the region',
      );
    });

    test('but not to another account, in which S3 measures nothing', () => {
      expect(alarmOf('ReplicationLatency', builtTwice({ replicateTo: { accountId: OTHER_ACCOUNT } }))).toBeUndefined();
    });
  });

  test.each(['OperationsFailedReplication', 'ReplicationLatency'])('measures %s of its own replication', (metric) => {
    const { source, replica } = partsOf(plainTwice());
    expect(alarmOf(metric)?.dimensions).toEqual({
      SourceBucket: source.name,
      DestinationBucket: replica.name,
      RuleId: 'all',
    });
  });

  test('tells of each the topic of its region', () => {
    const result = builtTwice({ notificationTopicArn: TOPIC, replicateTo: { notificationTopicArn: TOPIC_THERE } });
    expect(alarmOf('OperationsFailedReplication', result)).toMatchObject({
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
    expect(alarmOf('ReplicationLatency', result)).toMatchObject({
      alarm_actions: [TOPIC_THERE],
      ok_actions: [TOPIC_THERE],
    });
  });

  // An alarm of a name that is taken overwrites the other.
  test('has alarms whose names no other bucket has', () => {
    const names = ['OperationsFailedReplication', 'ReplicationLatency'].map((metric) => alarmOf(metric)?.alarm_name);
    expect(names.map((name) => String(name).replace(/^.*\}/, ''))).toEqual([
      '-replication-failed',
      '-replication-late',
    ]);
    for (const name of names) {
      expect(follow(plainTwice(), String(name).replace(/-replication-\w+$/, '')).type).toBe('aws_s3_bucket');
    }
  });
});
