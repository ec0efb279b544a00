import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Capacity, Duration, Size } from 'nines';
import type { MultiAZClusterProps, ZonalNetwork } from 'nines/aws';
import { CLUSTER_AROUND } from './random-cluster';

type Full<Props> = { readonly [Prop in keyof Props]-?: NonNullable<Props[Prop]> };

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
export function fullCluster(provider: AwsProvider, network: ZonalNetwork): Full<MultiAZClusterProps> {
  const nodes: Full<NonNullable<MultiAZClusterProps['nodes']>> = {
    instanceTypes: ['m7g.large', 'm6g.large'],
    volumeSize: Size.gibibytes(80),
    releaseVersion: '1.34.1-20251112',
  };
  const access: Full<NonNullable<MultiAZClusterProps['access']>[string]> = {
    principalArn: 'arn:aws:iam::123456789012:role/operators',
    policy: 'AmazonEKSEditPolicy',
    namespaces: ['shop'],
    groups: ['operators'],
  };
  return {
    network,
    version: '1.34',
    capacity: Capacity.forPeak(4, { max: 30 }),
    nodes,
    access: { operators: access },
    publicAccessCidrs: ['203.0.113.0/24'],
    allowPublicAccessFromAnywhere: false,
    addOnVersions: { coredns: 'v1.12.4-eksbuild.1' },
    logRetention: Duration.days(365),
    kmsKeyArn: CLUSTER_AROUND.kmsKeyArn,
    notificationTopicArn: CLUSTER_AROUND.notificationTopicArn,
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}
