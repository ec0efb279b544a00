import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { policyDocument } from '../iam';
import type { BackupCopy, Settings } from './props';
import { LockedVault, type VaultProps } from './vault';

/** The second vault, which gets copies from the first; from another account only where its policy lets it. */
export class CopyVault extends Construct {
  /** ARN of the vault. */
  public readonly arn: string;
  /** What must be there before the first copy comes. */
  public readonly ready: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly settings: Settings;
      readonly copyTo: BackupCopy;
      readonly vault: VaultProps;
      readonly partition: string;
    },
  ) {
    super(scope, id);
    const { settings, copyTo, vault, partition } = props;
    const { provider, kmsKeyArn, accountId } = copyTo;
    const { arn, lock, vaultName } = new LockedVault(this, 'Vault', { ...vault, provider, kmsKeyArn });
    this.arn = arn;
    this.ready = [lock];
    if (accountId === undefined) return;
    const from = new DataAwsCallerIdentity(this, 'From', { provider: settings.provider });
    const policy = new BackupVaultPolicy(this, 'Policy', {
      backupVaultName: vaultName,
      policy: policyDocument([
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${from.accountId}:root` },
          Action: ['backup:CopyIntoBackupVault'],
          Resource: ['*'],
        },
      ]),
      provider,
    });
    this.ready = [lock, policy];
  }
}
