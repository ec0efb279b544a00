import { DataAwsKmsKey } from '@cdktf/provider-aws/lib/data-aws-kms-key';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { TARGETS } from '../web-application/targets';
import { automationDocument, documentNames } from './automation';
import { accountOf } from './global-database';
import type { Settings } from './props';

/**
 * Snapshots and logs of the database of another region, copied here as they come. It belongs to this region's stack: the database
 * there is known by its name, so that the copies are there, and known to Terraform, when it is not.
 */
export class CopiedBackups extends Construct {
  /** ARN of the copies. */
  public readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly application: string;
      /** The region of the database. */
      readonly of: string;
      readonly settings: Settings;
      readonly kmsKeyArn: string | undefined;
    },
  ) {
    super(scope, id);
    const { application, of, settings, kmsKeyArn } = props;
    const retention = settings.database.backups?.retention;
    const replication = new DbInstanceAutomatedBackupsReplication(this, 'Resource', {
      sourceDbInstanceArn: accountOf(this, application).arnOf(of, 'db', 'database'),
      kmsKeyId: kmsKeyArn ?? new DataAwsKmsKey(this, 'AccountKey', { keyId: 'alias/aws/rds' }).arn,
      retentionPeriod: retention?.toDays() ?? TARGETS['99.95%'].restorableDays,
      lifecycle: { ...(!settings.allowDestroy && { preventDestroy: true }) },
    });
    this.arn = replication.id;
  }
}

/** Publishes the copies that would be restored here, and a document that answers until when they reach. It changes nothing. */
export function publishCopies(
  scope: Construct,
  { arn, application, settings }: { readonly arn: string; readonly application: string; readonly settings: Settings },
): void {
  new TerraformOutput(scope, 'copied_backups', { value: arn });
  const output = (name: string, selector: string) => ({
    ...{ Name: name, Type: 'String' },
    Selector: `$.DBInstanceAutomatedBackups[0].${selector}`,
  });
  automationDocument(scope, 'FindBackups', settings.tags, {
    name: documentNames(application).findBackups,
    description: 'Finds the copied backups of the database, and until when they reach.',
    mainSteps: [
      {
        name: 'FindBackups',
        action: 'aws:executeAwsApi',
        // by their ARN: by the name of the database there may be older ones, too
        inputs: { Service: 'rds', Api: 'DescribeDBInstanceAutomatedBackups', DBInstanceAutomatedBackupsArn: arn },
        outputs: [output('Arn', 'DBInstanceAutomatedBackupsArn'), output('Until', 'RestoreWindow.LatestTime')],
      },
    ],
    outputs: ['FindBackups.Arn', 'FindBackups.Until'],
  });
}

/** Whether an ARN is that of copied backups. */
export function areCopies(arn: string | undefined): boolean {
  return arn !== undefined && /:auto-backup:/.test(arn);
}
