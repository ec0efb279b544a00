import { Duration, inMebibytes } from '../../../units';
import { durationProblems, isDuration, isToken, portProblems, shown, wholeNumberProblems } from '../../../validation';
import { tagProblems } from '../aws-props';
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
    ...settings.capacity.problemsOver(settings.network.zones.length),
    ...healthCheckProblems(settings),
    ...(settings.port === settings.healthCheck.port ? [] : portProblems('port', settings.port)),
    ...timingProblems(settings),
    ...certificateProblems(settings),
    ...entranceProblems(settings),
    ...instanceProblems(settings),
    ...(settings.container ? containerProblems(settings.container) : []),
    ...tagProblems(settings.tags),
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
  const covered = subnets.map(({ zone }) => zone);
  if (covered.length === zones.length && zones.every((zone) => covered.includes(zone))) return [];
  return [
    `${prop} must be one in each of the zones (${zones.join(', ')}), got ${shown(covered)}; ` +
      'a load balancer takes one subnet per zone',
  ];
}

// Limits of an application load balancer's check:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
function healthCheckProblems({ healthCheck: check }: Settings): string[] {
  const problems = check.problems();
  if (check.protocol === 'tcp') {
    problems.push(
      "healthCheck must be by http or https, got 'tcp'; an application load balancer asks for a path: write HealthCheck.http('/health/ready', …)",
    );
  }
  if (problems.length > 0) return problems;
  const seconds = (min: number, max: number) => ({ min: Duration.seconds(min), max: Duration.seconds(max) });
  const threshold = { min: 2, max: 10 };
  const allowed = 'an application load balancer allows no other';
  return [
    ...durationProblems('healthCheck.interval', check.interval, seconds(5, 300), allowed),
    ...durationProblems('healthCheck.timeout', check.timeout, seconds(2, 120), allowed),
    ...wholeNumberProblems('healthCheck.healthyThreshold', check.healthyThreshold, threshold, allowed),
    ...wholeNumberProblems('healthCheck.unhealthyThreshold', check.unhealthyThreshold, threshold, allowed),
    ...((check.path?.length ?? 0) <= 1024
      ? []
      : [`healthCheck.path must be at most 1024 characters, got ${check.path?.length}; shorten it`]),
  ];
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
    ...(slowStart
      ? durationProblems(
          'timing.slowStart',
          slowStart,
          { min: Duration.seconds(30), max: Duration.minutes(15) },
          'a load balancer allows no other; leave it out for none',
        )
      : []),
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

function certificateProblems({ certificateArn, network }: Settings): string[] {
  if (certificateArn === undefined || isToken(certificateArn)) return [];
  const [, service, region] = /^arn:[\w-]+:(acm|iam):([\w-]*):/.exec(certificateArn) ?? [];
  if (service === undefined) {
    return [
      `certificateArn must be the ARN of a certificate, got ${shown(certificateArn)}; write it as in 'arn:aws:acm:eu-west-1:…'`,
    ];
  }
  const [zone] = network.zones;
  if (service === 'iam' || zone === undefined || isToken(network.zones) || region === regionOf(zone)) return [];
  return [
    `certificateArn must lie in the region of the tier (${regionOf(zone)}), got ${shown(certificateArn)}; ` +
      'a load balancer takes no other: request one there',
  ];
}

function entranceProblems({ entrance }: Settings): string[] {
  const { stickiness, accessLogs } = entrance;
  const problems: string[] = [];
  if (stickiness !== undefined) {
    const limits = { min: Duration.seconds(1), max: Duration.days(7) };
    problems.push(...durationProblems('entrance.stickiness', stickiness, limits, 'a cookie lives a week at most'));
  }
  if (accessLogs && !isToken(accessLogs.bucket) && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(accessLogs.bucket)) {
    problems.push(
      `entrance.accessLogs.bucket must be the name of a bucket, got ${shown(accessLogs.bucket)}; fix the name`,
    );
  }
  if (
    accessLogs?.prefix !== undefined &&
    !isToken(accessLogs.prefix) &&
    !/^(?!\/)(?!.*AWSLogs).*[^/]$/.test(accessLogs.prefix)
  ) {
    problems.push(
      `entrance.accessLogs.prefix must not start or end with '/' nor hold 'AWSLogs', got ${shown(accessLogs.prefix)}; fix it`,
    );
  }
  return problems;
}

const MOST_USER_DATA = 16 * 1024;

function instanceProblems({ machineImage, container, instance, hasInstance }: Settings): string[] {
  const problems: string[] = [];
  if (machineImage !== undefined && !isToken(machineImage) && !/^ami-[0-9a-f]{8,17}$/.test(machineImage)) {
    problems.push(
      `machineImage must be the id of an AMI, got ${shown(machineImage)}; write it as in 'ami-0abc1234def567890'`,
    );
  }
  const { type, userData, volumeSize } = instance;
  if (container && hasInstance) {
    problems.push('instance must not stand beside container, got both; a Fargate task has no instance: remove it');
  }
  if (!isToken(type) && !/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) {
    problems.push(`instance.type must be an instance type, got ${shown(type)}; write it as in 'm6i.large'`);
  }
  if (userData !== undefined && !isToken(userData) && Buffer.byteLength(userData) > MOST_USER_DATA) {
    problems.push(
      `instance.userData must be at most 16 KB, got ${Buffer.byteLength(userData)} bytes; let it fetch the rest, or bake an image`,
    );
  }
  if (volumeSize !== undefined) {
    const gibibytes = inMebibytes(volumeSize) / 1024;
    problems.push(
      ...wholeNumberProblems(
        'instance.volumeSize in GiB',
        gibibytes,
        { min: 1, max: 16_384 },
        'write Size.gibibytes(…)',
      ),
    );
  }
  return problems;
}
