import type { Loss, ResiliencePlan } from '../../../intent';
import type { Deployment } from '../resilience/policy-problems';

/** A policy in an HTTPRoute. */
export function routeDeployment(routesCanRetry: boolean): Deployment {
  return { name: 'an HTTPRoute', lossesOf: (plan) => gatewayLosses(plan, routesCanRetry) };
}

/** What an HTTPRoute cannot express of a policy. */
export function gatewayLosses(plan: ResiliencePlan, routesCanRetry: boolean): Loss[] {
  const none = (['circuitBreaker', 'bulkhead', 'rateLimit', 'fallback'] as const)
    .filter((part) => plan[part] !== undefined)
    .map((part) => ({
      part,
      text: `${part}: an HTTPRoute has no field for it; the Gateway may have a policy of its own`,
    }));
  return [...retryLosses(plan, routesCanRetry).map((text) => ({ part: 'retry', text }) as const), ...none];
}

function retryLosses({ retry }: ResiliencePlan, routesCanRetry: boolean): string[] {
  const own = 'a Gateway may retry by itself, and Istio does, twice, POST too';
  if (retry.retries === 0) return [`retry.retries: an HTTPRoute cannot forbid retries; ${own}`];
  if (!routesCanRetry) return [`retry: an HTTPRoute without the field retry cannot say how; ${own}`];
  return [
    `retry.methods: an HTTPRoute cannot forbid retries of other methods; ${own}`,
    'retry.backoff: an HTTPRoute has only the shortest wait, and leaves the longest and its random share to the Gateway',
    'retry.budget: an HTTPRoute has none',
    ...(retry.on.includes('no-answer') ? [] : ['retry.on: an HTTPRoute that retries does so after no answer, too']),
  ];
}
