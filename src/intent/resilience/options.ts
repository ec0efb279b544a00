import type { Duration } from '../../units';

/** Choices for {@link ResiliencePolicy.of}. Left out, every part but the last two is on, with these defaults. */
export interface ResiliencePolicyOptions {
  /**
   * How long a request may take.
   *
   * @default - 30 seconds for each try, and for all of them as long as they and their waits take together
   */
  readonly timeout?: TimeoutOptions;

  /**
   * What is tried again when it fails, and how often.
   *
   * @default - two retries of requests whose method is idempotent
   */
  readonly retry?: RetryOptions;

  /**
   * When a server that fails gets no more requests.
   *
   * @default - after 5 failures in a row, for 30 seconds, for half of the servers at the most
   */
  readonly circuitBreaker?: CircuitBreakerOptions;

  /**
   * How many requests a caller may have at the service at once, so that one that is slow takes no more of it than this.
   * A number for each kind of service is there, see {@link ServiceKind}; every proxy in front of a caller counts its own.
   *
   * @default 'internal-api'
   */
  readonly bulkhead?: BulkheadOptions | ServiceKind;

  /**
   * How many requests each client may send; the rest is answered with 429.
   *
   * @default - no limit
   */
  readonly rateLimit?: RateLimitOptions;

  /**
   * What is answered when no server can: less, but an answer.
   *
   * @default - the failure
   */
  readonly fallback?: FallbackOptions;

  /**
   * Parts without which the policy must not be deployed: a target that cannot express one of them whole refuses it.
   *
   * @default - what a target cannot express is only listed, in `losses`
   */
  readonly essential?: readonly ResiliencePart[];

  /**
   * Lets a request take forever, for streams: a server that hangs holds its callers, and theirs.
   *
   * @default false
   */
  readonly allowEndlessWait?: boolean;

  /**
   * Goes on sending requests to servers that fail: no circuit breaker.
   *
   * @default false
   */
  readonly allowFailingServers?: boolean;

  /**
   * Lets a slow service take up all that its callers have: no bulkhead.
   *
   * @default false
   */
  readonly allowUnboundedLoad?: boolean;
}

/** A part of a {@link ResiliencePolicy}. */
export type ResiliencePart = 'timeout' | 'retry' | 'circuitBreaker' | 'bulkhead' | 'rateLimit' | 'fallback';

/** How long a request may take; whole milliseconds, up to an hour. */
export interface TimeoutOptions {
  /**
   * One try, until the answer is there whole. Three times what 95 of 100 requests take is a good measure.
   *
   * @default - what `total` leaves for each try; without it 30 seconds, as an HAWebTier gives its longest request
   */
  readonly perTry?: Duration;

  /**
   * All tries and the waits between them. At least `perTry` for each try, and the longest waits.
   *
   * @default - that least
   */
  readonly total?: Duration;
}

/** What is tried again. */
export interface RetryOptions {
  /**
   * How often, after the first try: 2 are three tries. From 0, which is none, to 10. Retries multiply, layer by layer: let
   * one layer retry, see {@link CallGraph}.
   *
   * @default 2 - three tries, the most that Google gives a request (https://sre.google/sre-book/handling-overload/)
   */
  readonly retries?: number;

  /**
   * How long to wait before a retry: before the first at most `base`, before each further one about twice as long as
   * before, of which a random share is waited, so that those who failed together do not come back together.
   *
   * @default - 100 milliseconds, and 1 second at the most
   */
  readonly backoff?: BackoffOptions;

  /**
   * After which failures.
   *
   * @default ['no-answer', 502, 503, 504] - 500 says that the server failed at this request, not that it cannot serve
   */
  readonly on?: readonly RetryReason[];

  /**
   * Requests of which methods. All of these may be done twice by their definition (RFC 9110, 9.2.2); leave out those that
   * may not at your service.
   *
   * @default - all idempotent methods
   */
  readonly methods?: readonly IdempotentMethod[];

  /**
   * Methods that are retried although the first try may have been done: a second order, a second payment. gRPC is POST.
   *
   * @default - none
   */
  readonly allowDuplicates?: readonly ('POST' | 'PATCH')[];

  /**
   * The share of a caller's requests in flight that may be retries, above 0 and at most 1: when everything fails, load
   * grows by no more than this.
   *
   * @default 0.2 - as in Envoy and Finagle
   */
  readonly budget?: number;
}

/** How long to wait before a retry; whole milliseconds, up to a minute. */
export interface BackoffOptions {
  /**
   * Before the first retry, at most.
   *
   * @default Duration.millis(100)
   */
  readonly base?: Duration;

  /**
   * Before any retry, at most.
   *
   * @default - ten times `base`
   */
  readonly max?: Duration;
}

/**
 * A failure after which a request may be tried again. `connection-failure`: no connection came about, and nothing was sent.
 * `no-answer`: that, or the connection broke, or the time of the try was over, before an answer. A number: an answer of this
 * status.
 */
export type RetryReason = 'connection-failure' | 'no-answer' | 500 | 502 | 503 | 504;

/** A method whose requests may be done twice, by RFC 9110, 9.2.2. */
export type IdempotentMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'TRACE' | 'PUT' | 'DELETE';

/** When a server gets no more requests. */
export interface CircuitBreakerOptions {
  /**
   * Failures in a row: answers from 500 to 599, broken connections, timeouts. From 1 to 1000.
   *
   * @default 5
   */
  readonly consecutiveErrors?: number;

  /**
   * For how long, the first time; a server that fails again may be left out for longer. Whole seconds, from 1 second to
   * 1 hour.
   *
   * @default Duration.seconds(30)
   */
  readonly openFor?: Duration;

  /**
   * The largest share of the servers that may be left out; above 0, at most 1. With less than 1 the last ones get requests
   * even when they fail, and a service of one server has no breaker at all; with 1 all may be left out, and requests fail
   * at once.
   *
   * @default 0.5
   */
  readonly maxOpenShare?: number;
}

/** How many requests a caller may have at a service. */
export interface BulkheadOptions {
  /** How many at once; from 1 to 1000000. */
  readonly maxConcurrent: number;

  /**
   * How many more may wait for their turn; the rest fails at once. From 1 to 1000000: 0 means no limit to proxies.
   *
   * @default - half of `maxConcurrent`: a longer queue only delays the failure (https://sre.google/sre-book/addressing-cascading-failures/)
   */
  readonly maxPending?: number;
}

/** A kind of service, and how many requests a caller may have at one: 20, 5, 50, 10 and 3. */
export type ServiceKind = 'database' | 'external-api' | 'internal-api' | 'email' | 'analytics';

/** How many requests each client may send. */
export interface RateLimitOptions {
  /** How many, from one address; from 1 to 1000000. */
  readonly requests: number;

  /** In how long; whole seconds, from 1 second to 1 hour. */
  readonly per: Duration;
}

/** What is answered when no server can. */
export interface FallbackOptions {
  /**
   * Status of the answer; from 200 to 599. One below 500 tells callers, and their retries and breakers, that all is well.
   *
   * @default 503
   */
  readonly status?: number;

  /**
   * Media type of the body.
   *
   * @default 'text/plain'
   */
  readonly contentType?: string;

  /** The body. */
  readonly body: string;
}
