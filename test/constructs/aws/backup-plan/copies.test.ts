import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { Duration, Retention } from 'nines';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { type Choices, KEPT, KEY, LOCK, plain, plan, planOf, rulesOf, VAULT } from './plans';

const THERE_KEY = KEY.replace('eu-west-1', 'us-east-1');

/** A plan that copies to us-east-1, or to an account there. */
function copying(choices: Choices = {}, copy: { accountId?: string; kmsKeyArn?: string } = {}): Synthesized {
  return synth((stack: Construct) => {
    const provider = new AwsProvider(stack, 'There', { region: 'us-east-1', alias: 'there' });
    plan(stack, { ...choices, copyTo: { provider, ...copy } });
  });
}

/** The blocks of a type that are in the other region, and those here. */
function apart(result: Synthesized, type: string) {
  const blocks = Object.values(all(result, type));
  const there = blocks.filter(({ provider }) => provider === 'aws.there');
  return { there, here: blocks.filter((block) => !there.includes(block)) };
}

/** Types of what must be there before the plan by tiers. */
const waitedFor = (result: Synthesized) =>
  (planOf(result, 'tiers').depends_on as string[]).map((address) => address.split('.')[0]);

describe('BackupPlan', () => {
  const copied = copying();

  test('copies every backup of a tier to the second vault, and keeps the copy as long', () => {
    const rules = rulesOf(copied);
    expect(rules).toHaveLength(KEPT.tiers().length);
    for (const { lifecycle, copy_action: copies = [] } of rules) {
      expect(copies).toMatchObject([{ lifecycle }]);
      const { type, attribute, block } = follow(copied, copies[0]?.destination_vault_arn);
      expect({ type, attribute, provider: block.provider }).toEqual({
        type: VAULT,
        attribute: 'arn',
        provider: 'aws.there',
      });
    }
  });

  test('makes the second vault there, with a key and a lock like those of the first', () => {
    for (const type of [VAULT, LOCK, 'aws_kms_key']) {
      const { here, there } = apart(copied, type);
      expect([type, here.length, there.length]).toEqual([type, 1, 1]);
    }
    const { here, there } = apart(copied, LOCK);
    expect(there[0]?.min_retention_days).toBe(here[0]?.min_retention_days);
    const vaults = apart(copied, VAULT);
    expect(follow(copied, vaults.there[0]?.kms_key_arn).block.provider).toBe('aws.there');
    expect(vaults.there[0]).toMatchObject({ lifecycle: { prevent_destroy: true }, force_destroy: false });
    expect(vaults.there[0]?.name).not.toBe(vaults.here[0]?.name);
  });

  test('locks it for ever when the first one is', () => {
    const { there } = apart(copying({ lockThatNobodyCanUndoAfter: Duration.days(7) }), LOCK);
    expect(there).toMatchObject([{ changeable_for_days: 7 }]);
  });

  test('encrypts it with your key there, and the first one with its own', () => {
    const { here, there } = apart(copying({}, { kmsKeyArn: THERE_KEY }), VAULT);
    expect(there[0]?.kms_key_arn).toBe(THERE_KEY);
    expect(here[0]?.kms_key_arn).toMatch(/aws_kms_key/);
    const firstOnly = apart(copying({ kmsKeyArn: KEY }), VAULT);
    expect(firstOnly.there[0]?.kms_key_arn).toMatch(/aws_kms_key/);
    expect(firstOnly.here[0]?.kms_key_arn).toBe(KEY);
  });

  test('lets both be removed together', () => {
    const { there } = apart(copying({ allowDestroy: true }), VAULT);
    expect(there[0]).toMatchObject({ force_destroy: true });
    expect(there[0]).not.toHaveProperty('lifecycle');
  });

  test('fills no vault before it is locked', () => {
    expect(waitedFor(copied)).toEqual([LOCK, LOCK]);
  });

  test('tells the ARN of the second vault; none without one', () => {
    synth((stack) => {
      const provider = new AwsProvider(stack, 'There', { region: 'us-east-1', alias: 'there' });
      expect(plan(stack, { copyTo: { provider } }).copyVaultArn).toBeDefined();
      expect(plan(stack, {}, 'Others').copyVaultArn).toBeUndefined();
    });
  });

  test('makes no second vault unless said', () => {
    expect(Object.keys(all(plain(), VAULT))).toHaveLength(1);
    expect(all(copied, 'aws_backup_vault_policy')).toEqual({});
  });

  describe('into another account', () => {
    const other = copying({}, { accountId: '210987654321' });

    test('lets the account of the plan copy into the vault, and nothing else', () => {
      const policy = only(other, 'aws_backup_vault_policy');
      const { Statement: statements } = JSON.parse(String(policy.policy));
      const [identity] = Object.keys(other.data.aws_caller_identity ?? {});
      expect(statements).toEqual([
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::\${data.aws_caller_identity.${identity}.account_id}:root` },
          Action: ['backup:CopyIntoBackupVault'],
          Resource: ['*'],
        },
      ]);
      expect(policy.provider).toBe('aws.there');
      expect(follow(other, policy.backup_vault_name).block.provider).toBe('aws.there');
      expect(only({ ...other, resource: other.data }, 'aws_caller_identity')).not.toHaveProperty('provider');
    });

    test('asks the provider of the plan which account that is', () => {
      const result = synth((stack) => {
        const provider = new AwsProvider(stack, 'Here', { region: 'eu-west-1', alias: 'here' });
        const there = new AwsProvider(stack, 'There', { region: 'us-east-1', alias: 'there' });
        plan(stack, { provider, copyTo: { provider: there, accountId: '210987654321' } });
      });
      expect(only({ ...result, resource: result.data }, 'aws_caller_identity').provider).toBe('aws.here');
    });

    test('copies nothing before that is allowed', () => {
      expect(waitedFor(other)).toEqual([LOCK, LOCK, 'aws_backup_vault_policy']);
    });

    test('may be in the same region', () => {
      const build = () =>
        synth((stack) => {
          const provider = new AwsProvider(stack, 'There', { region: 'eu-west-1', alias: 'there' });
          plan(stack, { copyTo: { provider, accountId: '210987654321' } });
        });
      expect(build).not.toThrow();
    });
  });

  test('keeps copies of few daily backups as short as these', () => {
    const [daily] = rulesOf(copying({ retention: Retention.gfs({ daily: 2 }) }));
    expect(daily?.copy_action?.[0]?.lifecycle).toEqual({ delete_after: 3 });
  });
});
