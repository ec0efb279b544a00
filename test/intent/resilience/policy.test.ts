import { Duration, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';

const planOf = (options?: ResiliencePolicyOptions) => ResiliencePolicy.of(options).plan();
const { millis, seconds, minutes } = Duration;
const ms = (duration: Duration | undefined) => duration?.toMilliseconds();

describe('ResiliencePolicy', () => {
  describe('by default', () => {
    const plan = planOf();

    test('has no problems', () => {
      expect(ResiliencePolicy.of().problems()).toEqual([]);
      expect(ResiliencePolicy.of({ timeout: undefined, retry: undefined, bulkhead: undefined }).plan()).toEqual(plan);
    });

    test('gives each try 30 seconds, as an HAWebTier gives its longest request', () => {
      expect(ms(plan.timeout?.perTry)).toBe(30_000);
    });

    test('gives all tries and the longest waits between them as much time as they take together', () => {
      expect(ms(plan.timeout?.total)).toBe(3 * 30_000 + 100 + 300);
      expect(ms(plan.longestWait)).toBe(90_400);
    });

    test('tries a request three times, the most of the SRE book', () => {
      expect(plan.retry.retries).toBe(2);
      expect(plan.tries).toBe(3);
    });

    test('never retries POST or PATCH, only what RFC 9110 calls idempotent', () => {
      expect(plan.retry.methods).toEqual(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
    });

    test('retries after no answer and after 502, 503 and 504, not after 500', () => {
      expect(plan.retry.on).toEqual(['no-answer', 502, 503, 504]);
    });

    test('waits up to 100 milliseconds before the first retry, and up to a second before any', () => {
      expect(ms(plan.retry.backoff.base)).toBe(100);
      expect(ms(plan.retry.backoff.max)).toBe(1000);
    });

    test('lets a fifth of the requests be retries', () => {
      expect(plan.retry.budget).toBe(0.2);
    });

    test('leaves out a server after 5 failures for 30 seconds, and half of them at the most', () => {
      expect(plan.circuitBreaker).toEqual({ consecutiveErrors: 5, openFor: seconds(30), maxOpenShare: 0.5 });
    });

    test('lets a caller have 50 requests at the service, and 25 wait', () => {
      expect(plan.bulkhead).toEqual({ maxConcurrent: 50, maxPending: 25 });
    });

    test('has no rate limit, no fallback and nothing essential', () => {
      expect(plan).toMatchObject({ rateLimit: undefined, fallback: undefined, essential: [] });
    });
  });

  describe('takes', () => {
    test('the time of a try, and gives all of them what they take', () => {
      const plan = planOf({ timeout: { perTry: seconds(2) } });
      expect(ms(plan.timeout?.perTry)).toBe(2000);
      expect(ms(plan.timeout?.total)).toBe(6400);
    });

    test('the time of all tries, and gives each what the waits leave', () => {
      const plan = planOf({ timeout: { total: seconds(10) } });
      expect(ms(plan.timeout?.perTry)).toBe(3200);
      expect(ms(plan.timeout?.total)).toBe(10_000);
      expect(ms(plan.longestWait)).toBe(10_000);
    });

    test('both times, and waits no longer than the tries take', () => {
      const plan = planOf({ timeout: { perTry: seconds(1), total: seconds(20) } });
      expect(ms(plan.timeout?.total)).toBe(20_000);
      expect(ms(plan.longestWait)).toBe(3400);
    });

    test('a number of retries', () => {
      const plan = planOf({ timeout: { perTry: seconds(1) }, retry: { retries: 4 } });
      expect(plan.tries).toBe(5);
      expect(ms(plan.timeout?.total)).toBe(5000 + 100 + 300 + 700 + 1000); // 1500 would be past the longest wait
    });

    test('no retries', () => {
      const plan = planOf({ retry: { retries: 0 } });
      expect(plan.tries).toBe(1);
      expect(ms(plan.timeout?.total)).toBe(30_000);
    });

    test('a backoff, whose longest wait is ten times the first unless it is given', () => {
      expect(ms(planOf({ retry: { backoff: { base: millis(25) } } }).retry.backoff.max)).toBe(250);
      const { backoff } = planOf({ retry: { backoff: { base: seconds(1), max: minutes(1) } } }).retry;
      expect([ms(backoff.base), ms(backoff.max)]).toEqual([1000, 60_000]);
    });

    test('reasons to retry, and a budget', () => {
      const plan = planOf({ retry: { on: ['connection-failure', 500], budget: 0.5 } });
      expect(plan.retry).toMatchObject({ on: ['connection-failure', 500], budget: 0.5 });
    });

    test('methods to retry, and those that may be done twice all the same', () => {
      expect(planOf({ retry: { methods: ['GET'] } }).retry.methods).toEqual(['GET']);
      expect(planOf({ retry: { methods: ['GET'], allowDuplicates: ['POST'] } }).retry.methods).toEqual(['GET', 'POST']);
    });

    test('the choices of a breaker', () => {
      const circuitBreaker = { consecutiveErrors: 3, openFor: minutes(1), maxOpenShare: 1 };
      expect(planOf({ circuitBreaker }).circuitBreaker).toEqual(circuitBreaker);
    });

    test.each([
      ['database', 20, 10],
      ['external-api', 5, 3],
      ['internal-api', 50, 25],
      ['email', 10, 5],
      ['analytics', 3, 2],
    ] as const)('a bulkhead for %s: %i requests, and %i more that wait', (bulkhead, maxConcurrent, maxPending) => {
      expect(planOf({ bulkhead }).bulkhead).toEqual({ maxConcurrent, maxPending });
    });

    test('a bulkhead of its own', () => {
      expect(planOf({ bulkhead: { maxConcurrent: 7 } }).bulkhead).toEqual({ maxConcurrent: 7, maxPending: 4 });
      expect(planOf({ bulkhead: { maxConcurrent: 7, maxPending: 1 } }).bulkhead).toMatchObject({ maxPending: 1 });
    });

    test('a rate limit', () => {
      const rateLimit = { requests: 100, per: seconds(10) };
      expect(planOf({ rateLimit }).rateLimit).toEqual(rateLimit);
    });

    test('a fallback, of text and with 503 unless it says otherwise', () => {
      expect(planOf({ fallback: { body: 'Soon.' } }).fallback).toEqual({
        status: 503,
        contentType: 'text/plain',
        body: 'Soon.',
      });
      const fallback = { status: 200, contentType: 'application/json', body: '[]' };
      expect(planOf({ fallback }).fallback).toEqual(fallback);
    });

    test('parts that are essential', () => {
      expect(planOf({ essential: ['retry', 'timeout'] }).essential).toEqual(['retry', 'timeout']);
    });
  });

  describe('switches off, by the name of the danger,', () => {
    test('the time limits', () => {
      expect(planOf({ allowEndlessWait: true })).toMatchObject({ timeout: undefined, longestWait: undefined });
    });

    test('the breaker', () => {
      expect(planOf({ allowFailingServers: true }).circuitBreaker).toBeUndefined();
    });

    test('the bulkhead', () => {
      expect(planOf({ allowUnboundedLoad: true }).bulkhead).toBeUndefined();
    });

    test('nothing with false', () => {
      const nothing = { allowEndlessWait: false, allowFailingServers: false, allowUnboundedLoad: false };
      expect(planOf(nothing)).toEqual(planOf());
    });
  });

  test('keeps what it was made of when lists change later', () => {
    const methods: 'GET'[] = ['GET'];
    const plan = planOf({ retry: { methods } });
    methods.pop();
    expect(plan.retry.methods).toEqual(['GET']);
  });

  test('throws its problems when it is settled all the same', () => {
    const policy = ResiliencePolicy.of({ retry: { retries: -1 }, bulkhead: { maxConcurrent: 0 } });
    expect(() => policy.plan()).toThrow(RangeError);
    expect(() => policy.plan()).toThrow(new Error(policy.problems().join('\n')));
  });
});
