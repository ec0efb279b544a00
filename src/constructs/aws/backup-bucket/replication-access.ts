import type { Statement } from '../iam';
import { THROUGH_S3 } from './access';
import type { ProtectedBucket } from './protected-bucket';

/** What the role may do: read versions here, write replicas there, and nothing else. */
export function replicatingStatements(
  source: ProtectedBucket,
  replica: ProtectedBucket,
  { isLocked, isOtherAccount }: { readonly isLocked: boolean; readonly isOtherAccount: boolean },
): Statement[] {
  return [
    { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: [source.arn] },
    {
      Effect: 'Allow',
      Action: [
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionTagging',
        ...(isLocked ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : []),
      ],
      Resource: [`${source.arn}/*`],
    },
    {
      Effect: 'Allow',
      // not s3:ReplicateDelete: whatever is set up here, nothing that is deleted here goes there
      Action: [
        's3:ReplicateObject',
        's3:ReplicateTags',
        ...(isOtherAccount ? ['s3:ObjectOwnerOverrideToBucketOwner'] : []),
      ],
      Resource: [`${replica.arn}/*`],
    },
    { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [source.keyArn], Condition: THROUGH_S3 },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: [replica.keyArn],
      Condition: THROUGH_S3,
    },
  ];
}

/** What the bucket of another account must allow the role. */
export function receivingStatements(bucketArn: string, roleArn: string): Statement[] {
  const role = { Effect: 'Allow', Principal: { AWS: roleArn } } as const;
  return [
    {
      ...role,
      Sid: 'ReplicasFromTheOtherAccount',
      Action: ['s3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateObject', 's3:ReplicateTags'],
      Resource: [`${bucketArn}/*`],
    },
    { ...role, Sid: 'VersioningIsChecked', Action: ['s3:GetBucketVersioning', 's3:ListBucket'], Resource: [bucketArn] },
  ];
}

/** What the key of another account must allow: everything to that account, encrypting to the role. */
export function receivingKeyStatements(accountArn: string, roleArn: string): Statement[] {
  return [
    { Effect: 'Allow', Principal: { AWS: accountArn }, Action: ['kms:*'], Resource: ['*'] },
    {
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: ['*'],
    },
  ];
}
