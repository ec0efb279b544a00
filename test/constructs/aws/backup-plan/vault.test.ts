import { TerraformOutput } from 'cdktf';
import { Duration, Retention } from 'nines';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { type Choices, KEY, LOCK, lockOf, PLAN, plain, plan, rulesOf, synthPlan, VAULT } from './plans';

const vault = only(plain(), VAULT);
const lockFor = (choices: Choices) => lockOf(synthPlan(choices));

/** What the resource in a `depends_on` list is. */
const kindsOf = (dependsOn: unknown) => (dependsOn as string[]).map((address) => address.split('.')[0]);

describe('BackupPlan', () => {
  describe('encrypts its vault', () => {
    test('with a key of its own, which changes every year, and is gone 30 days after it is removed', () => {
      const { block, type } = follow(plain(), vault.kms_key_arn);
      expect(type).toBe('aws_kms_key');
      expect(block).toMatchObject({
        enable_key_rotation: true,
        deletion_window_in_days: 30,
        description: 'Backups of shop/Backups',
        lifecycle: { prevent_destroy: true },
      });
    });

    test('with yours', () => {
      const result = synthPlan({ kmsKeyArn: KEY });
      expect(only(result, VAULT).kms_key_arn).toBe(KEY);
      expect(all(result, 'aws_kms_key')).toEqual({});
    });
  });

  // Without changeable_for_days, AWS Backup locks in governance mode.
  test('locks its vault so that nobody deletes a backup before its time, and whoever may can take that back', () => {
    expect(follow(plain(), lockOf(plain()).backup_vault_name).block).toBe(vault);
    expect(lockOf(plain())).not.toHaveProperty('changeable_for_days');
  });

  test('locks it for ever only by a name that says so', () => {
    expect(lockFor({ lockThatNobodyCanUndoAfter: Duration.days(30) }).changeable_for_days).toBe(30);
    expect(lockFor({ lockThatNobodyCanUndoAfter: Duration.hours(72) }).changeable_for_days).toBe(3);
  });

  describe('takes into its vault what lives as long as the shortest that it keeps', () => {
    test.each<[string, Parameters<typeof Retention.gfs>[0], number]>([
      ['daily backups', { daily: 7, weekly: 4 }, 8],
      ['weekly ones', { daily: 30, weekly: 2 }, 15],
      ['continuous ones, which AWS Backup keeps for 35 days at the most', { daily: 90, weekly: 20 }, 35],
    ])('%s', (_, counts, days) => {
      expect(lockFor({ retention: Retention.gfs(counts) }).min_retention_days).toBe(days);
    });

    // A longest life would make the lock anew whenever something is to be kept for longer, and refuse it in compliance mode.
    test('and forbids to keep nothing for longer', () => {
      expect(lockOf(plain())).not.toHaveProperty('max_retention_days');
    });

    // Jobs outside of the range of a lock fail. https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
    test.each<[Parameters<typeof Retention.gfs>[0]]>([
      [{ daily: 1 }],
      [{ daily: 7, weekly: 4, monthly: 12, yearly: 10 }],
      [{ daily: 36_000, weekly: 1 }],
      [{ daily: 34 }],
      [{ daily: 35 }],
    ])('so that no job of its own fails: %j', (counts) => {
      const result = synthPlan({ retention: Retention.gfs(counts) });
      const lives = [...rulesOf(result), ...rulesOf(result, 'continuous')].map(
        ({ lifecycle }) => lifecycle.delete_after,
      );
      const least = Number(lockOf(result).min_retention_days);
      for (const days of lives) expect(days).toBeGreaterThanOrEqual(least);
      expect(lives).toContain(least); // and none that is shorter than it has to be
    });
  });

  // Changed the other way round, a lock that stays as it is would leave a plan all of whose jobs fail.
  test('locks the vault before it makes or changes the plans that fill it', () => {
    for (const block of Object.values(all(plain(), PLAN))) expect(kindsOf(block.depends_on)).toEqual([LOCK]);
  });

  describe('is removed', () => {
    const protectedOnes = (result: Synthesized) => [only(result, VAULT), only(result, 'aws_kms_key')];

    test('by mistake: never', () => {
      for (const block of protectedOnes(plain())) expect(block.lifecycle).toEqual({ prevent_destroy: true });
      expect(vault.force_destroy).toBe(false);
    });

    test('on purpose, with all backups, after a deployment with allowDestroy', () => {
      const result = synthPlan({ allowDestroy: true });
      for (const block of protectedOnes(result)) expect(block).not.toHaveProperty('lifecycle');
      expect(only(result, VAULT).force_destroy).toBe(true);
    });
  });

  test('tells the name and the ARN of its vault', () => {
    const result = synth((stack) => {
      const { vaultName, vaultArn } = plan(stack);
      new TerraformOutput(stack, 'name', { value: vaultName });
      new TerraformOutput(stack, 'arn', { value: vaultArn });
    });
    for (const attribute of ['name', 'arn']) {
      expect(follow(result, result.output[attribute]?.value)).toMatchObject({ type: VAULT, attribute });
    }
  });

  test('has a vault of a name that AWS Backup takes', () => {
    expect(vault.name).toMatch(/^(?=.{2,50}$)[a-z][a-z0-9-]*$/);
  });
});
