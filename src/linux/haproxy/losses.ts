import type { Loss, ResiliencePlan } from '../../intent';
import { Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import type { HaproxyBackend, HaproxyOptions } from './props';
import { planOf, timesOf } from './settings';

/**
 * What HAProxy cannot express of the policies of its backends; each sentence begins with the policy's place.
 *
 * @param options what {@link proxyProblems} has nothing to say against
 */
export function haproxyLosses({ backends }: HaproxyOptions): Loss[] {
  return backends.flatMap((backend, position) =>
    backendLosses(backend).map(({ part, text }) => ({ part, text: `backends[${position}].policy.${text}` })),
  );
}

/** What HAProxy cannot express of the policy of a backend. */
export function backendLosses(backend: HaproxyBackend): Loss[] {
  const plan = planOf(backend);
  const tcp = backend.protocol === 'tcp';
  const losses = {
    timeout: timeoutLosses(plan, tcp),
    retry: tcp ? tcpRetryLosses(plan) : retryLosses(plan),
    circuitBreaker: [...(tcp ? [] : [...slowClients(plan), ...hiddenFailures(plan)]), ...comingBack(plan, backend)],
    bulkhead: bulkheadLosses(plan, backend),
    rateLimit: tcp && plan.rateLimit ? ['rateLimit: HAProxy sees no requests in plain TCP'] : [],
    fallback: tcp && plan.fallback ? ['fallback: HAProxy has no answer in plain TCP, and closes the connection'] : [],
  } as const;
  return PARTS.flatMap((part) => losses[part].map((text) => ({ part, text })));
}

const PARTS = ['timeout', 'retry', 'circuitBreaker', 'bulkhead', 'rateLimit', 'fallback'] as const;

/** Milliseconds that HAProxy waits before it connects to the server again to which it could not connect. */
const TURN_AROUND = 1_000;

function timeoutLosses(plan: ResiliencePlan, tcp: boolean): string[] {
  const { timeout, tries } = plan;
  if (timeout === undefined) return [];
  if (tcp) {
    return [
      `timeout: HAProxy sees no requests in plain TCP, and ends connections on which nothing moves for ` +
        `${shown(timeout.perTry)}`,
    ];
  }
  const { connect, queue, server = 0 } = timesOf(plan);
  const longest = Duration.millis(tries * (queue + connect + server) + (tries - 1) * Math.min(connect, TURN_AROUND));
  return [
    'timeout.perTry: HAProxy counts from one byte to the next, and does not end an answer that keeps trickling',
    'timeout.total: HAProxy has no clock for a request as a whole; turns, connections and tries that all take as long as ' +
      `they can take ${shown(longest)}, not ${shown(timeout.total)}`,
  ];
}

function tcpRetryLosses({ retry }: ResiliencePlan): string[] {
  if (retry.retries === 0) return [];
  return ['retry: HAProxy sees no requests in plain TCP, and tries again only what could not connect'];
}

function retryLosses({ retry }: ResiliencePlan): string[] {
  if (retry.retries === 0) return [];
  const afterConnecting = retry.on.filter((reason) => typeof reason === 'string').length > 0;
  return [
    'retry.backoff: HAProxy tries another server at once; only before it connects again to the only one it waits, for up to ' +
      '1 second',
    'retry.budget: HAProxy has none',
    ...(afterConnecting
      ? ['retry.methods: HAProxy tries requests of every method again that could not connect, and so were not sent']
      : []),
    ...(hidesFailures(retry) ? ['retry.on: HAProxy does not try requests again that are longer than 16 KiB'] : []),
  ];
}

/** Whether anything but a failed connection is tried again. */
function hidesFailures({ retries, on }: ResiliencePlan['retry']): boolean {
  return retries > 0 && on.some((reason) => reason !== 'connection-failure');
}

/** A buffer has 16 KiB, and 1 KiB of it is for headers that are added (`tune.maxrewrite`). */
function slowClients({ circuitBreaker }: ResiliencePlan): string[] {
  if (circuitBreaker === undefined) return [];
  return [
    'circuitBreaker.consecutiveErrors: HAProxy waits for requests of up to 15 KiB before it sends them; a client that stops in the ' +
      'middle of a longer one counts as a failure of the server',
  ];
}

function hiddenFailures({ circuitBreaker, retry }: ResiliencePlan): string[] {
  if (circuitBreaker === undefined || !hidesFailures(retry)) return [];
  return [
    'circuitBreaker.consecutiveErrors: HAProxy before 3.1 does not count the failures that it hides by a retry, but for ' +
      "failed connections; with retry.on ['connection-failure'] it counts all",
  ];
}

/** After a server was marked down, the first of the good checks may come at once. */
function comingBack({ circuitBreaker }: ResiliencePlan, { healthCheck }: HaproxyBackend): string[] {
  if (circuitBreaker === undefined) return [];
  const { interval, healthyThreshold } = healthCheck;
  const least = (healthyThreshold - 1) * inMilliseconds(interval);
  if (least >= inMilliseconds(circuitBreaker.openFor)) return [];
  return [
    `circuitBreaker.openFor: HAProxy lets a server back in after ${healthyThreshold} good health checks, which is after ` +
      `${shown(Duration.millis(least))} at the least, not after ${shown(circuitBreaker.openFor)}; raise healthyThreshold`,
  ];
}

function bulkheadLosses({ bulkhead }: ResiliencePlan, { servers }: HaproxyBackend): string[] {
  const active = servers.filter(({ backup }) => backup !== true).length;
  if (bulkhead === undefined || active < 2) return [];
  return [
    `bulkhead.maxConcurrent: HAProxy gives each of ${active} servers its share of ${bulkhead.maxConcurrent}; the share of one ` +
      'that is out is not used',
  ];
}
