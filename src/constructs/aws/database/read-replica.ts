import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import type { ConnectionSource } from '../security-rules';
import { copyLag, watch } from './alarms';
import { FailureEvents } from './failure-events';
import { madeOnce, type PossibleSettings, placement } from './parts';
import { allowToReach, type CopyProps, type DatabaseCopy, settingsThere } from './region-copy';
import { instanceWatches, serverConfig, watched } from './standby-instance';

/** A read replica in another region, with a standby and backups of its own, ready to be promoted. */
export class ReadReplica extends Construct implements DatabaseCopy {
  /** The replica. */
  public readonly instance: DbInstance;
  public readonly endpoint: string;
  public readonly readerEndpoint: string;
  public readonly securityGroup: SecurityGroup;

  private readonly settings: PossibleSettings;

  constructor(scope: Construct, id: string, props: CopyProps & { readonly source: DbInstance }) {
    super(scope, id);
    const { databaseId, source } = props;
    const settings = settingsThere(this, props);
    const where = placement(this, databaseId, settings);
    this.instance = new DbInstance(this, 'Resource', {
      ...serverConfig(this, { ...props, settings, placement: where }),
      replicateSourceDb: source.arn,
      skipFinalSnapshot: true, // RDS takes none of a replica, and refuses to remove it with one
      // promoted, it replicates nothing any more; compared, every plan would want it to
      lifecycle: madeOnce(settings, ['identifier_prefix', 'replicate_source_db']),
      ...named(this, '', settings),
    });
    const watches = [...instanceWatches(settings), copyLag('ReplicaLag', LONG_LAG)];
    watch(this, watched(this.instance), watches, settings);
    if (settings.notificationTopicArn !== undefined) {
      const sources = { clusterIdentifier: undefined, instanceIdentifiers: [this.instance.identifier] };
      new FailureEvents(this, 'Events', { databaseId, sources, settings });
    }
    this.endpoint = this.instance.address;
    this.readerEndpoint = this.endpoint;
    this.securityGroup = where.securityGroup;
    this.settings = settings;
  }

  public allowFrom(source: ConnectionSource): void {
    allowToReach(this, source, this.settings);
  }
}

/** Seconds by which the replica may be behind. */
const LONG_LAG = 60;
