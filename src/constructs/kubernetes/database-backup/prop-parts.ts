import type { Duration, Size } from '../../../units';
import type { SecretKey } from '../web-tier/prop-parts';

/** A PostgreSQL database, and how it is reached. */
export interface BackedUpDatabase {
  /** Host, best one that only reads. */
  readonly host: string;

  /**
   * Port.
   *
   * @default 5432
   */
  readonly port?: number;

  /** Name of the database. */
  readonly databaseName: string;

  /**
   * Name of a Secret with the keys `username` and `password`, of a user that may read everything in the database, large
   * objects and rows behind policies too: its owner can.
   */
  readonly secretName: string;

  /**
   * Certificate of the authority that signed the server's. With it, the host must prove that it is the one.
   *
   * @default - the connection is encrypted, but to whoever answers; a warning says so
   */
  readonly ca?: SecretKey;
}

/** A bucket of S3, or of what speaks its protocol. */
export interface BackupStorage {
  /** Name of the bucket. */
  readonly name: string;

  /** Region of the bucket. */
  readonly region: string;

  /**
   * URL of what speaks the protocol of S3, when it is not AWS. It must keep SHA-256 checksums of objects, and rotate them.
   *
   * @default - AWS
   */
  readonly endpointUrl?: string;

  /**
   * Name of a Secret with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, for the backup.
   *
   * @default - what the service account is given: EKS Pod Identity, or a role in an annotation of an account of yours
   */
  readonly credentialsSecretName?: string;
}

/** Restores the newest backup into a server inside the drill's own pod, and compares it with what the database held. */
export interface BackupDrill {
  /** Private key (`AGE-SECRET-KEY-1…`), in a Secret that nothing else reads, of one of the `recipients`. */
  readonly identity: SecretKey;

  /**
   * When it starts every day (UTC).
   *
   * @default '10:00'
   */
  readonly time?: string;

  /**
   * When a drill is given up; at most 22 hours.
   *
   * @default Duration.hours(6)
   */
  readonly timeLimit?: Duration;

  /**
   * Age from which the newest backup is too old, so that the drill fails. It must leave room for a backup that takes as
   * long as it may, and the drill must fail before half of the life of the shortest tier's copies.
   *
   * @default Duration.hours(30)
   */
  readonly maxAge?: Duration;

  /**
   * Name of a ServiceAccount that is there already, for the drill. It needs to list and read objects.
   *
   * @default - one of its own, with the name of the backup and `-drill`, for a pod identity association
   */
  readonly serviceAccountName?: string;

  /**
   * Name of a Secret with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, for the drill.
   *
   * @default - what the service account is given
   */
  readonly credentialsSecretName?: string;
}

/** Where a job keeps a dump, encrypted and not, and a drill its server: three times the dump, and the database. */
export interface BackupScratch {
  /**
   * Size; whole mebibytes. A pod that needs more is evicted, or its disk full, and the job fails.
   *
   * @default Size.gibibytes(20)
   */
  readonly size?: Size;

  /**
   * Takes a volume of this class for as long as the pod lives, for what is too large for the node's disk.
   *
   * @default - the node's own disk
   */
  readonly storageClassName?: string;
}
