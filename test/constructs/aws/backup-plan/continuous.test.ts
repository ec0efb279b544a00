import { Retention } from 'nines';
import { all, follow, type Synthesized, synth } from '../../../support/synth';
import { emptyPlan, PLAN, plain, plan, planOf, rds, rulesOf, SELECTION, Source, VAULT } from './plans';

const continuousSelection = (result: Synthesized) =>
  Object.values(all(result, SELECTION)).filter(({ name }) => name === 'ContinuousSelection');

describe('BackupPlan', () => {
  describe('backs up without a gap', () => {
    test('what can be, and lets itself be', () => {
      const result = synth((stack) => {
        const backups = emptyPlan(stack);
        backups.protect(new Source(stack, 'Database', rds())); // its window and retention are RDS's own
        backups.protect(new Source(stack, 'Uploads'));
        backups.protect(new Source(stack, 'Orders', rds({ arn: 'orders', continuous: true })));
      });
      expect(continuousSelection(result)).toMatchObject([{ resources: ['arn:aws:s3:::uploads', 'orders'] }]);
      expect(Object.keys(all(result, PLAN))).toHaveLength(2);
    });

    test('nothing, when nothing can be: there is no plan for it', () => {
      const result = synth((stack) => emptyPlan(stack).protect(new Source(stack, 'Database', rds())));
      expect(continuousSelection(result)).toEqual([]);
      expect(Object.keys(all(result, PLAN))).toHaveLength(1);
    });

    test('nothing by a tag: AWS Backup would take over databases whose windows are said elsewhere', () => {
      const result = synth((stack) => plan(stack, { protectTagged: { backup: 'daily' } }));
      expect(continuousSelection(result)).toMatchObject([{ selection_tag: [] }]);
    });
  });

  describe('keeps continuous backups', () => {
    const days = (daily: number) =>
      rulesOf(
        synth((stack) => {
          plan(stack, { retention: Retention.gfs({ daily, monthly: 1 }) });
        }),
        'continuous',
      ).map(({ lifecycle }) => lifecycle.delete_after);

    test('as long as daily ones', () => {
      expect(days(7)).toEqual([8]);
      expect(days(34)).toEqual([35]);
    });

    test('35 days at the most, which is all that AWS Backup can', () => {
      expect(days(35)).toEqual([35]);
      expect(days(90)).toEqual([35]);
    });
  });

  // A bucket's continuous and its other backups must be in one vault.
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html#s3-backup-types
  test('has one rule for them, in the vault of the others', () => {
    const [rule, ...others] = rulesOf(plain(), 'continuous');
    expect(others).toEqual([]);
    expect(rule).toMatchObject({
      rule_name: 'continuous',
      enable_continuous_backup: true,
      schedule: 'cron(0 6 * * ? *)',
    });
    expect(rule?.target_vault_name).toBe(rulesOf(plain())[0]?.target_vault_name);
    expect(follow(plain(), rule?.target_vault_name).type).toBe(VAULT);
    expect(rule).not.toHaveProperty('copy_action'); // a copy of one is a snapshot; those of the tiers are copied
  });

  test('takes no continuous backup by the rules of the tiers', () => {
    for (const rule of rulesOf(plain())) expect(rule).not.toHaveProperty('enable_continuous_backup');
    expect(planOf(plain(), 'tiers').name).not.toBe(planOf(plain(), 'continuous').name);
  });
});
