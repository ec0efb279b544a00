import type { Retention } from '../../../intent';
import { Duration, Size } from '../../../units';
import type { FixedResources } from '../fixed-resources';
import type { BackedUpDatabase, BackupDrill, BackupScratch, BackupStorage } from './prop-parts';

/** Choices for a `DatabaseBackup`. */
export interface DatabaseBackupProps {
  /**
   * Image with the programs that the jobs run: PostgreSQL, client and server, of the database's major version or a later
   * one; `age`; the AWS command line; `curl` with `pushgatewayUrl`. `docs/database-backup.md` has a Dockerfile.
   */
  readonly image: string;

  /** What is backed up. */
  readonly database: BackedUpDatabase;

  /** Where backups go: a `BackupBucket`, or what rotates the same folders. */
  readonly bucket: BackupStorage;

  /** How many copies to keep: the same that the bucket was given. Here it says which folders get one, and when. */
  readonly retention: Retention;

  /**
   * Public keys (`age1…`) that backups are encrypted to. Give two: that of the drill, and one whose other half is kept
   * outside of the cluster. Who loses all of the other halves has lost every backup.
   */
  readonly recipients: readonly string[];

  /**
   * The drill that restores the newest backup every day.
   *
   * @default - none, which is refused without `allowUntestedBackups`
   */
  readonly drill?: BackupDrill;

  /**
   * Leaves the drill out: nobody knows whether a backup can be restored, and nothing tells when there are none.
   *
   * @default false
   */
  readonly allowUntestedBackups?: boolean;

  /**
   * Name of its objects, and of its folder in every tier; up to 46 lower-case letters, digits and hyphens.
   *
   * @default - made from the path of the construct, with a hash
   */
  readonly name?: string;

  /**
   * When it starts every day (UTC).
   *
   * @default '02:00'
   */
  readonly time?: string;

  /**
   * When a backup is given up, further attempts included. It starts up to an hour late, and must be over by midnight
   * (UTC), or copies would be of another day than S3 counts from.
   *
   * @default Duration.hours(6)
   */
  readonly timeLimit?: Duration;

  /**
   * How long it waits for a table that somebody else changes; then this attempt fails. From a second to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly lockTimeout?: Duration;

  /**
   * Room for dump and restore, which goes with the pod.
   *
   * @default - 20 GiB on the node's own disk
   */
  readonly scratch?: BackupScratch;

  /**
   * What each job asks for, and may use.
   *
   * @default - one CPU and 1 GiB
   */
  readonly resources?: FixedResources;

  /**
   * Name of a ServiceAccount that is there already, for the backup. It needs to add objects, and nothing else.
   *
   * @default - one of its own, with the name of the backup, for a pod identity association
   */
  readonly serviceAccountName?: string;

  /**
   * URL of a Prometheus Pushgateway that is told time, duration, age and size.
   *
   * @default - they stand in the logs only
   */
  readonly pushgatewayUrl?: string;

  /**
   * Number of the user that the jobs run as; it must have an entry in the image's /etc/passwd.
   *
   * @default - the image's own, which the image must give as a number
   */
  readonly runAsUser?: number;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `DatabaseBackup`, settled. */
export function withDefaults(props: DatabaseBackupProps) {
  return {
    ...props,
    database: props.database && { ...props.database, port: props.database.port ?? 5432 },
    drill: props.drill && {
      ...props.drill,
      time: props.drill.time ?? '10:00',
      timeLimit: props.drill.timeLimit ?? Duration.hours(6),
      maxAge: props.drill.maxAge ?? Duration.hours(30),
    },
    allowUntestedBackups: props.allowUntestedBackups ?? false,
    time: props.time ?? '02:00',
    timeLimit: props.timeLimit ?? Duration.hours(6),
    lockTimeout: props.lockTimeout ?? Duration.minutes(5),
    scratch: {
      size: props.scratch?.size ?? Size.gibibytes(20),
      storageClassName: props.scratch?.storageClassName,
    },
    resources: { cpu: props.resources?.cpu ?? '1', memory: props.resources?.memory ?? Size.gibibytes(1) },
  };
}
