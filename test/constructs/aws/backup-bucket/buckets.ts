import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { Retention } from 'nines';
import { BackupBucket, type BackupBucketProps, type BackupReplica } from 'nines/aws';
import { type Synthesized, synth } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
export const TOPIC_THERE = 'arn:aws:sns:eu-central-1:123456789012:on-call';
export const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0abc1234-0000-4000-8000-000000000000';
export const KEY_THERE = 'arn:aws:kms:eu-central-1:123456789012:key/0abc1234-0000-4000-8000-000000000001';
export const OTHER_ACCOUNT = '210987654321';

/** What may be changed about a bucket. */
export type Choices = Partial<BackupBucketProps>;

/** A bucket with no more than it needs. */
export function backups(scope: Construct, choices: Choices = {}, id = 'Backups'): BackupBucket {
  const retention = Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 });
  return new BackupBucket(scope, id, { retention, ...choices });
}

/** The same with a second bucket, in Frankfurt. */
export function replicated(
  scope: Construct,
  { replicateTo, ...choices }: Omit<Choices, 'replicateTo'> & { readonly replicateTo?: Partial<BackupReplica> } = {},
): BackupBucket {
  const provider = new AwsProvider(scope, 'There', { region: 'eu-central-1', alias: 'there' });
  return backups(scope, { ...choices, replicateTo: { provider, ...replicateTo } });
}

/** What a bucket with these choices comes to. */
export function built(choices: Choices = {}): Synthesized {
  return synth((stack) => backups(stack, choices));
}

/** What a replicated bucket with these choices comes to. */
export function builtTwice(choices: Parameters<typeof replicated>[1] = {}): Synthesized {
  return synth((stack) => replicated(stack, choices));
}

/** What a bucket that is replicated to another account comes to, in a region and another of its partition. */
export function builtIn(region: string, there: string): Synthesized {
  return synth(
    (stack) => {
      const provider = new AwsProvider(stack, 'There', { region: there, alias: 'there' });
      backups(stack, { replicateTo: { provider, accountId: OTHER_ACCOUNT } });
    },
    { region },
  );
}

/** What a bucket with no more than it needs comes to; made once per file, since most tests look at it. */
export const plain = once(() => built());

/** The same with a second bucket. */
export const plainTwice = once(() => builtTwice());

export function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
