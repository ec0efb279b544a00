import { all, follow, only, type Synthesized } from '../../../support/synth';
import { built, KEY, plain, plainTwice } from './buckets';
import { type Request, verdict } from './iam';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const OWN_KEY = 's3:x-amz-server-side-encryption-customer-algorithm';

function bucketOf(result: Synthesized): { readonly arn: string; readonly key: string } {
  const [bucket] = Object.keys(all(result, 'aws_s3_bucket'));
  const [key] = Object.keys(all(result, 'aws_kms_key'));
  return { arn: `\${aws_s3_bucket.${bucket}.arn}`, key: `\${aws_kms_key.${key}.arn}` };
}

/** Whether the bucket refuses an administrator, whom IAM allows everything. */
function refuses(
  request: Omit<Request, 'resource'> & { readonly on?: 'bucket' | 'object' },
  result = plain(),
): boolean {
  const { arn } = bucketOf(result);
  const resource = request.on === 'bucket' ? arn : `${arn}/daily/2026-02-01.dump`;
  const context = { 'aws:SecureTransport': 'true', ...request.context };
  const said = verdict(only(result, 'aws_s3_bucket_policy').policy, { ...request, resource, context });
  expect(said).not.toBe('allowed'); // it only ever refuses; IAM allows
  return said === 'denied';
}

const put = (context: Request['context']) => ({ action: 's3:PutObject', context });

describe('BackupBucket', () => {
  describe('refuses everybody', () => {
    test.each<[string, Parameters<typeof refuses>[0]]>([
      ['to write in clear text', { action: 's3:PutObject', context: { 'aws:SecureTransport': 'false' } }],
      ['to read in clear text', { action: 's3:GetObject', context: { 'aws:SecureTransport': 'false' } }],
      ['to list in clear text', { action: 's3:ListBucket', on: 'bucket', context: { 'aws:SecureTransport': 'false' } }],
      ["to write with S3's own encryption (SSE-S3)", put({ [ALGORITHM]: 'AES256' })],
      ['to write with two layers of KMS', put({ [ALGORITHM]: 'aws:kms:dsse', [KEY_ID]: bucketOf(plain()).key })],
      ['to write with KMS and the key of AWS, which is what no key id means', put({ [ALGORITHM]: 'aws:kms' })],
      ['to write with another key', put({ [ALGORITHM]: 'aws:kms', [KEY_ID]: KEY })],
      ['to write with a key that the writer brings (SSE-C), as ransomware does', put({ [OWN_KEY]: 'AES256' })],
      ['to remove a version for good', { action: 's3:DeleteObjectVersion' }],
      ['to pass over a lock', { action: 's3:BypassGovernanceRetention' }],
      ['to remove the bucket', { action: 's3:DeleteBucket', on: 'bucket' }],
    ])('%s', (_, request) => {
      expect(refuses(request)).toBe(true);
    });
  });

  describe('leaves it to IAM', () => {
    test.each<[string, Parameters<typeof refuses>[0]]>([
      ['to write without a word on encryption, which gets the key of the bucket', put({})],
      ['to write with the key of the bucket', put({ [ALGORITHM]: 'aws:kms', [KEY_ID]: bucketOf(plain()).key })],
      ['to read', { action: 's3:GetObject' }],
      ['to read an old version', { action: 's3:GetObjectVersion' }],
      ['to hide a copy behind a delete marker, which can be undone', { action: 's3:DeleteObject' }],
      ['to list', { action: 's3:ListBucket', on: 'bucket' }],
      ['to replicate into it', { action: 's3:ReplicateObject', context: { [ALGORITHM]: 'AES256' } }],
      ['to change the rotation, as Terraform has to', { action: 's3:PutLifecycleConfiguration', on: 'bucket' }],
      // a policy that refuses this to everybody is one that only the root user can take away
      ['to change this policy', { action: 's3:PutBucketPolicy', on: 'bucket' }],
      ['to take this policy away', { action: 's3:DeleteBucketPolicy', on: 'bucket' }],
    ])('%s', (_, request) => {
      expect(refuses(request)).toBe(false);
    });

    test.each([
      { action: 's3:DeleteObjectVersion' },
      { action: 's3:BypassGovernanceRetention' },
      { action: 's3:DeleteBucket', on: 'bucket' as const },
    ])('$action with allowDestroy', (request) => {
      const removable = built({ allowDestroy: true });
      expect(refuses(request, removable)).toBe(false);
      expect(refuses(put({ 'aws:SecureTransport': 'false' }), removable)).toBe(true);
    });
  });

  test('takes the key that it is given for its own', () => {
    const result = built({ kmsKeyArn: KEY });
    expect(refuses(put({ [ALGORITHM]: 'aws:kms', [KEY_ID]: KEY }), result)).toBe(false);
    expect(refuses(put({ [ALGORITHM]: 'aws:kms', [KEY_ID]: `${KEY}1` }), result)).toBe(true);
    expect(all(result, 'aws_kms_key')).toEqual({});
  });

  test('protects the second bucket in the same way, each with its own key', () => {
    const result = plainTwice();
    const policies = Object.values(all(result, 'aws_s3_bucket_policy')).map(({ bucket, policy }) => {
      const { address } = follow(result, bucket);
      const encryption = Object.values(all(result, 'aws_s3_bucket_server_side_encryption_configuration'));
      const { rule } = encryption.find((other) => other.bucket === bucket) as {
        rule: [{ apply_server_side_encryption_by_default: { kms_master_key_id: string } }];
      };
      const key = rule[0].apply_server_side_encryption_by_default.kms_master_key_id;
      return String(policy).replaceAll(`\${${address}.arn}`, 'BUCKET').replaceAll(key, 'KEY');
    });
    expect(policies).toHaveLength(2);
    expect(policies[0]).toBe(policies[1]);
    expect(policies[0]).not.toContain('${');
  });
});
