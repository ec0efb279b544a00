import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { all, type Block, follow, type Synthesized, synth } from '../../../support/synth';
import { type Choices, plain, plan, synthPlan, TOPIC, VAULT } from './plans';

const RULE = 'aws_cloudwatch_event_rule';
const told = synthPlan({ notificationTopicArn: TOPIC });

const patternOf = ({ event_pattern: pattern }: Block) =>
  JSON.parse(String(pattern)) as { source: string[]; 'detail-type': string[]; detail: Record<string, unknown> };

/** What is told of each kind of job. */
function details(result: Synthesized): Record<string, unknown> {
  const patterns = Object.values(all(result, RULE)).map(patternOf);
  for (const { source } of patterns) expect(source).toEqual(['aws.backup']);
  return Object.fromEntries(patterns.map(({ 'detail-type': kinds, detail }) => [kinds.join(), detail]));
}

/** An alarm by what its name ends in. */
function alarm(end: string, result: Synthesized = told): Block {
  const found = Object.values(all(result, 'aws_cloudwatch_metric_alarm')).filter(({ alarm_name: name }) =>
    String(name).endsWith(end),
  );
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

const copying = (choices: Choices = {}) =>
  synth((stack) => {
    const provider = new AwsProvider(stack, 'There', { region: 'us-east-1', alias: 'there' });
    plan(stack, { notificationTopicArn: TOPIC, copyTo: { provider }, ...choices });
  });

// https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
const FAILED = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];
const [vault] = Object.keys(all(told, VAULT));

describe('BackupPlan', () => {
  describe('tells the topic', () => {
    test('of backups into its vault that failed, were given up, or never started', () => {
      expect(details(told)['Backup Job State Change']).toEqual({
        state: FAILED,
        backupVaultName: [`\${${VAULT}.${vault}.name}`],
      });
    });

    test('of its drills that failed, and of nobody else’s restores', () => {
      const [drill] = Object.keys(all(told, 'aws_backup_restore_testing_plan'));
      expect(details(told)['Restore Job State Change']).toEqual({
        status: ['FAILED', 'ABORTED'], // `status` there, `state` elsewhere
        restoreTestingPlanArn: [`\${aws_backup_restore_testing_plan.${drill}.arn}`],
      });
    });

    test('of copies out of its vault that failed', () => {
      const result = copying();
      const here = Object.entries(all(result, VAULT)).find(([, { provider }]) => provider === undefined);
      expect(details(result)['Copy Job State Change']).toEqual({
        state: FAILED,
        sourceBackupVaultArn: [`\${${VAULT}.${here?.[0]}.arn}`],
      });
    });

    test('of no more than it does', () => {
      expect(Object.keys(details(told)).sort()).toEqual(['Backup Job State Change', 'Restore Job State Change']);
      expect(Object.keys(details(copying({ allowUntestedBackups: true }))).sort()).toEqual([
        'Backup Job State Change',
        'Copy Job State Change',
      ]);
    });

    test('each by a rule that has it as its target', () => {
      const rules = Object.values(all(copying(), RULE));
      const targets = Object.values(all(copying(), 'aws_cloudwatch_event_target'));
      expect(targets.map(({ arn }) => arn)).toEqual([TOPIC, TOPIC, TOPIC]);
      expect(new Set(targets.map(({ rule }) => follow(copying(), rule).block.name_prefix)).size).toBe(rules.length);
      expect(rules.map(({ name_prefix: prefix }) => prefix).sort()).toEqual([
        'Backups-Backups-',
        'Backups-Copies-',
        'Backups-Drills-',
      ]);
    });

    test('nothing without a topic', () => {
      expect(all(plain(), RULE)).toEqual({});
      expect(all(plain(), 'aws_cloudwatch_event_target')).toEqual({});
    });

    test('in a description that EventBridge takes', () => {
      const odd = synth((stack) => {
        plan(new Construct(stack, 'x'.repeat(600)), { notificationTopicArn: TOPIC });
      });
      for (const { description } of Object.values(all(odd, RULE))) {
        expect(description).toMatch(/^.{1,512}$/);
      }
    });
  });

  // EventBridge may not publish to a topic whose policy does not say so; alarms may.
  describe('rings when the topic does not take what it is told', () => {
    test('by the failed invocations of all its rules, at once', () => {
      const queries = alarm('-untold', copying()).metric_query as { id: string; expression?: string; metric?: Block }[];
      const rules = Object.keys(all(copying(), RULE));
      const watched = queries.flatMap(({ metric }) => (metric ? [metric] : []));
      expect(queries.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'untold']);
      expect(watched).toHaveLength(3);
      for (const metric of watched) {
        expect(metric).toMatchObject({
          namespace: 'AWS/Events',
          metric_name: 'FailedInvocations',
          stat: 'Sum',
          period: 300,
        });
      }
      const names = watched.map(({ dimensions }) => (dimensions as { RuleName: string }).RuleName);
      expect(names.sort()).toEqual(rules.map((rule) => `\${${RULE}.${rule}.name}`).sort());
      expect(queries.at(-1)).toMatchObject({
        expression: 'SUM([FILL(m0, 0), FILL(m1, 0), FILL(m2, 0)])',
        return_data: true,
      });
    });

    test('and says what to do', () => {
      expect(alarm('-untold')).toMatchObject({
        comparison_operator: 'GreaterThanThreshold',
        threshold: 0,
        evaluation_periods: 1,
        treat_missing_data: 'notBreaching',
        alarm_actions: [TOPIC],
        ok_actions: [TOPIC],
        alarm_description:
          'A failed job of shop/Backups could not be told: let events.amazonaws.com publish to the topic (and use its ' +
          'key), then look at the jobs in AWS Backup',
      });
    });
  });

  // A job that never starts fails nowhere; age-based expiry then deletes the last good backup (requirements, mistake 3).
  describe('rings when no backup comes', () => {
    test('for a day and a half, whatever the reason', () => {
      expect(alarm('-age')).toMatchObject({
        namespace: 'AWS/Backup',
        metric_name: 'NumberOfBackupJobsCompleted',
        dimensions: { BackupVaultName: `\${${VAULT}.${vault}.name}` },
        statistic: 'Sum',
        period: 3600,
        evaluation_periods: 36,
        comparison_operator: 'LessThanThreshold',
        threshold: 1,
        treat_missing_data: 'breaching',
        alarm_actions: [TOPIC],
        ok_actions: [TOPIC],
        alarm_description: 'No backup of shop/Backups was completed for 36 hours',
      });
    });

    test('within what CloudWatch looks back', () => {
      const { period, evaluation_periods: periods } = alarm('-age');
      expect(Number(period) * Number(periods)).toBeLessThanOrEqual(7 * 86_400);
    });

    test('also when nobody is told: the console shows it', () => {
      expect(alarm('-age', plain())).not.toHaveProperty('alarm_actions');
    });
  });
});
