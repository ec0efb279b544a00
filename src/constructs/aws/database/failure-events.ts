import { DbEventSubscription } from '@cdktf/provider-aws/lib/db-event-subscription';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { rdsPrefix } from './parts';
import type { Settings } from './props';

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
const OF_AN_INSTANCE = [
  ...['availability', 'deletion', 'failover', 'failure', 'low storage', 'maintenance', 'notification'],
  ...['read replica', 'recovery'],
];
const OF_A_CLUSTER = ['failover', 'failure', 'maintenance', 'notification'];
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
const OF_AURORA = ['deletion', 'failover', 'failure', 'global-failover', 'maintenance', 'notification'];
/** Of an instance in a cluster: failovers are events of the cluster. */
const OF_A_MEMBER = ['availability', 'failure', 'low storage', 'recovery'];

/** Whose events. */
export interface EventSources {
  /** Identifier of the cluster; none without one. */
  readonly clusterIdentifier: string | undefined;
  /** Identifiers of the instances that Terraform knows. */
  readonly instanceIdentifiers: readonly string[];
}

/** Tells a topic of failovers, failures and full disks. */
export class FailureEvents extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly databaseId: string; readonly sources: EventSources; readonly settings: Settings },
  ) {
    super(scope, id);
    const { databaseId, settings } = props;
    const { clusterIdentifier, instanceIdentifiers } = props.sources;
    const subscribe = (part: string, sourceType: string, sourceIds: readonly string[], categories: string[]) =>
      new DbEventSubscription(this, part, {
        namePrefix: rdsPrefix(databaseId, 100),
        snsTopic: settings.notificationTopicArn ?? '',
        sourceType,
        sourceIds: [...sourceIds],
        eventCategories: categories,
        ...named(this, part, settings),
      });
    if (clusterIdentifier !== undefined) {
      const categories = settings.topology === 'aurora' ? OF_AURORA : OF_A_CLUSTER;
      subscribe('Cluster', 'db-cluster', [clusterIdentifier], categories);
    }
    if (instanceIdentifiers.length > 0) {
      const categories = clusterIdentifier === undefined ? OF_AN_INSTANCE : OF_A_MEMBER;
      subscribe('Instances', 'db-instance', instanceIdentifiers, categories);
    }
  }
}
