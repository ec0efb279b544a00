import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { Construct } from 'constructs';
import { protectedLifecycle } from '../aws-props';
import { accountKeyArn } from './parts';
import type { ReplicatedBackups } from './prop-parts';
import type { Settings } from './props';

/** Snapshots and logs of an instance, copied to another region as they come, and kept there as long as here. */
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
      lifecycle: protectedLifecycle(settings.allowDestroy), // any change starts it anew, without what it has
      provider: there.provider,
    });
  }
}
