import { all, only } from '../../../support/synth';
import { built, KEY, plain } from './buckets';

describe('BackupBucket', () => {
  describe('protects copies', () => {
    const result = plain();

    test('by versions, so that what is overwritten or deleted is still there', () => {
      expect(only(result, 'aws_s3_bucket_versioning').versioning_configuration).toEqual({ status: 'Enabled' });
    });

    test('from the public, four times', () => {
      expect(only(result, 'aws_s3_bucket_public_access_block')).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
    });

    test('from access lists, by an owner of all of them', () => {
      expect(only(result, 'aws_s3_bucket_ownership_controls').rule).toEqual({
        object_ownership: 'BucketOwnerEnforced',
      });
    });

    test('by a key of its own that changes every year, and one request to KMS for many of them', () => {
      const { rule } = only(result, 'aws_s3_bucket_server_side_encryption_configuration') as { rule: [object] };
      const [key] = Object.keys(all(result, 'aws_kms_key'));
      expect(rule).toEqual([
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: 'aws:kms',
            kms_master_key_id: `\${aws_kms_key.${key}.arn}`,
          },
          bucket_key_enabled: true,
        },
      ]);
      expect(only(result, 'aws_kms_key')).toMatchObject({
        description: 'Backups of shop/Backups',
        enable_key_rotation: true,
        deletion_window_in_days: 30,
      });
    });

    test('by the key that it is given', () => {
      const { rule } = only(built({ kmsKeyArn: KEY }), 'aws_s3_bucket_server_side_encryption_configuration');
      expect(JSON.stringify(rule)).toContain(KEY);
    });

    test('from removal of the bucket or its key, unless allowDestroy is set', () => {
      const removable = built({ allowDestroy: true });
      for (const type of ['aws_s3_bucket', 'aws_kms_key']) {
        expect(only(result, type)).toMatchObject({ lifecycle: { prevent_destroy: true } });
        expect(only(removable, type)).not.toHaveProperty('lifecycle');
      }
      expect(only(result, 'aws_s3_bucket')).toMatchObject({ force_destroy: false });
      expect(only(removable, 'aws_s3_bucket')).toMatchObject({ force_destroy: true });
    });
  });
});
