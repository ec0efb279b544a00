import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import type { ConnectionSource } from '../security-rules';
import { type AuroraCluster, auroraInstances, MEMBER } from './aurora-cluster';
import { memberConfig } from './cluster-config';
import { clusterParameters } from './parameter-groups';
import { finalSnapshotIdentifier, type PossibleSettings, placement, rdsPrefix } from './parts';
import { allowToCopy, type CopyProps, type DatabaseCopy, settingsThere } from './region-copy';

/** The second cluster of an Aurora global database, with an instance in every zone of another region. */
export class SecondaryCluster extends Construct implements DatabaseCopy {
  /** The cluster. */
  public readonly cluster: RdsCluster;
  public readonly endpoint: string;
  public readonly securityGroup: SecurityGroup;

  private readonly settings: PossibleSettings;

  constructor(scope: Construct, id: string, props: CopyProps & { readonly primary: AuroraCluster }) {
    super(scope, id);
    const { databaseId, primary } = props;
    const settings = settingsThere(this, props);
    const where = placement(this, databaseId, settings.network, settings);
    this.cluster = new RdsCluster(this, 'Resource', {
      ...memberConfig({ ...props, settings, placement: where }),
      globalClusterIdentifier: primary.global?.id,
      clusterIdentifierPrefix: rdsPrefix(databaseId, 37),
      dbClusterParameterGroupName: clusterParameters(this, databaseId, settings),
      kmsKeyId: settings.kmsKeyArn,
      preferredMaintenanceWindow: settings.maintenance.window,
      finalSnapshotIdentifier: finalSnapshotIdentifier(this, databaseId),
      lifecycle: {
        preventDestroy: settings.allowDestroy ? undefined : true,
        ignoreChanges: MEMBER,
      },
      dependsOn: [...primary.instances], // an empty first cluster cannot be followed, nor outlived
      ...named(this, '', settings),
    });
    auroraInstances(this, this.cluster, settings.network, { ...props, settings, placement: where });
    this.endpoint = this.cluster.readerEndpoint;
    this.securityGroup = where.securityGroup;
    this.settings = settings;
  }

  public allowFrom(source: ConnectionSource): void {
    allowToCopy(this, source, this.settings);
  }
}
