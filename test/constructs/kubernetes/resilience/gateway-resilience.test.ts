import { Testing } from 'cdk8s';
import { Duration, ResiliencePolicy } from 'nines';
import { emptyChart, only, synthChart } from '../../../support/kubernetes/manifests';
import { NAME, specOf, tier } from '../ha-web-tier/tiers';
import { atGateway, lossesOf, rulesOf } from './calls';

const { millis, seconds } = Duration;
const backendRefs = [{ name: 'payment', port: 8080 }];
const times = { perTry: seconds(2), total: millis(7500) };

describe('GatewayResilience', () => {
  test('makes what it made before, of no more than it needs', () => {
    expect(synthChart((chart) => atGateway(chart))).toMatchSnapshot();
  });

  test('limits each try and all of them', () => {
    expect(rulesOf({ timeout: times })).toEqual([
      { backendRefs, timeouts: { request: '7s500ms', backendRequest: '2s' } },
    ]);
  });

  test('lifts the limits of the Gateway where that was allowed', () => {
    expect(rulesOf({ allowEndlessWait: true })[0].timeouts).toEqual({ request: '0s', backendRequest: '0s' });
  });

  test.each([
    [1, '1ms'],
    [1000, '1s'],
    [90_400, '90s400ms'],
    [3_600_000, '3600s'],
  ])('writes %i milliseconds as %s', (length, text) => {
    const options = { timeout: { perTry: millis(length) }, retry: { retries: 0 } };
    expect(rulesOf(options)[0].timeouts).toEqual({ request: text, backendRequest: text });
  });

  test('says nothing of retries to routes that cannot', () => {
    expect(JSON.stringify(rulesOf({ retry: { retries: 1 } }))).not.toContain('retry');
  });

  describe('where routes can retry', () => {
    test('retries the methods that may be done twice, and gives all others the time of one try', () => {
      const retry = { retries: 1, methods: ['GET', 'HEAD'], on: ['no-answer', 503] } as const;
      expect(rulesOf({ timeout: times, retry }, true)).toEqual([
        {
          matches: [{ method: 'GET' }, { method: 'HEAD' }],
          backendRefs,
          timeouts: { request: '7s500ms', backendRequest: '2s' },
          retry: { attempts: 1, backoff: '100ms', codes: [503] },
        },
        { backendRefs, timeouts: { request: '2s', backendRequest: '2s' } },
      ]);
    });

    test('retries after no answer alone, which needs no code', () => {
      expect(rulesOf({ retry: { on: ['no-answer'] } }, true)[0].retry).toEqual({ attempts: 2, backoff: '100ms' });
    });

    test('retries nothing where that was said', () => {
      expect(rulesOf({ retry: { retries: 0 } }, true)).toHaveLength(1);
    });
  });

  describe('is for', () => {
    test('a host, at a listener of a Gateway of another namespace', () => {
      const gateway = { name: 'public', namespace: 'ingress', sectionName: 'https' };
      const { spec } = only(
        synthChart((chart) => atGateway(chart, { host: 'a.example.com', gateway })),
        'HTTPRoute',
      );
      expect(spec).toMatchObject({ hostnames: ['a.example.com'], parentRefs: [gateway] });
    });

    test('a service of another namespace', () => {
      const service = { name: 'payment', port: 80, namespace: 'bank' };
      const { spec } = only(
        synthChart((chart) => atGateway(chart, { service })),
        'HTTPRoute',
      );
      expect(spec.rules[0].backendRefs).toEqual([service]);
    });

    test('a tier that has no route of its own', () => {
      const chart = emptyChart();
      const made = atGateway(chart, { service: tier(chart) });
      expect(only(Testing.synth(chart), 'HTTPRoute').spec.rules[0].backendRefs).toEqual([{ name: NAME, port: 80 }]);
      expect(made.node.defaultChild).toBe(made.route);
    });
  });

  describe('loses', () => {
    const own = 'a Gateway may retry by itself, and Istio does, twice, POST too';
    const none = (part: string) =>
      `${part}: an HTTPRoute has no field for it; the Gateway may have a policy of its own`;
    const NO_RETRY = `retry: an HTTPRoute without the field retry cannot say how; ${own}`;
    const OF_RETRY = [
      `retry.methods: an HTTPRoute cannot forbid retries of other methods; ${own}`,
      'retry.backoff: an HTTPRoute has only the shortest wait, and leaves the longest and its random share to the Gateway',
      'retry.budget: an HTTPRoute has none',
    ];
    const TIMEOUTS_ALONE = { allowFailingServers: true, allowUnboundedLoad: true };

    test('retries, the breaker and the bulkhead by default', () => {
      expect(lossesOf('route')).toEqual([NO_RETRY, none('circuitBreaker'), none('bulkhead')]);
    });

    test('a rate limit and a fallback', () => {
      const options = { ...TIMEOUTS_ALONE, rateLimit: { requests: 1, per: seconds(1) }, fallback: { body: 'Soon.' } };
      expect(lossesOf('route', options)).toEqual([NO_RETRY, none('rateLimit'), none('fallback')]);
    });

    test('parts of retries where routes can retry', () => {
      expect(lossesOf('route that can retry', TIMEOUTS_ALONE)).toEqual(OF_RETRY);
    });

    test('that only some failures are retried', () => {
      expect(lossesOf('route that can retry', { ...TIMEOUTS_ALONE, retry: { on: [503] } })).toEqual([
        ...OF_RETRY,
        'retry.on: an HTTPRoute that retries does so after no answer, too',
      ]);
    });

    test.each(['route', 'route that can retry'] as const)('that nothing is retried, in a %s', (where) => {
      expect(lossesOf(where, { ...TIMEOUTS_ALONE, retry: { retries: 0 } })).toEqual([
        `retry.retries: an HTTPRoute cannot forbid retries; ${own}`,
      ]);
    });
  });
});

describe('HAWebTier', () => {
  const exposure = { host: 'shop.example.com', gateway: { name: 'public' } };
  const resilience = ResiliencePolicy.of({ timeout: { perTry: seconds(30) } });

  test('has a route that a policy treats, where it was given one', () => {
    const backend = [{ name: NAME, port: 80 }];
    expect(specOf('HTTPRoute', { exposure: { ...exposure, resilience } }).rules).toEqual([
      { backendRefs: backend, timeouts: { request: '90s400ms', backendRequest: '30s' } },
    ]);
    const retrying = specOf('HTTPRoute', { exposure: { ...exposure, resilience, routesCanRetry: true } });
    expect(retrying.rules).toHaveLength(2);
    expect(retrying.rules[0].retry).toEqual({ attempts: 2, backoff: '100ms', codes: [502, 503, 504] });
  });

  test('says what its route cannot express of it', () => {
    const lossesWith = (choices: object) => tier(emptyChart(), { exposure: { ...exposure, ...choices } }).losses;
    expect(lossesWith({ resilience })).toEqual(lossesOf('route'));
    expect(lossesWith({ resilience, routesCanRetry: true })).toEqual(lossesOf('route that can retry'));
    expect(lossesWith({})).toEqual([]);
    expect(tier(emptyChart()).losses).toEqual([]);
    expect(tier(emptyChart(), { exposure: { host: 'a.example.com', ingressClassName: 'nginx' } }).losses).toEqual([]);
  });

  test('says how long its longest request takes', () => {
    expect(tier(emptyChart()).longestRequest).toEqual(seconds(30));
    const timing = { longestRequest: seconds(5), drain: seconds(9) };
    expect(tier(emptyChart(), { timing }).longestRequest).toEqual(seconds(5));
  });
});
