import type { HealthCheck } from '../../../intent';
import { Duration } from '../../../units';
import { durationProblems, hasMember, isDuration, listProblems, shown, wholeNumberProblems } from '../../../validation';
import { CHECKER_REGIONS } from './checkers';
import { detectionOf } from './detection';
import type { Settings } from './props';
import { isAddress, isCname } from './target-kinds';

// Limits of Route 53: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
const INTERVALS: readonly number[] = [10_000, 30_000];
const THRESHOLDS = { min: 1, max: 10 };
const LONGEST_PATH = 255;
const FEWEST_CHECKERS = 3;

/** What keeps Route 53 from making a check, one sentence each. */
export function checkProblems(prop: string, check: HealthCheck): string[] {
  if (!hasMember(check, 'problems')) {
    return [`${prop} must be a HealthCheck, got ${shown(check)}; write HealthCheck.https('/health/ready')`];
  }
  const found = check.problems().map((problem) => problem.replace(/^healthCheck\./, `${prop}.`));
  const problems = [...found, ...limitProblems(prop, check, found)];
  if (check.protocol !== 'tcp') return problems;
  return [
    ...problems,
    `${prop} must be by https or http, got 'tcp'; a load balancer takes connections also when no server is left: write HealthCheck.https('/health/ready')`,
  ];
}

/** Route 53's own limits, of what makes sense by itself. */
function limitProblems(prop: string, check: HealthCheck, found: readonly string[]): string[] {
  const isFound = (part: string) => found.some((problem) => problem.startsWith(`${prop}.${part} `));
  const { interval, unhealthyThreshold, path } = check;
  const problems: string[] = [];
  if (!isFound('interval') && !INTERVALS.includes(interval.toMilliseconds())) {
    problems.push(
      `${prop}.interval must be 10 or 30 seconds, got ${shown(interval)}; Route 53 knows no other, and 10 finds out sooner`,
    );
  }
  if (!isFound('unhealthyThreshold')) {
    problems.push(
      ...wholeNumberProblems(`${prop}.unhealthyThreshold`, unhealthyThreshold, THRESHOLDS, 'Route 53 allows no other'),
    );
  }
  if (!isFound('path') && (path?.length ?? 0) > LONGEST_PATH) {
    problems.push(`${prop}.path must be at most ${LONGEST_PATH} characters, got ${path?.length}; shorten it`);
  }
  return problems;
}

/** What is wrong with where checks come from. */
export function checkerProblems({ checkerRegions }: Settings): string[] {
  const misshapen = listProblems('checkerRegions', checkerRegions);
  if (misshapen.length > 0) return misshapen;
  const strange = checkerRegions.filter((region) => !CHECKER_REGIONS.includes(region));
  if (strange.length > 0) {
    return [`checkerRegions must be of ${CHECKER_REGIONS.join(', ')}, got ${shown(strange)}; take one of these`];
  }
  if (new Set(checkerRegions).size === checkerRegions.length && checkerRegions.length >= FEWEST_CHECKERS) return [];
  return [
    `checkerRegions must be at least ${FEWEST_CHECKERS}, each named once, got ${shown([...checkerRegions])}; ` +
      'with fewer, one that is cut off takes healthy regions out',
  ];
}

/** What is wrong with the times, apart from the checks: how long answers are kept, and whether the promise is kept. */
export function timeProblems(settings: Settings, areChecksFine: boolean): string[] {
  const { detectWithin } = settings;
  const within = durationProblems(
    'detectWithin',
    detectWithin,
    { min: Duration.seconds(1), max: Duration.days(1) },
    'say within which time clients are to be elsewhere',
  );
  const problems = [...within, ...ttlProblems(settings)];
  if (problems.length > 0 || !areChecksFine) return problems;
  const { checks, ttl, total } = detectionOf(settings);
  if (total.toSeconds() <= detectWithin.toSeconds()) return [];
  return [
    `detectWithin must be at least the ${shown(total)} that it takes (checks ${shown(checks)}, then cached answers ` +
      `${shown(ttl)}), got ${shown(detectWithin)}; raise it, or lower ${shortened(settings)}`,
  ];
}

function ttlProblems({ writtenTtl: ttl, endpoints }: Settings): string[] {
  if (ttl === undefined) return [];
  const limits = { min: Duration.seconds(1), max: Duration.days(1) };
  const problems = durationProblems('ttl', ttl, limits, '60 seconds or less are usual');
  const isUsed = endpoints.some(({ target }) => isAddress(target) || isCname(target));
  if (problems.length > 0 || isUsed) return problems;
  return [
    `ttl must be left out where no target is an address or another name, got ${shown(ttl)}; ` +
      'AWS gives answers of load balancers 60 seconds',
  ];
}

/** What shortens detection. */
function shortened({ healthCheck, writtenTtl }: Settings): string {
  const isSlow = isDuration(healthCheck.interval) && healthCheck.interval.toSeconds() > 10;
  return [isSlow ? 'healthCheck.interval' : 'healthCheck.unhealthyThreshold', ...(writtenTtl ? ['ttl'] : [])].join(
    ' or ',
  );
}
