import { Retention } from 'nines';
import { all, follow, only, synth } from '../../../support/synth';
import { type Choices, KEPT, plain, plan, planOf, type Rule, rulesOf, synthPlan, TOPIC, VAULT } from './plans';
import { firings } from './schedule';

const DAY = 86_400_000;
const [FROM, TO] = [Date.UTC(2026, 0, 1), Date.UTC(2032, 0, 1)]; // with the leap day of 2028

const ALL = Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 });
const rules = (choices: Choices = {}) => rulesOf(synthPlan(choices));
const everyTier = rules({ retention: ALL });
const named = (name: string, from: readonly Rule[] = everyTier) => from.find(({ rule_name: rule }) => rule === name);

describe('BackupPlan', () => {
  test('has a rule for each tier of its retention, and no other', () => {
    expect(everyTier.map(({ rule_name: name }) => name)).toEqual(['daily', 'weekly', 'monthly', 'yearly']);
    expect(rules({ retention: Retention.gfs({ daily: 3 }) }).map(({ rule_name: name }) => name)).toEqual(['daily']);
    expect(rulesOf(plain()).map(({ rule_name: name }) => name)).toEqual(['daily', 'weekly', 'monthly']);
  });

  // A day more than the longest row of its tier: the next one is done only when the first is a day older.
  test('keeps what it takes a day longer than its tier needs', () => {
    const days = Object.fromEntries(everyTier.map((rule) => [rule.rule_name, rule.lifecycle.delete_after]));
    expect(days).toEqual({ daily: 8, weekly: 29, monthly: 367, yearly: 1097 });
  });

  test('takes a backup on the very days on which a BackupBucket expects one, for six years', () => {
    for (const { rule_name: tier, schedule } of everyTier) {
      const due: number[] = [];
      for (let day = FROM; day < TO; day += DAY) {
        if (ALL.dueOn(new Date(day)).some((one) => one === tier)) due.push(day + 6 * 3_600_000);
      }
      expect(firings(schedule, FROM, TO)).toEqual(due);
    }
  });

  test.each([
    ['23:59', 'cron(59 23 * * ? *)', 'cron(59 23 ? * SUN *)', 'cron(59 23 1 * ? *)', 'cron(59 23 1 1 ? *)'],
    ['00:00', 'cron(0 0 * * ? *)', 'cron(0 0 ? * SUN *)', 'cron(0 0 1 * ? *)', 'cron(0 0 1 1 ? *)'],
    [undefined, 'cron(0 6 * * ? *)', 'cron(0 6 ? * SUN *)', 'cron(0 6 1 * ? *)', 'cron(0 6 1 1 ? *)'],
  ])('starts all of them at one time: %s', (time, ...schedules) => {
    expect(rules({ retention: ALL, time }).map(({ schedule }) => schedule)).toEqual(schedules);
  });

  test('tries for eight hours to start a backup, and then gives it twelve: done before the next one', () => {
    for (const rule of everyTier) {
      expect(rule).toMatchObject({ start_window: 480, completion_window: 720 });
      expect(rule.start_window + rule.completion_window).toBeLessThan(24 * 60);
    }
  });

  test('keeps them in its vault', () => {
    const result = synthPlan({ retention: ALL });
    for (const { target_vault_name: vault } of rulesOf(result)) {
      expect(follow(result, vault)).toMatchObject({ type: VAULT, attribute: 'name' });
    }
  });

  test('copies nothing unless said', () => {
    for (const rule of everyTier) expect(rule).not.toHaveProperty('copy_action');
  });

  // https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_BackupRuleInput.html
  test('has names that AWS Backup takes', () => {
    const name = /^(?=.{1,50}$)[a-z][a-z0-9-]*$/;
    const long = synth((stack) => {
      plan(stack, { notificationTopicArn: TOPIC }, 'Everything'.repeat(9));
    });
    for (const result of [plain(), long]) {
      expect(planOf(result, 'tiers').name).toMatch(name);
      expect(planOf(result, 'continuous').name).toMatch(name);
      expect(only(result, VAULT).name).toMatch(name);
      expect(only(result, 'aws_backup_restore_testing_plan').name).toMatch(/^[a-z][a-z0-9_]{0,49}$/);
    }
    const prefixes = ['aws_iam_role', 'aws_cloudwatch_event_rule'].flatMap((type) => Object.values(all(long, type)));
    for (const { name_prefix: prefix } of prefixes) expect(String(prefix).length + 26).toBeLessThanOrEqual(64);
    for (const { rule_name: rule } of everyTier) expect(rule).toMatch(name);
  });

  describe('keeps a backup for as long as AWS Backup can', () => {
    const most = (counts: Parameters<typeof Retention.gfs>[0]) => rules({ retention: Retention.gfs(counts) });

    test('36,500 days', () => {
      expect(named('daily', most({ daily: 36_499 }))?.lifecycle).toEqual({ delete_after: 36_500 });
      expect(named('yearly', most({ daily: 1, yearly: 99 }))?.lifecycle.delete_after).toBeLessThanOrEqual(36_500);
    });
  });

  test('copies nothing of the counts that it was given', () => {
    expect(KEPT.counts).toEqual({ daily: 7, weekly: 4, monthly: 12 });
  });
});
