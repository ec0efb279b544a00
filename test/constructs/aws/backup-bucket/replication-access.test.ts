import { all, follow, only, type Synthesized } from '../../../support/synth';
import { builtIn, builtTwice, OTHER_ACCOUNT, once, plainTwice } from './buckets';
import { type Request, verdict } from './iam';
import { partsOf } from './parts';

const HERE = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };
const THERE = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
const COPY = '/daily/2026-02-01.dump';

type Ask = readonly [action: string, resource: string, context?: Request['context']];

/** What S3 asks for, one copy after the other, when it replicates. */
const NEEDED: readonly Ask[] = [
  ['s3:GetReplicationConfiguration', 'SOURCE'],
  ['s3:ListBucket', 'SOURCE'],
  ['s3:GetObjectVersionForReplication', `SOURCE${COPY}`],
  ['s3:GetObjectVersionAcl', `SOURCE${COPY}`],
  ['s3:GetObjectVersionTagging', `SOURCE${COPY}`],
  ['kms:Decrypt', 'SOURCE-KEY', HERE],
  ['s3:ReplicateObject', `REPLICA${COPY}`],
  ['s3:ReplicateTags', `REPLICA${COPY}`],
  ['kms:Encrypt', 'REPLICA-KEY', THERE],
  ['kms:GenerateDataKey', 'REPLICA-KEY', THERE],
  ['kms:Decrypt', 'REPLICA-KEY', THERE], // with a bucket key there
];

/** What it never needs, and what would harm. */
const FORBIDDEN: readonly Ask[] = [
  ['s3:ReplicateDelete', `REPLICA${COPY}`],
  ['s3:DeleteObject', `REPLICA${COPY}`],
  ['s3:DeleteObjectVersion', `REPLICA${COPY}`],
  ['s3:PutObject', `REPLICA${COPY}`],
  ['s3:PutObjectRetention', `REPLICA${COPY}`],
  ['s3:PutLifecycleConfiguration', 'REPLICA'],
  ['s3:PutBucketPolicy', 'REPLICA'],
  ['s3:ReplicateObject', `SOURCE${COPY}`],
  ['s3:GetObject', `SOURCE${COPY}`],
  ['s3:DeleteObject', `SOURCE${COPY}`],
  ['kms:Decrypt', 'SOURCE-KEY'],
  ['kms:Encrypt', 'SOURCE-KEY', HERE],
  ['kms:Encrypt', 'REPLICA-KEY'],
  ['kms:ScheduleKeyDeletion', 'REPLICA-KEY', THERE],
];

/** What the role and, in another account, the owner of what it asks for say; both have to allow it there. */
function policiesOf(result: Synthesized) {
  const { source, replica } = partsOf(result);
  const { policy } = only(result, 'aws_iam_role_policy');
  const { role } = only(result, 'aws_s3_bucket_replication_configuration');
  const request = ([action, resource, context]: Ask): Request => ({
    action,
    context,
    principal: String(role),
    resource: resource
      .replace('SOURCE-KEY', source.key)
      .replace('REPLICA-KEY', replica.key)
      .replace('SOURCE', source.arn)
      .replace('REPLICA', replica.arn),
  });
  return {
    role: (ask: Ask) => verdict(policy, request(ask)),
    bucketThere: (ask: Ask) =>
      verdict(replica.of('aws_s3_bucket_policy').policy, {
        ...request(ask),
        context: { 'aws:SecureTransport': 'true', ...ask[2] },
      }),
    keyThere: (ask: Ask) => verdict(follow(result, replica.key).block.policy, { ...request(ask), resource: '*' }),
  };
}

const sameAccount = once(() => policiesOf(plainTwice()));
const otherAccount = once(() => policiesOf(builtTwice({ replicateTo: { accountId: OTHER_ACCOUNT } })));

describe('the role of a replication', () => {
  test('is one that S3 takes on, and of the region of the original', () => {
    const { assume_role_policy: trust, ...role } = only(plainTwice(), 'aws_iam_role');
    expect(JSON.parse(String(trust)).Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 's3.amazonaws.com' } },
    ]);
    expect(role).toMatchObject({ name_prefix: 'Backups-copy-', lifecycle: { create_before_destroy: true } });
    expect(role).not.toHaveProperty('provider');
    expect(follow(plainTwice(), only(plainTwice(), 'aws_s3_bucket_replication_configuration').role).block).toBe(
      only(plainTwice(), 'aws_iam_role'),
    );
  });

  test.each(NEEDED.map((ask) => ({ ask: ask.slice(0, 2).join(' '), needed: ask })))('may $ask', ({ needed }) => {
    expect(sameAccount().role(needed)).toBe('allowed');
    expect(otherAccount().role(needed)).toBe('allowed');
  });

  test.each(FORBIDDEN.map((ask) => ({ ask: ask.slice(0, 2).join(' '), forbidden: ask })))(
    'may not $ask',
    ({ forbidden }) => {
      expect(sameAccount().role(forbidden)).not.toBe('allowed');
      expect(otherAccount().role(forbidden)).not.toBe('allowed');
    },
  );

  test('may hand the copies over in another account, and only there', () => {
    const handOver: Ask = ['s3:ObjectOwnerOverrideToBucketOwner', `REPLICA${COPY}`];
    expect(otherAccount().role(handOver)).toBe('allowed');
    expect(otherAccount().bucketThere(handOver)).toBe('allowed');
    expect(sameAccount().role(handOver)).not.toBe('allowed');
  });

  test('may read the locks of copies, and only when they are locked', () => {
    const locked = policiesOf(builtTwice({ immutable: true }));
    for (const action of ['s3:GetObjectRetention', 's3:GetObjectLegalHold']) {
      expect(locked.role([action, `SOURCE${COPY}`])).toBe('allowed');
      expect(sameAccount().role([action, `SOURCE${COPY}`])).not.toBe('allowed');
    }
  });
});

describe('the second bucket in another account', () => {
  test.each(['s3:ReplicateObject', 's3:ReplicateTags'])('lets the role %s', (action) => {
    expect(otherAccount().bucketThere([action, `REPLICA${COPY}`])).toBe('allowed');
  });

  test.each(['s3:GetBucketVersioning', 's3:ListBucket'])('lets the role %s', (action) => {
    expect(otherAccount().bucketThere([action, 'REPLICA'])).toBe('allowed');
  });

  test.each([
    's3:GetObject',
    's3:PutObject',
    's3:ReplicateDelete',
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutBucketVersioning',
  ])('does not let the role %s', (action) => {
    expect(otherAccount().bucketThere([action, `REPLICA${COPY}`])).not.toBe('allowed');
    expect(otherAccount().bucketThere([action, 'REPLICA'])).not.toBe('allowed');
  });

  test('lets nobody else in', () => {
    const result = builtTwice({ replicateTo: { accountId: OTHER_ACCOUNT } });
    const { replica } = partsOf(result);
    const request = { action: 's3:ReplicateObject', resource: `${replica.arn}${COPY}`, principal: 'somebody' };
    expect(verdict(replica.of('aws_s3_bucket_policy').policy, request)).toBe('not mentioned');
    expect(
      verdict(follow(result, replica.key).block.policy, { ...request, action: 'kms:Encrypt', resource: '*' }),
    ).toBe('not mentioned');
  });

  test.each(['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'])('has a key with which the role may %s', (action) => {
    expect(otherAccount().keyThere([action, 'REPLICA-KEY', THERE])).toBe('allowed');
  });

  test.each(['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:CreateGrant'])(
    'has a key with which the role may not %s',
    (action) => {
      expect(otherAccount().keyThere([action, 'REPLICA-KEY', THERE])).toBe('not mentioned');
    },
  );

  test.each([
    ['eu-west-1', 'eu-central-1', 'aws'],
    ['cn-north-1', 'cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'us-gov-west-1', 'aws-us-gov'],
  ])('has a key that is left to its account, from %s to %s one of partition %s', (region, there, partition) => {
    const result = builtIn(region, there);
    const { policy } = follow(result, partsOf(result).replica.key).block;
    const principal = `arn:${partition}:iam::${OTHER_ACCOUNT}:root`;
    expect(verdict(policy, { action: 'kms:PutKeyPolicy', resource: '*', principal })).toBe('allowed');
  });

  test('has in the same account nothing that lets a role in, since IAM does', () => {
    expect(sameAccount().bucketThere(['s3:ReplicateObject', `REPLICA${COPY}`])).toBe('not mentioned');
    const { replica } = partsOf(plainTwice());
    expect(follow(plainTwice(), replica.key).block).not.toHaveProperty('policy');
    expect(Object.keys(all(plainTwice(), 'aws_kms_key'))).toHaveLength(2);
  });
});
