import type { Duration, Size } from '../../../units';

/** Volumes of every instance of a `MultiAZDatabase`. */
export interface DatabaseVolumes {
  /**
   * Size for the data; whole mebibytes, at least 1 GiB. It can be raised later, never lowered.
   *
   * @default Size.gibibytes(100)
   */
  readonly size?: Size;

  /**
   * Size for the write-ahead log, which has a volume of its own: when archiving stands still, the log fills that one, and
   * not the data's. Whole mebibytes, at least 1 GiB.
   *
   * @default - a fifth of `size`
   */
  readonly walSize?: Size;

  /**
   * Name of the StorageClass. Its volumes must wait for a pod (`WaitForFirstConsumer`), so that they are in its zone.
   *
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
}

/** How far back a `MultiAZDatabase` can be restored, and from where. */
export interface DatabaseArchive {
  /**
   * Where the archive is: `s3://bucket`, with folders or without. Not the folders of a `BackupBucket`: here the
   * operator itself removes what is older than `retention`.
   */
  readonly destination: string;

  /**
   * How long any second of the past can be restored; whole days, from 1 to 365.
   *
   * @default Duration.days(14)
   */
  readonly retention?: Duration;

  /**
   * When the daily base backup is taken (UTC), from a standby.
   *
   * @default '01:00'
   */
  readonly time?: string;

  /**
   * Encryption by S3, demanded with every object.
   *
   * @default - as the bucket is set up
   */
  readonly encryption?: 'AES256' | 'aws:kms';

  /**
   * Region of the bucket.
   *
   * @default - what the nodes or the pod identity tell
   */
  readonly region?: string;

  /**
   * URL of what speaks the protocol of S3, when it is not AWS.
   *
   * @default - AWS
   */
  readonly endpointUrl?: string;

  /**
   * Name of a Secret with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
   *
   * @default - the role of the ServiceAccount, which has the name of the database: by EKS Pod Identity, or `roleArn`
   */
  readonly credentialsSecretName?: string;

  /**
   * ARN of a role for the ServiceAccount, by IRSA.
   *
   * @default - none in the ServiceAccount's annotations
   */
  readonly roleArn?: string;
}

/** Another database, as it was at some time, that a `MultiAZDatabase` is made from. */
export interface ArchivedMoment {
  /** Name of the database in the same archive; not that of the new one. */
  readonly source: string;

  /**
   * The time, as in `2026-11-25T02:00:00Z`.
   *
   * @default - the latest that was archived
   */
  readonly time?: string;
}
