import { Duration, inMilliseconds } from '../../units';
import type {
  BulkheadOptions,
  IdempotentMethod,
  ResiliencePart,
  ResiliencePolicyOptions,
  RetryReason,
  ServiceKind,
} from './options';

/** What a {@link ResiliencePolicy} comes to, with every default filled in. */
export interface ResiliencePlan {
  /** How long a request may take; none where it may take forever. */
  readonly timeout: { readonly perTry: Duration; readonly total: Duration } | undefined;
  /** What is tried again; `retries` 0 is nothing. */
  readonly retry: RetryPlan;
  /** When a server gets no more requests; none where it always does. */
  readonly circuitBreaker: CircuitBreakerPlan | undefined;
  /** How many requests a caller may have at the service; none where there is no limit. */
  readonly bulkhead: Required<BulkheadOptions> | undefined;
  /** How many requests each client may send; none where there is no limit. */
  readonly rateLimit: { readonly requests: number; readonly per: Duration } | undefined;
  /** What is answered when no server can; none where it is the failure. */
  readonly fallback: { readonly status: number; readonly contentType: string; readonly body: string } | undefined;
  /** Parts that a target must express whole. */
  readonly essential: readonly ResiliencePart[];
  /** How often a request is tried at the most. */
  readonly tries: number;
  /** The longest that a caller waits for an answer: all tries, and the waits between them; none where it is forever. */
  readonly longestWait: Duration | undefined;
}

/** What is tried again. */
export interface RetryPlan {
  /** How often, after the first try. */
  readonly retries: number;
  /** How long to wait before a retry, at most: the first, and any. */
  readonly backoff: { readonly base: Duration; readonly max: Duration };
  /** After which failures. */
  readonly on: readonly RetryReason[];
  /** Requests of which methods, those with duplicates last. */
  readonly methods: readonly (IdempotentMethod | 'POST' | 'PATCH')[];
  /** The share of requests in flight that may be retries. */
  readonly budget: number;
}

/** When a server gets no more requests. */
export interface CircuitBreakerPlan {
  /** Failures in a row. */
  readonly consecutiveErrors: number;
  /** For how long, the first time. */
  readonly openFor: Duration;
  /** The largest share of the servers that may be left out. */
  readonly maxOpenShare: number;
}

/** Every method whose requests may be done twice. */
export const IDEMPOTENT: readonly IdempotentMethod[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

/** How many requests a caller may have at a service of a kind: the figures of a bulkhead for each dependency. */
export const CONCURRENT: Readonly<Record<ServiceKind, number>> = {
  database: 20,
  'external-api': 5,
  'internal-api': 50,
  email: 10,
  analytics: 3,
};

/** As long as an `HAWebTier` gives its longest request. */
const PER_TRY = Duration.seconds(30);

/** A policy that has no problems, settled. */
export function planOf(options: ResiliencePolicyOptions): ResiliencePlan {
  const { circuitBreaker, rateLimit, fallback, essential = [] } = options;
  const retry = retryPlan(options);
  const tries = retry.retries + 1;
  const timeout = options.allowEndlessWait ? undefined : timeoutPlan(options, retry);
  return {
    timeout,
    retry,
    circuitBreaker: options.allowFailingServers
      ? undefined
      : {
          consecutiveErrors: circuitBreaker?.consecutiveErrors ?? 5,
          openFor: circuitBreaker?.openFor ?? Duration.seconds(30),
          maxOpenShare: circuitBreaker?.maxOpenShare ?? 0.5,
        },
    bulkhead: options.allowUnboundedLoad ? undefined : bulkheadPlan(options.bulkhead ?? 'internal-api'),
    rateLimit: rateLimit && { requests: rateLimit.requests, per: rateLimit.per },
    fallback: fallback && {
      status: fallback.status ?? 503,
      contentType: fallback.contentType ?? 'text/plain',
      body: fallback.body,
    },
    essential: [...essential],
    tries,
    longestWait: timeout && Duration.millis(tries * inMilliseconds(timeout.perTry) + longestBackoff(retry)),
  };
}

function retryPlan(options: ResiliencePolicyOptions): RetryPlan {
  const { retry } = options;
  return {
    ...retryTimes(options),
    on: [...(retry?.on ?? (['no-answer', 502, 503, 504] as const))],
    methods: [...(retry?.methods ?? IDEMPOTENT), ...(retry?.allowDuplicates ?? [])],
    budget: retry?.budget ?? 0.2,
  };
}

/** How often a request is tried again, and how long that waits. */
export type RetryTimes = Pick<RetryPlan, 'retries' | 'backoff'>;

/** What a policy says of the times of retries, with its defaults. */
export function retryTimes({ retry }: ResiliencePolicyOptions): RetryTimes {
  const base = retry?.backoff?.base ?? Duration.millis(100);
  return {
    retries: retry?.retries ?? 2,
    backoff: { base, max: retry?.backoff?.max ?? Duration.millis(10 * inMilliseconds(base)) },
  };
}

function timeoutPlan({ timeout }: ResiliencePolicyOptions, retry: RetryTimes) {
  const perTry = timeout?.perTry ?? perTryWithin(timeout?.total, retry);
  const total = timeout?.total ?? Duration.millis((retry.retries + 1) * inMilliseconds(perTry) + longestBackoff(retry));
  return { perTry, total };
}

function perTryWithin(total: Duration | undefined, retry: RetryTimes): Duration {
  if (total === undefined) return PER_TRY;
  return Duration.millis(Math.floor((inMilliseconds(total) - longestBackoff(retry)) / (retry.retries + 1)));
}

function bulkheadPlan(written: BulkheadOptions | ServiceKind): Required<BulkheadOptions> {
  const maxConcurrent = typeof written === 'string' ? CONCURRENT[written] : written.maxConcurrent;
  const maxPending = typeof written === 'string' ? undefined : written.maxPending;
  return { maxConcurrent, maxPending: maxPending ?? Math.ceil(maxConcurrent / 2) };
}

/**
 * Milliseconds that all waits of a request take together, at most: before retry k `base` x (2^k - 1), or `max`. So counts
 * Envoy.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-max-retries
 */
export function longestBackoff({ retries, backoff: { base, max } }: RetryTimes): number {
  const waits = Array.from({ length: retries }, (_, retry) => inMilliseconds(base) * (2 ** (retry + 1) - 1));
  return waits.reduce((sum, wait) => sum + Math.min(wait, inMilliseconds(max)), 0);
}
