import { DbEventSubscription } from '@cdktf/provider-aws/lib/db-event-subscription';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { rdsPrefix } from './parts';
import type { Settings } from './props';
import type { Server } from './server';

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
const INSTANCE = ['availability', 'deletion', 'failover', 'failure', 'low storage', 'maintenance', 'recovery'];
const CLUSTER = ['failover', 'failure', 'maintenance'];
/** Of an instance in a cluster: failovers are events of the cluster. */
const MEMBER = ['availability', 'failure', 'low storage', 'recovery'];

/** Tells a topic of failovers, failures and full disks. */
export class FailureEvents extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly databaseId: string; readonly server: Server; readonly settings: Settings },
  ) {
    super(scope, id);
    const { databaseId, server, settings } = props;
    const subscribe = (part: string, sourceType: string, sourceIds: string[], eventCategories: string[]) =>
      new DbEventSubscription(this, part, {
        namePrefix: rdsPrefix(databaseId, 100),
        snsTopic: settings.notificationTopicArn ?? '',
        ...{ sourceType, sourceIds, eventCategories },
        ...named(this, part, settings),
      });
    if (server.cluster) subscribe('Cluster', 'db-cluster', [server.cluster.clusterIdentifier], CLUSTER);
    const members = server.instances.map(({ identifier }) => identifier);
    if (members.length > 0) subscribe('Instances', 'db-instance', members, server.cluster ? MEMBER : INSTANCE);
  }
}
