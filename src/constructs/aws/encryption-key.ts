import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { Construct } from 'constructs';
import { isTextOf, shown } from '../../validation';
import { type AwsProps, named, protectedLifecycle } from './aws-props';

/** What KMS would refuse as the ARN of a key. */
export function keyProblems(prop: string, arn: unknown): string[] {
  if (arn === undefined || isTextOf(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, arn)) return [];
  return [
    `${prop} must be the ARN of a KMS key, got ${shown(arn)}; write it as in 'arn:aws:kms:eu-west-1:123456789012:key/…'`,
  ];
}

/**
 * A key that changes every year by itself. Its removal waits 30 days, the longest that KMS offers: what it encrypted
 * is lost with it.
 *
 * @param policy who may use it; without one, IAM says who in the account may
 */
export function encryptionKey(
  scope: Construct,
  id: string,
  description: string,
  props: AwsProps,
  policy?: string,
): KmsKey {
  return new KmsKey(scope, id, {
    description,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy,
    lifecycle: protectedLifecycle(props.allowDestroy),
    ...named(scope, id, props),
  });
}
