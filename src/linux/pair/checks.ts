import type { HealthCheck } from '../../intent';
import { inMilliseconds } from '../../units';
import { PATHS } from './paths';
import type { PairSettings } from './settings';

/** What keepalived runs again and again; a node that fails one has the address no more. Times are milliseconds. */
export interface Check {
  readonly name: string;
  readonly command: string;
  readonly interval: number;
  readonly timeout: number;
  readonly fall: number;
  readonly rise: number;
}

/** Port of 127.0.0.1 where HAProxy tells that it serves. */
export const PROXY_HEALTH_PORT = 8405;

/** As often as keepalived can: HAProxy answers this by itself, and witnesses only a ping. */
const OFTEN = { interval: 1000, timeout: 1000, fall: 2, rise: 2 };

/** Checks of what the node serves. */
export function serviceChecks({ healthCheck, proxy }: Pick<PairSettings, 'healthCheck' | 'proxy'>): Check[] {
  return [
    ...(healthCheck === undefined ? [] : [healthOf(healthCheck)]),
    ...(proxy === undefined ? [] : [{ name: 'proxy', command: `check http ${PROXY_HEALTH_PORT} 1 /health`, ...OFTEN }]),
  ];
}

/** All checks. */
export function checksOf(settings: PairSettings): Check[] {
  const { witnesses } = settings;
  if (witnesses.length === 0) return serviceChecks(settings);
  return [...serviceChecks(settings), { name: 'witnesses', command: `witnesses ${witnesses.join(' ')}`, ...OFTEN }];
}

/** Milliseconds until a service that fails counts as failed, for the slowest check. */
export function seenWithin(settings: PairSettings): number {
  return Math.max(...serviceChecks(settings).map(({ fall, interval, timeout }) => fall * interval + timeout));
}

/** Milliseconds without a check after which keepalived counts as hanging: two intervals and what a check may take. */
export function staleAfter(settings: PairSettings): number {
  return Math.min(...serviceChecks(settings).map(({ interval, timeout }) => 2 * interval + timeout));
}

/** `vrrp_script` of a check. */
export function scriptLines({ command, interval, timeout, fall, rise }: Check): string[] {
  return [
    `script "${PATHS.programs}/${command}"`,
    `interval ${interval / 1000}`,
    `timeout ${timeout / 1000}`,
    `fall ${fall}`,
    `rise ${rise}`,
    'weight 0',
    'init_fail',
  ];
}

/** Asked with: protocol, port, seconds, path. */
function healthOf({ protocol, port, path, ...timing }: HealthCheck): Check {
  const words = [protocol, port, timing.timeout.toSeconds(), ...(path === undefined ? [] : [path])];
  return {
    name: 'health',
    command: `check ${words.join(' ')}`,
    interval: inMilliseconds(timing.interval),
    timeout: inMilliseconds(timing.timeout),
    fall: timing.unhealthyThreshold,
    rise: timing.healthyThreshold,
  };
}
