import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { type AwsProps, named } from '../aws-props';
import { assumedBy } from '../iam';
import { namePrefix } from '../naming';

/** What AWS Backup does in a role: its managed policies, which grow with what it can protect. */
const POLICIES = {
  backup: { usual: 'service-role/AWSBackupServiceRolePolicyForBackup', s3: 'AWSBackupServiceRolePolicyForS3Backup' },
  restore: {
    usual: 'service-role/AWSBackupServiceRolePolicyForRestores',
    s3: 'AWSBackupServiceRolePolicyForS3Restore',
  },
} as const;

/** A role of AWS Backup: to take backups, or to restore them. */
export class BackupRole extends Construct {
  /** ARN of the role. */
  public readonly arn: string;

  private readonly roleName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AwsProps & {
      readonly planId: string;
      readonly does: keyof typeof POLICIES;
      readonly partition: string;
    },
  ) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', {
      namePrefix: namePrefix(`${props.planId}-${props.does}`, 38),
      assumeRolePolicy: assumedBy('backup.amazonaws.com'),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, '', props),
    });
    this.arn = role.arn;
    this.roleName = role.name;
    this.attach('Policy', POLICIES[props.does].usual);
  }

  /** Lets it do the same with buckets, which AWS keeps in policies of their own. */
  public includeBuckets(): void {
    if (this.node.tryFindChild('BucketPolicy')) return;
    this.attach('BucketPolicy', POLICIES[this.props.does].s3);
  }

  private attach(id: string, policy: string): void {
    new IamRolePolicyAttachment(this, id, {
      role: this.roleName,
      policyArn: `arn:${this.props.partition}:iam::aws:policy/${policy}`,
      provider: this.props.provider,
    });
  }
}
