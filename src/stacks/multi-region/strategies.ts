import type { HealthCheck } from '../../intent';
import { Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';

/** How an application comes back when a region is lost: the four usual ways, cheapest first. */
export type RegionStrategy = 'backup-restore' | 'pilot-light' | 'warm-standby' | 'hot-standby';

/** What of an application stands in a region that does not serve everybody. */
export interface StandbyShape {
  /**
   * Its servers: none, with a load balancer that waits; enough for a part of the peak; all.
   *
   * @default - not even a load balancer
   */
  readonly servers?: 'none' | 'some' | 'all';
  /** Its data: copies of the backups, or a database that follows. */
  readonly data: 'backups' | 'replica';
  /** Which region a client is sent to: the nearest one, the first one that works, or the one that is written down. */
  readonly routing: 'latency' | 'failover' | 'fixed';
  /** Level of a policy in AWS Resilience Hub. */
  readonly tier: 'MissionCritical' | 'Critical' | 'Important' | 'CoreServices';
  /** What stands ready, for people. */
  readonly stands: string;
}

/** What each strategy keeps in the other regions. */
export const STRATEGIES: Readonly<Record<RegionStrategy, StandbyShape>> = {
  'backup-restore': {
    ...{ data: 'backups', routing: 'fixed', tier: 'CoreServices' },
    stands: 'copies of the backups of the database, and nothing else',
  },
  'pilot-light': {
    ...{ servers: 'none', data: 'replica', routing: 'failover', tier: 'Important' },
    stands: 'network, load balancer, sessions and a database that follows; no server runs',
  },
  'warm-standby': {
    ...{ servers: 'some', data: 'replica', routing: 'failover', tier: 'Critical' },
    stands: 'all of it, with servers for a part of the peak, and a database that follows',
  },
  'hot-standby': {
    ...{ servers: 'all', data: 'replica', routing: 'latency', tier: 'MissionCritical' },
    stands: 'all of it, serving clients, with a database that follows and sends writes to the other region',
  },
};

/** Names of the strategies, cheapest first. */
export const STRATEGY_NAMES = Object.keys(STRATEGIES) as RegionStrategy[];

/** A step on the way back after a region was lost. */
export interface RecoveryStep {
  /** What it is called. */
  readonly name: string;
  /** What happens in it. */
  readonly what: string;
  /** How long it takes. */
  readonly lasts: Duration;
  /** Where the time comes from. */
  readonly because: string;
  /** Steps that must be over before; it begins with the loss when there are none. */
  readonly after: readonly string[];
}

/** What a strategy needs to know of an application. */
export interface RecoveryFacts {
  /** What Route 53 asks. */
  readonly dnsCheck: HealthCheck;
  /** Until somebody has decided. */
  readonly decision: Duration;
  /** Until a database is restored from a backup. */
  readonly restoreTime: Duration;
  /** Until a new server answers its health check. */
  readonly startup: Duration;
}

const AURORA_RECOVERY =
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html';

/** Times of services, as their guides say them, counted on the cautious side. */
export const RECOVERY_TIMES = {
  promotion: {
    lasts: Duration.minutes(5),
    because: 'Aurora says minutes; counted as five',
    source: AURORA_RECOVERY,
  },
  replicationLag: {
    lasts: Duration.minutes(1),
    because: 'usually a second; an alarm rings when the database there is a minute behind',
    source: AURORA_RECOVERY,
  },
  backupLag: {
    lasts: Duration.minutes(10),
    because: 'the 5 minutes of logs that are being written, and 5 that are being copied',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html',
  },
  cachedAnswers: {
    lasts: Duration.seconds(60),
    because: 'answers that lead to a load balancer live for 60 seconds',
    source: 'https://aws.amazon.com/route53/faqs/',
  },
  recordChange: {
    lasts: Duration.seconds(60),
    because: 'all servers of Route 53 have a change within 60 seconds',
    source: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html',
  },
} as const;

/** Route 53 waits 4 seconds for a connection and 2 for an answer. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html */
const GIVEN_UP_AFTER = 6;

/** What happens until an application answers and writes again, step by step. */
export function stepsOf(strategy: RegionStrategy, facts: RecoveryFacts): RecoveryStep[] {
  const { decision, restoreTime, startup, dnsCheck } = facts;
  const { promotion, cachedAnswers, recordChange } = RECOVERY_TIMES;
  const decide = step('decide', 'somebody decides that the region is lost', decision, 'recovery.decision');
  const answers = (...after: string[]) =>
    step('answers', 'resolvers forget the lost region', cachedAnswers.lasts, cachedAnswers.because, ...after);
  if (strategy === 'backup-restore') {
    return [
      decide,
      step('restore', 'the database is restored from its copied backups', restoreTime, 'records.restoreTime', 'decide'),
      step('servers', 'servers start', startup, 'servers.timing.startup, and two good answers', 'decide'),
      step('record', 'the name leads to the region', recordChange.lasts, recordChange.because, 'restore', 'servers'),
      answers('record'),
    ];
  }
  const seen = dnsCheck.unhealthyThreshold * (dnsCheck.interval.toSeconds() + GIVEN_UP_AFTER);
  const noticed = step(
    'noticed',
    'checks of Route 53 fail',
    Duration.seconds(seen),
    'interval and 6 seconds, times threshold',
  );
  const promote = step('promote', 'the database takes writes', promotion.lasts, promotion.because, 'decide');
  if (strategy !== 'pilot-light') return [noticed, decide, promote, answers('noticed')];
  const servers = step('servers', 'servers start', startup, 'servers.timing.startup, and two good answers', 'decide');
  const passed = step('passed', 'checks of Route 53 pass there', noticed.lasts, noticed.because, 'servers');
  return [noticed, decide, promote, servers, passed, answers('noticed', 'passed')];
}

function step(name: string, what: string, lasts: Duration, because: string, ...after: string[]): RecoveryStep {
  return { name, what, lasts, because, after };
}

/** When each step is over, counted from the loss. */
export function endsOf(steps: readonly RecoveryStep[]): ReadonlyMap<string, Duration> {
  const ends = new Map<string, number>();
  for (const { name, lasts, after } of steps) {
    const begins = Math.max(0, ...after.map((earlier) => ends.get(earlier) ?? 0));
    ends.set(name, begins + inMilliseconds(lasts));
  }
  return new Map([...ends].map(([name, end]) => [name, Duration.millis(end)]));
}

/** How long users wait: until the last step is over. */
export function rtoOf(steps: readonly RecoveryStep[]): Duration {
  return Duration.millis(Math.max(...[...endsOf(steps).values()].map(inMilliseconds)));
}

/** How much of the latest data is gone. */
export function rpoOf(strategy: RegionStrategy): { readonly lasts: Duration; readonly because: string } {
  return STRATEGIES[strategy].data === 'backups' ? RECOVERY_TIMES.backupLag : RECOVERY_TIMES.replicationLag;
}

/** The arithmetic of the RTO, for people. */
export function arithmeticOf(steps: readonly RecoveryStep[]): string {
  const ends = endsOf(steps);
  return steps
    .map(({ name, what, lasts }) => `${what}: ${shown(lasts)}, over after ${shown(ends.get(name))}`)
    .join('; ');
}
