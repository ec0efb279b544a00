import type { ResiliencePlan, RetryPlan } from '../../../intent';
import { inMilliseconds } from '../../../units';
import { istioDuration } from './istio-duration';

/** How requests to a service are sent: how long they may take, and which are tried again. */
export function virtualServiceSpec(
  destination: { readonly host: string; readonly port: number },
  exportTo: readonly string[] | undefined,
  plan: ResiliencePlan,
) {
  const { host, port } = destination;
  const route = [{ destination: { host, port: { number: port } } }];
  const { timeout, retry } = plan;
  const once = {
    name: 'once',
    route,
    timeout: timeout && istioDuration(inMilliseconds(timeout.perTry)),
    retries: { attempts: 0 }, // left out, Istio would retry twice, POST too
  };
  return { hosts: [host], exportTo, http: retry.retries === 0 ? [once] : [retriedRoute(route, plan), once] };
}

function retriedRoute(route: readonly object[], { timeout, retry }: ResiliencePlan) {
  return {
    name: 'retried',
    match: [{ method: { regex: retry.methods.join('|') } }],
    route,
    timeout: timeout && istioDuration(inMilliseconds(timeout.total)),
    retries: {
      attempts: retry.retries, // after the first try
      perTryTimeout: timeout && istioDuration(inMilliseconds(timeout.perTry)),
      retryOn: retryOn(retry),
      backoff: istioDuration(inMilliseconds(retry.backoff.base)),
    },
  };
}

/** https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on */
function retryOn({ on }: RetryPlan): string {
  const conditions = on.flatMap((reason) => {
    if (reason === 'no-answer') return ['connect-failure', 'refused-stream', 'reset']; // a try whose time is over is reset
    return reason === 'connection-failure' ? ['connect-failure', 'refused-stream'] : [String(reason)];
  });
  return [...new Set(conditions)].join(',');
}
