import { serviceLevel } from '../availability';
import { Duration, inMilliseconds, type RepairTimes } from '../units';

/** What fails by itself, as far as the stacks count it. */
export type FailingPart = 'region' | 'zone' | 'node';

/** How often something fails, how long it is down then, and who says so. */
export interface FailureRate extends RepairTimes {
  /** What fails. */
  readonly what: string;
  /** How the figures follow from what the sources say. */
  readonly because: string;
  /** Where that is said. */
  readonly sources: readonly string[];
}

/** An interruption of a known length, and who says so. */
export interface Interruption {
  /** What interrupts. */
  readonly what: string;
  /** How long it lasts: the longest of what the source calls usual. */
  readonly lasts: Duration;
  /** How the figure follows from what the source says. */
  readonly because: string;
  /** Where that is said. */
  readonly source: string;
}

const RDS_GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA_GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const YEAR = Duration.days(365);

/** Three events in 200 years of regions: 7:30 to 14:22, 23:48 to 14:20, 8:19 to 9:43; 22 hours 48 minutes in all. */
const REGION_EVENTS = { count: 3, minutes: 412 + 872 + 84, years: 200 };
const ZONE_REPAIR = Duration.hours(4);

/**
 * How often the parts of a stack fail. Written down from published sources, on the cautious side, and for planning: your own
 * records know better (`rates`).
 */
export const FAILURE_RATES: Readonly<Record<FailingPart, FailureRate>> = {
  region: {
    what: 'a region as a whole',
    mtbf: Duration.days((REGION_EVENTS.years * 365) / REGION_EVENTS.count),
    mttr: Duration.minutes(REGION_EVENTS.minutes / REGION_EVENTS.count),
    because:
      'three events from 2016 to 2025 that took, in one region, what such a stack runs on (22 hours 48 minutes in all), over the ' +
      'years that regions ran then, counted as 200. us-east-1 had two of them',
    sources: [
      'https://aws.amazon.com/message/12721/',
      'https://aws.amazon.com/message/101925/',
      'https://aws.amazon.com/message/74876-2/',
    ],
  },
  zone: {
    what: 'a zone as a whole',
    mtbf: mtbfOf(serviceLevel('aws/elb-single-az').availability.failingShare, ZONE_REPAIR),
    mttr: ZONE_REPAIR,
    because:
      'what AWS promises of one zone (99.9 %, of a load balancer or an Aurora cluster in one), in outages about as long as those ' +
      'of Tokyo 2019 (6 hours) and Ireland 2011 (3 hours)',
    sources: [
      serviceLevel('aws/elb-single-az').source,
      'https://aws.amazon.com/message/56489/',
      'https://www.postmortems.app/postmortem/6c7c05d1-637f-49a9-bc6d-120eacad0b46',
    ],
  },
  node: {
    what: 'a server, or a node of the database or the session store',
    mtbf: Duration.hours(4.3 * 730),
    mttr: Duration.minutes(15),
    because:
      'nodes of a large fleet failed every 4.3 months; fewer than one outage in ten lasted longer than 15 minutes',
    sources: ['https://www.usenix.org/legacy/event/osdi10/tech/full_papers/Ford.pdf'],
  },
};

/** How the database, or the session store, is taken over by a standby. */
export const TAKEOVERS = {
  instance: {
    what: 'the standby of an RDS instance takes over',
    lasts: Duration.seconds(120),
    because: 'typically 60 to 120 seconds',
    source: `${RDS_GUIDE}/Concepts.MultiAZ.Failover.html`,
  },
  cluster: {
    what: 'a readable standby of a Multi-AZ cluster takes over',
    lasts: Duration.seconds(35),
    because: 'typically less than 35 seconds',
    source: `${RDS_GUIDE}/multi-az-db-clusters-concepts-failover.html`,
  },
  aurora: {
    what: 'a reader of an Aurora cluster takes over',
    lasts: Duration.seconds(60),
    because: 'typically less than 60 seconds, often less than 30',
    source: `${AURORA_GUIDE}/Concepts.AuroraHighAvailability.html`,
  },
  sessions: {
    what: 'a replica of the session store takes over',
    lasts: Duration.seconds(120),
    because: 'AWS gives no figure; counted as the slowest of the others',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html',
  },
  balancer: {
    what: 'clients stop asking the load balancer in a lost zone',
    lasts: Duration.seconds(60),
    because: 'its DNS answers live for 60 seconds; the time until the loss is noticed comes on top',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
  },
} satisfies Record<string, Interruption>;

/** What RDS Proxy leaves of the time of a takeover, by keeping connections and asking no DNS. */
export const PROXY = {
  what: 'the same behind RDS Proxy',
  share: 0.34,
  because: 'reduces failover times by up to 66 %',
  source: 'https://aws.amazon.com/rds/proxy/',
} as const;

/** Work that is planned: how often a year. Its length is that of a takeover, or of `OFFLINE_UPDATE` where nothing takes over. */
export const PLANNED_WORK = {
  engine: {
    what: 'minor versions of the database engine',
    perYear: 4,
    because: 'PostgreSQL makes one in every quarter',
    source: 'https://www.postgresql.org/developer/roadmap/',
  },
  system: {
    what: 'updates of the operating system below the database',
    perYear: 4,
    because: 'typically once every few months',
    source: `${RDS_GUIDE}/USER_UpgradeDBInstance.Maintenance.html`,
  },
} as const;

/** A new minor version in an RDS instance: both of a pair are upgraded at once, so the standby is no help. */
export const OFFLINE_UPDATE: Interruption = {
  what: 'an update of an RDS instance that nothing takes over for',
  lasts: Duration.minutes(10),
  because: 'once announced by AWS as 5 to 10 minutes; with a standby, the engines of both are upgraded at once',
  source: 'https://gist.github.com/mewm/f01db372b9ef608b1f99f970e2bda552',
};

/** How much of the latest data a restore from backups lacks. */
export const RESTORABLE: Interruption = {
  what: 'the latest that backups can restore',
  lasts: Duration.minutes(5),
  because: 'logs are copied every 5 minutes',
  source: `${RDS_GUIDE}/USER_PIT.html`,
};

/** How often a part fails in a year of 365 days. */
export function perYear({ mtbf, mttr }: RepairTimes): number {
  return inMilliseconds(YEAR) / (inMilliseconds(mtbf) + inMilliseconds(mttr));
}

/** The share of a year that so many interruptions take. */
export function shareOfYear(count: number, lasts: Duration): number {
  return Math.min(1, (count * inMilliseconds(lasts)) / inMilliseconds(YEAR));
}

/** The operating time between failures of what is down for a share of the time, each time for so long. */
function mtbfOf(failingShare: number, mttr: Duration): Duration {
  return Duration.millis((inMilliseconds(mttr) * (1 - failingShare)) / failingShare);
}
