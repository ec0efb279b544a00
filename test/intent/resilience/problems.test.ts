import { Duration, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import { sentencesIn } from '../../support/breakages/sentences';

const { millis, seconds, hours } = Duration;

type Refused = readonly [what: string, options: unknown, problem: string];

const HOUR = 'from 0.001 seconds to 1 hour, in whole milliseconds';
const MINUTE = 'from 0.001 seconds to 1 minute, in whole milliseconds';
const METHODS = 'what may not be done twice is named in allowDuplicates; say retries: 0 to retry nothing';
const IDEMPOTENT = 'at least one of GET, HEAD, OPTIONS, TRACE, PUT, DELETE, each once';

const TIMES: readonly Refused[] = [
  ['text for the timeouts', { timeout: '5s' }, "timeout must be an object, got '5s'; write it as in { … }"],
  [
    'a number for a time',
    { timeout: { perTry: 5 } },
    'timeout.perTry must be a Duration, got 5; write Duration.millis(…)',
  ],
  [
    'no time for a try',
    { timeout: { perTry: millis(0) } },
    `timeout.perTry must be ${HOUR}, got 0 seconds; say how long the slowest good answer takes`,
  ],
  [
    'half a millisecond in all',
    { timeout: { total: millis(0.5) } },
    `timeout.total must be ${HOUR}, got 0.0005 seconds; say how long a caller can wait`,
  ],
  [
    'two hours in all',
    { timeout: { total: hours(2) } },
    `timeout.total must be ${HOUR}, got 2 hours; say how long a caller can wait`,
  ],
  [
    'a try that is longer than all tries, which Istio would ignore',
    { timeout: { perTry: seconds(10), total: seconds(5) } },
    'timeout.perTry must not be longer than total (5 seconds), got 10 seconds; lower perTry or raise total',
  ],
  [
    'a total that cuts off the last try',
    { timeout: { perTry: seconds(2), total: millis(6399) } },
    'timeout.total must cover 3 tries of 2 seconds and the longest waits between them (6.4 seconds), ' +
      'got 6.399 seconds; raise total, or lower perTry or retries',
  ],
  [
    'a total that the waits alone use up',
    { timeout: { total: millis(402) } },
    'timeout.total must leave time for 3 tries beside the longest waits between them (0.4 seconds), ' +
      'got 0.402 seconds; raise total, or lower retries or backoff',
  ],
];

const RETRIES: readonly Refused[] = [
  ['a number for the retries', { retry: 3 }, 'retry must be an object, got 3; write it as in { … }'],
  [
    'eleven retries',
    { retry: { retries: 11 } },
    'retry.retries must be a whole number from 0 to 10, got 11; count the tries after the first',
  ],
  [
    'a number for the backoff',
    { retry: { backoff: 1 } },
    'retry.backoff must be an object, got 1; write it as in { … }',
  ],
  [
    'a first wait of an hour',
    { retry: { backoff: { base: hours(1) } } },
    `retry.backoff.base must be ${MINUTE}, got 1 hour; requests wait for it`,
  ],
  [
    'no longest wait',
    { retry: { backoff: { max: millis(0) } } },
    `retry.backoff.max must be ${MINUTE}, got 0 seconds; requests wait for it`,
  ],
  [
    'a longest wait below the first',
    { retry: { backoff: { max: millis(99) } } },
    'retry.backoff.max must not be shorter than base (0.1 seconds), got 0.099 seconds; raise max or lower base',
  ],
  [
    'a reason that is none',
    { retry: { on: [503, 'timeout', 503] } },
    'retry.on must hold at least one of connection-failure, no-answer, 500, 502, 503, 504, each once, ' +
      "got 'timeout', 503; say retries: 0 to retry nothing",
  ],
  ['text for the reasons', { retry: { on: '5xx' } }, "retry.on must be a list, got '5xx'; write it as in [ … ]"],
  ['no method', { retry: { methods: [] } }, `retry.methods must hold ${IDEMPOTENT}, got none; ${METHODS}`],
  [
    'POST among the methods that may be done twice (istio#13851)',
    { retry: { methods: ['GET', 'POST'] } },
    `retry.methods must hold ${IDEMPOTENT}, got 'POST'; ${METHODS}`,
  ],
  [
    'GET among those that may not',
    { retry: { allowDuplicates: ['GET'] } },
    "retry.allowDuplicates must hold at least one of POST, PATCH, each once, got 'GET'; leave it out for none",
  ],
  [
    'a budget of 20',
    { retry: { budget: 20 } },
    'retry.budget must be a number above 0 and at most 1, got 20; 0.2 lets a fifth of the requests be retries',
  ],
];

const NO_BREAKER = 'for no breaker, say allowFailingServers: true';
const UNBOUNDED = 'proxies take 0 for no limit, which is allowUnboundedLoad: true';
const MANY = 'a whole number from 1 to 1000000';

const REST: readonly Refused[] = [
  [
    'text for the breaker',
    { circuitBreaker: 'on' },
    "circuitBreaker must be an object, got 'on'; write it as in { … }",
  ],
  [
    'a breaker that opens before a failure',
    { circuitBreaker: { consecutiveErrors: 0 } },
    `circuitBreaker.consecutiveErrors must be a whole number from 1 to 1000, got 0; count failures in a row; ${NO_BREAKER}`,
  ],
  [
    'a breaker that never closes',
    { circuitBreaker: { openFor: hours(2) } },
    'circuitBreaker.openFor must be from 1 second to 1 hour, in whole seconds, got 2 hours; a server needs some time to recover',
  ],
  [
    'a breaker that leaves out no server',
    { circuitBreaker: { maxOpenShare: 0 } },
    `circuitBreaker.maxOpenShare must be a number above 0 and at most 1, got 0; ${NO_BREAKER}`,
  ],
  [
    'a share of 50',
    { circuitBreaker: { maxOpenShare: 50 } },
    `circuitBreaker.maxOpenShare must be a number above 0 and at most 1, got 50; ${NO_BREAKER}`,
  ],
  [
    'a kind of service that has no number',
    { bulkhead: 'cache' },
    "bulkhead must be one of 'database', 'external-api', 'internal-api', 'email', 'analytics', or an object, " +
      "got 'cache'; write it as in { maxConcurrent: 50 }",
  ],
  ['a number for the bulkhead', { bulkhead: 50 }, 'bulkhead must be an object, got 50; write it as in { … }'],
  [
    'a bulkhead of nothing, which Istio would read as no limit',
    { bulkhead: { maxConcurrent: 0 } },
    `bulkhead.maxConcurrent must be ${MANY}, got 0; ${UNBOUNDED}`,
  ],
  [
    'a bulkhead without a number',
    { bulkhead: {} },
    `bulkhead.maxConcurrent must be ${MANY}, got undefined; ${UNBOUNDED}`,
  ],
  [
    'no queue at all, which Istio would read as an endless one',
    { bulkhead: { maxConcurrent: 5, maxPending: 0 } },
    `bulkhead.maxPending must be ${MANY}, got 0; proxies take 0 for no limit; 1 is the shortest queue`,
  ],
  ['a number for the rate limit', { rateLimit: 9 }, 'rateLimit must be an object, got 9; write it as in { … }'],
  [
    'no requests at all',
    { rateLimit: { requests: 0, per: seconds(1) } },
    `rateLimit.requests must be ${MANY}, got 0; count the requests of one client`,
  ],
  [
    'requests in half a second',
    { rateLimit: { requests: 1, per: millis(500) } },
    'rateLimit.per must be from 1 second to 1 hour, in whole seconds, got 0.5 seconds; say in how long a client may send so many',
  ],
  ['text for the fallback', { fallback: 'Soon.' }, "fallback must be an object, got 'Soon.'; write it as in { … }"],
  [
    'a fallback of status 100',
    { fallback: { body: 'Soon.', status: 100 } },
    'fallback.status must be a whole number from 200 to 599, got 100; give the status of an answer',
  ],
  [
    'a fallback of a type that breaks a header',
    { fallback: { body: 'Soon.', contentType: 'text/html\nX: 1' } },
    "fallback.contentType must be a media type, got 'text/html\nX: 1'; write it as in 'application/json'",
  ],
  [
    'a fallback that is known only after deployment',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what a token looks like
    { fallback: { body: '${TfToken[TOKEN.0]}' } },
    'fallback.body must be text, got a token, whose value is known only after deployment; write what callers get',
  ],
  ['a fallback of nothing', { fallback: { body: '' } }, "fallback.body must be text, got ''; write what callers get"],
  ['one essential part as text', { essential: 'retry' }, "essential must be a list, got 'retry'; write it as in [ … ]"],
  [
    'a part that there is not',
    { essential: ['retries'] },
    'essential must name parts (timeout, retry, circuitBreaker, bulkhead, rateLimit, fallback), ' +
      "got 'retries'; remove or correct it",
  ],
  ...[
    ['a fallback that is essential and not there', { essential: ['fallback'] }, 'fallback'] as const,
    ['a rate limit that is essential and not there', { essential: ['rateLimit'] }, 'rateLimit'] as const,
    ['retries that are essential and none', { essential: ['retry'], retry: { retries: 0 } }, 'retry'] as const,
    ['a time limit that is essential and off', { essential: ['timeout'], allowEndlessWait: true }, 'timeout'] as const,
  ].map(
    ([what, options, part]): Refused => [
      what,
      options,
      `essential must name parts that the policy has, got '${part}'; give the part, or leave it out here`,
    ],
  ),
  [
    'text that says false for a danger',
    { allowEndlessWait: 'false' },
    "allowEndlessWait must be true or false, got 'false'; compare text, as in process.env.NAME === 'true'",
  ],
  ...[
    ['allowEndlessWait', 'timeout', { perTry: seconds(1) }] as const,
    ['allowFailingServers', 'circuitBreaker', { openFor: seconds(9) }] as const,
    ['allowUnboundedLoad', 'bulkhead', { maxConcurrent: 9 }] as const,
  ].map(
    ([flag, part, written]): Refused => [
      `${part} beside what switches it off`,
      { [flag]: true, [part]: written },
      `${flag} must not stand beside ${part}, got true and an object; keep one of them`,
    ],
  ),
];

const REFUSED = [...TIMES, ...RETRIES, ...REST];
const problemsOf = (options: unknown) => ResiliencePolicy.of(options as ResiliencePolicyOptions).problems();

describe('ResiliencePolicy', () => {
  test.each(REFUSED)('refuses %s', (_, options, problem) => {
    expect(problemsOf(options)).toEqual([`policy.${problem}`]);
  });

  test('refuses text for all of it', () => {
    expect(problemsOf('safe')).toEqual(["policy must be an object, got 'safe'; write it as in { … }"]);
  });

  test.each([
    ['the least total', { timeout: { perTry: seconds(2), total: millis(6400) } }],
    ['a millisecond for each try', { timeout: { total: millis(403) } }],
    [
      'as long a try as all of it, without retries',
      { timeout: { perTry: seconds(5), total: seconds(5) }, retry: { retries: 0 } },
    ],
    ['ten retries', { retry: { retries: 10 } }],
    ['a longest wait as long as the first', { retry: { backoff: { max: millis(100) } } }],
    ['whole shares', { retry: { budget: 1 }, circuitBreaker: { maxOpenShare: 1 } }],
    ['a media type with a charset', { fallback: { body: 'Bientôt.', contentType: 'text/plain; charset=utf-8' } }],
    ['essential parts that are there', { essential: ['rateLimit'], rateLimit: { requests: 1, per: seconds(1) } }],
  ])('takes %s', (_, options) => {
    expect(problemsOf(options)).toEqual([]);
  });

  test('names everything that is wrong at once, by the name of the prop that it was given to', () => {
    const policy = ResiliencePolicy.of({
      timeout: { perTry: seconds(2), total: seconds(1) },
      retry: { retries: 2, methods: ['POST' as never] },
      circuitBreaker: { maxOpenShare: 2 },
      bulkhead: { maxConcurrent: 0 },
      essential: ['fallback'],
    });
    expect(policy.problems('exposure.resilience')).toEqual([
      expect.stringMatching(/^exposure\.resilience\.retry\.methods /),
      expect.stringMatching(/^exposure\.resilience\.timeout\.perTry must not be longer than total/),
      expect.stringMatching(/^exposure\.resilience\.circuitBreaker\.maxOpenShare /),
      expect.stringMatching(/^exposure\.resilience\.bulkhead\.maxConcurrent /),
      expect.stringMatching(/^exposure\.resilience\.essential /),
    ]);
  });

  test('says nothing of times that rest on what is wrong itself', () => {
    expect(problemsOf({ timeout: { total: millis(1) }, retry: { retries: 99 } })).toHaveLength(1);
    expect(problemsOf({ timeout: { total: millis(1) }, allowEndlessWait: true })).toHaveLength(1);
    expect(problemsOf({ timeout: { total: millis(1) }, retry: { on: 5, allowDuplicates: true } })).toHaveLength(3);
    expect(problemsOf({ timeout: { total: millis(1) }, retry: { backoff: { base: 1 } } })).toHaveLength(1);
    expect(problemsOf({ timeout: { total: millis(1), perTry: seconds(Number.NaN) } })).toHaveLength(1);
  });

  test('says every sentence that it has', () => {
    const sentences = sentencesIn('intent/resilience');
    expect(sentences.length).toBeGreaterThan(8);
    const said = REFUSED.map(([, , problem]) => `policy.${problem}`);
    expect(sentences.filter((sentence) => !said.some((problem) => sentence.test(problem)))).toEqual([]);
  });
});
