import type { ResiliencePlan } from '../../../intent';
import { inMilliseconds } from '../../../units';
import { percent } from '../resilience/policy-problems';
import { istioDuration } from './istio-duration';

/**
 * Milliseconds in which a connection comes about, or does not: enough for one that loses its first packet, which is sent
 * again after one second (RFC 6298). Istio waits for ten seconds, which is how long requests to a lost node would hang.
 */
const CONNECT = 2_000;

/** Milliseconds between two looks at which servers come back; Envoy's own. */
const SWEEP = 10_000;

/** How the servers of a service are treated: its breaker, its bulkhead, and how many retries there may be at once. */
export function destinationRuleSpec(host: string, exportTo: readonly string[] | undefined, plan: ResiliencePlan) {
  const { timeout, retry, bulkhead, circuitBreaker } = plan;
  return {
    host,
    exportTo,
    trafficPolicy: {
      connectionPool: {
        tcp: {
          connectTimeout: istioDuration(timeout ? Math.min(CONNECT, inMilliseconds(timeout.perTry)) : CONNECT),
          maxConnections: bulkhead?.maxConcurrent,
        },
        http: bulkhead && {
          http1MaxPendingRequests: bulkhead.maxPending, // of HTTP/2, too
          http2MaxRequests: bulkhead.maxConcurrent, // of HTTP/1.1, too
        },
      },
      outlierDetection: circuitBreaker && outlierDetection(circuitBreaker),
      // with a breaker Istio would otherwise keep requests in the zone of their caller: zones of more callers get more
      loadBalancer: circuitBreaker && { localityLbSetting: { enabled: false } },
      // with few requests in flight, a share of them is none: then 3, as Envoy has it
      retryBudget:
        retry.retries === 0
          ? undefined
          : { percent: Number((retry.budget * 100).toPrecision(12)), minRetryConcurrency: 3 },
    },
  };
}

function outlierDetection({ consecutiveErrors, openFor, maxOpenShare }: NonNullable<ResiliencePlan['circuitBreaker']>) {
  return {
    consecutive5xxErrors: consecutiveErrors,
    interval: istioDuration(Math.min(SWEEP, inMilliseconds(openFor))),
    baseEjectionTime: istioDuration(inMilliseconds(openFor)),
    maxEjectionPercent: percent(maxOpenShare), // Istio's 10 would leave out nothing of nine servers or fewer
    minHealthPercent: 0, // never sends requests to those left out, however many they are
  };
}
