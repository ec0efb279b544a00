import { backups, HERE, RETENTION, THERE } from './stacks/backups';
import { type Cloud, startCloud } from './support/cloud';
import { Deployment, NO_CHANGES, testPlans, testRemoval } from './support/deployment';

interface Put {
  readonly VersionId: string;
  readonly ServerSideEncryption: string;
  readonly SSEKMSKeyId: string;
  readonly BucketKeyEnabled: boolean;
}

describe('buckets and plans of backups, deployed', () => {
  let cloud: Cloud;
  let deployed: Deployment;

  beforeAll(async () => {
    cloud = await startCloud(HERE);
    deployed = new Deployment(cloud, 'backups', backups);
    await deployed.deploy();
  });

  afterAll(async () => {
    deployed?.remove();
    await cloud?.stop();
  });

  /** Answer of an S3 command about the bucket whose name starts so. */
  const s3 = async <Answer>(command: string, bucket: string, ...args: string[]) => {
    const { Buckets: buckets } = await cloud.aws<{ Buckets: readonly { Name: string }[] }>('s3api', 'list-buckets');
    const name = buckets.find(({ Name }) => new RegExp(`^${bucket}-\\d`).test(Name))?.Name ?? '';
    return cloud.aws<Answer>('s3api', command, '--bucket', name, ...args);
  };
  const put = (bucket: string, key: string, ...args: string[]) =>
    s3<Put>('put-object', bucket, '--key', key, '--body', __filename, ...args);

  test('rotate copies by the days that Retention computes, here and in the other bucket', async () => {
    const computed = Object.fromEntries(RETENTION.tiers().map(({ tier, days }) => [`${tier}/`, days]));
    for (const bucket of ['copies', 'copies-replica']) {
      const { Rules: rules } = await s3<{
        Rules: readonly { Filter: { Prefix: string }; Expiration: { Days?: number }; Status: string }[];
      }>('get-bucket-lifecycle-configuration', bucket);
      const ofTiers = rules.filter(({ Filter }) => Filter.Prefix !== '');
      expect(Object.fromEntries(ofTiers.map((rule) => [rule.Filter.Prefix, rule.Expiration.Days]))).toEqual(computed);
      expect(rules.map(({ Status }) => Status)).toEqual(rules.map(() => 'Enabled'));
      expect(rules.filter(({ Filter }) => Filter.Prefix === '')).toEqual([
        expect.objectContaining({
          NoncurrentVersionExpiration: { NoncurrentDays: 7 },
          Expiration: { ExpiredObjectDeleteMarker: true },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        }),
      ]);
    }
  });

  test('keep every version, in private', async () => {
    for (const bucket of ['copies', 'copies-replica', 'usual']) {
      expect(await s3('get-bucket-versioning', bucket)).toEqual({ Status: 'Enabled' });
      expect(await s3('get-public-access-block', bucket)).toEqual({
        PublicAccessBlockConfiguration: {
          ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
        },
      });
      expect(await s3('get-bucket-ownership-controls', bucket)).toEqual({
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    }
  });

  test('lock copies where that was asked for, in the other bucket too', async () => {
    const lock = { Mode: 'GOVERNANCE', Days: 7 };
    for (const bucket of ['copies', 'copies-replica']) {
      expect(await s3('get-object-lock-configuration', bucket)).toEqual({
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: expect.objectContaining(lock) },
        },
      });
    }
  });

  test('replicate what is encrypted, within the time that S3 promises', async () => {
    const { ReplicationConfiguration: replication } = await s3<{
      ReplicationConfiguration: { Rules: readonly object[] };
    }>('get-bucket-replication', 'copies');
    expect(replication.Rules).toEqual([
      expect.objectContaining({
        Status: 'Enabled',
        DeleteMarkerReplication: { Status: 'Disabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: expect.objectContaining({
          EncryptionConfiguration: { ReplicaKmsKeyID: expect.stringContaining(`arn:aws:kms:${THERE}:`) },
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        }),
      }),
    ]);
  });

  test('encrypt with their own key what is uploaded without a word, and refuse any other encryption', async () => {
    const { ServerSideEncryptionConfiguration: encryption } = await s3<{
      ServerSideEncryptionConfiguration: {
        Rules: readonly { ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: string } }[];
      };
    }>('get-bucket-encryption', 'copies');
    const key = encryption.Rules[0]?.ApplyServerSideEncryptionByDefault.KMSMasterKeyID ?? '';
    expect(await put('copies', 'daily/quiet')).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: key,
      BucketKeyEnabled: true,
    });
    const withKms = ['--server-side-encryption', 'aws:kms', '--ssekms-key-id'];
    expect(await put('copies', 'daily/said', ...withKms, key)).toMatchObject({ SSEKMSKeyId: key });
    await expect(put('copies', 'daily/other', ...withKms, key.replace(/.$/, 'x'))).rejects.toThrow('Forbidden');
    await expect(put('copies', 'daily/aes', '--server-side-encryption', 'AES256')).rejects.toThrow('Forbidden');
  });

  test('let copies be deleted for a while, and none for good', async () => {
    const { VersionId: version } = await put('copies', 'daily/held');
    expect(await s3('head-object', 'copies', '--key', 'daily/held')).toMatchObject({ ObjectLockMode: 'GOVERNANCE' });
    expect(await s3('delete-object', 'copies', '--key', 'daily/held')).toMatchObject({ DeleteMarker: true });
    for (const bypass of [[], ['--bypass-governance-retention']]) {
      await expect(
        s3('delete-object', 'copies', '--key', 'daily/held', '--version-id', version, ...bypass),
      ).rejects.toThrow('Forbidden');
    }
  });

  test('tell EventBridge of copies that arrive', async () => {
    expect(await s3('get-bucket-notification-configuration', 'copies')).toEqual({ EventBridgeConfiguration: {} });
  });

  test('take backups on the days of the retention, keep them as long, and copy them', async () => {
    const { BackupPlansList: plans } = await cloud.aws<{
      BackupPlansList: readonly { BackupPlanId: string; BackupPlanName: string }[];
    }>('backup', 'list-backup-plans');
    const id = plans.find(({ BackupPlanName: name }) => /^backups-plan-[0-9a-f]{8}$/.test(name))?.BackupPlanId ?? '';
    const { BackupPlan: plan } = await cloud.aws<{
      BackupPlan: {
        Rules: readonly {
          RuleName: string;
          ScheduleExpression: string;
          Lifecycle: { DeleteAfterDays: number };
          CopyActions: readonly { DestinationBackupVaultArn: string; Lifecycle: { DeleteAfterDays: number } }[];
        }[];
      };
    }>('backup', 'get-backup-plan', '--backup-plan-id', id);
    const lives = plan.Rules.map(({ RuleName, Lifecycle }) => [RuleName, Lifecycle.DeleteAfterDays] as const);
    const promised = RETENTION.tiers().map(({ tier, days }) => [tier, days] as const);
    expect(lives.map(([tier]) => tier).sort()).toEqual(promised.map(([tier]) => tier).sort());
    for (const [tier, days] of promised) expect(new Map(lives).get(tier)).toBeGreaterThanOrEqual(days);
    expect(Object.fromEntries(plan.Rules.map((rule) => [rule.RuleName, rule.ScheduleExpression]))).toEqual({
      daily: 'cron(0 6 * * ? *)',
      weekly: 'cron(0 6 ? * SUN *)',
      monthly: 'cron(0 6 1 * ? *)',
      yearly: 'cron(0 6 1 1 ? *)',
    });
    for (const { CopyActions: copies, Lifecycle } of plan.Rules) {
      expect(copies).toEqual([
        { DestinationBackupVaultArn: expect.stringContaining(`arn:aws:backup:${THERE}:`), Lifecycle },
      ]);
    }
  });

  test('have vaults that are locked, each with a key of its own', async () => {
    for (const region of [HERE, THERE]) {
      const { BackupVaultList: vaults } = await cloud.aws<{
        BackupVaultList: readonly { MinRetentionDays: number; EncryptionKeyArn: string }[];
      }>('backup', 'list-backup-vaults', '--region', region);
      expect(vaults).toHaveLength(2);
      expect(new Set(vaults.map(({ EncryptionKeyArn: key }) => key)).size).toBe(2);
      for (const vault of vaults) expect(vault).toMatchObject({ Locked: true, MinRetentionDays: expect.any(Number) });
    }
  });

  testPlans(() => [deployed]);

  test('plan no changes when they are there', async () => {
    expect(await deployed.stack.plan()).toEqual(NO_CHANGES);
  });

  testRemoval(
    () => [deployed],
    ['aws_backup_vault.force_destroy', 'aws_s3_bucket.force_destroy', 'aws_s3_bucket_policy.policy'],
  );
});
