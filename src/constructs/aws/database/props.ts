import { Duration, inMebibytes, Size } from '../../../units';
import { hasMember, objectProblems } from '../../../validation';
import type { AwsProps } from '../aws-props';
import type { ZonalNetwork, ZonalSubnet } from '../network/zonal-network';
import type { NotifyingProps } from '../notifying-props';
import { CLASSES, type DatabaseEngine, type DatabaseTopology, ENGINES } from './capabilities';
import type {
  DatabaseBackups,
  DatabaseMaintenance,
  DatabaseMaster,
  DatabaseMoment,
  DatabaseProxyUsers,
  DatabaseSnapshot,
  DatabaseStorage,
  RegionalReplica,
  ReplicatedBackups,
} from './prop-parts';

/** Choices for a `MultiAZDatabase`. */
export interface MultiAZDatabaseProps extends AwsProps, NotifyingProps {
  /** Where it runs, in the data subnets: a `MultiAZNetwork`, or one of `MultiAZNetwork.fromExisting`. */
  readonly network: ZonalNetwork;

  /** Database engine; MariaDB runs as an `instance` only. */
  readonly engine: DatabaseEngine;

  /**
   * How it survives the loss of a zone. `instance`: a standby in another zone takes over within one to two minutes;
   * nobody can read it before. `cluster`: two readable standbys in two other zones, over within 35 seconds; needs three
   * zones. `aurora`: an instance in every zone on storage that spans three, over within a minute.
   *
   * @default 'instance'
   */
  readonly topology?: DatabaseTopology;

  /**
   * Zones of the network that it may run in. Aurora needs it in a network of more than three zones: its volume lies in
   * three, and cannot be moved to others.
   *
   * @default - all zones of the network that have a data subnet
   */
  readonly zones?: readonly string[];

  /**
   * Version of the engine: the major one, and RDS installs minor ones in the maintenance window. A minor one too
   * pins it, and once RDS has moved on, every plan wants to go back.
   *
   * @default - PostgreSQL 17, MySQL 8.4 (8.0 on Aurora), MariaDB 11.4
   */
  readonly engineVersion?: string;

  /**
   * Instance class of every instance, standbys too. A Multi-AZ cluster takes only classes with local disks.
   *
   * @default - db.m6g.large; db.m6gd.large for a cluster, db.r7g.large for Aurora
   */
  readonly instanceClass?: string;

  /**
   * Disks, and what encrypts them.
   *
   * @default - 100 GiB of gp3 that an instance makes larger by itself up to 1000 GiB, encrypted with the account's key
   */
  readonly storage?: DatabaseStorage;

  /**
   * Name of the database that is made in it.
   *
   * @default - none but the engine's own
   */
  readonly databaseName?: string;

  /**
   * Parameters of the engine, by name, in the parameter group of the topology. They count after the next restart.
   *
   * @default - only the one that refuses connections without TLS
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /**
   * Who may do everything in it, and who keeps that password.
   *
   * @default - a user `dbadmin`, whose password RDS makes, keeps in Secrets Manager and changes every week
   */
  readonly master?: DatabaseMaster;

  /**
   * How far back it can be restored.
   *
   * @default - to any second of the last 14 days
   */
  readonly backups?: DatabaseBackups;

  /**
   * When and how RDS installs what is new.
   *
   * @default - minor versions on Sundays from 04:00 to 05:00 UTC, no major ones
   */
  readonly maintenance?: DatabaseMaintenance;

  /**
   * What the database is made from. Counts when it is made, never again: a later change, or taking it away,
   * changes nothing.
   *
   * @default - an empty database
   */
  readonly restoreFrom?: DatabaseSnapshot | DatabaseMoment;

  /**
   * What is there when the whole region is lost.
   *
   * @default - nothing
   */
  readonly regionLoss?: ReplicatedBackups | RegionalReplica;

  /**
   * Puts RDS Proxy in front: it keeps the connections of clients open during a failover, and pools them. The master
   * user may log in to it, and whom `userSecretArns` names. It stays in the zones it was made in.
   *
   * @default false
   */
  readonly proxy?: boolean | DatabaseProxyUsers;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `MultiAZDatabase`, settled. */
export function withDefaults(props: MultiAZDatabaseProps) {
  const topology = props.topology ?? 'instance';
  const support = ENGINES[topology]?.[props.engine];
  return {
    ...props,
    topology,
    /** Data subnets that it may run in, by the name of their zone. */
    subnets: chosenSubnets(props.network, props.zones),
    /** None when the topology lacks the engine. */
    support,
    engineVersion: props.engineVersion ?? support?.version ?? '',
    instanceClass: props.instanceClass ?? CLASSES[topology]?.usual ?? '',
    /** None on Aurora. */
    storage: topology === 'aurora' ? undefined : storageDefaults(topology, props.storage),
    writtenStorage: props.storage,
    kmsKeyArn: props.storage?.kmsKeyArn,
    parameters: props.parameters ?? {},
    master: { username: props.master?.username ?? 'dbadmin', secret: props.master?.secret },
    backups: {
      retention: props.backups?.retention ?? Duration.days(14),
      window: props.backups?.window ?? '02:00-03:00',
      continuousByPlan: props.backups?.continuousByPlan ?? false,
    },
    maintenance: {
      window: props.maintenance?.window ?? 'sun:04:00-sun:05:00',
      allowMajorVersionUpgrade: props.maintenance?.allowMajorVersionUpgrade ?? false,
      blueGreenUpdate: props.maintenance?.blueGreenUpdate ?? false,
    },
  };
}

/** Groups of props that are none: `backups: '30 days'` would quietly leave every default. */
export function groupProblems({ storage, master, backups, maintenance }: MultiAZDatabaseProps): string[] {
  return Object.entries({ storage, master, 'master.secret': master?.secret, backups, maintenance })
    .filter(([, group]) => group !== undefined)
    .flatMap(([prop, group]) => objectProblems(prop, group));
}

/** The data subnets of the chosen zones of a network; none of what is no network. */
export function chosenSubnets(network: ZonalNetwork, zones: readonly string[] | undefined): readonly ZonalSubnet[] {
  if (!Array.isArray(network?.dataSubnets)) return [];
  return [...network.dataSubnets]
    .filter(({ zone }) => zones?.includes?.(zone) ?? true)
    .sort((one, other) => (one.zone < other.zone ? -1 : 1));
}

/** Largest volume. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const LARGEST_VOLUME = Size.tebibytes(64);

function storageDefaults(topology: DatabaseTopology, storage: DatabaseStorage | undefined) {
  const size = storage?.size ?? Size.gibibytes(100);
  return {
    size,
    /** None for what cannot grow. */
    max: storage?.max ?? (topology === 'instance' ? tenfold(size) : undefined),
    type: storage?.type ?? 'gp3',
    iops: storage?.iops,
  };
}

/** Ten times a size, at most what RDS has; none where it has no room to grow. */
function tenfold(size: Size): Size | undefined {
  if (!hasMember(size, 'toKibibytes')) return undefined; // refused for that alone
  const max = Size.gibibytes(Math.min(Math.floor(gibibytes(size)) * 10, gibibytes(LARGEST_VOLUME)));
  return isRoomToGrow(size, max) ? max : undefined;
}

/** Whether a volume may grow so far: RDS makes it larger by a tenth at least. */
export function isRoomToGrow(size: Size, max: Size): boolean {
  return gibibytes(max) * 10 >= gibibytes(size) * 11;
}

/** A size in GiB, with a fraction where it has one. */
export function gibibytes(size: Size): number {
  return inMebibytes(size) / 1024;
}
