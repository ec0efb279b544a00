import type { RetentionTier } from '../../../intent';
import type { Statement } from '../iam';
import type { Settings } from './props';

/** The bucket that is granted. */
interface Target {
  readonly bucketArn: string;
  readonly keyArn: string;
}

/** What a writer may do: add objects to the folders. */
export function writeStatements(
  { bucketArn, keyArn }: Target,
  settings: Settings,
  tiers?: readonly RetentionTier[],
): Statement[] {
  return [
    {
      Effect: 'Allow',
      Action: ['s3:AbortMultipartUpload', 's3:PutObject', ...(settings.immutable ? ['s3:PutObjectRetention'] : [])],
      Resource: folders(settings, tiers).map((folder) => `${bucketArn}/${folder}*`),
    },
    // Decrypt: S3 needs it to put the parts of a large upload together
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [keyArn], Condition: THROUGH_S3 },
  ];
}

/** What a reader may do: list the folders, and read every version in them. */
export function readStatements(
  { bucketArn, keyArn }: Target,
  settings: Settings,
  tiers?: readonly RetentionTier[],
): Statement[] {
  const prefixes = folders(settings, tiers);
  return [
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: prefixes.map((folder) => `${bucketArn}/${folder}*`),
    },
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:ListBucketVersions'],
      Resource: [bucketArn],
      Condition: { StringLike: { 's3:prefix': prefixes.map((folder) => `${folder}*`) } },
    },
    { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [keyArn], Condition: THROUGH_S3 },
  ];
}

const THROUGH_S3 = { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com*' } };

function folders({ retention }: Settings, tiers?: readonly RetentionTier[]): string[] {
  return (tiers ?? retention.tiers().map(({ tier }) => tier)).map((tier) => `${tier}/`);
}
