import { Duration, inMilliseconds } from '../../units';
import { isDuration, isRecord, shown } from '../../validation';
import { isNone } from './choices';
import type { ResiliencePolicyOptions } from './options';
import { longestBackoff, type RetryTimes, retryTimes } from './plan';

/**
 * Whether all tries of a policy, and the longest waits between them, fit into its total: of what is too long for itself,
 * proxies quietly drop the later tries.
 */
export function timeProblems(prop: string, options: ResiliencePolicyOptions): string[] {
  const { timeout, allowEndlessWait } = options;
  if (!isRecord(timeout) || allowEndlessWait === true) return [];
  const { perTry, total } = { ...timeout };
  if (!isTime(total) || !(isNone(perTry) || isTime(perTry)) || !hasTimes(options)) return [];
  const retry = retryTimes(options);
  if (isNone(perTry)) return leftOverProblems(`${prop}.timeout.total`, total, retry);
  if (inMilliseconds(perTry) > inMilliseconds(total)) {
    return [
      `${prop}.timeout.perTry must not be longer than total (${shown(total)}), got ${shown(perTry)}; ` +
        'lower perTry or raise total',
    ];
  }
  const tries = retry.retries + 1;
  const needed = tries * inMilliseconds(perTry) + longestBackoff(retry);
  if (inMilliseconds(total) >= needed) return [];
  return [
    `${prop}.timeout.total must cover ${tries} tries of ${shown(perTry)} and the longest waits between them ` +
      `(${shown(Duration.millis(needed))}), got ${shown(total)}; raise total, or lower perTry or retries`,
  ];
}

function leftOverProblems(prop: string, total: Duration, retry: RetryTimes): string[] {
  const tries = retry.retries + 1;
  const waits = longestBackoff(retry);
  if (inMilliseconds(total) - waits >= tries) return []; // a millisecond for each
  return [
    `${prop} must leave time for ${tries} tries beside the longest waits between them (${shown(Duration.millis(waits))}), ` +
      `got ${shown(total)}; raise total, or lower retries or backoff`,
  ];
}

/** Whether what the times are made of can be computed with; what is wrong with it is told elsewhere. */
function hasTimes({ retry }: ResiliencePolicyOptions): boolean {
  if (isNone(retry)) return true;
  if (!isRecord(retry)) return false;
  const { retries, backoff } = retry;
  const counts = isNone(retries) || (Number.isSafeInteger(retries) && retries >= 0 && retries <= 10);
  if (isNone(backoff)) return counts;
  return counts && isRecord(backoff) && [backoff.base, backoff.max].every((time) => isNone(time) || isTime(time));
}

function isTime(value: unknown): value is Duration {
  return isDuration(value) && Number.isInteger(inMilliseconds(value)) && inMilliseconds(value) > 0;
}
