import type { Retention, RetentionTier } from '../../../intent';
import { listProblems, shown } from '../../../validation';
import type { Statement } from '../iam';
import { lockMode, type Settings } from './props';

/** A bucket of which something is granted. */
export interface GrantedBucket {
  readonly bucketArn: string;
  readonly keyArn: string;
}

/** Why nobody can be granted these folders, one sentence each. */
export function tierProblems(tiers: readonly RetentionTier[] | undefined, retention: Retention): string[] {
  if (tiers === undefined) return [];
  const misshapen = listProblems('tiers', tiers);
  if (misshapen.length > 0) return misshapen;
  const kept = retention.tiers().map(({ tier }) => tier);
  if (tiers.length === 0) return ['tiers must name at least one tier, got none; leave it out for all of them'];
  return tiers
    .filter((tier) => !kept.includes(tier))
    .map((tier) => `tiers must be of the retention (${kept.join(', ')}), got ${shown(tier)}; nothing rotates another`);
}

/**
 * What a writer may do: add copies, and lock one for as long as it lives. A writer that could lock as it likes could
 * make copies that are paid for a hundred years.
 */
export function writeStatements(
  { bucketArn, keyArn }: GrantedBucket,
  settings: Settings,
  tiers?: readonly RetentionTier[],
): Statement[] {
  const plans = granted(settings, tiers);
  const objects = (tier: RetentionTier) => `${bucketArn}/${tier}/*`;
  const locks = plans.map(
    ({ tier, days }): Statement => ({
      Effect: 'Allow',
      Action: ['s3:PutObjectRetention'],
      Resource: [objects(tier)],
      Condition: {
        StringEquals: { 's3:object-lock-mode': lockMode(settings) },
        NumericLessThanEquals: { 's3:object-lock-remaining-retention-days': String(days) },
      },
    }),
  );
  return [
    {
      Effect: 'Allow',
      Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
      Resource: plans.map(({ tier }) => objects(tier)),
    },
    ...(settings.immutable ? locks : []),
    // Decrypt: S3 needs it to put the parts of a large upload together
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [keyArn], Condition: THROUGH_S3 },
  ];
}

/** What a reader may do: list the folders, read every version in them, and fetch those in cold storage first. */
export function readStatements(
  { bucketArn, keyArn }: GrantedBucket,
  settings: Settings,
  tiers?: readonly RetentionTier[],
): Statement[] {
  const folders = granted(settings, tiers).map(({ tier }) => `${tier}/*`);
  const isCold = settings.transitions.some(({ storageClass }) => ['GLACIER', 'DEEP_ARCHIVE'].includes(storageClass));
  return [
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion', ...(isCold ? ['s3:RestoreObject'] : [])],
      Resource: folders.map((folder) => `${bucketArn}/${folder}`),
    },
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:ListBucketVersions'],
      Resource: [bucketArn],
      Condition: { StringLike: { 's3:prefix': folders } },
    },
    { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [keyArn], Condition: THROUGH_S3 },
  ];
}

/** Only for objects, and not for whatever else the key encrypts; S3's name differs by region and partition. */
export const THROUGH_S3 = { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com*' } };

function granted({ retention }: Settings, tiers?: readonly RetentionTier[]) {
  return retention.tiers().filter(({ tier }) => tiers === undefined || tiers.includes(tier));
}
