import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import type { RdsGlobalCluster } from '@cdktf/provider-aws/lib/rds-global-cluster';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Annotations, Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import type { BackupSource, BackupSourceDetails } from './backup-source';
import { backupDetails } from './database/backup-details';
import { hasInsights } from './database/insights';
import {
  DatabaseProxy,
  FailureEvents,
  ReadReplica,
  ReplicatedInstanceBackups,
  SecondaryCluster,
} from './database/options';
import { monitoringRole, type PossibleSettings, placement, type TopologyProps } from './database/parts';
import { problemsIn } from './database/problems';
import { groupProblems, type MultiAZDatabaseProps, type Settings, withDefaults } from './database/props';
import { allowToReach, type DatabaseCopy } from './database/region-copy';
import { buildServer, type Server } from './database/server';
import { knownRegion } from './network/zones';
import { warnIfNobodyIsTold } from './notifying-props';
import type { ConnectionSource, ConnectionTarget } from './security-rules';

/**
 * A relational database on RDS that goes on when a zone is lost, in one of three topologies.
 *
 * Every write is in two zones before it is acknowledged. A failover, or a switchover done by hand, leaves the next plan
 * empty. What it holds can be restored to any second of two weeks, and a snapshot outlives it. See `examples/shop.ts`.
 */
export class MultiAZDatabase extends Construct implements ConnectionTarget, BackupSource {
  /** Host that writes; it stays the same through a failover. */
  public readonly endpoint: string;
  /** Host that spreads reads over the standbys; none with topology `instance`, whose standby nobody can read. */
  public readonly readerEndpoint: string | undefined;
  /** Port of both. */
  public readonly port: number;
  /** ARN of the secret with the master user: JSON with `username` and `password`. Give applications users of their own. */
  public readonly secretArn: string;
  /** Security group that clients reach: the proxy's if there is one. */
  public readonly securityGroup: SecurityGroup;
  /** The instance; none in a cluster. */
  public readonly instance: DbInstance | undefined;
  /** The cluster; none with topology `instance`. */
  public readonly cluster: RdsCluster | undefined;
  /** The Aurora global database; none without one. Its `endpoint` leads to the region that writes. */
  public readonly globalCluster: RdsGlobalCluster | undefined;
  /** The copy in another region that follows; none without one. */
  public readonly copy: DatabaseCopy | undefined;

  /** What a `BackupPlan` has to know of it. */
  public readonly backup: BackupSourceDetails;

  private readonly settings: PossibleSettings;

  constructor(scope: Construct, id: string, props: MultiAZDatabaseProps) {
    super(scope, id);
    const wanted = withDefaults(props);
    const region = knownRegion(this, props.provider);
    InvalidPropsError.throwIfAny([...groupProblems(props), ...problemsIn(wanted, region)], this);
    const settings = assertPossible(wanted);
    warnOfLosses(this, settings);

    const topology: TopologyProps = {
      databaseId: id,
      settings,
      placement: placement(this, id, settings),
      monitoringRoleArn: monitoringRole(this, id, settings).arn,
    };
    const server = buildServer(this, topology);
    const { instance, cluster } = server;
    const secretArn = settings.master.secret?.arn ?? managedSecretArn(server);
    const proxy = settings.proxy ? new DatabaseProxy(this, 'Proxy', { ...topology, secretArn, server }) : undefined;
    if (settings.notificationTopicArn !== undefined) {
      new FailureEvents(this, 'Events', { databaseId: id, sources: eventSources(server), settings });
    }

    this.node.defaultChild = instance ?? cluster;
    this.endpoint = proxy?.proxy.endpoint ?? instance?.address ?? cluster?.endpoint ?? '';
    this.readerEndpoint = proxy ? proxy.readerEndpoint : cluster?.readerEndpoint;
    this.port = settings.support.port;
    this.secretArn = secretArn;
    this.securityGroup = proxy?.securityGroup ?? topology.placement.securityGroup;
    this.instance = instance;
    this.cluster = cluster;
    this.globalCluster = server.aurora?.global;
    this.copy = copyElsewhere(this, server, topology);
    this.backup = backupDetails(server, topology);
    this.settings = settings;
  }

  /** Lets the servers of a tier reach the database, on its port, with TLS. The rules belong to the database's stack. */
  public allowFrom(source: ConnectionSource): void {
    allowToReach(this, source, this.settings);
  }
}

/** What the problems did not refuse has an engine. */
function assertPossible(settings: Settings): PossibleSettings {
  const { support } = settings;
  if (!support) throw new Error(`topology ${settings.topology} has no ${settings.engine}`);
  return { ...settings, support };
}

/** Empty for one plan when RDS takes over the password from a secret of the user's: only after it is there a secret. */
function managedSecretArn({ instance, cluster }: Server): string {
  return Token.asString(Fn.try([(instance ?? cluster)?.masterUserSecret.get(0).secretArn, '']));
}

function eventSources({ cluster, instances }: Server) {
  return {
    clusterIdentifier: cluster?.clusterIdentifier,
    instanceIdentifiers: instances.map(({ identifier }) => identifier),
  };
}

function copyElsewhere(owner: Construct, server: Server, topology: TopologyProps): DatabaseCopy | undefined {
  const { settings } = topology;
  const { regionLoss: there } = settings;
  if (there?.keep === 'backups' && server.instance) {
    new ReplicatedInstanceBackups(owner, 'ReplicatedBackups', { source: server.instance, settings, there });
  }
  if (there?.keep === 'read replica' && server.instance) {
    return new ReadReplica(owner, 'Replica', { ...topology, there, source: server.instance });
  }
  if (there?.keep === 'global database' && server.aurora) {
    return new SecondaryCluster(owner, 'Secondary', { ...topology, there, primary: server.aurora });
  }
  return undefined;
}

function warnOfLosses(database: Construct, settings: PossibleSettings): void {
  const annotations = Annotations.of(database);
  warnIfNobodyIsTold(database, settings);
  if (settings.allowDestroy) {
    annotations.addWarning('allowDestroy: nothing protects the database but its final snapshot');
  }
  if (!hasInsights(settings)) {
    annotations.addWarning(
      `instanceClass ${settings.instanceClass} has no Performance Insights: slow queries leave no trace`,
    );
  }
}
