import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { Construct } from 'constructs';
import { accountKeyArn } from './parts';
import type { ReplicatedBackups } from './prop-parts';
import type { Settings } from './props';

/**
 * Snapshots and logs of an instance, copied to another region as they come, and kept there as long as here. Any change
 * starts it anew; what was copied before stays for its time.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.StopReplicating.html
 */
export class ReplicatedInstanceBackups extends Construct {
  /** The replication. */
  public readonly replication: DbInstanceAutomatedBackupsReplication;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly source: DbInstance; readonly settings: Settings; readonly there: ReplicatedBackups },
  ) {
    super(scope, id);
    const { source, settings, there } = props;
    this.replication = new DbInstanceAutomatedBackupsReplication(this, 'Resource', {
      sourceDbInstanceArn: source.arn,
      kmsKeyId: there.kmsKeyArn ?? accountKeyArn(this, there.provider),
      retentionPeriod: settings.backups.retention.toDays(),
      provider: there.provider,
    });
  }
}
