import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { Construct } from 'constructs';
import { type AwsProps, named, protectedLifecycle } from '../aws-props';
import { encryptionKey } from '../encryption-key';
import { uniqueName } from '../naming';

/** What a vault is made from, here and elsewhere. */
export interface VaultProps extends AwsProps {
  /**
   * ARN of the key that encrypts it.
   *
   * @default - a key of its own
   */
  readonly kmsKeyArn?: string;
  /** How long the backups in it live, in days: the shortest and the longest. */
  readonly days: { readonly min: number; readonly max: number };
  /**
   * Days after which the lock stays for ever.
   *
   * @default - it can be taken away
   */
  readonly unchangeableAfter?: number;
}

/** A vault that is encrypted, and locked: nobody deletes a backup before its time. */
export class LockedVault extends Construct {
  /** Name of the vault. */
  public readonly vaultName: string;
  /** ARN of the vault. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    const key = props.kmsKeyArn ?? encryptionKey(this, 'Key', `Backups of ${scope.node.path}`, props).arn;
    const vault = new BackupVault(this, 'Resource', {
      name: uniqueName(this, 50),
      kmsKeyArn: key, // with the account's own key for backups, RDS refuses copies
      lifecycle: protectedLifecycle(props.allowDestroy),
      ...named(this, '', props),
    });
    this.vaultName = vault.name;
    this.arn = vault.arn;
    new BackupVaultLockConfiguration(this, 'Lock', {
      backupVaultName: this.vaultName,
      minRetentionDays: props.days.min,
      maxRetentionDays: props.days.max,
      changeableForDays: props.unchangeableAfter,
      provider: props.provider,
    });
  }
}
