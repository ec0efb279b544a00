import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Duration, Retention, type RetentionTier } from 'nines';
import type { BackupBucket, Grantee } from 'nines/aws';
import { all, emptyStack, only, problemsOf, type Synthesized, synth, synthApp } from '../../../support/synth';
import { backups, type Choices, OTHER_ACCOUNT, replicated } from './buckets';
import { type Request, verdict } from './iam';

class Job extends Construct implements Grantee {
  readonly role: IamRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new IamRole(this, 'Role', { assumeRolePolicy: '{}' });
  }
}

const THROUGH_S3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };

type Grant = (bucket: BackupBucket, job: Job) => void;

/** Whether a job that is granted something may do what it asks for. `BUCKET` and `KEY` stand for their ARNs. */
function judge(grant: Grant, choices?: Choices) {
  const result = synth((stack) => grant(backups(stack, choices), new Job(stack, 'Job')));
  const [bucket] = Object.keys(all(result, 'aws_s3_bucket'));
  const [key] = Object.keys(all(result, 'aws_kms_key'));
  const { policy } = only(result, 'aws_iam_role_policy');
  return (action: string, resource: string, context: Request['context'] = {}) =>
    verdict(policy, {
      action,
      resource: resource
        .replace('BUCKET', `\${aws_s3_bucket.${bucket}.arn}`)
        .replace('KEY', `\${aws_kms_key.${key}.arn}`),
      context,
    }) === 'allowed';
}

/** Id of the policy of the grant, beside that of the replication. */
function grantIn(result: Synthesized): string {
  return Object.keys(all(result, 'aws_iam_role_policy')).find((id) => id.includes('From')) ?? '';
}

describe('BackupBucket', () => {
  describe('grantWrite lets a role', () => {
    const may = judge((bucket, job) => bucket.grantWrite(job));

    test.each(['daily', 'weekly', 'monthly', 'yearly'])('add %s copies', (tier) => {
      expect(may('s3:PutObject', `BUCKET/${tier}/2026-02-01.dump`)).toBe(true);
      expect(may('s3:AbortMultipartUpload', `BUCKET/${tier}/2026-02-01.dump`)).toBe(true);
    });

    test('encrypt them, and put the parts of a large one together, with the key of the bucket and through S3 alone', () => {
      expect(may('kms:GenerateDataKey', 'KEY', THROUGH_S3)).toBe(true);
      expect(may('kms:Decrypt', 'KEY', THROUGH_S3)).toBe(true);
      expect(may('kms:Decrypt', 'KEY', { 'kms:ViaService': 's3.cn-north-1.amazonaws.com.cn' })).toBe(true);
      expect(may('kms:Decrypt', 'KEY')).toBe(false);
      expect(may('kms:Decrypt', 'KEY', { 'kms:ViaService': 'rds.eu-west-1.amazonaws.com' })).toBe(false);
      expect(may('kms:GenerateDataKey', 'arn:aws:kms:eu-west-1:123456789012:key/1', THROUGH_S3)).toBe(false);
    });

    test.each([
      ['read', 's3:GetObject'],
      ['read an old version of', 's3:GetObjectVersion'],
      ['delete', 's3:DeleteObject'],
      ['remove for good', 's3:DeleteObjectVersion'],
      ['lock', 's3:PutObjectRetention'],
      ['hold', 's3:PutObjectLegalHold'],
      ['pass over the lock of', 's3:BypassGovernanceRetention'],
    ])('not %s a copy', (_, action) => {
      expect(may(action, 'BUCKET/daily/2026-02-01.dump')).toBe(false);
    });

    test.each(['list', 'delete', 'rotate'])('not %s the bucket', (verb) => {
      const actions = { list: 's3:ListBucket', delete: 's3:DeleteBucket', rotate: 's3:PutLifecycleConfiguration' };
      expect(may(actions[verb as keyof typeof actions], 'BUCKET')).toBe(false);
    });

    test('not write where nothing is rotated', () => {
      expect(may('s3:PutObject', 'BUCKET/2026-02-01.dump')).toBe(false);
      expect(may('s3:PutObject', 'BUCKET/hourly/2026-02-01.dump')).toBe(false);
      const daily = judge((bucket, job) => bucket.grantWrite(job), { retention: Retention.gfs({ daily: 7 }) });
      expect(daily('s3:PutObject', 'BUCKET/weekly/2026-02-01.dump')).toBe(false);
    });

    test('write the folders that are named, and no other', () => {
      const daily = judge((bucket, job) => bucket.grantWrite(job, ['daily', 'weekly']));
      expect(daily('s3:PutObject', 'BUCKET/daily/2026-02-01.dump')).toBe(true);
      expect(daily('s3:PutObject', 'BUCKET/weekly/2026-02-01.dump')).toBe(true);
      expect(daily('s3:PutObject', 'BUCKET/monthly/2026-02-01.dump')).toBe(false);
    });
  });

  describe('grantWrite on locked copies lets a role lock one', () => {
    const lock = (mode: string, days: number) => ({
      's3:object-lock-mode': mode,
      's3:object-lock-remaining-retention-days': String(days),
    });
    const grant: Grant = (bucket, job) => bucket.grantWrite(job);
    const may = judge(grant, { immutable: true });
    const locks = (tier: RetentionTier, context: Request['context'], judgement = may) =>
      judgement('s3:PutObjectRetention', `BUCKET/${tier}/2026-02-01.dump`, context);

    test.each<[RetentionTier, number]>([
      ['daily', 7],
      ['weekly', 28],
      ['monthly', 366],
      ['yearly', 1096],
    ])('that is %s for the %i days that it lives, and no longer', (tier, days) => {
      expect(locks(tier, lock('GOVERNANCE', days))).toBe(true);
      expect(locks(tier, lock('GOVERNANCE', days + 1))).toBe(false);
    });

    // features.md, terraform-aws-s3-bucket#67: buckets that nobody can delete for five years, by a copied example
    test('so that it can be undone, unless the whole bucket is locked so that nobody can', () => {
      expect(locks('daily', lock('COMPLIANCE', 1))).toBe(false);
      const strict = judge(grant, { immutable: true, lockThatNobodyCanUndo: true });
      expect(locks('daily', lock('COMPLIANCE', 7), strict)).toBe(true);
      expect(locks('daily', lock('GOVERNANCE', 7), strict)).toBe(false);
    });

    test('only with a time that it says', () => {
      expect(locks('daily', {})).toBe(false);
      expect(locks('daily', { 's3:object-lock-mode': 'GOVERNANCE' })).toBe(false);
    });

    test('in the folders that are named, and no other', () => {
      const daily = judge((bucket, job) => bucket.grantWrite(job, ['daily']), { immutable: true });
      expect(locks('daily', lock('GOVERNANCE', 7), daily)).toBe(true);
      expect(locks('weekly', lock('GOVERNANCE', 7), daily)).toBe(false);
    });
  });

  describe('grantRead lets a role', () => {
    const may = judge((bucket, job) => bucket.grantRead(job));

    test.each(['daily', 'weekly', 'monthly', 'yearly'])('list and read %s copies, also deleted ones', (tier) => {
      expect(may('s3:GetObject', `BUCKET/${tier}/2026-02-01.dump`)).toBe(true);
      expect(may('s3:GetObjectVersion', `BUCKET/${tier}/2026-02-01.dump`)).toBe(true);
      expect(may('s3:ListBucket', 'BUCKET', { 's3:prefix': `${tier}/` })).toBe(true);
      expect(may('s3:ListBucketVersions', 'BUCKET', { 's3:prefix': `${tier}/2026` })).toBe(true);
    });

    // features.md §0: IAM takes no changes while us-east-1 is lost, so nothing may be missing then
    test('read the second bucket too, for the day on which this one is lost', () => {
      const result = synth((stack) => replicated(stack).grantRead(new Job(stack, 'Job')));
      const { policy } = all(result, 'aws_iam_role_policy')[grantIn(result)] ?? {};
      for (const bucket of Object.keys(all(result, 'aws_s3_bucket'))) {
        const resource = `\${aws_s3_bucket.${bucket}.arn}/daily/1.dump`;
        expect(verdict(policy, { action: 's3:GetObject', resource })).toBe('allowed');
      }
      for (const key of Object.keys(all(result, 'aws_kms_key'))) {
        const request = { action: 'kms:Decrypt', resource: `\${aws_kms_key.${key}.arn}`, context: THROUGH_S3 };
        expect(verdict(policy, request)).toBe('allowed');
      }
      expect(Object.keys(all(result, 'aws_s3_bucket'))).toHaveLength(2);
    });

    test('not read the second bucket of another account, which would have to allow it too', () => {
      const result = synth((stack) =>
        replicated(stack, { replicateTo: { accountId: OTHER_ACCOUNT } }).grantRead(new Job(stack, 'Job')),
      );
      const { policy } = all(result, 'aws_iam_role_policy')[grantIn(result)] ?? {};
      expect(String(policy)).not.toContain('Replica');
    });

    test('decrypt them through S3 alone', () => {
      expect(may('kms:Decrypt', 'KEY', THROUGH_S3)).toBe(true);
      expect(may('kms:Decrypt', 'KEY')).toBe(false);
      expect(may('kms:GenerateDataKey', 'KEY', THROUGH_S3)).toBe(false);
    });

    test.each([
      's3:PutObject',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:PutObjectRetention',
      's3:RestoreObject',
    ])('not %s', (action) => {
      expect(may(action, 'BUCKET/daily/2026-02-01.dump')).toBe(false);
    });

    test('not list what is elsewhere', () => {
      expect(may('s3:ListBucket', 'BUCKET')).toBe(false);
      expect(may('s3:ListBucket', 'BUCKET', { 's3:prefix': '' })).toBe(false);
      expect(may('s3:ListBucket', 'BUCKET', { 's3:prefix': 'other/' })).toBe(false);
    });

    test('read the folders that are named, and no other', () => {
      const daily = judge((bucket, job) => bucket.grantRead(job, ['daily']));
      expect(daily('s3:GetObject', 'BUCKET/daily/2026-02-01.dump')).toBe(true);
      expect(daily('s3:GetObject', 'BUCKET/yearly/2026-01-01.dump')).toBe(false);
      expect(daily('s3:ListBucket', 'BUCKET', { 's3:prefix': 'yearly/' })).toBe(false);
    });

    test.each(['GLACIER', 'DEEP_ARCHIVE'] as const)(
      'fetch copies from %s, where nothing is read at once',
      (storageClass) => {
        const cold = judge((bucket, job) => bucket.grantRead(job), {
          transitions: [{ storageClass, after: Duration.days(0) }],
        });
        expect(cold('s3:RestoreObject', 'BUCKET/yearly/2026-01-01.dump')).toBe(true);
      },
    );
  });

  describe('makes one policy', () => {
    const policies = (grant: Grant) =>
      Object.keys(
        all(
          synth((stack) => grant(backups(stack), new Job(stack, 'Job'))),
          'aws_iam_role_policy',
        ),
      ).map((id) => id.replace(/_\w{8}$/, ''));

    test('for each verb and choice of folders', () => {
      const ids = policies((bucket, job) => {
        bucket.grantWrite(job);
        bucket.grantRead(job);
        bucket.grantRead(job, ['weekly', 'daily']);
      });
      expect(ids).toEqual([
        'Backups_Read-From-shop--Job',
        'Backups_Read-daily-weekly-From-shop--Job',
        'Backups_Write-From-shop--Job',
      ]);
    });

    test('for what is granted twice, in whatever order', () => {
      const ids = policies((bucket, job) => {
        bucket.grantRead(job, ['weekly', 'daily']);
        bucket.grantRead(job, ['daily', 'weekly', 'daily']);
      });
      expect(ids).toEqual(['Backups_Read-daily-weekly-From-shop--Job']);
    });

    test('in the stack of the bucket, for a role of another', () => {
      const { shop, jobs } = synthApp((app) => {
        const stackOf = (name: string) => {
          const stack = new TerraformStack(app, name);
          new AwsProvider(stack, 'Aws', { region: 'eu-west-1' });
          return stack;
        };
        backups(stackOf('shop')).grantWrite(new Job(stackOf('jobs'), 'Job'));
      });
      expect(Object.keys(shop?.resource.aws_iam_role_policy ?? {})).toHaveLength(1);
      expect(jobs?.resource).not.toHaveProperty('aws_iam_role_policy');
    });
  });

  describe('refuses to grant', () => {
    const problems = (tiers: unknown, retention = Retention.gfs({ daily: 7, monthly: 3 })) => {
      const stack = emptyStack();
      const bucket = backups(stack, { retention });
      const job = new Job(stack, 'Job');
      const written = problemsOf(() => bucket.grantWrite(job, tiers as RetentionTier[]));
      expect(problemsOf(() => bucket.grantRead(job, tiers as RetentionTier[]))).toEqual(written);
      return written;
    };

    test('a folder that is not of the retention', () => {
      expect(problems(['daily', 'weekly'])).toEqual([
        "tiers must be of the retention (daily, monthly), got 'weekly'; nothing rotates another",
      ]);
    });

    test('no folder at all, which IAM would refuse at apply', () => {
      expect(problems([])).toEqual(['tiers must name at least one tier, got none; leave it out for all of them']);
    });

    test('one folder as text', () => {
      expect(problems('daily')).toEqual(["tiers must be a list, got 'daily'; write it as in [ … ]"]);
    });
  });
});
