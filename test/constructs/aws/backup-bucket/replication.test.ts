import { all, follow, only } from '../../../support/synth';
import { builtIn, builtTwice, KEY_THERE, OTHER_ACCOUNT, plain, plainTwice } from './buckets';
import { partsOf } from './parts';

interface Destination {
  readonly bucket: string;
  readonly account?: string;
  readonly access_control_translation?: { readonly owner: string };
}

function ruleOf(result = plainTwice()) {
  const { rule } = only(result, 'aws_s3_bucket_replication_configuration') as { rule: [{ destination: Destination }] };
  expect(rule).toHaveLength(1);
  return rule[0];
}

const otherAccount = () => builtTwice({ replicateTo: { accountId: OTHER_ACCOUNT } });

describe('BackupBucket', () => {
  test('has no second bucket unless it is asked for', () => {
    expect(Object.keys(all(plain(), 'aws_s3_bucket'))).toHaveLength(1);
    expect(plain().resource).not.toHaveProperty('aws_s3_bucket_replication_configuration');
    expect(plain().resource).not.toHaveProperty('aws_iam_role');
  });

  describe('replicates', () => {
    test('every copy, with its key there, and within the 15 minutes that S3 promises', () => {
      const { source, replica } = partsOf(plainTwice());
      expect(only(plainTwice(), 'aws_s3_bucket_replication_configuration').bucket).toBe(`\${${source.address}.id}`);
      // terraform-provider-aws#16250, #22007, #19323: version 2 has a filter, a priority and a word on delete markers
      expect(ruleOf()).toEqual({
        id: 'all',
        status: 'Enabled',
        priority: 0,
        filter: {},
        delete_marker_replication: { status: 'Disabled' },
        source_selection_criteria: { sse_kms_encrypted_objects: { status: 'Enabled' } },
        destination: {
          bucket: replica.arn,
          encryption_configuration: { replica_kms_key_id: replica.key },
          replication_time: { status: 'Enabled', time: { minutes: 15 } },
          metrics: { status: 'Enabled', event_threshold: { minutes: 15 } },
        },
      });
    });

    test('to a bucket in the other region that is protected and rotated in the same way', () => {
      const { source, replica } = partsOf(plainTwice());
      expect(source.bucket).not.toHaveProperty('provider');
      for (const [type, there] of Object.entries(plainTwice().resource)) {
        if (!type.startsWith('aws_s3_bucket') || type === 'aws_s3_bucket_replication_configuration') continue;
        expect(
          Object.values(there)
            .map(({ provider }) => provider)
            .sort(),
        ).toEqual(['aws.there', undefined]);
      }
      expect(replica.of('aws_s3_bucket_lifecycle_configuration').rule).toEqual(
        source.of('aws_s3_bucket_lifecycle_configuration').rule,
      );
      const { provider: _, bucket: __, ...access } = replica.of('aws_s3_bucket_public_access_block');
      expect(source.of('aws_s3_bucket_public_access_block')).toMatchObject(access);
    });

    // nozaq/terraform-aws-secure-baseline#107: "destination bucket must have versioning enabled"
    test('to a versioned bucket', () => {
      const { source, replica } = partsOf(plainTwice());
      for (const part of [source, replica]) {
        expect(part.of('aws_s3_bucket_versioning').versioning_configuration).toEqual({ status: 'Enabled' });
      }
    });

    test('to a key of its own in the other region', () => {
      const { source, replica } = partsOf(plainTwice());
      expect(follow(plainTwice(), replica.key)).toMatchObject({
        type: 'aws_kms_key',
        block: { provider: 'aws.there' },
      });
      expect(follow(plainTwice(), source.key).block).not.toHaveProperty('provider');
    });

    test('to the key and the name that it is given', () => {
      const result = builtTwice({ replicateTo: { kmsKeyArn: KEY_THERE, bucketName: 'example-replica' } });
      const { source, replica } = partsOf(result);
      expect(replica.bucket).toMatchObject({ bucket: 'example-replica' });
      expect(ruleOf(result)).toMatchObject({
        destination: { encryption_configuration: { replica_kms_key_id: KEY_THERE } },
      });
      expect(replica.key).toBe(KEY_THERE);
      expect(source.key).not.toBe(KEY_THERE);
      expect(source.bucket).not.toHaveProperty('bucket');
    });

    test('to another account so that the copies belong to that one', () => {
      expect(ruleOf(otherAccount()).destination).toMatchObject({
        account: OTHER_ACCOUNT,
        access_control_translation: { owner: 'Destination' },
      });
      expect(ruleOf().destination).not.toHaveProperty('account');
      expect(ruleOf().destination).not.toHaveProperty('access_control_translation');
    });

    test('to another account in the same region', () => {
      const { replica } = partsOf(builtIn('eu-west-1', 'eu-west-1'));
      expect(replica.bucket).toMatchObject({ provider: 'aws.there' });
    });

    test('locked copies to a bucket with the same lock, as S3 requires it', () => {
      const { source, replica } = partsOf(builtTwice({ immutable: true }));
      const { rule } = replica.of('aws_s3_bucket_object_lock_configuration');
      expect(rule).toEqual({ default_retention: { mode: 'GOVERNANCE', days: 7 } });
      expect(source.of('aws_s3_bucket_object_lock_configuration').rule).toEqual(rule);
    });

    // terraform-provider-aws#20777: a block in the bucket and a resource of its own overwrite each other
    test('by a resource of its own, and not by a block in the bucket', () => {
      expect(partsOf(plainTwice()).source.bucket).not.toHaveProperty('replication_configuration');
    });

    test('with allowDestroy to a bucket that can be removed too', () => {
      const { replica } = partsOf(builtTwice({ allowDestroy: true }));
      expect(replica.bucket).toMatchObject({ force_destroy: true });
      expect(replica.bucket).not.toHaveProperty('lifecycle');
      expect(partsOf(plainTwice()).replica.bucket).toMatchObject({
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      });
    });
  });

  test('is told nothing of objects that were there before, which S3 no longer replicates by a rule', () => {
    expect(ruleOf()).not.toHaveProperty('existing_object_replication');
  });

  test('leaves nothing here to rotate that is not there yet: lifecycle rules wait for the replication', () => {
    const { source } = partsOf(plainTwice());
    const [replication] = Object.keys(all(plainTwice(), 'aws_s3_bucket_replication_configuration'));
    expect(source.of('aws_s3_bucket_lifecycle_configuration').depends_on).toContain(
      `aws_s3_bucket_replication_configuration.${replication}`,
    );
  });
});
