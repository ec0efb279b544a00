import type { TerraformStack } from 'cdktf';
import {
  BackupPlan,
  HAWebTier,
  MultiAZDatabase,
  type MultiAZDatabaseProps,
  MultiAZNetwork,
  SessionStore,
  type ZonalNetwork,
} from '../../constructs/aws';
import { type Capacity, Retention } from '../../intent';
import { Duration } from '../../units';
import { capacityFor, type Settings } from './props';

/** The network of a stack. */
export function buildNetwork(stack: TerraformStack, settings: Settings): MultiAZNetwork {
  const { zones, redundancy, network, allowDestroy, tags } = settings;
  return new MultiAZNetwork(stack, 'Network', {
    ...{ ...network, zones, allowDestroy, tags },
    allowNatSinglePointOfFailure: redundancy.natInEveryZone ? undefined : zones[0],
  });
}

/** The servers of a stack, and their load balancer. */
export function buildServers(
  stack: TerraformStack,
  settings: Settings,
  network: ZonalNetwork,
  capacity: Capacity = settings.servers.capacity,
): HAWebTier {
  const { servers, redundancy, allowDestroy, tags } = settings;
  const over = capacityFor(capacity, redundancy);
  return new HAWebTier(stack, 'Web', { ...servers, capacity: over, network, allowDestroy, tags });
}

/** The database of a stack in its topology, open to the servers; `single` is an instance whose standby is taken away. */
export function buildDatabase(
  stack: TerraformStack,
  settings: Settings,
  { network, web }: { readonly network: ZonalNetwork; readonly web: HAWebTier },
  changes: Partial<MultiAZDatabaseProps> = {},
): MultiAZDatabase {
  const { database: said, redundancy, choice } = settings;
  const database = new MultiAZDatabase(stack, 'Database', {
    ...{ ...said, network, ...watched(settings) },
    topology: redundancy.database === 'single' ? 'instance' : redundancy.database,
    backups: { ...said.backups, retention: said.backups?.retention ?? Duration.days(choice.restorableDays) },
    ...changes,
  });
  if (redundancy.database === 'single' && database.instance) database.instance.multiAz = false;
  database.allowFrom(web);
  return database;
}

/** The session store of a stack, open to the servers; none where there are no sessions. */
export function buildSessions(
  stack: TerraformStack,
  settings: Settings,
  { network, web }: { readonly network: ZonalNetwork; readonly web: HAWebTier },
): SessionStore | undefined {
  const { sessions: said, redundancy } = settings;
  if (said === false) return undefined;
  const replicas = redundancy.sessionReplicas;
  const sessions = new SessionStore(stack, 'Sessions', { ...said, replicas, network, ...watched(settings) });
  sessions.allowFrom(web);
  return sessions;
}

/** Backups of the database of a stack. */
export function buildBackups(stack: TerraformStack, settings: Settings, database: MultiAZDatabase): BackupPlan {
  const { backups: said, choice } = settings;
  const retention = said?.retention ?? Retention.gfs(choice.retention);
  const plan = new BackupPlan(stack, 'Backups', { ...said, retention, ...watched(settings) });
  plan.protect(database);
  return plan;
}

function watched({ allowDestroy, tags, notificationTopicArn }: Settings) {
  return { allowDestroy, tags, notificationTopicArn };
}
