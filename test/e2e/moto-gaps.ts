/** A field that moto does not keep as AWS does, so that a second plan would want to set it again. */
export interface MotoGap {
  /** Terraform's name of the resource type. */
  readonly resource: string;
  /** Arguments whose drift is ignored. */
  readonly fields: readonly string[];
  /** What moto does instead. */
  readonly reason: string;
}

/** A resource that moto cannot make. */
export interface MotoLack {
  /** Terraform's name of the resource type. */
  readonly resource: string;
  /** The call that is missing, and what it takes along. */
  readonly reason: string;
}

/**
 * Every field whose drift the tests ignore. The whole stack is deployed; only the comparison afterwards leaves these
 * out, and a run fails when moto no longer needs a row, or needs another. `docs/e2e.md` shows this table.
 */
export const MOTO_GAPS: readonly MotoGap[] = [
  {
    resource: 'aws_autoscaling_lifecycle_hook',
    fields: ['notification_target_arn', 'role_arn'],
    reason: 'answers with a queue and a role of its own',
  },
];

/**
 * Every resource that is validated and planned, but not applied; what refers to one is left out with it. A run fails when
 * moto no longer needs a row, or needs another. `docs/e2e.md` shows this table.
 */
export const MOTO_LACKS: readonly MotoLack[] = [
  { resource: 'aws_backup_restore_testing_plan', reason: 'has no restore testing: neither plans nor selections' },
  { resource: 'aws_backup_selection', reason: 'has no `CreateBackupSelection`: nothing is assigned to a plan' },
  { resource: 'aws_backup_vault_policy', reason: 'has no `PutBackupVaultAccessPolicy`' },
  {
    resource: 'aws_db_instance_automated_backups_replication',
    reason: 'has no `StartDBInstanceAutomatedBackupsReplication`',
  },
  { resource: 'aws_route53_key_signing_key', reason: 'has no `CreateKeySigningKey`: no zone is signed' },
];
