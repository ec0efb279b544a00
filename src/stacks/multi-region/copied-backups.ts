import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsKmsKey } from '@cdktf/provider-aws/lib/data-aws-kms-key';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { TARGETS } from '../web-application/targets';
import { documentNames } from './automation';
import { databaseName } from './global-database';
import type { Settings } from './props';

/**
 * Snapshots and logs of the database at home, copied here as they come. It belongs to this region's stack: the database at home is
 * known by its name, so that the copies are there, and known to Terraform, when home is not.
 */
export class CopiedBackups extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly application: string;
      readonly home: string;
      readonly settings: Settings;
      readonly kmsKeyArn: string | undefined;
    },
  ) {
    super(scope, id);
    const { application, home, settings, kmsKeyArn } = props;
    const identifier = databaseName(application, 'database');
    const { accountId } = new DataAwsCallerIdentity(this, 'Account', {});
    const { partition } = new DataAwsPartition(this, 'Partition', {});
    const retention = settings.database.backups?.retention;
    const replication = new DbInstanceAutomatedBackupsReplication(this, 'Resource', {
      sourceDbInstanceArn: `arn:${partition}:rds:${home}:${accountId}:db:${identifier}`,
      kmsKeyId: kmsKeyArn ?? new DataAwsKmsKey(this, 'AccountKey', { keyId: 'alias/aws/rds' }).arn,
      retentionPeriod: retention?.toDays() ?? TARGETS['99.95%'].restorableDays,
      lifecycle: { ...(!settings.allowDestroy && { preventDestroy: true }) },
    });
    new TerraformOutput(scope, 'copied_backups', { value: replication.id });
    new SsmDocument(this, 'FindBackups', {
      name: documentNames(application).findBackups,
      documentType: 'Automation',
      documentFormat: 'JSON',
      content: JSON.stringify(findBackups(identifier)),
      tags: { Name: `${this.node.path}/FindBackups`, ...settings.tags },
    });
  }
}

/** Answers which backups there are, and until when they reach: what the runbook asks first. It changes nothing. */
function findBackups(identifier: string) {
  const output = (name: string, selector: string) => ({
    ...{ Name: name, Type: 'String' },
    Selector: `$.DBInstanceAutomatedBackups[0].${selector}`,
  });
  return {
    schemaVersion: '0.3',
    description: 'Finds the copied backups of the database, and until when they reach.',
    mainSteps: [
      {
        name: 'FindBackups',
        action: 'aws:executeAwsApi',
        inputs: { Service: 'rds', Api: 'DescribeDBInstanceAutomatedBackups', DBInstanceIdentifier: identifier },
        outputs: [output('Arn', 'DBInstanceAutomatedBackupsArn'), output('Until', 'RestoreWindow.LatestTime')],
      },
    ],
    outputs: ['FindBackups.Arn', 'FindBackups.Until'],
  };
}
