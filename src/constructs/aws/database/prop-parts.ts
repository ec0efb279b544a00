import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Duration, Size } from '../../../units';
import type { ZonalNetwork } from '../network/zonal-network';
import type { NotifyingProps } from '../notifying-props';

/** Disks of a `MultiAZDatabase`. On Aurora only `kmsKeyArn` counts: its volume grows by itself. */
export interface DatabaseStorage {
  /**
   * Size at the start, in whole GiB: from 20 on an instance with `gp3`, else from 100. With `restoreFrom` it is that
   * of the original: take `restoreFrom` out to make it larger.
   *
   * @default Size.gibibytes(100)
   */
  readonly size?: Size;

  /**
   * Size up to which an instance grows by itself when it is nearly full, in whole GiB; at least a tenth above `size`.
   * A Multi-AZ cluster cannot.
   *
   * @default - ten times `size`, at most 64 TiB
   */
  readonly max?: Size;

  /**
   * Kind of volume. Changing it would make a Multi-AZ cluster anew.
   *
   * @default 'gp3'
   */
  readonly type?: 'gp3' | 'io2';

  /**
   * Operations per second that are paid for. `io2` needs it; `gp3` takes it from 400 GiB on. On a Multi-AZ cluster,
   * AWS provider 5 can change it only together with `size`.
   *
   * @default - what the volume has by itself
   */
  readonly iops?: number;

  /**
   * ARN of the KMS key for storage, snapshots and Performance Insights; cannot be changed later. A key that is removed
   * with the database takes the final snapshot with it: keep it in another stack. An instance with `restoreFrom` has the
   * key of its original: name that one.
   *
   * @default - the account's key for RDS, which nobody can delete
   */
  readonly kmsKeyArn?: string;
}

/** The master user of a `MultiAZDatabase`. */
export interface DatabaseMaster {
  /**
   * Name of the user: up to 16 letters, digits and `_`. Counts when the database is made, never again.
   *
   * @default 'dbadmin'
   */
  readonly username?: string;

  /**
   * A secret of yours: for what RDS refuses with a password that it manages itself.
   *
   * @default - RDS makes the password, keeps it and changes it
   */
  readonly secret?: DatabaseSecret;
}

/**
 * A secret in Secrets Manager: JSON with the key `password`, and `username` too when there is a proxy. Terraform
 * (1.11 or later) reads it while it runs, and keeps it in no state and no plan.
 */
export interface DatabaseSecret {
  /** ARN of the secret, in the region of the database. */
  readonly arn: string;
  /** Raise it whenever the secret has changed: Terraform cannot see that by itself. Whole, at least 1. */
  readonly version: number;
}

/** How far back a `MultiAZDatabase` can be restored. */
export interface DatabaseBackups {
  /**
   * How long any second of the past can be restored, from 1 to 35 days.
   *
   * @default Duration.days(14)
   */
  readonly retention?: Duration;

  /**
   * When the daily snapshot is taken (UTC), at least 30 minutes.
   *
   * @default '02:00-03:00'
   */
  readonly window?: string;

  /**
   * Lets a `BackupPlan` take continuous backups into its vault; not of a Multi-AZ cluster. It then sets retention and
   * window in RDS itself, so these are set once and not compared again.
   *
   * @default false
   */
  readonly continuousByPlan?: boolean;
}

/** When and how RDS installs what is new in a `MultiAZDatabase`. */
export interface DatabaseMaintenance {
  /**
   * When RDS may restart it (UTC), at least 30 minutes, not during the window of the backups. The instances of an
   * Aurora cluster and those in another region take turns: the next one a day later.
   *
   * @default 'sun:04:00-sun:05:00'
   */
  readonly window?: string;

  /**
   * Lets `engineVersion` name the next major version, installed by the deployment with minutes of downtime, and no way
   * back but a restore. While it is true, every other change is made at once too, not in the window: take it out after.
   * Not with a copy in another region that follows.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Changes by way of a copy that takes over when it is ready (`instance` only). RDS refuses it with a password that
   * it manages itself, with a proxy, and with a replica in another region.
   *
   * @default false
   */
  readonly blueGreenUpdate?: boolean;
}

/**
 * A snapshot that a `MultiAZDatabase` is made from. An Aurora cluster takes logins by IAM with the deployment after: AWS
 * provider 5 leaves them out when it restores one.
 */
export interface DatabaseSnapshot {
  /** Name or ARN of the snapshot. */
  readonly snapshot: string;
}

/** Another database, as it was at some time, that a `MultiAZDatabase` is made from. */
export interface DatabaseMoment {
  /**
   * Identifier of the instance (`instance`) or of the cluster (`aurora`). One that was removed goes by its resource id,
   * `db-…` or `cluster-…`; backups in this region of an instance elsewhere by their ARN, `arn:…:auto-backup:…`.
   */
  readonly source: string;
  /**
   * The time, as in `2026-11-25T02:00:00Z`.
   *
   * @default - the latest that can be restored, some 5 minutes ago
   */
  readonly time?: string;
}

/** Who may log in to the proxy of a `MultiAZDatabase`, beside the master user. */
export interface DatabaseProxyUsers {
  /** ARNs of secrets, each JSON with `username` and `password`: the users that applications connect as. */
  readonly userSecretArns: readonly string[];
}

/** Copies of the backups in another region (`instance` only): restored by hand, to some 5 minutes before the loss. */
export interface ReplicatedBackups {
  /** What is kept there. */
  readonly keep: 'backups';
  /** Provider of the other region. */
  readonly provider: AwsProvider;
  /**
   * ARN of the KMS key there.
   *
   * @default - the account's key for RDS there
   */
  readonly kmsKeyArn?: string;
}

/**
 * A copy in another region that follows within seconds and is promoted by hand: a read replica of an `instance`, with a
 * standby of its own, or a second cluster of a global database (`aurora`).
 */
export interface RegionalReplica extends NotifyingProps {
  /** What is kept there. */
  readonly keep: 'read replica' | 'global database';
  /** Provider of the other region. */
  readonly provider: AwsProvider;
  /** Network there. */
  readonly network: ZonalNetwork;
  /**
   * Zones there, as `zones` of the database.
   *
   * @default - all zones of the network that have a data subnet
   */
  readonly zones?: readonly string[];
  /**
   * ARN of the KMS key there.
   *
   * @default - the account's key for RDS there
   */
  readonly kmsKeyArn?: string;
}
