import { Duration, inMilliseconds } from '../../units';
import {
  durationProblems,
  flagProblems,
  isDuration,
  isRecord,
  isToken,
  listProblems,
  objectProblems,
  positiveNumberProblems,
  shortDurationProblems,
  shown,
  wholeNumberProblems,
} from '../../validation';
import { choiceProblems, isNone, partOf } from './choices';
import type { ResiliencePolicyOptions } from './options';
import { CONCURRENT, IDEMPOTENT } from './plan';
import { timeProblems } from './time-problems';

/** Every reason why a policy means nothing, one sentence each. */
export function problemsIn(prop: string, options: ResiliencePolicyOptions): string[] {
  if (!isRecord(options)) return objectProblems(prop, options);
  const at = (name: string) => `${prop}.${name}`;
  return [
    ...timeoutProblems(at('timeout'), options),
    ...retryProblems(at('retry'), options),
    ...timeProblems(prop, options),
    ...breakerProblems(at('circuitBreaker'), options),
    ...bulkheadProblems(at('bulkhead'), options),
    ...rateLimitProblems(at('rateLimit'), options),
    ...fallbackProblems(at('fallback'), options),
    ...essentialProblems(at('essential'), options),
    ...ALLOWED.flatMap(({ flag, part }) => allowanceProblems(prop, flag, part, options)),
  ];
}

/** What switches a part off, by its danger. */
const ALLOWED = [
  { flag: 'allowEndlessWait', part: 'timeout' },
  { flag: 'allowFailingServers', part: 'circuitBreaker' },
  { flag: 'allowUnboundedLoad', part: 'bulkhead' },
] as const;

function allowanceProblems(
  prop: string,
  flag: (typeof ALLOWED)[number]['flag'],
  part: (typeof ALLOWED)[number]['part'],
  options: ResiliencePolicyOptions,
): string[] {
  if (options[flag] !== true) return flagProblems(`${prop}.${flag}`, options[flag] ?? undefined);
  if (isNone(options[part])) return [];
  return [`${prop}.${flag} must not stand beside ${part}, got true and ${shown(options[part])}; keep one of them`];
}

const HOUR = { min: Duration.millis(1), max: Duration.hours(1) };

function timeoutProblems(prop: string, { timeout }: ResiliencePolicyOptions): string[] {
  return partOf(prop, timeout, ({ perTry, total }) => [
    ...(isNone(perTry)
      ? []
      : shortDurationProblems(`${prop}.perTry`, perTry, HOUR, 'say how long the slowest good answer takes')),
    ...(isNone(total) ? [] : shortDurationProblems(`${prop}.total`, total, HOUR, 'say how long a caller can wait')),
  ]);
}

const REASONS = ['connection-failure', 'no-answer', 500, 502, 503, 504] as const;

function retryProblems(prop: string, { retry }: ResiliencePolicyOptions): string[] {
  return partOf(prop, retry, ({ retries, backoff, on, methods, allowDuplicates, budget }) => [
    ...(isNone(retries)
      ? []
      : wholeNumberProblems(`${prop}.retries`, retries, { min: 0, max: 10 }, 'count the tries after the first')),
    ...partOf(`${prop}.backoff`, backoff, ({ base, max }) => backoffProblems(`${prop}.backoff`, base, max)),
    ...choiceProblems(`${prop}.on`, on, REASONS, 'say retries: 0 to retry nothing'),
    ...choiceProblems(
      `${prop}.methods`,
      methods,
      IDEMPOTENT,
      'what may not be done twice is named in allowDuplicates; say retries: 0 to retry nothing',
    ),
    ...choiceProblems(`${prop}.allowDuplicates`, allowDuplicates, ['POST', 'PATCH'], 'leave it out for none'),
    ...(isNone(budget)
      ? []
      : positiveNumberProblems(`${prop}.budget`, budget, { max: 1 }, '0.2 lets a fifth of the requests be retries')),
  ]);
}

const MINUTE = { min: Duration.millis(1), max: Duration.minutes(1) };

function backoffProblems(prop: string, base: unknown, max: unknown): string[] {
  const problems = [
    ...(isNone(base) ? [] : shortDurationProblems(`${prop}.base`, base, MINUTE, 'requests wait for it')),
    ...(isNone(max) ? [] : shortDurationProblems(`${prop}.max`, max, MINUTE, 'requests wait for it')),
  ];
  if (problems.length > 0 || !isDuration(max)) return problems;
  const first = isDuration(base) ? base : Duration.millis(100);
  if (inMilliseconds(max) >= inMilliseconds(first)) return [];
  return [`${prop}.max must not be shorter than base (${shown(first)}), got ${shown(max)}; raise max or lower base`];
}

function breakerProblems(prop: string, { circuitBreaker }: ResiliencePolicyOptions): string[] {
  return partOf(prop, circuitBreaker, ({ consecutiveErrors, openFor, maxOpenShare }) => [
    ...(isNone(consecutiveErrors)
      ? []
      : wholeNumberProblems(
          `${prop}.consecutiveErrors`,
          consecutiveErrors,
          { min: 1, max: 1000 },
          'count failures in a row; for no breaker, say allowFailingServers: true',
        )),
    ...(isNone(openFor)
      ? []
      : durationProblems(
          `${prop}.openFor`,
          openFor,
          { min: Duration.seconds(1), max: Duration.hours(1) },
          'a server needs some time to recover',
        )),
    ...(isNone(maxOpenShare)
      ? []
      : positiveNumberProblems(
          `${prop}.maxOpenShare`,
          maxOpenShare,
          { max: 1 },
          'for no breaker, say allowFailingServers: true',
        )),
  ]);
}

const MANY = { min: 1, max: 1_000_000 };

function bulkheadProblems(prop: string, { bulkhead }: ResiliencePolicyOptions): string[] {
  const kinds = Object.keys(CONCURRENT);
  if (typeof bulkhead === 'string') {
    if (kinds.includes(bulkhead)) return [];
    return [
      `${prop} must be one of ${shown(kinds)}, or an object, got ${shown(bulkhead)}; write it as in { maxConcurrent: 50 }`,
    ];
  }
  return partOf(prop, bulkhead, ({ maxConcurrent, maxPending }) => [
    ...wholeNumberProblems(
      `${prop}.maxConcurrent`,
      maxConcurrent,
      MANY,
      'proxies take 0 for no limit, which is allowUnboundedLoad: true',
    ),
    ...(isNone(maxPending)
      ? []
      : wholeNumberProblems(
          `${prop}.maxPending`,
          maxPending,
          MANY,
          'proxies take 0 for no limit; 1 is the shortest queue',
        )),
  ]);
}

function rateLimitProblems(prop: string, { rateLimit }: ResiliencePolicyOptions): string[] {
  return partOf(prop, rateLimit, ({ requests, per }) => [
    ...wholeNumberProblems(`${prop}.requests`, requests, MANY, 'count the requests of one client'),
    ...durationProblems(
      `${prop}.per`,
      per,
      { min: Duration.seconds(1), max: Duration.hours(1) },
      'say in how long a client may send so many',
    ),
  ]);
}

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w-]+)?$/;

function fallbackProblems(prop: string, { fallback }: ResiliencePolicyOptions): string[] {
  return partOf(prop, fallback, ({ status, contentType, body }) => [
    ...(isNone(status)
      ? []
      : wholeNumberProblems(`${prop}.status`, status, { min: 200, max: 599 }, 'give the status of an answer')),
    ...(isNone(contentType) || (typeof contentType === 'string' && MEDIA_TYPE.test(contentType))
      ? []
      : [`${prop}.contentType must be a media type, got ${shown(contentType)}; write it as in 'application/json'`]),
    ...(typeof body === 'string' && body !== '' && !isToken(body)
      ? []
      : [`${prop}.body must be text, got ${shown(body)}; write what callers get`]),
  ]);
}

const PARTS = ['timeout', 'retry', 'circuitBreaker', 'bulkhead', 'rateLimit', 'fallback'] as const;

/** A part that is off cannot be essential. */
function essentialProblems(prop: string, options: ResiliencePolicyOptions): string[] {
  const { essential } = options;
  if (isNone(essential)) return [];
  const misshapen = listProblems(prop, essential);
  if (misshapen.length > 0) return misshapen;
  const off: readonly unknown[] = [
    ...ALLOWED.filter(({ flag }) => options[flag] === true).map(({ part }) => part),
    ...(options.retry?.retries === 0 ? ['retry'] : []),
    ...(['rateLimit', 'fallback'] as const).filter((part) => isNone(options[part])),
  ];
  return [...essential].flatMap((part: unknown) => {
    if (!PARTS.some((known) => known === part)) {
      return [`${prop} must name parts (${PARTS.join(', ')}), got ${shown(part)}; remove or correct it`];
    }
    if (!off.includes(part)) return [];
    return [`${prop} must name parts that the policy has, got ${shown(part)}; give the part, or leave it out here`];
  });
}
