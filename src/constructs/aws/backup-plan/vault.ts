import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import type { ITerraformDependable } from 'cdktf';
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
  /** Fewest days for which whatever comes into it is kept. */
  readonly shortestLife: number;
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
  /** The lock: what must be there before the first backup comes, and change before the backups do. */
  public readonly lock: ITerraformDependable;

  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    const key = props.kmsKeyArn ?? encryptionKey(this, 'Key', `Backups of ${scope.node.path}`, props).arn;
    const vault = new BackupVault(this, 'Resource', {
      name: uniqueName(this, 50),
      kmsKeyArn: key, // with the account's own key for backups, RDS refuses copies
      forceDestroy: props.allowDestroy ?? false,
      lifecycle: protectedLifecycle(props.allowDestroy),
      ...named(this, '', props),
    });
    this.vaultName = vault.name;
    this.arn = vault.arn;
    this.lock = new BackupVaultLockConfiguration(this, 'Lock', {
      backupVaultName: this.vaultName,
      minRetentionDays: props.shortestLife, // no longest life: it would forbid to keep backups for longer one day
      changeableForDays: props.unchangeableAfter,
      provider: props.provider,
    });
  }
}
