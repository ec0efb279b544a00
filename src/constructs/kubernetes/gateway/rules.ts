import type { ResiliencePlan } from '../../../intent';
import { inMilliseconds } from '../../../units';
import { gatewayDuration } from './gateway-duration';

/** The Service that a rule leads to. */
export interface BackendRef {
  readonly name: string;
  readonly namespace?: string;
  readonly port: number;
}

/** The rules of an HTTPRoute that leads to a service: those of requests that may be tried again, and those of all others. */
export function resilientRules(backend: BackendRef, plan: ResiliencePlan, routesCanRetry: boolean) {
  const backendRefs = [{ ...backend }];
  const { retry, timeout } = plan;
  const total = timeout ? inMilliseconds(timeout.total) : 0; // 0s is no limit
  const perTry = timeout ? inMilliseconds(timeout.perTry) : 0;
  if (retry.retries === 0 || !routesCanRetry) return [{ backendRefs, timeouts: timeouts(total, perTry) }];
  const codes = retry.on.filter((reason) => typeof reason === 'number');
  return [
    {
      matches: retry.methods.map((method) => ({ method })),
      backendRefs,
      timeouts: timeouts(total, perTry),
      retry: {
        attempts: retry.retries, // after the first try
        backoff: gatewayDuration(inMilliseconds(retry.backoff.base)),
        codes: codes.length === 0 ? undefined : codes,
      },
    },
    { backendRefs, timeouts: timeouts(perTry, perTry) },
  ];
}

function timeouts(request: number, backendRequest: number) {
  return { request: gatewayDuration(request), backendRequest: gatewayDuration(backendRequest) };
}
