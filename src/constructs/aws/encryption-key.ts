import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { Construct } from 'constructs';
import { isTextOf, isToken, shown } from '../../validation';
import { type AwsProps, named, protectedLifecycle } from './aws-props';

/**
 * What KMS would refuse as the ARN of a key.
 *
 * @param region where it has to be, if that is known: no service encrypts with a key of another region
 */
export function keyProblems(prop: string, arn: unknown, region?: string): string[] {
  if (arn === undefined) return [];
  if (!isTextOf(KEY_ARN, arn)) {
    return [
      `${prop} must be the ARN of a KMS key, got ${shown(arn)}; write it as in 'arn:aws:kms:eu-west-1:123456789012:key/…'`,
    ];
  }
  if (region === undefined || isToken(arn) || KEY_ARN.exec(String(arn))?.[1] === region) return [];
  return [`${prop} must be a key of ${region}, got ${shown(arn)}; name one there, or leave it out for a new one`];
}

const KEY_ARN = /^arn:[\w-]+:kms:([\w-]+):\d{12}:key\/[\w-]+$/;

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
