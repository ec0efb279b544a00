import type {
  AddressPlan,
  AwsProps,
  BackupPlanProps,
  HAWebTierProps,
  MultiAZDatabaseProps,
  NotifyingProps,
  SessionStoreProps,
} from '../../constructs/aws';
import { Capacity } from '../../intent';
import { type Availability, Duration, inMilliseconds, type RepairTimes } from '../../units';
import type { FailingPart } from '../failure-rates';
import { type AvailabilityTarget, type Redundancy, redundancyFor, TARGETS } from './targets';

/** Choices for a `WebApplicationStack`. What the target chooses stands in `redundancy`; the groups hold the rest. */
export interface WebApplicationStackProps extends NotifyingProps {
  /**
   * How available the application has to be: it chooses how many of everything stand ready. When what is built does not come
   * to it, by the failure rates in `docs/targets.md`, synthesis fails and says what to change.
   */
  readonly target: AvailabilityTarget;

  /**
   * Zones of the region that the account has, in the order in which they are used. Two are enough for 99.9 %; from 99.95 % on
   * it takes three.
   */
  readonly zones: readonly string[];

  /** Addresses of the network. */
  readonly network: WebApplicationNetwork;

  /** The servers: what they run, how many carry the peak, how they are checked. */
  readonly servers: WebApplicationServers;

  /** The database: its engine, its size. */
  readonly database: WebApplicationDatabase;

  /**
   * The session store, or false for an application that keeps no sessions.
   *
   * @default - Valkey on cache.m6g.large
   */
  readonly sessions?: WebApplicationSessions | false;

  /**
   * Backups of the database by AWS Backup, beside those that RDS keeps itself.
   *
   * @default - as many as the target chooses, restored every week to see that they can be
   */
  readonly backups?: WebApplicationBackups;

  /**
   * What stands ready, where it is to differ from what the target chooses.
   *
   * @default - what the target chooses
   */
  readonly redundancy?: Partial<Redundancy>;

  /**
   * What your own records say: they count before the published figures.
   *
   * @default - published figures, programs that never fail by themselves, and restores that take 4 hours
   */
  readonly records?: OwnRecords;

  /**
   * Takes away every protection against removal. To remove what was deployed, deploy once with `true`, then destroy.
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

/** Addresses of a `WebApplicationStack`. */
export interface WebApplicationNetwork {
  /** Address range of the VPC, from /16 to /21. */
  readonly cidr: string;

  /**
   * Address ranges of your own, by zone name, as in a `MultiAZNetwork`.
   *
   * @default - computed from `cidr`
   */
  readonly subnets?: AddressPlan;
}

/**
 * Servers of a `WebApplicationStack`: props of an `HAWebTier`. How many zones may be lost is said in `redundancy.lostZones`, not
 * in the capacity.
 */
export type WebApplicationServers = Omit<HAWebTierProps, 'network' | keyof AwsProps>;

/** Database of a `WebApplicationStack`: props of a `MultiAZDatabase` but its topology, which `redundancy.database` says. */
export type WebApplicationDatabase = Omit<
  MultiAZDatabaseProps,
  'network' | 'zones' | 'topology' | 'regionLoss' | keyof AwsProps | keyof NotifyingProps
>;

/** Session store of a `WebApplicationStack`: props of a `SessionStore` but its replicas. */
export type WebApplicationSessions = Omit<
  SessionStoreProps,
  'network' | 'replicas' | keyof AwsProps | keyof NotifyingProps
>;

/** Backups of a `WebApplicationStack`: props of a `BackupPlan`. */
export type WebApplicationBackups = Partial<Omit<BackupPlanProps, 'copyTo' | keyof AwsProps | keyof NotifyingProps>>;

/** What a team knows better than any published table. */
export interface OwnRecords {
  /**
   * How much of the time your programs work while everything below them does: bad releases, crashes, certificates. Most
   * outages come from there, so without it the computed availability is that of the infrastructure alone.
   *
   * @default - programs never fail by themselves
   */
  readonly programs?: Availability;

  /**
   * How often a region, a zone, or a node fails as a whole, and for how long.
   *
   * @default - FAILURE_RATES
   */
  readonly rates?: Partial<Readonly<Record<FailingPart, RepairTimes>>>;

  /**
   * How long it takes to restore the database from a backup until it answers: what the last drill took.
   *
   * @default Duration.hours(4)
   */
  readonly restoreTime?: Duration;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `WebApplicationStack`, settled; only of props that have no shape problems. */
export function withDefaults(props: WebApplicationStackProps) {
  const redundancy = redundancyFor(props.target, props.redundancy);
  const { healthCheck } = props.servers;
  return {
    ...props,
    redundancy,
    zones: props.zones.slice(0, redundancy.zones),
    /** How long a failed server goes on getting requests. */
    detection: Duration.millis(inMilliseconds(healthCheck.interval) * healthCheck.unhealthyThreshold),
    restoreTime: props.records?.restoreTime ?? Duration.hours(4), // the course's figure for backup and restore
    choice: TARGETS[props.target],
  };
}

/** The capacity over the zones of a redundancy. */
export function capacityFor({ peak, options }: Capacity, { lostZones }: Redundancy): Capacity {
  const losses = lostZones === 0 ? { allowOverloadWhenZoneLost: true } : { tolerateLostZones: lostZones as 1 | 2 };
  return Capacity.forPeak(peak, { ...options, ...losses });
}
