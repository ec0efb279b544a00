import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import type { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import type { Construct } from 'constructs';
import type { TopologyProps } from './parts';
import { AuroraCluster, ReadableCluster, StandbyInstance } from './topologies';

/** What a topology comes to. */
export interface Server {
  /** The instance; none in a cluster. */
  readonly instance: DbInstance | undefined;
  /** The cluster; none for an instance. */
  readonly cluster: RdsCluster | undefined;
  /** Every instance that Terraform knows. */
  readonly instances: readonly (DbInstance | RdsClusterInstance)[];
  /** The Aurora cluster; none in another topology. */
  readonly aurora: AuroraCluster | undefined;
}

/** Builds the servers of a topology. */
export function buildServer(owner: Construct, props: TopologyProps): Server {
  const { topology } = props.settings;
  switch (topology) {
    case 'instance': {
      const { instance } = new StandbyInstance(owner, 'Instance', props);
      return { instance, cluster: undefined, instances: [instance], aurora: undefined };
    }
    case 'cluster': {
      const { cluster } = new ReadableCluster(owner, 'Cluster', props);
      return { instance: undefined, cluster, instances: [], aurora: undefined };
    }
    case 'aurora': {
      const aurora = new AuroraCluster(owner, 'Cluster', props);
      return { instance: undefined, cluster: aurora.cluster, instances: aurora.instances, aurora };
    }
    default: {
      const unknown: never = topology;
      throw new Error(`topology ${String(unknown)} is not known`);
    }
  }
}
