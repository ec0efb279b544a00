import { Duration, inMebibytes, type Size } from '../../../units';
import {
  durationProblems,
  flagProblems,
  hasMember,
  isDuration,
  isTextOf,
  isToken,
  portProblems,
  shown,
  sizeProblems,
  textProblems,
  wholeNumberProblems,
} from '../../../validation';
import { awsProblems } from '../aws-props';
import type { ZonalSubnet } from '../network/zonal-network';
import { regionOf, zoneProblems } from '../network/zones';
import { containerProblems } from './container-problems';
import type { Settings } from './props';

/**
 * Every reason why a web tier cannot be built from these props, one sentence each.
 *
 * @param region region of the provider, if it is known
 */
export function problemsIn(settings: Settings, region: string | undefined): string[] {
  return [
    ...kindProblems(settings),
    ...networkProblems(settings, region),
    ...capacityProblems(settings),
    ...healthCheckProblems(settings),
    ...(Object.is(settings.port, settings.healthCheck?.port) ? [] : portProblems('port', settings.port)),
    ...timingProblems(settings),
    ...certificateProblems(settings),
    ...entranceProblems(settings),
    ...instanceProblems(settings),
    ...(settings.container ? containerProblems(settings.container) : []),
    ...awsProblems(settings),
  ];
}

function kindProblems({ machineImage, container }: Settings): string[] {
  const given = [machineImage !== undefined && 'machineImage', container && 'container'].filter(Boolean);
  if (given.length === 1) return [];
  return [
    'exactly one of machineImage and container must be given, got ' +
      `${given.join(' and ') || 'none'}; ${given.length === 0 ? 'give one' : 'remove one'}`,
  ];
}

function networkProblems({ network, entrance }: Settings, region: string | undefined): string[] {
  if (!isNetwork(network)) {
    return [`network must be a MultiAZNetwork, got ${shown(network)}; make one, or use MultiAZNetwork.fromExisting`];
  }
  const { zones, applicationSubnets, publicSubnets } = network;
  const problems = zoneProblems('network.zones', zones, region);
  if (problems.length === 0) problems.push(...coverProblems('network.applicationSubnets', applicationSubnets, zones));
  if (entrance.internal) return problems;
  if (publicSubnets.length === 0) {
    problems.push(
      'network must have publicSubnets for a load balancer that faces the internet, got none; ' +
        'add them, or set entrance.internal: true',
    );
  } else if (problems.length === 0) problems.push(...coverProblems('network.publicSubnets', publicSubnets, zones));
  return problems;
}

function coverProblems(prop: string, subnets: readonly ZonalSubnet[], zones: readonly string[]): string[] {
  const covered = subnets.map((subnet) => subnet?.zone);
  if (covered.length === zones.length && zones.every((zone) => covered.includes(zone))) return [];
  return [
    `${prop} must be one in each of the zones (${zones.join(', ')}), got ${shown(covered)}; ` +
      'a load balancer takes one subnet per zone',
  ];
}

function isNetwork(network: Settings['network']): boolean {
  return [network?.zones, network?.publicSubnets, network?.applicationSubnets].every(Array.isArray);
}

function capacityProblems({ capacity, network }: Settings): string[] {
  if (!hasMember(capacity, 'problemsOver')) {
    return [`capacity must be a Capacity, got ${shown(capacity)}; write Capacity.forPeak(…)`];
  }
  return isNetwork(network) ? capacity.problemsOver(network.zones.length) : [];
}

// Limits of an application load balancer's check:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
function healthCheckProblems({ healthCheck: check }: Settings): string[] {
  if (!hasMember(check, 'problems')) {
    return [`healthCheck must be a HealthCheck, got ${shown(check)}; write HealthCheck.http('/health/ready', …)`];
  }
  const problems = check.problems();
  if (check.protocol === 'tcp') {
    problems.push(
      "healthCheck must be by http or https, got 'tcp'; an application load balancer asks for a path: write HealthCheck.http('/health/ready', …)",
    );
  }
  const seconds = (min: number, max: number) => ({ min: Duration.seconds(min), max: Duration.seconds(max) });
  const threshold = { min: 2, max: 10 };
  const allowed = 'an application load balancer allows no other';
  const limits = [
    ...durationProblems('healthCheck.interval', check.interval, seconds(5, 300), allowed),
    ...durationProblems('healthCheck.timeout', check.timeout, seconds(2, 120), allowed),
    ...wholeNumberProblems('healthCheck.healthyThreshold', check.healthyThreshold, threshold, allowed),
    ...wholeNumberProblems('healthCheck.unhealthyThreshold', check.unhealthyThreshold, threshold, allowed),
    ...((check.path?.length ?? 0) <= 1024
      ? []
      : [`healthCheck.path must be at most 1024 characters, got ${check.path?.length}; shorten it`]),
  ];
  const prop = (problem: string) => problem.split(' ', 1)[0];
  const named = problems.map(prop); // what every platform refuses is said once
  return [...problems, ...limits.filter((problem) => !named.includes(prop(problem)))];
}

function timingProblems({ timing, container }: Settings): string[] {
  const { startup, longestRequest, drain, shutdown, slowStart } = timing;
  const second = Duration.seconds(1);
  const hour = Duration.hours(1);
  const shutdownLimit = container ? Duration.seconds(120) : hour;
  const problems = [
    ...durationProblems('timing.startup', startup, { min: second, max: hour }, 'say how long the slowest start takes'),
    ...durationProblems(
      'timing.longestRequest',
      longestRequest,
      { min: second, max: hour },
      'move longer work to a queue',
    ),
    ...(drain === longestRequest // the default; its problem is told above
      ? []
      : durationProblems(
          'timing.drain',
          drain,
          { min: second, max: hour },
          'a load balancer drains for an hour at most',
        )),
    ...durationProblems(
      'timing.shutdown',
      shutdown,
      { min: second, max: shutdownLimit },
      container ? 'Fargate kills a task 120 seconds after SIGTERM' : 'stop faster',
    ),
    ...(slowStart === undefined
      ? []
      : durationProblems(
          'timing.slowStart',
          slowStart,
          { min: Duration.seconds(30), max: Duration.minutes(15) },
          'a load balancer allows no other; leave it out for none',
        )),
  ];
  if (!isDuration(drain) || !isDuration(longestRequest)) return problems;
  const fractional = { integral: false }; // half a millisecond is refused above; here it must not throw
  if (drain.toMilliseconds(fractional) >= longestRequest.toMilliseconds(fractional)) return problems;
  return [
    ...problems,
    `timing.drain must not be shorter than longestRequest (${shown(longestRequest)}), got ${shown(drain)}; ` +
      'raise drain, or requests are cut off whenever a server is replaced',
  ];
}

const CERTIFICATE = /^arn:[\w-]+:(acm|iam):([\w-]*):/;

function certificateProblems({ certificateArn, network }: Settings): string[] {
  if (certificateArn === undefined) return [];
  if (!isTextOf(CERTIFICATE, certificateArn)) {
    return [
      `certificateArn must be the ARN of a certificate, got ${shown(certificateArn)}; write it as in 'arn:aws:acm:eu-west-1:…'`,
    ];
  }
  const [, service, region] = CERTIFICATE.exec(certificateArn) ?? []; // nothing of a token
  const [zone] = isNetwork(network) ? network.zones : [];
  if (service !== 'acm' || typeof zone !== 'string' || isToken(zone) || region === regionOf(zone)) return [];
  return [
    `certificateArn must lie in the region of the tier (${regionOf(zone)}), got ${shown(certificateArn)}; ` +
      'a load balancer takes no other: request one there',
  ];
}

function entranceProblems({ entrance }: Settings): string[] {
  const { stickiness, accessLogs } = entrance;
  const problems = flagProblems('entrance.internal', entrance.internal);
  if (stickiness !== undefined) {
    const limits = { min: Duration.seconds(1), max: Duration.days(7) };
    problems.push(...durationProblems('entrance.stickiness', stickiness, limits, 'a cookie lives a week at most'));
  }
  if (accessLogs && !isTextOf(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, accessLogs.bucket)) {
    problems.push(
      `entrance.accessLogs.bucket must be the name of a bucket, got ${shown(accessLogs.bucket)}; fix the name`,
    );
  }
  if (accessLogs?.prefix !== undefined && !isTextOf(/^(?!\/)(?!.*AWSLogs).*[^/]$/, accessLogs.prefix)) {
    problems.push(
      `entrance.accessLogs.prefix must not start or end with '/' nor hold 'AWSLogs', got ${shown(accessLogs.prefix)}; fix it`,
    );
  }
  return problems;
}

const MOST_USER_DATA = 16 * 1024;

function instanceProblems({ machineImage, container, instance, hasInstance }: Settings): string[] {
  const problems: string[] = [];
  if (machineImage !== undefined && !isTextOf(/^ami-[0-9a-f]{8,17}$/, machineImage)) {
    problems.push(
      `machineImage must be the id of an AMI, got ${shown(machineImage)}; write it as in 'ami-0abc1234def567890'`,
    );
  }
  const { type, userData, volumeSize } = instance;
  if (container && hasInstance) {
    problems.push('instance must not stand beside container, got both; a Fargate task has no instance: remove it');
  }
  if (!isTextOf(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, type)) {
    problems.push(`instance.type must be an instance type, got ${shown(type)}; write it as in 'm6i.large'`);
  }
  if (userData !== undefined) problems.push(...textProblems('instance.userData', userData));
  if (typeof userData === 'string' && !isToken(userData) && Buffer.byteLength(userData) > MOST_USER_DATA) {
    problems.push(
      `instance.userData must be at most 16 KB, got ${Buffer.byteLength(userData)} bytes; let it fetch the rest, or bake an image`,
    );
  }
  if (volumeSize !== undefined) problems.push(...volumeProblems(volumeSize));
  return problems;
}

function volumeProblems(size: Size): string[] {
  const misshapen = sizeProblems('instance.volumeSize', size);
  if (misshapen.length > 0) return misshapen;
  const limits = { min: 1, max: 16_384 };
  return wholeNumberProblems('instance.volumeSize in GiB', inMebibytes(size) / 1024, limits, 'write Size.gibibytes(…)');
}
