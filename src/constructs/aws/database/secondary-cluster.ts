import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { regionOf } from '../network/zones';
import type { ConnectionSource } from '../security-rules';
import { copyLag, watch } from './alarms';
import { type AuroraCluster, auroraConfig, auroraInstances, membership, watchAurora } from './aurora-cluster';
import { FailureEvents } from './failure-events';
import { madeOnce, type PossibleSettings, placement } from './parts';
import { allowToReach, type CopyProps, type DatabaseCopy, settingsThere } from './region-copy';

/** The second cluster of an Aurora global database, with an instance in every zone of another region. */
export class SecondaryCluster extends Construct implements DatabaseCopy {
  /** The cluster. */
  public readonly cluster: RdsCluster;
  public readonly endpoint: string;
  public readonly readerEndpoint: string;
  public readonly securityGroup: SecurityGroup;

  private readonly settings: PossibleSettings;

  constructor(scope: Construct, id: string, props: CopyProps & { readonly primary: AuroraCluster }) {
    super(scope, id);
    const { databaseId, primary } = props;
    const settings = settingsThere(this, props);
    const where = placement(this, databaseId, settings);
    const topology = { ...props, settings, placement: where };
    this.cluster = new RdsCluster(this, 'Resource', {
      ...auroraConfig(this, topology),
      engineVersion: primary.cluster.engineVersionActual, // the very minor version of the first cluster
      globalClusterIdentifier: primary.global?.id,
      // without it: "Source cluster … is encrypted; pre-signed URL has to be specified" (terraform-provider-aws#13715)
      sourceRegion: regionOf(props.settings.subnets[0]?.zone ?? ''),
      lifecycle: madeOnce(settings, ['cluster_identifier_prefix', 'source_region', ...membership(settings)]),
      ...named(this, '', settings),
    });
    const instances = auroraInstances(this, this.cluster, topology);
    const { clusterIdentifier } = this.cluster;
    watchAurora(this, this.cluster, settings);
    const follows = { name: clusterIdentifier, dimensions: [{ DBClusterIdentifier: clusterIdentifier }] };
    watch(this, follows, [copyLag('AuroraGlobalDBReplicationLag', LONG_LAG)], settings);
    if (settings.notificationTopicArn !== undefined) {
      const sources = { clusterIdentifier, instanceIdentifiers: instances.map(({ identifier }) => identifier) };
      new FailureEvents(this, 'Events', { databaseId, sources, settings });
    }
    this.endpoint = this.cluster.endpoint;
    this.readerEndpoint = this.cluster.readerEndpoint;
    this.securityGroup = where.securityGroup;
    this.settings = settings;
  }

  public allowFrom(source: ConnectionSource): void {
    allowToReach(this, source, this.settings);
  }
}

/** Milliseconds by which the cluster may be behind: usually well below 1000. */
const LONG_LAG = 60_000;
