import { ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import { meshProblems, meshSpec, PAYMENT, routeFor, rulesOf } from './calls';

// What proxies do by themselves, or quietly do not: every one of these has taken a service down somewhere.

const NOT_IDEMPOTENT = ['POST', 'PATCH', 'CONNECT'];
const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

const outlierDetection = (options?: ResiliencePolicyOptions) =>
  meshSpec('DestinationRule', options).trafficPolicy.outlierDetection;

/** How many of a pool Envoy leaves out at most (outlier_detection_impl.cc). */
function mostOpen(servers: number, { maxEjectionPercent }: { readonly maxEjectionPercent: number }): number {
  return (
    Array.from({ length: servers + 1 }, (_, open) => open).filter(
      (open) => (100 * open) / servers <= maxEjectionPercent,
    ).length - 1
  );
}

describe('IstioResilience', () => {
  test.each(NOT_IDEMPOTENT)('never retries %s, which Istio does twice unless it is told 0 (istio#13851)', (method) => {
    expect(routeFor({}, method).retries).toEqual({ attempts: 0 }); // beside 0, Istio refuses any other field
  });

  test.each(IDEMPOTENT)('retries %s', (method) => {
    expect(routeFor({}, method).retries.attempts).toBe(2);
  });

  test('counts retries, as Istio and the Gateway API do, and not tries', () => {
    const options = { retry: { retries: 1 } };
    expect(ResiliencePolicy.of(options).plan().tries).toBe(2);
    expect(routeFor(options, 'GET').retries.attempts).toBe(1);
    expect(rulesOf(options, true)[0].retry.attempts).toBe(1);
  });

  test('retries a try whose time is over, which the statuses of the default do not cover', () => {
    expect(routeFor({}, 'GET').retries.retryOn.split(',')).toContain('reset');
  });

  test.each([2, 3, 4, 6, 9, 20])(
    'leaves out one of %i servers and never all, where 10 % leaves out none',
    (servers) => {
      expect(mostOpen(servers, outlierDetection())).toBeGreaterThanOrEqual(1);
      expect(mostOpen(servers, outlierDetection())).toBeLessThan(servers);
      if (servers < 10) expect(mostOpen(servers, { maxEjectionPercent: 10 })).toBe(0);
    },
  );

  test.each([1, 2, 7])(
    'leaves out all of %i servers where that was said, and then fails at once (istio#13682)',
    (servers) => {
      const detection = outlierDetection({ circuitBreaker: { maxOpenShare: 1 } });
      expect(mostOpen(servers, detection)).toBe(servers);
      expect(detection.minHealthPercent).toBe(0); // above, Envoy would send requests to all that were left out
    },
  );

  test('leaves out as many as the share, also where it is no whole percent', () => {
    expect(mostOpen(6, outlierDetection({ circuitBreaker: { maxOpenShare: 1 / 3 } }))).toBe(2);
    expect(mostOpen(100, outlierDetection({ circuitBreaker: { maxOpenShare: 0.07 } }))).toBe(7); // 7.000000000000001 %
  });

  test('refuses a breaker for a single server, which half a share never leaves out', () => {
    expect(mostOpen(1, outlierDetection())).toBe(0);
    expect(meshProblems({ service: { ...PAYMENT, replicas: 1 } })).toHaveLength(1);
  });

  test('writes no 0 into a bulkhead, which Istio reads as no limit', () => {
    const { connectionPool } = meshSpec('DestinationRule', { bulkhead: { maxConcurrent: 1 } }).trafficPolicy;
    expect(connectionPool).toMatchObject({
      tcp: { maxConnections: 1 },
      http: { http1MaxPendingRequests: 1, http2MaxRequests: 1 },
    });
  });

  test('spreads requests over all zones, of which a breaker would otherwise keep those of the caller', () => {
    expect(meshSpec('DestinationRule').trafficPolicy.loadBalancer).toEqual({ localityLbSetting: { enabled: false } });
  });
});

describe('GatewayResilience', () => {
  test.each(NOT_IDEMPOTENT)('asks for no retry of %s', (method) => {
    const [retried, others] = rulesOf({}, true);
    expect(retried.matches).not.toContainEqual({ method });
    expect(others).not.toHaveProperty('retry');
    expect(others).not.toHaveProperty('matches');
  });
});
