import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { hasMember } from '../../../validation';
import { knownRegion } from '../network/zones';
import type { Settings } from './props';

/** The region of Route 53's control plane and metrics. */
export const US_EAST_1 = 'us-east-1';

/** How to reach us-east-1: by a provider, or by the stack's own. */
export interface UsEast1 {
  readonly provider: AwsProvider | undefined;
}

/** How to reach us-east-1; undefined when nothing that was given leads there. */
export function usEast1Of(scope: Construct, { usEast1Provider, provider }: Settings): UsEast1 | undefined {
  if (usEast1Provider !== undefined) return { provider: usEast1Provider };
  if (provider !== undefined && !hasMember(provider, 'region')) return undefined;
  return knownRegion(scope, provider) === US_EAST_1 ? { provider } : undefined;
}
