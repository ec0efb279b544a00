import { Duration, HealthCheck, type ResiliencePart, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import { haproxyLosses } from '../../../src/linux/haproxy/losses';
import { proxyProblems } from '../../../src/linux/haproxy/problems';
import type { HaproxyBackend } from '../../../src/linux/haproxy/props';
import { BACKEND, optionsOf, withPolicy } from './options';

const lossesOf = (policy: ResiliencePolicyOptions, backend: Partial<HaproxyBackend> = {}) =>
  haproxyLosses(withPolicy(policy, backend)).map(({ text }) => text.replace('backends[0].policy.', ''));
const of = (part: string, losses: readonly string[]) => losses.filter((text) => text.startsWith(part));
const [server] = BACKEND.servers;
const alone = { servers: server ? [server] : [] };

describe('haproxyLosses', () => {
  test('are these of the policy that there is by default', () => {
    expect(haproxyLosses(optionsOf())).toEqual(
      [
        [
          'timeout',
          'timeout.perTry: HAProxy counts from one byte to the next, and does not end an answer that keeps trickling',
        ],
        [
          'timeout',
          'timeout.total: HAProxy has no clock for a request as a whole; turns, connections and tries that all take as long as ' +
            'they can take 3 minutes 8 seconds, not 90.4 seconds',
        ],
        [
          'retry',
          'retry.backoff: HAProxy tries another server at once; only before it connects again to the only one it waits, for ' +
            'up to 1 second',
        ],
        ['retry', 'retry.budget: HAProxy has none'],
        [
          'retry',
          'retry.methods: HAProxy tries requests of every method again that could not connect, and so were not sent',
        ],
        ['retry', 'retry.on: HAProxy does not try requests again that are longer than 16 KiB'],
        [
          'circuitBreaker',
          'circuitBreaker.consecutiveErrors: HAProxy waits for requests of up to 15 KiB before it sends them; a client that stops ' +
            'in the middle of a longer one counts as a failure of the server',
        ],
        [
          'circuitBreaker',
          'circuitBreaker.consecutiveErrors: HAProxy before 3.1 does not count the failures that it hides by a retry, but for ' +
            "failed connections; with retry.on ['connection-failure'] it counts all",
        ],
        [
          'circuitBreaker',
          'circuitBreaker.openFor: HAProxy lets a server back in after 2 good health checks, which is after 10 seconds at the ' +
            'least, not after 30 seconds; raise healthyThreshold',
        ],
        [
          'bulkhead',
          'bulkhead.maxConcurrent: HAProxy gives each of 2 servers its share of 50; the share of one that is out is not used',
        ],
      ].map(([part, text]) => ({ part, text: `backends[0].policy.${text}` })),
    );
  });

  test('name the backend', () => {
    const backends = [BACKEND, { ...BACKEND, name: 'api' }];
    const places = haproxyLosses({ ...optionsOf(), backends }).map(({ text }) => text.slice(0, 11));
    expect(new Set(places)).toEqual(new Set(['backends[0]', 'backends[1]']));
  });

  test('of timeouts are none where answers may take forever', () => {
    expect(of('timeout', lossesOf({ allowEndlessWait: true }))).toEqual([]);
  });

  test('of retries are fewer for failed connections alone, or for statuses, and none without retries', () => {
    const names = (policy: ResiliencePolicyOptions) => of('retry', lossesOf(policy)).map((text) => text.split(':')[0]);
    expect(names({ retry: { on: ['connection-failure'] } })).toEqual([
      'retry.backoff',
      'retry.budget',
      'retry.methods',
    ]);
    expect(names({ retry: { on: [503] } })).toEqual(['retry.backoff', 'retry.budget', 'retry.on']);
    expect(names({ retry: { retries: 0 } })).toEqual([]);
  });

  test('of the breaker is slow clients alone where nothing hides failures and checks take as long', () => {
    const slow = (healthyThreshold: number) => ({
      healthCheck: HealthCheck.http('/', { port: 8080, interval: Duration.seconds(10), healthyThreshold }),
    });
    const slowClients = [expect.stringContaining('a client that stops in the middle')];
    expect(of('circuitBreaker', lossesOf({ retry: { on: ['connection-failure'] } }, slow(4)))).toEqual(slowClients);
    expect(of('circuitBreaker', lossesOf({ retry: { retries: 0 } }, slow(4)))).toEqual(slowClients);
    expect(of('circuitBreaker', lossesOf({ retry: { retries: 0 } }, slow(3)))).toHaveLength(2);
    expect(of('circuitBreaker', lossesOf({ retry: { on: [503] } }, slow(4)))).toHaveLength(2);
    expect(of('circuitBreaker', lossesOf({}, { protocol: 'tcp', ...slow(4) }))).toEqual([]); // it sees no requests to count
    expect(of('circuitBreaker', lossesOf({ allowFailingServers: true }))).toEqual([]);
  });

  test('of the bulkhead are none of one server, nor without one', () => {
    const spare = { name: 'b', address: '10.0.9.9', port: 8080, backup: true };
    expect(of('bulkhead', lossesOf({ allowFailingServers: true }, { servers: [...alone.servers, spare] }))).toEqual([]);
    expect(of('bulkhead', lossesOf({ allowUnboundedLoad: true }))).toEqual([]);
  });

  test('of plain TCP are all that needs requests', () => {
    const policy = { rateLimit: { requests: 1, per: Duration.seconds(1) }, fallback: { body: 'sorry' } };
    const losses = lossesOf(policy, { protocol: 'tcp' });
    expect(losses).toEqual([
      'timeout: HAProxy sees no requests in plain TCP, and ends connections on which nothing moves for 30 seconds',
      'retry: HAProxy sees no requests in plain TCP, and tries again only what could not connect',
      expect.stringContaining('circuitBreaker.openFor: '),
      expect.stringContaining('bulkhead.maxConcurrent: '),
      'rateLimit: HAProxy sees no requests in plain TCP',
      'fallback: HAProxy has no answer in plain TCP, and closes the connection',
    ]);
    expect(of('retry', lossesOf({ retry: { retries: 0 } }, { protocol: 'tcp' }))).toEqual([]);
    expect(of('rateLimit', lossesOf({}, { protocol: 'tcp' }))).toEqual([]);
  });

  test.each<[part: ResiliencePart, policy: ResiliencePolicyOptions, backend: Partial<HaproxyBackend>]>([
    ['rateLimit', { rateLimit: { requests: 1, per: Duration.seconds(1) } }, {}],
    ['fallback', { fallback: { body: 'sorry' } }, {}],
    ['bulkhead', { allowFailingServers: true }, alone],
    ['circuitBreaker', { circuitBreaker: { openFor: Duration.seconds(10) } }, { protocol: 'tcp' }],
  ])('of %s are none there, so that it may be essential', (part, policy, backend) => {
    const essential = withPolicy({ ...policy, essential: [part] }, backend);
    expect(of(part, lossesOf(policy, backend))).toEqual([]);
    expect(proxyProblems('proxy', essential)).toEqual([]);
  });

  test('refuse what is essential, with what is lost of it', () => {
    const policy = ResiliencePolicy.of({ essential: ['bulkhead'] });
    expect(proxyProblems('proxy', optionsOf({ policy }))).toEqual([
      "proxy.backends[0].policy.essential must name only what HAProxy can express whole, got 'bulkhead'; " +
        'bulkhead.maxConcurrent: HAProxy gives each of 2 servers its share of 50; the share of one that is out is not used',
    ]);
  });
});
