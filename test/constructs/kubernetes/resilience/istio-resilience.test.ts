import { App, Chart, Testing } from 'cdk8s';
import { Duration, ResiliencePolicy } from 'nines';
import { emptyChart, type Manifest, only, synthChart } from '../../../support/kubernetes/manifests';
import { tier } from '../ha-web-tier/tiers';
import { inMesh, lossesOf, meshManifests, meshSpec, routeFor } from './calls';

const { millis, seconds } = Duration;
const trafficPolicy = (options = {}) => meshSpec('DestinationRule', options).trafficPolicy;

describe('IstioResilience', () => {
  test('makes what it made before, of no more than it needs', () => {
    expect(meshManifests()).toMatchSnapshot();
  });

  describe('sends requests', () => {
    test('that may be done twice with a limit for each try and for all of them', () => {
      const options = { timeout: { perTry: seconds(2), total: seconds(10) }, retry: { retries: 3 } };
      expect(routeFor(options, 'GET')).toMatchObject({
        timeout: '10s',
        retries: { attempts: 3, perTryTimeout: '2s', backoff: '0.1s' },
      });
    });

    test('that may not with the limit of one try, since they have no other', () => {
      const options = { timeout: { perTry: seconds(2), total: seconds(9) } };
      expect(routeFor(options, 'POST')).toMatchObject({ timeout: '2s', retries: { attempts: 0 } });
    });

    test('all by one route where nothing is retried', () => {
      const { http } = meshSpec('VirtualService', { retry: { retries: 0 }, timeout: { perTry: millis(1500) } });
      expect(http).toEqual([
        {
          name: 'once',
          route: [{ destination: { host: 'payment', port: { number: 8080 } } }],
          timeout: '1.5s',
          retries: { attempts: 0 },
        },
      ]);
    });

    test('without any limit where that was allowed', () => {
      const [retried, once] = meshSpec('VirtualService', { allowEndlessWait: true }).http;
      expect(retried.retries).not.toHaveProperty('perTryTimeout');
      for (const route of [retried, once]) expect(route).not.toHaveProperty('timeout');
    });
  });

  describe('retries', () => {
    test.each([
      [undefined, 'connect-failure,refused-stream,reset,502,503,504'],
      [['connection-failure'] as const, 'connect-failure,refused-stream'],
      [['connection-failure', 'no-answer'] as const, 'connect-failure,refused-stream,reset'],
      [[500, 503] as const, '500,503'],
    ])('after %j, which Envoy calls %s', (on, retryOn) => {
      expect(routeFor({ retry: { on } }, 'GET').retries.retryOn).toBe(retryOn);
    });

    test('the methods that were named, and no others', () => {
      const options = { retry: { methods: ['GET'], allowDuplicates: ['POST'] } } as const;
      const names = ['GET', 'POST', 'PUT', 'GETS', 'XGET'].map((method) => routeFor(options, method).name);
      expect(names).toEqual(['retried', 'retried', 'once', 'once', 'once']);
    });

    test('after a wait', () => {
      const { retries } = routeFor({ retry: { backoff: { base: millis(25) } } }, 'GET');
      expect(retries.backoff).toBe('0.025s');
    });

    test('within a budget, and three at least', () => {
      expect(trafficPolicy({ retry: { budget: 0.07 } }).retryBudget).toEqual({ percent: 7, minRetryConcurrency: 3 });
      expect(trafficPolicy({ retry: { retries: 0 } })).not.toHaveProperty('retryBudget');
    });
  });

  describe('leaves out servers', () => {
    test('as the breaker says', () => {
      const circuitBreaker = { consecutiveErrors: 3, openFor: seconds(60), maxOpenShare: 0.25 };
      expect(trafficPolicy({ circuitBreaker }).outlierDetection).toEqual({
        ...{ consecutive5xxErrors: 3, baseEjectionTime: '60s', interval: '10s', maxEjectionPercent: 25 },
        minHealthPercent: 0,
      });
    });

    test('and looks in time which come back', () => {
      expect(trafficPolicy({ circuitBreaker: { openFor: seconds(4) } }).outlierDetection.interval).toBe('4s');
    });

    test('never where that was allowed, and then changes nothing about zones', () => {
      const policy = trafficPolicy({ allowFailingServers: true });
      expect(policy).not.toHaveProperty('outlierDetection');
      expect(policy).not.toHaveProperty('loadBalancer');
    });
  });

  describe('limits', () => {
    test('what a caller may have at the service, by any version of HTTP', () => {
      const { tcp, http } = trafficPolicy({ bulkhead: { maxConcurrent: 7, maxPending: 2 } }).connectionPool;
      expect(tcp.maxConnections).toBe(7);
      expect(http).toEqual({ http1MaxPendingRequests: 2, http2MaxRequests: 7 });
    });

    test('nothing where that was allowed', () => {
      const { tcp, http } = trafficPolicy({ allowUnboundedLoad: true }).connectionPool;
      expect(tcp).toEqual({ connectTimeout: '2s' });
      expect(http).toBeUndefined();
    });

    test('the time in which a connection comes about, to two seconds or that of a try', () => {
      const connect = (options: object) => trafficPolicy(options).connectionPool.tcp.connectTimeout;
      expect(connect({})).toBe('2s');
      expect(connect({ timeout: { perTry: millis(500) } })).toBe('0.5s');
      expect(connect({ allowEndlessWait: true })).toBe('2s');
    });
  });

  describe('is for', () => {
    const specs = (manifests: readonly Manifest[]) => [
      only(manifests, 'DestinationRule').spec,
      only(manifests, 'VirtualService').spec,
    ];

    test('a tier of the same chart', () => {
      const chart = emptyChart();
      const web = tier(chart);
      const calls = inMesh(chart, { service: web });
      const [rule, routes] = specs(Testing.synth(chart));
      expect(calls.host).toBe(web.serviceName);
      expect(rule.host).toBe(web.serviceName);
      expect(routes.hosts).toEqual([web.serviceName]);
      expect(routes.http[0].route).toEqual([{ destination: { host: web.serviceName, port: { number: 80 } } }]);
      expect(rule).not.toHaveProperty('exportTo');
    });

    test.each([undefined, 'shop'])('a service of its own namespace, for all who call it', (namespace) => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      expect(inMesh(chart, { service: { name: 'payment', port: 80, namespace } }).host).toBe('payment');
      for (const spec of specs(Testing.synth(chart))) expect(spec).not.toHaveProperty('exportTo');
    });

    test('a service of another namespace, for the callers of its own alone', () => {
      const service = { name: 'payment', port: 80, namespace: 'bank' };
      const manifests = synthChart((chart) => inMesh(chart, { service }));
      const host = 'payment.bank.svc.cluster.local';
      expect(specs(manifests)).toEqual([
        expect.objectContaining({ host, exportTo: ['.'] }),
        expect.objectContaining({ hosts: [host], exportTo: ['.'] }),
      ]);
    });

    test('many services beside each other', () => {
      const chart = emptyChart();
      inMesh(chart);
      inMesh(chart, { service: { name: 'search', port: 80 } }, 'Search');
      inMesh(chart, { service: { name: 'payment', port: 80, namespace: 'bank' } }, 'Bank');
      expect(Testing.synth(chart)).toHaveLength(6);
    });
  });

  describe('loses', () => {
    test('nothing by default', () => {
      expect(lossesOf('mesh')).toEqual([]);
    });

    test('nothing of all that Istio can', () => {
      const options = {
        circuitBreaker: { maxOpenShare: 1 },
        bulkhead: 'email',
        timeout: { perTry: seconds(1) },
      } as const;
      const essential = ['timeout', 'retry', 'circuitBreaker', 'bulkhead'] as const;
      expect(lossesOf('mesh', { ...options, essential })).toEqual([]);
    });

    test.each([
      [
        'a longest wait of its own',
        { retry: { backoff: { max: seconds(5) } } },
        'retry.backoff.max: Istio waits ten times base at the most (1 second), and not 5 seconds',
      ],
      [
        'a rate limit',
        { rateLimit: { requests: 9, per: seconds(1) } },
        'rateLimit: Istio has no field for it, only patches of the proxy (EnvoyFilter) that nothing checks',
      ],
      ['a fallback', { fallback: { body: 'Soon.' } }, 'fallback: Istio answers with the failure when no server can'],
    ])('%s', (_, options, loss) => {
      expect(lossesOf('mesh', options)).toEqual([loss]);
    });

    test('no wait where nothing is retried', () => {
      expect(lossesOf('mesh', { retry: { retries: 0, backoff: { max: seconds(5) } } })).toEqual([]);
    });
  });

  test('gives the objects that it made', () => {
    const calls = inMesh(emptyChart(), { policy: ResiliencePolicy.of() });
    expect([calls.destinationRule.kind, calls.virtualService.kind]).toEqual(['DestinationRule', 'VirtualService']);
    expect(calls.node.defaultChild).toBe(calls.virtualService);
  });
});
