import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { madeOf, memberConfig, writerConfig } from './cluster-config';
import { passwordFromSecret } from './credentials';
import { clusterParameters } from './parameter-groups';
import { madeOnce, rdsPrefix, type TopologyProps } from './parts';
import { gibibytes } from './props';

/** A Multi-AZ cluster: a writer and two readable standbys in three zones. */
export class ReadableCluster extends Construct {
  /** The cluster. */
  public readonly cluster: RdsCluster;

  constructor(scope: Construct, id: string, props: TopologyProps) {
    super(scope, id);
    const { databaseId, settings } = props;
    const { storage } = settings;
    this.cluster = new RdsCluster(this, 'Resource', {
      ...memberConfig(props),
      ...writerConfig(settings, props.finalSnapshotIdentifier),
      clusterIdentifierPrefix: rdsPrefix(databaseId, 26), // 52 characters in all
      dbClusterInstanceClass: settings.instanceClass,
      dbClusterParameterGroupName: clusterParameters(this, databaseId, settings),
      storageType: storage?.type,
      allocatedStorage: storage && gibibytes(storage.size),
      iops: storage?.iops,
      lifecycle: madeOnce(settings, [
        ...madeOf(settings),
        // RDS answers what the volume has by itself, which every plan would take away (terraform-provider-aws#41203)
        ...(storage?.iops === undefined ? ['iops'] : []),
      ]),
      ...named(this, '', settings),
    });
    passwordFromSecret(this.cluster, settings, {
      password: 'master_password_wo',
      version: 'master_password_wo_version',
    });
  }
}
