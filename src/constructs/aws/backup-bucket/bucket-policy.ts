import type { Statement } from '../iam';

/**
 * What nobody may do with a bucket of backups, whatever IAM allows them. Lifecycle rules do not ask a bucket's policy, so
 * the rotation goes on.
 */
export function bucketStatements(bucketArn: string, keyArn: string, allowDestroy: boolean): Statement[] {
  const objects = `${bucketArn}/*`;
  const everybody = { Effect: 'Deny', Principal: '*' } as const;
  const algorithm = 's3:x-amz-server-side-encryption';
  const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  return [
    {
      ...everybody,
      Sid: 'OnlyByTls',
      Action: ['s3:*'],
      Resource: [bucketArn, objects],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    // Uploads that say nothing get the bucket's key. A condition on an absent header would refuse those.
    {
      ...everybody,
      Sid: 'NoOtherEncryption',
      Action: ['s3:PutObject'],
      Resource: [objects],
      Condition: { Null: { [algorithm]: 'false' }, StringNotEquals: { [algorithm]: 'aws:kms' } },
    },
    {
      ...everybody,
      Sid: 'NoOtherKey',
      Action: ['s3:PutObject'],
      Resource: [objects],
      Condition: { StringEquals: { [algorithm]: 'aws:kms' }, StringNotEquals: { [key]: keyArn } },
    },
    // Whoever brings a key of their own takes it along: nobody else can read the copy again.
    {
      ...everybody,
      Sid: 'NoKeyThatAwsDoesNotKeep',
      Action: ['s3:PutObject'],
      Resource: [objects],
      Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
    },
    ...(allowDestroy
      ? []
      : [
          {
            ...everybody,
            Sid: 'NothingGoesForGood',
            Action: ['s3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObjectVersion'],
            Resource: [bucketArn, objects],
          },
        ]),
  ];
}
