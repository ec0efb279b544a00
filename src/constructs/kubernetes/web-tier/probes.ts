import type { HealthCheck } from '../../../intent';
import type { Settings } from './props';

/**
 * Three probes, kept apart. Ready decides about traffic. Alive decides about a restart, which mends no dependency: it
 * looks at the process alone, and waits twice as long. Started holds both back until a slow start is over.
 */
export function probes({ healthCheck, timing, port }: Settings) {
  const { interval, timeout, healthyThreshold, unhealthyThreshold, path, live, startup } = healthCheck;
  const rhythm = { periodSeconds: interval.toSeconds(), timeoutSeconds: timeout.toSeconds() };
  const { checked } = portNames({ healthCheck, port });
  return {
    startupProbe: {
      ...asks(healthCheck, checked, startup ?? path),
      ...rhythm,
      // one more than fit, since the first is asked at once
      failureThreshold: Math.ceil(timing.startup.toSeconds() / rhythm.periodSeconds) + 1,
    },
    readinessProbe: {
      ...asks(healthCheck, checked, path),
      ...rhythm,
      successThreshold: healthyThreshold,
      failureThreshold: unhealthyThreshold,
    },
    livenessProbe: {
      ...asks(healthCheck, checked, live),
      ...rhythm,
      failureThreshold: unhealthyThreshold * 2,
    },
  };
}

/** Names of the port that takes requests, and of the one that is asked for health. */
export function portNames({ healthCheck, port }: Pick<Settings, 'healthCheck' | 'port'>) {
  const served = healthCheck.protocol;
  return { served, checked: healthCheck.port === port ? served : 'health' };
}

/** By HTTP on a path; without one, by a connection. */
function asks({ protocol }: HealthCheck, port: string, path: string | undefined) {
  if (path === undefined) return { tcpSocket: { port } };
  return { httpGet: { path, port, scheme: protocol.toUpperCase() } };
}
