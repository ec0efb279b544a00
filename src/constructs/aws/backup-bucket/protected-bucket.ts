import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { encryptionKey } from '../encryption-key';
import { policyDocument, type Statement } from '../iam';
import { namePrefix } from '../naming';
import { bucketStatements } from './bucket-policy';
import { lifecycleRules, shortestLife } from './lifecycle';
import { lockMode, type Settings } from './props';

/** What a bucket of backups is made from, here and in another region. */
export interface ProtectedBucketProps {
  /** Construct id of the whole, for names. */
  readonly backupId: string;
  /** Props of the whole; of a replica with what differs there. */
  readonly settings: Settings;
  /**
   * Policy of the key that is made when none is given.
   *
   * @default - IAM says who in the account may use it
   */
  readonly keyPolicy?: string;
  /**
   * Statements of the bucket's policy beyond those that protect it.
   *
   * @default - none
   */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/** A bucket whose objects are encrypted, private, versioned, and gone for good only when their time has come. */
export class ProtectedBucket extends Construct {
  /** The bucket. */
  public readonly bucket: S3Bucket;
  /** ARN of the bucket. */
  public readonly arn: string;
  /** ARN of the key. */
  public readonly keyArn: string;
  /** What must be there before anything replicates. */
  public readonly ready: readonly ITerraformDependable[];

  private readonly settings: Settings;

  constructor(scope: Construct, id: string, props: ProtectedBucketProps) {
    super(scope, id);
    const { backupId, settings } = props;
    const { provider, allowDestroy, bucketName } = settings;
    const key =
      settings.kmsKeyArn ?? encryptionKey(this, 'Key', `Backups of ${scope.node.path}`, settings, props.keyPolicy);
    this.bucket = new S3Bucket(this, 'Resource', {
      ...(bucketName === undefined ? { bucketPrefix: bucketPrefix(backupId) } : { bucket: bucketName }),
      forceDestroy: allowDestroy ?? false,
      lifecycle: protectedLifecycle(allowDestroy),
      dependsOn: typeof key === 'string' ? [] : [key], // the key goes last: a bucket that is full of copies stays
      ...named(this, '', settings),
    });
    const bucket = this.bucket.id;
    this.arn = this.bucket.arn;
    this.keyArn = typeof key === 'string' ? key : key.arn;

    const access = new S3BucketPublicAccessBlock(this, 'PublicAccess', {
      bucket,
      ...{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      provider,
    });
    const ownership = new S3BucketOwnershipControls(this, 'Ownership', {
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
      dependsOn: [access],
      provider,
    });
    const versioning = new S3BucketVersioningA(this, 'Versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
      provider,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: this.keyArn },
          bucketKeyEnabled: true, // one request to KMS for many objects
        },
      ],
      provider,
    });
    const policy = new S3BucketPolicy(this, 'Policy', {
      bucket,
      policy: policyDocument([
        ...bucketStatements(this.arn, this.keyArn, allowDestroy ?? false),
        ...(props.statements?.(this.arn) ?? []),
      ]),
      dependsOn: [ownership, versioning], // at the same time, S3 refuses one of them (terraform-aws-s3-bucket#227)
      provider,
    });
    const lock = settings.immutable ? objectLock(this, bucket, settings, versioning) : undefined;
    // AWS Backup stops its continuous backups in silence without these events
    new S3BucketNotification(this, 'Events', { bucket, eventbridge: true, provider });
    this.ready = [versioning, policy, ...(lock ? [lock] : [])];
    this.settings = settings;
  }

  /**
   * Rotates the copies.
   *
   * @param after what must be there first: made beside a replication, S3 loses one of them (terraform-aws-s3-bucket#361)
   */
  public rotate(after: readonly ITerraformDependable[] = []): void {
    new S3BucketLifecycleConfiguration(this, 'Rotation', {
      bucket: this.bucket.id,
      rule: lifecycleRules(this.settings),
      dependsOn: [...this.ready, ...after],
      provider: this.settings.provider,
    });
  }
}

/** Set after the bucket was made: said with it, a later change would make the bucket anew (terraform-aws-s3-bucket#380). */
function objectLock(
  scope: Construct,
  bucket: string,
  settings: Settings,
  versioning: ITerraformDependable,
): S3BucketObjectLockConfigurationA {
  const { lockFor, retention, provider } = settings;
  return new S3BucketObjectLockConfigurationA(scope, 'Lock', {
    bucket,
    rule: { defaultRetention: { mode: lockMode(settings), days: lockFor?.toDays() ?? shortestLife(retention) } },
    dependsOn: [versioning],
    provider,
  });
}

/** Start of a name that S3 takes, and that Terraform makes unique. */
function bucketPrefix(id: string): string {
  const prefix = namePrefix(id, 37).toLowerCase();
  return /^(sthree|amzn-s3-demo)-/.test(prefix) ? namePrefix(`backup-${prefix}`, 37) : prefix; // S3 keeps these for itself
}
