import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput } from 'cdktf';
import fc from 'fast-check';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { backups, built, builtTwice, plain, replicated, TOPIC, TOPIC_THERE } from './buckets';

function namePrefixOf(id: string): string {
  const { bucket_prefix: prefix } = only(
    synth((stack) => backups(stack, {}, id)),
    'aws_s3_bucket',
  );
  return String(prefix);
}

describe('BackupBucket', () => {
  test('is made of what it was made of before', () => {
    expect(plain()).toMatchSnapshot();
  });

  describe('is called', () => {
    test('as the user says', () => {
      const bucket = only(built({ bucketName: 'example-shop-backups' }), 'aws_s3_bucket');
      expect(bucket).toMatchObject({ bucket: 'example-shop-backups' });
      expect(bucket).not.toHaveProperty('bucket_prefix');
    });

    test.each([
      ['Backups', 'backups-'],
      ['Shop / Backups', 'shop-backups-'],
      ['Sthree-Backups', 'backup-sthree-backups-'],
      ['Amzn-S3-Demo-Backups', 'backup-amzn-s3-demo-backups-'],
      ['xn--backups', 'xn-backups-'],
    ])('%s by a name that S3 takes and Terraform makes unique: %s…', (id, prefix) => {
      expect(namePrefixOf(id)).toBe(prefix);
    });

    test('in the other region after the first one', () => {
      const second = Object.values(all(builtTwice(), 'aws_s3_bucket')).find(({ provider }) => provider === 'aws.there');
      expect(second).toMatchObject({ bucket_prefix: 'backups-replica-' });
      expect(second).not.toHaveProperty('bucket');
    });

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; Terraform adds 26 digits
    test('by a name that S3 takes, whatever the id', () => {
      const starts = fc.constantFrom('', 'sthree-', 'xn--', 'amzn-s3-demo-', 'Sthree', 'sg-');
      const rest = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
      const ids = fc.tuple(starts, rest).map((parts) => parts.join('').replaceAll('/', '-'));
      const possible = ids.filter((id) => !(id in {})); // constructs itself takes no `valueOf`
      fc.assert(
        fc.property(possible, (id) => {
          const name = `${namePrefixOf(id)}20260201103000000000000001`;
          expect(name).toMatch(/^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        }),
        { numRuns: 30 },
      );
    });
  });

  test('publishes its names, its key and its buckets', () => {
    const result = synth((stack) => {
      const { bucketName, bucketArn, keyArn, bucket, replica, backup } = replicated(stack);
      const attributes = { bucketName, bucketArn, keyArn, own: bucket.id, second: replica?.id ?? '', plan: backup.arn };
      for (const [name, value] of Object.entries(attributes)) new TerraformOutput(stack, name, { value });
      expect(backup).toMatchObject({ kind: 'S3', continuous: true, hasOwnKey: true });
    });
    const [own, second] = Object.keys(all(result, 'aws_s3_bucket'));
    const [key] = Object.keys(all(result, 'aws_kms_key'));
    const values = Object.fromEntries(Object.entries(result.output).map(([name, { value }]) => [name, value]));
    expect(values).toEqual({
      bucketName: `\${aws_s3_bucket.${own}.bucket}`,
      bucketArn: `\${aws_s3_bucket.${own}.arn}`,
      keyArn: `\${aws_kms_key.${key}.arn}`,
      own: `\${aws_s3_bucket.${own}.id}`,
      second: `\${aws_s3_bucket.${second}.id}`,
      plan: `\${aws_s3_bucket.${own}.arn}`,
    });
  });

  test('gives the bucket to who reaches past it', () => {
    synth((stack) => {
      const bucket = backups(stack);
      expect(bucket.node.defaultChild).toBe(bucket.bucket);
      expect(bucket.replica).toBeUndefined();
    });
  });

  describe('hands to everything inside', () => {
    const TAGGED = ['aws_s3_bucket', 'aws_kms_key', 'aws_sns_topic', 'aws_cloudwatch_event_rule', 'aws_iam_role'];

    test('its tags, and a name', () => {
      const result = builtTwice({ tags: { team: 'shop' } });
      for (const type of [...TAGGED, 'aws_cloudwatch_metric_alarm']) {
        for (const block of Object.values(all(result, type))) {
          expect(block.tags).toEqual({ Name: expect.stringMatching(/^shop\/Backups\/?/), team: 'shop' });
        }
        expect(all(result, type)).not.toEqual({});
      }
    });

    test('its provider, and to the second bucket that of the other region', () => {
      const result = synth((stack) => {
        const provider = new AwsProvider(stack, 'Own', { region: 'eu-west-1', alias: 'own' });
        replicated(stack, { provider });
      });
      expect(providersOf(result)).toEqual({ 'aws.own': expect.any(Array), 'aws.there': expect.any(Array) });
      expect(providersOf(result)['aws.there']).toEqual([
        'Backups_Replication_DelayAlarm',
        'Backups_Replication_Replica',
        'Backups_Replication_Replica_Encryption',
        'Backups_Replication_Replica_Events',
        'Backups_Replication_Replica_Key',
        'Backups_Replication_Replica_Ownership',
        'Backups_Replication_Replica_Policy',
        'Backups_Replication_Replica_PublicAccess',
        'Backups_Replication_Replica_Rotation',
        'Backups_Replication_Replica_Versioning',
      ]);
    });

    test('its provider, with a lock and a grant too', () => {
      const result = synth((stack) => {
        const provider = new AwsProvider(stack, 'Own', { region: 'eu-west-1', alias: 'own' });
        const bucket = backups(stack, { provider, immutable: true });
        bucket.grantWrite(Object.assign(bucket, { role: { name: 'job' } }));
      });
      expect(Object.keys(providersOf(result))).toEqual(['aws.own']);
      expect(only(result, 'aws_iam_role_policy')).toMatchObject({ role: 'job', provider: 'aws.own' });
    });
  });

  describe('warns', () => {
    const NOBODY = 'no notificationTopicArn: alarms and failures are seen only by who looks';
    const NOBODY_THERE = 'no replicateTo.notificationTopicArn: late replication is seen only by who looks';
    const told = { notificationTopicArn: TOPIC };

    test.each([
      ['that nobody is told', built(), [NOBODY]],
      ['that nobody is told of the other region', builtTwice(told), [NOBODY_THERE]],
      [
        'of nothing, when all is told and nothing can be lost',
        builtTwice({ ...told, replicateTo: { notificationTopicArn: TOPIC_THERE } }),
        [],
      ],
      [
        'of nothing to tell there by another account',
        builtTwice({ ...told, replicateTo: { accountId: '210987654321' } }),
        [],
      ],
      [
        'that copies can be removed',
        built({ ...told, allowDestroy: true }),
        ['allowDestroy: the bucket and all copies in it can be removed'],
      ],
      [
        'that what is locked is paid for',
        built({ ...told, immutable: true, lockThatNobodyCanUndo: true }),
        ['lockThatNobodyCanUndo: what is written by mistake is paid for until its lock ends'],
      ],
    ])('%s', (_, { warnings }, expected) => {
      expect(warnings).toEqual(expected);
    });
  });

  test('names its parts so that two in one stack keep apart', () => {
    const result = synth((stack) => {
      backups(stack, {}, 'One');
      backups(stack, {}, 'Two');
    });
    const buckets = Object.values(all(result, 'aws_cloudwatch_metric_alarm')).map(({ alarm_name: name }) =>
      follow(result, String(name).replace('-backup-age', '')),
    );
    expect(new Set(buckets.map(({ address }) => address)).size).toBe(2);
  });
});

/** Construct ids of the resources of each provider. */
function providersOf({ resource }: Synthesized): Readonly<Record<string, string[]>> {
  const ids: Record<string, string[]> = {};
  for (const [id, { provider }] of Object.values(resource).flatMap(Object.entries<{ provider?: unknown }>)) {
    const own = String(provider);
    ids[own] = [...(ids[own] ?? []), id.replace(/_\w{8}$/, '')].sort();
  }
  return ids;
}
