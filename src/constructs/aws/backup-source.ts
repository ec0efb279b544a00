/** Something that a `BackupPlan` can protect. */
export interface BackupSource {
  /** What AWS Backup has to know of it. */
  readonly backup: BackupSourceDetails;
}

/** What AWS Backup has to know of something that it protects. */
export interface BackupSourceDetails {
  /** ARN of the resource. */
  readonly arn: string;
  /** AWS Backup's name of its kind. */
  readonly kind: 'Aurora' | 'RDS' | 'S3';
  /** Whether AWS Backup takes continuous backups of it, from which any second can be restored. */
  readonly continuous: boolean;
  /**
   * Why AWS Backup cannot copy its backups to another region or account.
   *
   * @default - it can
   */
  readonly noCopies?: string;
  /** Whether a key of the account's own encrypts it, without which no other account can read a copy. */
  readonly hasOwnKey: boolean;
  /**
   * Where a drill restores it to, in the words of AWS Backup.
   *
   * @default - what AWS Backup infers
   */
  readonly restoreMetadata?: Readonly<Record<string, string>>;
  /**
   * When it refuses backups: its windows, as RDS writes them.
   *
   * @default - never
   */
  readonly busy?: { readonly daily: string; readonly weekly: string };
}
