import { Duration, inMilliseconds } from '../../units';
import { isDuration, shown } from '../../validation';
import type { ServiceCalls } from '../call-graph';
import type { Calls } from './calls';

/**
 * One sentence for each time that is too short for what a service waits for: its caller gives up on a try, and tries
 * again, while the first is still at work behind.
 */
export function waitProblems(services: Readonly<Record<string, ServiceCalls>>, calls: readonly Calls[]): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const own = calls.filter(({ caller }) => caller === name);
    if (own.length === 0) return [];
    const wait = waitFor(own, service.parallel === true);
    const { longestRequest } = service;
    return [
      ...(isDuration(longestRequest) ? tooShort(`${name}.longestRequest`, longestRequest, name, wait) : []),
      ...calls
        .filter(({ callee }) => callee === name)
        .flatMap(({ caller, plan }) =>
          tooShort(`${caller}.calls.${name}.timeout.perTry`, plan.timeout?.perTry, `${caller} -> ${name}`, wait),
        ),
    ];
  });
}

interface Wait {
  /** Milliseconds; Infinity for ever. */
  readonly length: number;
  readonly text: string;
}

function waitFor(calls: readonly Calls[], parallel: boolean): Wait {
  const waits = calls.map(({ plan }) =>
    plan.longestWait ? inMilliseconds(plan.longestWait) : Number.POSITIVE_INFINITY,
  );
  const length = parallel ? Math.max(...waits) : waits.reduce((sum, wait) => sum + wait, 0);
  const named = calls.map(({ callee }, position) => `${callee} ${lengthText(waits[position] ?? 0)}`);
  const of = named.length === 1 ? '' : ` ${parallel ? 'at once' : 'one after the other'}`;
  return { length, text: `${named.join(', ')}${of}` };
}

function lengthText(milliseconds: number): string {
  return Number.isFinite(milliseconds) ? shown(Duration.millis(milliseconds)) : 'for ever';
}

/** @param time what is allowed; none where it is for ever */
function tooShort(prop: string, time: Duration | undefined, path: string, { length, text }: Wait): string[] {
  if (time === undefined || !(inMilliseconds(time) < length)) return []; // NaN is refused elsewhere
  return [
    `${prop} must cover what is waited for behind ${path} (${text}), got ${shown(time)}; ` +
      'raise it, or lower the timeouts or retries behind',
  ];
}
