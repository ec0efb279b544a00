import type { Loss, ResiliencePlan } from '../../../intent';
import { Duration, inMilliseconds } from '../../../units';
import { shown } from '../../../validation';

/** What Istio cannot express of a policy. */
export function istioLosses({ retry, rateLimit, fallback }: ResiliencePlan): Loss[] {
  const { base, max } = retry.backoff;
  const longest = Duration.millis(10 * inMilliseconds(base));
  const losses: Loss[] = [];
  if (retry.retries > 0 && inMilliseconds(max) !== inMilliseconds(longest)) {
    losses.push({
      part: 'retry',
      text: `retry.backoff.max: Istio waits ten times base at the most (${shown(longest)}), and not ${shown(max)}`,
    });
  }
  if (rateLimit) {
    losses.push({
      part: 'rateLimit',
      text: 'rateLimit: Istio has no field for it, only patches of the proxy (EnvoyFilter) that nothing checks',
    });
  }
  if (fallback) {
    losses.push({ part: 'fallback', text: 'fallback: Istio answers with the failure when no server can' });
  }
  return losses;
}
