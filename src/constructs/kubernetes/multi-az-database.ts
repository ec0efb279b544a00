import { ApiObject } from 'cdk8s/lib/api-object';
import { Chart } from 'cdk8s/lib/chart';
import { Names } from 'cdk8s/lib/names';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import { clusterSpec, objectStoreSpec, scheduledBackupSpec } from './database/cluster';
import { ownPolicySpec, POSTGRES, type PodSource, sourcePolicySpec } from './database/network';
import { problemsIn } from './database/problems';
import { type MultiAZDatabaseProps, withDefaults } from './database/props';
import { warningsOf } from './database/warnings';
import type { BackedUpDatabase } from './database-backup/prop-parts';
import { objectName } from './naming';

/**
 * PostgreSQL on CloudNativePG that goes on when a zone is lost, and loses no acknowledged write.
 *
 * An instance in every zone; a write is acknowledged when half of the standbys hold it too, and only a standby that has
 * every acknowledged write takes over. Any second of two weeks can be restored from an archive in S3. It needs the
 * operator (1.28 or later) and its Barman Cloud plugin. See `examples/shop-kubernetes.ts`, and
 * `docs/kubernetes-database.md` for what is left to you.
 */
export class MultiAZDatabase extends Construct {
  /** Name of the cluster, and of its other objects. */
  public readonly clusterName: string;
  /** Host that writes; it stays the same through a failover. */
  public readonly endpoint: string;
  /** Host that spreads reads over the standbys. */
  public readonly readerEndpoint: string;
  /** Port of both. */
  public readonly port: number = POSTGRES;
  /** Secret with the user that owns the database: `username`, `password`, `uri` and more. The operator makes it. */
  public readonly secretName: string;
  /** Secret with the authority that signed the servers' certificates, as `ca.crt`. The operator makes it. */
  public readonly caSecretName: string;
  /** How a `DatabaseBackup` reaches it: on a standby, with the user that owns the database. */
  public readonly connection: BackedUpDatabase;
  /** Labels that its instances carry, and no other pods in the namespace. */
  public readonly selector: Readonly<Record<string, string>>;
  /** The Cluster. */
  public readonly cluster: ApiObject;
  /** What was chosen against availability or durability; one sentence each. */
  public readonly warnings: readonly string[];

  constructor(scope: Construct, id: string, props: MultiAZDatabaseProps) {
    super(scope, id);
    const settings = withDefaults(props);
    const name = settings.name ?? objectName(this, LONGEST_NAME);
    InvalidPropsError.throwIfAny(problemsIn(props, settings, name), this);
    const { backups } = settings;
    const selector = { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' };
    const ofCluster = { 'cnpg.io/cluster': name }; // the jobs that make an instance too
    const object = (childId: string, apiVersion: string, kind: string, spec: object) =>
      new ApiObject(this, childId, {
        ...{ apiVersion, kind, spec },
        metadata: { name, labels: { 'app.kubernetes.io/instance': name } },
      });

    if (backups) object('Archive', 'barmancloud.cnpg.io/v1', 'ObjectStore', objectStoreSpec(backups));
    this.cluster = object('Resource', 'postgresql.cnpg.io/v1', 'Cluster', clusterSpec(settings, name));
    if (backups) object('Schedule', 'postgresql.cnpg.io/v1', 'ScheduledBackup', scheduledBackupSpec(backups, name));
    if (!settings.allowUnmonitored) {
      object('Monitor', 'monitoring.coreos.com/v1', 'PodMonitor', {
        selector: { matchLabels: { ...selector } },
        podMetricsEndpoints: [{ port: 'metrics' }],
      });
    }
    const policy = ownPolicySpec(ofCluster, settings.operatorNamespace);
    object('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', policy);

    this.node.defaultChild = this.cluster;
    this.clusterName = name;
    this.endpoint = `${name}-rw`;
    this.readerEndpoint = `${name}-ro`;
    this.secretName = `${name}-app`;
    this.caSecretName = `${name}-ca`;
    this.connection = {
      ...{ host: this.readerEndpoint, port: POSTGRES, databaseName: settings.databaseName },
      ...{ secretName: this.secretName, ca: { secret: this.caSecretName, key: 'ca.crt' } },
    };
    this.selector = selector;
    this.warnings = warningsOf(settings);
  }

  /**
   * Lets the pods of a source reach the database, on its port. Nobody else does, but the operator.
   *
   * @param source an `HAWebTier`, a `DatabaseBackup`, or anything whose pods have labels of their own
   */
  public allowFrom(source: PodSource): void {
    const { namespace } = Chart.of(source);
    const id = `From-${Names.toDnsLabel(source, { maxLen: 40 })}`;
    if (this.node.tryFindChild(id)) return;
    const elsewhere = namespace === Chart.of(this).namespace ? undefined : namespace;
    new ApiObject(this, id, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { labels: { 'app.kubernetes.io/instance': this.clusterName } },
      spec: sourcePolicySpec({ 'cnpg.io/cluster': this.clusterName }, source.selector, elsewhere),
    });
  }
}

/** With what may come before it, and what the operator adds, a Service's name. */
const LONGEST_NAME = 36;
