import { Duration, inMebibytes, Size } from '../../../units';
import type { AwsProps } from '../aws-props';
import type { ZonalNetwork } from '../network/zonal-network';
import type { NotifyingProps } from '../notifying-props';
import { CLASSES, type DatabaseEngine, type DatabaseTopology, ENGINES } from './capabilities';
import type {
  DatabaseBackups,
  DatabaseMaintenance,
  DatabaseMaster,
  DatabaseMoment,
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
   * Puts RDS Proxy in front: it keeps the connections of clients open during a failover, and pools them.
   *
   * @default false
   */
  readonly proxy?: boolean;
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
    /** None when the topology lacks the engine. */
    support,
    engineVersion: props.engineVersion ?? support?.version ?? '',
    instanceClass: props.instanceClass ?? CLASSES[topology]?.usual ?? '',
    /** None on Aurora. */
    storage: topology === 'aurora' ? undefined : storageDefaults(topology, props.storage),
    writtenStorage: props.storage,
    kmsKeyArn: props.storage?.kmsKeyArn,
    parameters: props.parameters ?? {},
    master: { ...props.master, username: props.master?.username ?? 'dbadmin' },
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
    proxy: props.proxy ?? false,
  };
}

const LARGEST_VOLUME = Size.tebibytes(64);

function storageDefaults(topology: DatabaseTopology, storage: DatabaseStorage = {}) {
  const size = storage.size ?? Size.gibibytes(100);
  const tenfold = Size.gibibytes(Math.min(gibibytes(size) * 10, gibibytes(LARGEST_VOLUME)));
  return {
    size,
    /** None for what cannot grow. */
    max: storage.max ?? (topology === 'instance' ? tenfold : undefined),
    type: storage.type ?? 'gp3',
    iops: storage.iops,
  };
}

/** A size in GiB, with a fraction where it has one. */
export function gibibytes(size: Size): number {
  return inMebibytes(size) / 1024;
}
