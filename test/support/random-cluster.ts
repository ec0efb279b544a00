import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Capacity, type CapacityOptions, Duration, Size } from 'nines';
import {
  type ClusterAccess,
  type ClusterAccessPolicy,
  type ClusterNodes,
  MultiAZCluster,
  type MultiAZClusterProps,
  MultiAZNetwork,
  type NodesPerZone,
  type ZonalNetwork,
} from 'nines/aws';
import { Coverage } from './coverage';
import { existingNetwork, existingProps, madeNetwork, type NetworkConfig, REGION } from './random-configs';

/** A cluster as a user might write it: valid, and otherwise anything. */
export interface ClusterConfig {
  readonly network: NetworkConfig;
  readonly capacity: NodesPerZone | { readonly peak: number; readonly options: CapacityOptions };
  readonly props: Omit<MultiAZClusterProps, 'network' | 'capacity' | 'provider'>;
  /** Who reaches what, and which pods get a role. */
  readonly lets: readonly ('servers' | 'range' | 'pods' | 'autoscaler')[];
  /** Whether principals of `access` are known only after deployment. */
  readonly tokens: boolean;
  /** Whether a provider of its own is handed to every construct. */
  readonly ownProvider: boolean;
}

/** What must exist in the cloud before a config can be applied; any text will do for `terraform validate`. */
export interface ClusterSurroundings {
  readonly kmsKeyArn: string;
  readonly notificationTopicArn: string;
}

export const CLUSTER_AROUND: ClusterSurroundings = {
  kmsKeyArn: `arn:aws:kms:${REGION}:123456789012:key/0abc1234-12ab`,
  notificationTopicArn: `arn:aws:sns:${REGION}:123456789012:on-call`,
};

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildCluster(
  scope: Construct,
  config: ClusterConfig,
  around: ClusterSurroundings,
  coverage?: Coverage,
): MultiAZCluster {
  const provider = config.ownProvider
    ? new AwsProvider(scope, 'Aws', { region: REGION, alias: scope.node.id.toLowerCase() })
    : undefined;
  const network = networkOf(scope, config.network, provider);
  const written = clusterProps(config, around);
  const props: MultiAZClusterProps = {
    ...written,
    access: config.tokens ? withTokens(scope, written.access, provider) : written.access,
    network,
    provider,
  };
  coverage?.saw('MultiAZClusterProps', props);
  coverage?.saw('MultiAZClusterProps', {
    [`capacity = ${'min' in props.capacity ? 'NodesPerZone' : 'Capacity'}`]: true,
  });
  for (const one of Object.values(props.access ?? {})) coverage?.saw('ClusterAccess', one);
  const cluster = new MultiAZCluster(scope, 'Cluster', props);
  for (const what of config.lets) {
    coverage?.saw('MultiAZCluster', { [`lets ${what}`]: true });
    LETS[what](cluster, network, provider);
  }
  return cluster;
}

const LETS: Readonly<
  Record<
    ClusterConfig['lets'][number],
    (cluster: MultiAZCluster, network: ZonalNetwork, provider: AwsProvider | undefined) => void
  >
> = {
  servers: (cluster, { vpcId }, provider) => {
    const servers = new Construct(cluster.node.scope ?? cluster, 'Servers');
    const securityGroup = new SecurityGroup(servers, 'Group', { vpcId, provider });
    cluster.allowFrom(Object.assign(servers, { securityGroup }));
  },
  range: (cluster) => cluster.allowTo({ cidr: '10.9.0.0/16', port: 5432 }),
  pods: (cluster) => cluster.podRole({ namespace: 'shop', serviceAccount: 'database-backup' }),
  autoscaler: (cluster) =>
    cluster.grantScaling(cluster.podRole({ namespace: 'kube-system', serviceAccount: 'cluster.autoscaler' })),
};

/** Everything that a config may hold. */
export function clusterCoverage(): Coverage {
  return new Coverage({ 'constructs/aws/cluster/props.ts': ['MultiAZClusterProps', 'ClusterAccess'] }, [
    ...['servers', 'range', 'pods', 'autoscaler'].map((what) => `MultiAZCluster.lets ${what}`),
  ]);
}

/** Props of a config, with what is around in place of names for it. */
export function clusterProps(
  { props, capacity }: ClusterConfig,
  around: ClusterSurroundings,
): Omit<MultiAZClusterProps, 'network'> {
  return {
    ...props,
    capacity: 'min' in capacity ? capacity : Capacity.forPeak(capacity.peak, capacity.options),
    ...(props.kmsKeyArn !== undefined && { kmsKeyArn: around.kmsKeyArn }),
    ...(props.notificationTopicArn !== undefined && { notificationTopicArn: around.notificationTopicArn }),
  };
}

/** Zones of the network of a config. */
export function zonesOf({ network }: ClusterConfig): readonly string[] {
  return network.kind === 'made' ? network.props.zones : network.zones;
}

function networkOf(scope: Construct, network: NetworkConfig, provider: AwsProvider | undefined): ZonalNetwork {
  if (network.kind === 'made') return new MultiAZNetwork(scope, 'Network', { ...network.props, provider });
  return MultiAZNetwork.fromExisting(scope, 'Network', existingProps(scope, network, provider));
}

function withTokens(scope: Construct, access: MultiAZClusterProps['access'] = {}, provider?: AwsProvider) {
  const there = new Construct(scope, 'Roles');
  return Object.fromEntries(
    Object.entries(access).map(([name, one]) => {
      const role = new IamRole(there, name, { assumeRolePolicy: '{}', provider });
      return [name, { ...one, principalArn: role.arn }];
    }),
  );
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
const tags = fc.dictionary(
  word.filter((key) => key !== 'name'),
  word,
  { maxKeys: 3 },
);

const capacity: fc.Arbitrary<ClusterConfig['capacity']> = fc.oneof(
  fc
    .record({ min: fc.integer({ min: 1, max: 20 }), more: fc.nat(430) })
    .map(({ min, more }): NodesPerZone => ({ min, max: min + more })),
  fc.record({
    peak: fc.integer({ min: 1, max: 60 }),
    options: fc.record({
      allowOverloadWhenZoneLost: maybe(fc.boolean()),
      safeUse: maybe(fc.constant(0.8)),
      max: maybe(fc.constant(400)),
    }),
  }),
);

const nodes = (version: string): fc.Arbitrary<ClusterNodes> =>
  fc.record({
    instanceTypes: maybe(
      fc.oneof(
        fc.subarray(['m6i.large', 'm7i.large', 'm5.large', 'm6id.large', 'g5.xlarge', 'u-6tb1.metal'], {
          minLength: 1,
        }),
        fc.subarray(['m7g.large', 'c6gn.large', 't4g.small', 'x2gd.large', 'g5g.xlarge', 'a1.large'], { minLength: 1 }),
      ),
    ),
    volumeSize: maybe(fc.integer({ min: 20, max: 16_384 }).map((gibibytes) => Size.gibibytes(gibibytes))),
    releaseVersion: maybe(fc.constant(`${version}.1-20251112`)),
  });

const POLICIES: readonly ClusterAccessPolicy[] = [
  ...(['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy', 'AmazonEKSEditPolicy'] as const),
  ...(['AmazonEKSViewPolicy', 'AmazonEKSAdminViewPolicy'] as const),
];

const PRINCIPALS = ['role/operators', 'role/aws-reserved/sso.amazonaws.com/Admins_0abc', 'user/break-glass'];

const access = fc.uniqueArray(
  fc.record({
    principal: fc.constantFrom(...PRINCIPALS),
    policy: maybe(fc.constantFrom(...POLICIES)),
    namespaces: maybe(words),
    groups: maybe(words),
  }),
  { maxLength: 3, selector: ({ principal }) => principal },
);

function accessByName(drawn: typeof access extends fc.Arbitrary<infer All> ? All : never) {
  return Object.fromEntries(
    drawn.map(({ principal, policy, namespaces, groups }, position): [string, ClusterAccess] => [
      `who-${position}`,
      {
        principalArn: `arn:aws:iam::123456789012:${principal}`,
        policy,
        namespaces: policy === undefined ? undefined : namespaces,
        groups: policy === undefined ? (groups ?? ['shop:readers']) : groups,
      },
    ]),
  );
}

const publicity = fc.oneof(
  fc.record({
    publicAccessCidrs: maybe(fc.subarray(['203.0.113.0/24', '198.51.100.7/32', '51.0.0.0/8'])),
    allowPublicAccessFromAnywhere: maybe(fc.constant(false)),
  }),
  fc.record({ allowPublicAccessFromAnywhere: fc.constant(true) }),
);

const addOnVersions = fc.record(
  {
    'vpc-cni': fc.constant('v1.20.4-eksbuild.2'),
    'kube-proxy': fc.constant('v1.34.1-eksbuild.2'),
    'eks-pod-identity-agent': fc.constant('v1.3.9-eksbuild.5'),
    coredns: fc.constant('v1.12.4-eksbuild.1'),
    'metrics-server': fc.constant('v0.8.0-eksbuild.3'),
    'aws-ebs-csi-driver': fc.constant('v1.53.0-eksbuild.1'),
  },
  { requiredKeys: [] },
);

const props = fc.constantFrom('1.31', '1.33', '1.34').chain((version) =>
  fc
    .record({
      nodes: maybe(nodes(version)),
      access: maybe(access),
      publicity,
      addOnVersions: maybe(addOnVersions),
      logRetention: maybe(fc.constantFrom(1, 30, 400).map((days) => Duration.days(days))),
      kmsKeyArn: maybe(fc.constant('key')),
      notificationTopicArn: maybe(fc.constant('topic')),
      allowDestroy: maybe(fc.boolean()),
      tags: maybe(tags),
    })
    .map(({ publicity: open, access: drawn, ...others }): ClusterConfig['props'] => ({
      ...others,
      ...open,
      version,
      access: drawn && accessByName(drawn),
    })),
);

/** Valid configs of every kind. */
export const clusterConfigs: fc.Arbitrary<ClusterConfig> = fc.record({
  network: fc.oneof<fc.Arbitrary<NetworkConfig>[]>(madeNetwork, existingNetwork),
  capacity,
  props,
  lets: fc.subarray(['servers', 'range', 'pods', 'autoscaler'] as const),
  tokens: fc.boolean(),
  ownProvider: fc.boolean(),
});
