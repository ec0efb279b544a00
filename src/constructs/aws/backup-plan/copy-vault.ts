import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { Construct } from 'constructs';
import { policyDocument } from '../iam';
import type { Settings } from './props';
import { LockedVault, type VaultProps } from './vault';

/** The second vault, which gets copies from the first; from another account only where its policy lets it. */
export class CopyVault extends Construct {
  /** ARN of the vault. */
  public readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly settings: Settings; readonly vault: VaultProps; readonly partition: string },
  ) {
    super(scope, id);
    const { settings, partition } = props;
    const { copyTo, provider } = settings;
    const there = copyTo?.provider;
    const vault = new LockedVault(this, 'Vault', { ...props.vault, provider: there, kmsKeyArn: copyTo?.kmsKeyArn });
    this.arn = vault.arn;
    if (copyTo?.accountId === undefined) return;
    const { accountId } = new DataAwsCallerIdentity(this, 'From', { provider });
    new BackupVaultPolicy(this, 'Policy', {
      backupVaultName: vault.vaultName,
      policy: policyDocument([
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
          Action: ['backup:CopyIntoBackupVault'],
          Resource: ['*'],
        },
      ]),
      provider: there,
    });
  }
}
