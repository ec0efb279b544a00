import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { Duration } from 'nines';
import { type Block, synth } from '../../../support/synth';
import { type Choices, emptyPlan, Source, synthPlan, TOPIC } from './plans';

/** Everything that a plan with all its parts makes, as pairs of type and block. */
function parts(choices: Choices, providers: (scope: Construct) => Choices): [string, Block][] {
  const { resource, data } = synth((stack) => {
    const backups = emptyPlan(stack, {
      notificationTopicArn: TOPIC,
      protectTagged: { backup: 'daily' },
      ...choices,
      ...providers(stack),
    });
    backups.protect(new Source(stack, 'Uploads', { provider: backups.plan.provider as AwsProvider | undefined }));
  });
  return [...Object.entries(resource), ...Object.entries(data)]
    .filter(([type]) => type !== 'aws_s3_bucket')
    .flatMap(([type, blocks]) => Object.values(blocks).map((block): [string, Block] => [type, block]));
}

const own = (scope: Construct, id = 'own') => new AwsProvider(scope, id, { region: 'eu-west-1', alias: id });

describe('BackupPlan', () => {
  test('hands its provider to everything inside', () => {
    const made = parts({}, (scope) => ({ provider: own(scope) }));
    expect(made.length).toBeGreaterThan(20);
    for (const [type, { provider }] of made) expect([type, provider]).toEqual([type, 'aws.own']);
  });

  test('hands the other one to the second vault and what belongs to it', () => {
    const made = parts({}, (scope) => ({
      provider: own(scope),
      copyTo: { provider: own(scope, 'there'), accountId: '210987654321' },
    }));
    const there = made.filter(([, { provider }]) => provider === 'aws.there').map(([type]) => type);
    expect(there.sort()).toEqual([
      ...['aws_backup_vault', 'aws_backup_vault_lock_configuration', 'aws_backup_vault_policy', 'aws_kms_key'],
    ]);
    for (const [type, { provider }] of made)
      expect([type, provider]).toEqual([type, expect.stringMatching(/^aws\.(own|there)$/)]);
  });

  // What AWS keeps no tags for, or the provider sets none on.
  const UNTAGGED = [
    ...['aws_backup_vault_lock_configuration', 'aws_backup_vault_policy', 'aws_backup_selection'],
    ...['aws_backup_restore_testing_selection', 'aws_iam_role_policy_attachment', 'aws_cloudwatch_event_target'],
    'aws_caller_identity',
  ];

  test('tags everything inside that carries tags, by its path and with yours, also in the other region', () => {
    const made = parts({ tags: { team: 'shop' } }, (scope) => ({
      copyTo: { provider: own(scope, 'there'), accountId: '210987654321' },
    }));
    const tagged = made.filter(([type]) => !UNTAGGED.includes(type));
    for (const [type, { tags }] of tagged) {
      expect([type, tags]).toEqual([type, { team: 'shop', Name: expect.stringMatching(/^shop\/Backups/) }]);
    }
    const names = tagged.map(([, { tags }]) => (tags as { Name: string }).Name);
    expect(new Set(names).size).toBe(names.length);
  });

  describe('warns', () => {
    const warnings = (choices: Choices) => synthPlan({ notificationTopicArn: TOPIC, ...choices }).warnings;

    test.each<[string, Choices, string]>([
      [
        'when nobody would hear of a failure',
        { notificationTopicArn: undefined },
        'no notificationTopicArn: alarms and failures are seen only by who looks',
      ],
      [
        'when nothing is ever restored',
        { allowUntestedBackups: true },
        'allowUntestedBackups: nothing shows that a backup can be restored',
      ],
      [
        'when it can be removed',
        { allowDestroy: true },
        'allowDestroy: the vault and all backups in it can be removed',
      ],
      [
        'when nobody can take the lock away',
        { lockThatNobodyCanUndoAfter: Duration.days(3) },
        'lockThatNobodyCanUndoAfter: what is in the vault is paid for until its time has come',
      ],
    ])('%s', (_, choices, warning) => {
      expect(warnings(choices)).toEqual([warning]);
    });

    test('of nothing else', () => {
      expect(warnings({})).toEqual([]);
    });
  });
});
