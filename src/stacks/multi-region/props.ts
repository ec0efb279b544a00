import type { AwsProps, DatabaseSecret, MultiRegionGeoDNSProps, NotifyingProps } from '../../constructs/aws';
import { Duration, inMilliseconds } from '../../units';
import type {
  OwnRecords,
  WebApplicationBackups,
  WebApplicationDatabase,
  WebApplicationNetwork,
  WebApplicationServers,
  WebApplicationSessions,
  WebApplicationStackProps,
} from '../web-application/props';
import type { AvailabilityTarget, Redundancy } from '../web-application/targets';
import type { RegionStrategy } from './strategies';

/** Choices for a `MultiRegionApplication`. */
export interface MultiRegionApplicationProps {
  /**
   * The regions, at least two, and two with `backup-restore`; the first one is the home of the data. Each gets a stack, and a
   * state, of its own.
   */
  readonly regions: readonly ApplicationRegion[];

  /** The name that clients ask for. */
  readonly dns: ApplicationDns;

  /** The servers of every region, but for what differs from region to region. */
  readonly servers: Omit<WebApplicationServers, 'machineImage' | 'certificateArn'>;

  /**
   * The database. What follows it in other regions is an Aurora global database: its `engineVersion` has to name the minor
   * version, as in `'17.5'`, so that all regions run the same.
   */
  readonly database: Omit<WebApplicationDatabase, 'restoreFrom'>;

  /**
   * How the application comes back when a region is lost.
   *
   * @default - a hot standby
   */
  readonly recovery?: RegionRecovery;

  /**
   * How available all of it has to be; synthesis fails below. 99.999 % takes more than a second region: see
   * `docs/targets.md`.
   *
   * @default - it is computed, and held to nothing
   */
  readonly target?: AvailabilityTarget | '99.999%';

  /**
   * The session store of every region. Sessions are not copied: clients of a lost region log in again. False keeps none.
   *
   * @default - Valkey on cache.m6g.large
   */
  readonly sessions?: WebApplicationSessions | false;

  /**
   * Backups of the database by AWS Backup, in the region of the data.
   *
   * @default - 7 daily, 4 weekly and 12 monthly ones
   */
  readonly backups?: WebApplicationBackups;

  /**
   * What stands ready in every region, where it is to differ.
   *
   * @default - that of 99.99 %; with `backup-restore` that of 99.95 %, whose database RDS copies backups of
   */
  readonly redundancy?: Partial<Redundancy>;

  /**
   * What your own records say: they count before the published figures.
   *
   * @default - published figures
   */
  readonly records?: OwnRecords;

  /**
   * Takes away every protection against removal.
   *
   * @default false
   */
  readonly allowDestroy?: boolean;

  /**
   * Tags on everything inside that can carry them.
   *
   * @default - no tags but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What differs from region to region: zones, addresses, and what cannot leave its region (images, certificates, secrets, keys). */
export interface ApplicationRegion extends NotifyingProps {
  /** Zones of the region that the account has, in the order in which they are used. */
  readonly zones: readonly string[];

  /** Addresses of the network; not those of another region, or the two could never be joined. */
  readonly network: WebApplicationNetwork;

  /**
   * Id of the machine image in the region.
   *
   * @default - none; give `servers.container`
   */
  readonly machineImage?: string;

  /**
   * ARN of the ACM certificate in the region.
   *
   * @default - plain HTTP, and a warning
   */
  readonly certificateArn?: string;

  /**
   * The secret in the region that holds the password of the master user: one secret, replicated by Secrets Manager. A
   * database that others follow takes no password that RDS manages itself.
   *
   * @default - none; allowed with `backup-restore` only, where RDS makes the password
   */
  readonly databaseSecret?: DatabaseSecret;

  /**
   * ARN of the KMS key in the region that encrypts the database.
   *
   * @default - the account's key for RDS there
   */
  readonly kmsKeyArn?: string;
}

/**
 * The name of a `MultiRegionApplication`: props of a `MultiRegionGeoDNS` but its endpoints, routing and switches, which follow from
 * regions and strategy.
 */
export type ApplicationDns = Omit<
  MultiRegionGeoDNSProps,
  'endpoints' | 'routing' | 'switchRegions' | 'usEast1Provider' | keyof AwsProps
>;

/** How a `MultiRegionApplication` comes back when a region is lost. */
export interface RegionRecovery {
  /**
   * What stands ready in the other regions. `backup-restore`: copies of backups; `pilot-light`: everything but servers;
   * `warm-standby`: everything, smaller; `hot-standby`: everything, serving clients.
   *
   * @default 'hot-standby'
   */
  readonly strategy?: RegionStrategy;

  /**
   * How long users may wait, at worst. Refused when the strategy takes longer.
   *
   * @default - as long as the strategy takes
   */
  readonly rto?: Duration;

  /**
   * How much of the latest data may be lost, at worst. Refused when the strategy loses more.
   *
   * @default - what the strategy loses
   */
  readonly rpo?: Duration;

  /**
   * How long it takes until somebody is there and has decided that a region is lost. The database of a region is never
   * taken over without that: its last writes may be lost with it.
   *
   * @default Duration.minutes(5)
   */
  readonly decision?: Duration;

  /**
   * Servers that a warm standby has ready, counted as the peak that they carry.
   *
   * @default - half of the peak
   */
  readonly standbyPeak?: number;

  /**
   * The region that takes writes: after a failover, write down the one that took over, so that the next plan keeps it.
   *
   * @default - the first one
   */
  readonly active?: string;

  /**
   * With `backup-restore`: ARN, in the active region, of the copied backups or of the snapshot that the database there is restored
   * from when it is made. The runbook says how to come by it. Another region than the first needs one. Leave it while the region
   * that the copies are of is lost: without it they are given back.
   *
   * @default - none
   */
  readonly restoreFrom?: string;
}

/** The region of zones. */
export function regionOfZones(zones: readonly string[]): string {
  return (zones[0] ?? '').slice(0, -1);
}

/** Props with every default filled in; only of props that have no shape problems. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `MultiRegionApplication`, settled. */
export function withDefaults(props: MultiRegionApplicationProps) {
  const { recovery = {}, servers, records } = props;
  const names = props.regions.map(({ zones }) => regionOfZones(zones));
  const startup = servers.timing?.startup ?? Duration.minutes(servers.container ? 1 : 3);
  const { interval, healthyThreshold } = servers.healthCheck;
  return {
    ...props,
    names,
    recovery: {
      ...recovery,
      strategy: recovery.strategy ?? 'hot-standby',
      decision: recovery.decision ?? Duration.minutes(5),
      standbyPeak: recovery.standbyPeak ?? Math.ceil(servers.capacity.peak / 2),
      active: recovery.active ?? names[0] ?? '',
    },
    facts: {
      dnsCheck: props.dns.healthCheck,
      decision: recovery.decision ?? Duration.minutes(5),
      restoreTime: records?.restoreTime ?? Duration.hours(4),
      startup: Duration.millis(inMilliseconds(startup) + healthyThreshold * inMilliseconds(interval)),
    },
  };
}

/** The props of the stack of one region. */
export function regionProps(props: MultiRegionApplicationProps, region: ApplicationRegion): WebApplicationStackProps {
  const { servers, database, sessions, backups, redundancy, records, allowDestroy, tags } = props;
  const { zones, network, machineImage, certificateArn, databaseSecret, kmsKeyArn, notificationTopicArn } = region;
  const isRestored = props.recovery?.strategy === 'backup-restore';
  return {
    ...{ zones, network, sessions, backups, redundancy, records, allowDestroy, tags, notificationTopicArn },
    target: isRestored ? '99.95%' : '99.99%',
    servers: { ...servers, machineImage, certificateArn },
    database: {
      ...database,
      ...((database.master || databaseSecret) && { master: { ...database.master, secret: databaseSecret } }),
      ...((database.storage || kmsKeyArn) && { storage: { ...database.storage, kmsKeyArn } }),
    },
  };
}
