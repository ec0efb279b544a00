import { Duration, inMebibytes, Size } from '../../../units';
import { hasMember } from '../../../validation';
import type { FixedResources } from '../fixed-resources';
import type { ArchivedMoment, DatabaseArchive, DatabaseVolumes } from './prop-parts';

/** Choices for a `MultiAZDatabase` on Kubernetes. */
export interface MultiAZDatabaseProps {
  /** Image of CloudNativePG's PostgreSQL, with a tag other than `latest`, or better a digest. */
  readonly image: string;

  /**
   * The archive that it can be restored from, to any second.
   *
   * @default - none, which is refused without `allowNoBackups`
   */
  readonly backups?: DatabaseArchive;

  /**
   * Leaves the archive out: a wrong statement, or the loss of all volumes, is the end of the data.
   *
   * @default false
   */
  readonly allowNoBackups?: boolean;

  /**
   * How many zones the cluster's nodes stand in, each of which gets an instance; from 3 to 9, since a quorum needs three.
   *
   * @default 3
   */
  readonly zones?: number;

  /**
   * Lets writes go on while too few standbys are there to hold them too. Who loses the primary then loses what was
   * written, and nothing stops a standby that lacks it from taking over.
   *
   * @default false
   */
  readonly allowDataLoss?: boolean;

  /**
   * Name of the database's objects; up to 40 lower-case letters, digits and hyphens, a letter first.
   *
   * @default - made from the path of the construct, with a hash
   */
  readonly name?: string;

  /**
   * Name of the database that is made in it, and of the user that owns it: lower-case letters, digits and `_`.
   *
   * @default 'app'
   */
  readonly databaseName?: string;

  /**
   * Volumes of every instance.
   *
   * @default - 100 GiB for data and 20 GiB for the write-ahead log, of the default class
   */
  readonly storage?: DatabaseVolumes;

  /**
   * What each instance asks for, and may use.
   *
   * @default - two CPUs and 8 GiB
   */
  readonly resources?: FixedResources;

  /**
   * Parameters of PostgreSQL, by name.
   *
   * @default - a quarter of the memory for shared buffers, and no standby whose reads a cleanup cancels
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /**
   * What the database is made from. Counts when it is made, never again.
   *
   * @default - an empty database
   */
  readonly restoreFrom?: ArchivedMoment;

  /**
   * Name of a PriorityClass that is there already.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * Namespace of the CloudNativePG operator, which must reach the instances.
   *
   * @default 'cnpg-system'
   */
  readonly operatorNamespace?: string;

  /**
   * Leaves the PodMonitor out, for a cluster without the Prometheus operator.
   *
   * @default false
   */
  readonly allowUnmonitored?: boolean;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `MultiAZDatabase`, settled. */
export function withDefaults(props: MultiAZDatabaseProps) {
  const size = props.storage?.size ?? Size.gibibytes(100);
  const memory = props.resources?.memory ?? Size.gibibytes(8);
  return {
    ...props,
    backups: props.backups && {
      ...props.backups,
      retention: props.backups.retention ?? Duration.days(14),
      time: props.backups.time ?? '01:00',
    },
    allowNoBackups: props.allowNoBackups ?? false,
    zones: props.zones ?? 3,
    allowDataLoss: props.allowDataLoss ?? false,
    databaseName: props.databaseName ?? 'app',
    storage: {
      size,
      walSize: props.storage?.walSize ?? share(size, 5),
      storageClassName: props.storage?.storageClassName,
    },
    resources: { cpu: props.resources?.cpu ?? '2', memory },
    parameters: props.parameters ?? {},
    operatorNamespace: props.operatorNamespace ?? 'cnpg-system',
    allowUnmonitored: props.allowUnmonitored ?? false,
  };
}

/** A part of a size, in whole mebibytes; what is no size stays as it is, and is refused. */
export function share(size: Size, parts: number): Size {
  return hasMember(size, 'toKibibytes') ? Size.mebibytes(Math.ceil(inMebibytes(size) / parts)) : size;
}
