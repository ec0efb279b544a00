import type { BackupBucketProps } from 'nines/aws';
import { bucketNames } from './backup-names';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { keys, topics } from './data-tier';

const isReplicated = ({ replicateTo }: BackupBucketProps) => replicateTo !== undefined;

const THERE = { region: 'us-west-2', by: 'replicateTo.provider', needs: isReplicated };

const provider = (region: string) => ({ fqn: 'aws.other', region });

/** Ways to break where a `BackupBucket` is replicated to. */
export const BACKUP_REPLICA: readonly Breakage<BackupBucketProps>[] = [
  {
    what: 'a replica by the name of its region',
    set: { replicateTo: 'us-west-2' },
    says: "replicateTo must be an object, got 'us-west-2'; write it as in { … }",
  },
  {
    what: 'a replica known only after deployment',
    set: { replicateTo: UNKNOWN.object },
    says: `replicateTo must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'no replica by null',
    set: { replicateTo: null },
    says: 'replicateTo must be an object, got null; write it as in { … }',
  },
  {
    what: 'a replica by the name of a provider',
    set: { 'replicateTo.provider': 'aws.there' },
    needs: isReplicated,
    reads: ['replicateTo'],
    says: "replicateTo.provider must be an AwsProvider, got 'aws.there'; make one for the other region, with an alias",
  },
  {
    what: 'a replica in the same region and account, which is lost with the original',
    set: { replicateTo: { provider: provider('us-east-1') } },
    reads: ['provider'],
    says: "replicateTo.provider must be one of another region, or accountId another account, got 'us-east-1' again; a copy beside the original is lost with it",
  },
  {
    what: 'a replica in another partition',
    set: { replicateTo: { provider: provider('cn-north-1'), accountId: '210987654321' } },
    reads: ['provider'],
    says: "replicateTo.provider must be one of the same partition (aws), got 'cn-north-1'; S3 replicates to no other",
  },
  ...[
    [210987654321, '210987654321'],
    ['2109-8765-4321', "'2109-8765-4321'"],
  ].map(([accountId, got]) => ({
    what: `an account of ${got}`,
    set: { 'replicateTo.accountId': accountId },
    needs: isReplicated,
    says: `replicateTo.accountId must be 12 digits, got ${got}; write it in quotes, as in '123456789012'`,
  })),
  ...bucketNames('replicateTo.bucketName', isReplicated),
  ...keys('replicateTo.kmsKeyArn', THERE),
  ...topics('replicateTo.notificationTopicArn', THERE),
];
