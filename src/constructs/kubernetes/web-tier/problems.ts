import { Duration } from '../../../units';
import {
  durationProblems,
  hasMember,
  isDuration,
  objectProblems,
  portProblems,
  shown,
  wholeNumberProblems,
} from '../../../validation';
import { objectNameProblems, ownNameProblems } from '../plain-text';
import { containersProblems } from './container-problems';
import { exposureProblems } from './exposure-problems';
import type { HAWebTierProps, Settings } from './props';
import { nodesProblems } from './room';
import { scales, targetPercent } from './scaling';

/** Every reason why a web tier cannot be built from these props, one sentence each. */
export function problemsIn(props: HAWebTierProps, settings: Settings): string[] {
  return [
    ...containersProblems(settings),
    ...capacityProblems(settings),
    ...healthCheckProblems(settings),
    ...(Object.is(settings.port, settings.healthCheck?.port) ? [] : portProblems('port', settings.port)),
    ...nameProblems(settings),
    ...(props.timing === undefined ? [] : objectProblems('timing', props.timing)), // else it would quietly be all defaults
    ...timingProblems(settings),
    ...exposureProblems(settings),
    ...affinityProblems(settings),
  ];
}

function capacityProblems({ capacity, zones, maxUnavailable, nodes }: Settings): string[] {
  const wrongZones = wholeNumberProblems(
    'zones',
    zones,
    { min: 2, max: 100 },
    'one zone alone is a single point of failure',
  );
  if (!hasMember(capacity, 'problemsOver')) {
    const problem = `capacity must be a Capacity, got ${shown(capacity)}; write Capacity.forPeak(…)`;
    return [...wrongZones, problem, ...budgetProblems(maxUnavailable), ...nodesProblems(nodes)];
  }
  const problems = capacity.problemsOver(zones).filter((problem) => !problem.startsWith('zones '));
  if (wrongZones.length + problems.length > 0) {
    return [...wrongZones, ...problems, ...budgetProblems(maxUnavailable), ...nodesProblems(nodes)];
  }
  const plan = capacity.over(zones);
  const { tolerateLostZones: lost = 1 } = capacity.options;
  return [
    ...sizeProblems(plan.maximum),
    ...(scales(plan) && targetPercent(plan) < 1
      ? [`capacity.safeUse must leave scaling at least 1 % to aim at, got ${shown(capacity.options.safeUse)}; raise it`]
      : []),
    ...budgetProblems(maxUnavailable, plan.perZone), // what a lost zone may take, a drain may take
    ...nodesProblems(nodes, { size: plan.maximum, zones, lost }),
  ];
}

/** https://kubernetes.io/docs/setup/best-practices/cluster-large/ */
const MOST_PODS = 150_000;

function sizeProblems(maximum: number): string[] {
  if (maximum <= MOST_PODS) return [];
  return [
    `capacity must come to at most ${MOST_PODS} pods, the most that Kubernetes is made for, got ${maximum}; ` +
      'lower capacity.max, or take larger pods',
  ];
}

function budgetProblems(maxUnavailable: number, perZone?: number): string[] {
  return wholeNumberProblems(
    'maxUnavailable',
    maxUnavailable,
    { min: 1, max: perZone },
    'with less no node could be drained, with more a drain would take more than a lost zone',
  );
}

function healthCheckProblems({ healthCheck: check }: Settings): string[] {
  if (!hasMember(check, 'problems')) {
    return [`healthCheck must be a HealthCheck, got ${shown(check)}; write HealthCheck.http('/health/ready', …)`];
  }
  const problems = check.problems();
  const often = { min: Duration.seconds(1), max: Duration.minutes(5) };
  const inARow = { min: 1, max: 100 };
  const limits = [
    ...durationProblems('healthCheck.interval', check.interval, often, 'a failure would go unseen for too long'),
    ...wholeNumberProblems('healthCheck.healthyThreshold', check.healthyThreshold, inARow, 'lower it'),
    ...wholeNumberProblems('healthCheck.unhealthyThreshold', check.unhealthyThreshold, inARow, 'lower it'),
  ];
  const prop = (problem: string) => problem.split(' ', 1)[0];
  const named = problems.map(prop); // what every platform refuses is said once
  return [...problems, ...limits.filter((problem) => !named.includes(prop(problem))), ...sameProbes(check)];
}

function sameProbes({ protocol, path, live }: Settings['healthCheck']): string[] {
  if (protocol === 'tcp') {
    return [
      "healthCheck must be by http or https, got 'tcp'; ready and alive would be the same: write HealthCheck.http('/health/ready', …)",
    ];
  }
  if (live === undefined || live !== path) return [];
  return [
    `healthCheck.live must differ from the path that says ready, got ${shown(live)} for both; every pod would be ` +
      'restarted when a database is away: give a path that looks at the process alone, or leave live out',
  ];
}

function nameProblems({ name, serviceAccountName, priorityClassName }: Settings): string[] {
  return [
    ...ownNameProblems(name, 50),
    ...objectNameProblems('serviceAccountName', serviceAccountName),
    ...objectNameProblems('priorityClassName', priorityClassName),
  ];
}

function timingProblems({ timing }: Settings): string[] {
  const { startup, longestRequest, drain, shutdown, slowStart } = timing;
  const range = { min: Duration.seconds(1), max: Duration.hours(1) };
  const problems = [
    ...durationProblems('timing.startup', startup, range, 'say how long the slowest start takes'),
    ...durationProblems('timing.longestRequest', longestRequest, range, 'move longer work to a queue'),
    ...(drain === longestRequest // the default; its problem is told above
      ? []
      : durationProblems('timing.drain', drain, range, 'no drain of a node waits longer')),
    ...durationProblems('timing.shutdown', shutdown, range, 'stop faster'),
    ...(slowStart === undefined ? [] : durationProblems('timing.slowStart', slowStart, range, 'leave it out for none')),
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
  // https://kubernetes.io/docs/reference/networking/virtual-ips/#session-stickiness-timeout
  const limits = { min: Duration.seconds(1), max: Duration.days(1) };
  return durationProblems('sessionAffinity', sessionAffinity, limits, 'a Service remembers a client for a day at most');
}
