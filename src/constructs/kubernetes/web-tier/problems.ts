import { Duration } from '../../../units';
import {
  durationProblems,
  hasMember,
  isDuration,
  isTextOf,
  listProblems,
  objectProblems,
  portProblems,
  shown,
  wholeNumberProblems,
} from '../../../validation';
import { containerProblems, imageProblems } from './container-problems';
import { exposureProblems } from './exposure-problems';
import type { Settings } from './props';

/** Every reason why a web tier cannot be built from these props, one sentence each. */
export function problemsIn(settings: Settings): string[] {
  return [
    ...imageProblems('image', settings.image),
    ...capacityProblems(settings),
    ...healthCheckProblems(settings),
    ...(Object.is(settings.port, settings.healthCheck?.port) ? [] : portProblems('port', settings.port)),
    ...nameProblems(settings),
    ...timingProblems(settings),
    ...containerProblems(settings),
    ...exposureProblems(settings),
    ...affinityProblems(settings),
  ];
}

function capacityProblems({ capacity, zones, maxUnavailable }: Settings): string[] {
  if (!hasMember(capacity, 'problemsOver')) {
    return [`capacity must be a Capacity, got ${shown(capacity)}; write Capacity.forPeak(…)`];
  }
  const problems = capacity.problemsOver(zones);
  if (problems.length > 0) return [...problems, ...wholeNumberProblems('maxUnavailable', maxUnavailable, { min: 1 }, BLOCKS)];
  // what a lost zone may take, a drain may take
  const { perZone } = capacity.over(zones);
  return wholeNumberProblems('maxUnavailable', maxUnavailable, { min: 1, max: perZone }, BLOCKS);
}

const BLOCKS = 'with less no node can be drained, with more a drain takes more than a lost zone';

function healthCheckProblems({ healthCheck: check }: Settings): string[] {
  if (!hasMember(check, 'problems')) {
    return [`healthCheck must be a HealthCheck, got ${shown(check)}; write HealthCheck.http('/health/ready', …)`];
  }
  const problems = check.problems();
  if (check.live === undefined || check.live !== check.path) return problems;
  return [
    ...problems,
    `healthCheck.live must differ from path, got ${shown(check.live)} for both; a pod that is not ready would be ` +
      'restarted, all of them when a database is away: give a path that looks at the process alone, or leave live out',
  ];
}

function nameProblems({ name, serviceAccountName, priorityClassName }: Settings): string[] {
  return [
    ...(name === undefined || isTextOf(/^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/, name)
      ? []
      : [`name must be at most 50 lower-case letters, digits and hyphens, a letter first, got ${shown(name)}; write it as in 'shop'`]),
    ...objectNameProblems('serviceAccountName', serviceAccountName),
    ...objectNameProblems('priorityClassName', priorityClassName),
  ];
}

/** What Kubernetes would refuse of the name of an object. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function objectNameProblems(prop: string, name: unknown): string[] {
  if (name === undefined || isTextOf(/^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, name)) return [];
  return [`${prop} must be the name of an object, got ${shown(name)}; write it in lower-case letters, digits, hyphens and dots`];
}

function timingProblems({ timing }: Settings): string[] {
  const { startup, longestRequest, drain, shutdown } = timing;
  const range = { min: Duration.seconds(1), max: Duration.hours(1) };
  const problems = [
    ...durationProblems('timing.startup', startup, range, 'say how long the slowest start takes'),
    ...durationProblems('timing.longestRequest', longestRequest, range, 'move longer work to a queue'),
    ...(drain === longestRequest ? [] : durationProblems('timing.drain', drain, range, 'a pod drains for an hour at most')),
    ...durationProblems('timing.shutdown', shutdown, range, 'stop faster'),
  ];
  if (!isDuration(drain) || !isDuration(longestRequest)) return problems;
  const fractional = { integral: false };
  if (!(drain.toMilliseconds(fractional) < longestRequest.toMilliseconds(fractional))) return problems;
  return [
    ...problems,
    `timing.drain must not be shorter than longestRequest (${shown(longestRequest)}), got ${shown(drain)}; ` +
      'raise drain, or requests are cut off whenever a pod is replaced',
  ];
}

function affinityProblems({ sessionAffinity }: Settings): string[] {
  if (sessionAffinity === undefined) return [];
  // https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity
  const limits = { min: Duration.seconds(1), max: Duration.days(1) };
  return durationProblems('sessionAffinity', sessionAffinity, limits, 'a Service remembers a client for a day at most');
}
