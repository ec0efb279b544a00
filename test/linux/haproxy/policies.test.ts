import { Duration, type ResiliencePolicyOptions } from 'nines';
import type { HaproxyBackend } from '../../../src/linux/haproxy/props';
import { lines, optionsOf, sectionsOf, servers, starting, withPolicy } from './options';

const { millis, minutes } = Duration;

describe('timeouts', () => {
  test('are those of a try', () => {
    expect(starting(lines({ timeout: { perTry: millis(2500) } }), 'timeout')).toEqual([
      'timeout connect 2s',
      'timeout queue 2500ms',
      'timeout server 2500ms',
      'timeout tunnel 2500ms',
      'timeout check 5s',
    ]);
  });

  test('wait for a connection no longer than for an answer', () => {
    expect(lines({ timeout: { perTry: millis(300) } })).toContain('timeout connect 300ms');
  });

  test('are none for answers that may take forever, and still there for a turn and a connection', () => {
    expect(starting(lines({ allowEndlessWait: true }), 'timeout')).toEqual([
      'timeout connect 2s',
      'timeout queue 30s',
      'timeout server 24d',
      'timeout tunnel 24d',
      'timeout check 5s',
    ]);
  });
});

describe('retries', () => {
  test('go to another server each, after what the policy names', () => {
    const some = lines({ retry: { retries: 4, on: ['connection-failure', 500] } });
    expect(starting(some, 'ret')).toEqual(['retries 4', 'retry-on conn-failure 500']);
    expect(some).toContain('option redispatch 1');
    expect(lines({ retry: { on: ['no-answer', 'connection-failure', 504] } })).toContain(
      'retry-on conn-failure empty-response response-timeout 504',
    );
  });

  test('are for idempotent methods, less or more where the policy says so', () => {
    const method = (policy: ResiliencePolicyOptions) => starting(lines(policy), 'http-request disable-l7-retry');
    expect(method({})).toEqual(['http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }']);
    expect(method({ retry: { methods: ['GET'], allowDuplicates: ['POST'] } })).toEqual([
      'http-request disable-l7-retry unless { method GET POST }',
    ]);
  });

  test('are none with retries: 0', () => {
    const some = lines({ retry: { retries: 0 } });
    expect(starting(some, 'ret')).toEqual(['retries 0', 'retry-on none']);
    expect(some.join('\n')).not.toMatch(/redispatch|l7-retry/);
  });
});

describe('circuit breaker', () => {
  const breaker = 'observe layer7 error-limit 5 on-error mark-down';
  const waiting = 'option http-buffer-request';

  test('takes out a server after errors in a row', () => {
    expect(starting(lines({}), 'default-server')).toEqual([`default-server check inter 10s fall 3 rise 2 ${breaker}`]);
    expect(lines({ circuitBreaker: { consecutiveErrors: 9 } }).join()).toContain('observe layer7 error-limit 9 ');
    expect(lines({}, { protocol: 'tcp' }).join()).toContain('observe layer4 error-limit 5 on-error mark-down');
    expect(lines({ allowFailingServers: true }).join()).not.toMatch(/observe|on-error/);
  });

  test('is not charged for clients that stop in the middle of a request: HAProxy has it before a server does, in 10 seconds', () => {
    expect(lines({})).toContain(waiting);
    expect(sectionsOf(optionsOf()).defaults).toContain('timeout http-request 10s');
    expect(lines({ allowFailingServers: true })).not.toContain(waiting);
    expect(lines({}, { protocol: 'tcp' })).not.toContain(waiting);
  });

  test.each([
    [2, undefined, 1],
    [4, undefined, 2],
    [5, undefined, 3],
    [10, 0.3, 7],
    [3, 1 / 3, 2],
    [49, 1 / 49, 48], // which times 49 is a bit less than 1
    [3, 0.99, 1],
  ])('of %d servers and a share of %s goes on with all when fewer than %d are left', (count, maxOpenShare, fewest) => {
    const sections = sectionsOf(withPolicy({ circuitBreaker: { maxOpenShare } }, { servers: servers(count) }));
    expect(sections['frontend web']?.slice(-2)).toEqual([
      `use_backend shop:last if { nbsrv(shop) lt ${fewest} }`,
      'default_backend shop',
    ]);
    const same = sections['backend shop']
      ?.filter((line) => line !== waiting)
      .map((line) => line.replace(` ${breaker}`, ''));
    expect(sections['backend shop:last']).toEqual(same);
    expect(sections['backend shop']?.join()).toContain(breaker);
  });

  test('may leave out all with maxOpenShare 1, and leaves out none without a breaker', () => {
    for (const policy of [{ circuitBreaker: { maxOpenShare: 1 } }, { allowFailingServers: true }]) {
      const sections = sectionsOf(withPolicy(policy));
      expect(Object.keys(sections).filter((title) => title.includes(':last'))).toEqual([]);
      expect(sections['frontend web']?.at(-1)).toBe('default_backend shop');
      expect(sections['frontend web']?.join()).not.toContain('nbsrv');
    }
  });

  test('is passed by behind routes, too', () => {
    const frontend = { backend: undefined, routes: [{ paths: ['/a'], backend: 'shop' }] };
    expect(sectionsOf(optionsOf({}, frontend))['frontend web']?.slice(-3)).toEqual([
      'use_backend shop:last if route0_path { nbsrv(shop) lt 1 }',
      'use_backend shop if route0_path',
      'default_backend nines:nowhere',
    ]);
  });
});

describe('bulkhead', () => {
  const limits = (policy: ResiliencePolicyOptions, backend: Partial<HaproxyBackend> = {}) =>
    starting(lines(policy, backend), 'server').map((line) => Number(/maxconn (\d+)/.exec(line)?.[1]));

  test.each([
    [50, 1, [50]],
    [50, 3, [17, 17, 16]],
    [4, 4, [1, 1, 1, 1]],
    [7, 4, [2, 2, 2, 1]],
  ])('of %d is shared by %d servers, and exactly used up', (maxConcurrent, count, shares) => {
    expect(limits({ bulkhead: { maxConcurrent }, allowFailingServers: true }, { servers: servers(count) })).toEqual(
      shares,
    );
  });

  test('is shared by backups once more, which serve only when the others do not', () => {
    expect(limits({ bulkhead: 'internal-api' }, { servers: servers(2, 3) })).toEqual([25, 25, 17, 17, 16]);
  });

  test('lets half as many wait, or as many as the policy says, and fails the rest at once', () => {
    expect(lines({})).toContain('http-request deny deny_status 503 if { queue ge 25 }');
    expect(lines({ bulkhead: { maxConcurrent: 8, maxPending: 3 } })).toContain(
      'http-request deny deny_status 503 if { queue ge 3 }',
    );
    expect(lines({}, { protocol: 'tcp' })).toContain('tcp-request content reject if { queue ge 25 }');
  });

  test('lets nobody wait who has gone', () => {
    expect(lines({})).toContain('option abortonclose');
  });

  test('is none with allowUnboundedLoad', () => {
    expect(lines({ allowUnboundedLoad: true }).join()).not.toMatch(/maxconn|queue ge/);
    expect(lines({ allowUnboundedLoad: true }, { protocol: 'tcp' }).join()).not.toMatch(/maxconn|queue ge/);
  });
});

describe('rate limit', () => {
  const rateLimit = { requests: 20, per: minutes(2) };

  test('answers 429 to what one client sends beyond it, and when to come back', () => {
    expect(lines({ rateLimit })).toEqual(
      expect.arrayContaining([
        'http-request track-sc0 src table pair/shop',
        'http-request return status 429 content-type text/plain string "Too Many Requests" hdr Retry-After 120 ' +
          'if { sc_http_req_rate(0) gt 20 }',
      ]),
    );
  });

  test('counts before anything else is answered, and where the breaker is passed by', () => {
    const sections = sectionsOf(withPolicy({ rateLimit, fallback: { body: 'sorry' } }));
    for (const title of ['backend shop', 'backend shop:last']) {
      const rules = starting(sections[title] ?? [], 'http-request').map((line) => line.split(' ')[1]);
      expect(rules).toEqual(['track-sc0', 'return', 'return', 'disable-l7-retry']);
    }
  });

  test('is none by default, and none in plain TCP', () => {
    expect(lines({}).join()).not.toMatch(/track-sc0|429/);
    expect(lines({ rateLimit }, { protocol: 'tcp' }).join()).not.toMatch(/track-sc0|429/);
  });
});

describe('fallback', () => {
  const answer = 'content-type "text/plain" string "sorry" hdr Cache-Control no-store';

  test('answers when no server is left, no turn comes, or all tries failed', () => {
    const some = lines({ fallback: { body: 'sorry' } });
    expect(some).toContain(`http-request return status 503 ${answer} if { nbsrv lt 1 } || { queue ge 25 }`);
    for (const status of [502, 503, 504]) expect(some).toContain(`http-error status ${status} ${answer}`);
    expect(some.join('\n')).not.toMatch(/deny|set-status/);
  });

  test('with another status has it everywhere, but for what servers answered themselves', () => {
    const some = lines({ fallback: { body: 'sorry', status: 200 }, allowUnboundedLoad: true });
    expect(some).toContain(`http-request return status 200 ${answer} if { nbsrv lt 1 }`);
    expect(some).toContain('http-response set-var(txn.answered) bool(true)');
    expect(some).toContain(
      'http-after-response set-status 200 if { status 502 503 504 } !{ var(txn.answered) -m found }',
    );
  });

  test('is one word to HAProxy, whatever it holds', () => {
    const body = 'a "q" \'s\' $HOME \\ %[src] #\n\té';
    expect(lines({ fallback: { body, contentType: 'text/html; charset=utf-8' } }).join('\n')).toContain(
      `content-type "text/html; charset=utf-8" string "a \\x22q\\x22 's' \\x24HOME \\x5c %[src] #\\x0a\\x09\\xc3\\xa9" hdr`,
    );
  });

  test('is none by default, and none in plain TCP', () => {
    expect(lines({}).join()).not.toMatch(/http-error|http-request return/);
    expect(lines({ fallback: { body: 'sorry' } }, { protocol: 'tcp' }).join()).not.toContain('sorry');
  });
});
