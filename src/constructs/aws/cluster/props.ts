import type { Capacity } from '../../../intent';
import { Duration, Size } from '../../../units';
import { hasMember } from '../../../validation';
import type { AwsProps } from '../aws-props';
import type { ZonalNetwork } from '../network/zonal-network';
import type { NotifyingProps } from '../notifying-props';

/** Choices for a `MultiAZCluster`. */
export interface MultiAZClusterProps extends AwsProps, NotifyingProps {
  /** Where it runs, in the application subnets: a `MultiAZNetwork`, or one of `MultiAZNetwork.fromExisting`. */
  readonly network: ZonalNetwork;

  /**
   * Kubernetes version, major and minor, such as `'1.35'`. Raise it by one minor version at a time: the control plane
   * comes first, then the add-ons, then the nodes, zone after zone.
   */
  readonly version: string;

  /**
   * How many nodes: a `Capacity`, whose units are nodes, or the sizes of every zone by themselves. The autoscaler of the
   * cluster moves between the smallest and the largest size.
   */
  readonly capacity: Capacity | NodesPerZone;

  /**
   * The machines.
   *
   * @default - m6i.large, with 50 GiB of disk
   */
  readonly nodes?: ClusterNodes;

  /**
   * Who may use the Kubernetes API, by a name of your choice. Whoever deploys the cluster gets no access by that.
   *
   * @default - nobody, and a warning
   */
  readonly access?: Readonly<Record<string, ClusterAccess>>;

  /**
   * IPv4 ranges outside of the VPC, at most 40, that reach the Kubernetes API over the internet.
   *
   * @default - none: it is reached from inside the VPC only, by whom `allowFrom` names
   */
  readonly publicAccessCidrs?: readonly string[];

  /**
   * Lets everybody on the internet knock at the Kubernetes API: then credentials alone keep them out.
   *
   * @default false
   */
  readonly allowPublicAccessFromAnywhere?: boolean;

  /**
   * Versions of add-ons, such as `{ coredns: 'v1.12.3-eksbuild.1' }`.
   *
   * @default - what AWS recommends for the Kubernetes version; a newer recommendation shows in the next plan
   */
  readonly addOnVersions?: Readonly<Partial<Record<ClusterAddOn, string>>>;

  /**
   * How long CloudWatch keeps the logs of the control plane, the audit log among them; one of its own periods.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;

  /**
   * ARN of the KMS key that encrypts Kubernetes secrets; cannot be changed later.
   *
   * @default - a key of the cluster's own
   */
  readonly kmsKeyArn?: string;
}

/** Sizes of every zone of a `MultiAZCluster`. What is left when a zone is lost is yours to reckon. */
export interface NodesPerZone {
  /** Fewest nodes in a zone; at least 1. */
  readonly min: number;
  /** Most nodes in a zone; at most 450. */
  readonly max: number;
}

/** The machines of a `MultiAZCluster`. */
export interface ClusterNodes {
  /**
   * Instance types, in the order in which they are tried: all of one architecture, and of like size, since one node
   * counts as much as another. Others make new nodes before the old ones are drained.
   *
   * @default ['m6i.large']
   */
  readonly instanceTypes?: readonly string[];

  /**
   * Size of the root volume, for images and logs; whole GiB, at least the 20 of the machine image.
   *
   * @default Size.gibibytes(50)
   */
  readonly volumeSize?: Size;

  /**
   * Release of the machine image, such as `'1.34.1-20251112'`: another one replaces the nodes, zone after zone.
   *
   * @default - the newest one when a zone gets its nodes, or another Kubernetes version; it stays until then
   */
  readonly releaseVersion?: string;
}

/** What an IAM role or user may do in a `MultiAZCluster`: by a policy of EKS, by Kubernetes groups, or both. */
export interface ClusterAccess {
  /** ARN of the role or user. */
  readonly principalArn: string;

  /**
   * Access policy of EKS.
   *
   * @default - none; give `groups`
   */
  readonly policy?: ClusterAccessPolicy;

  /**
   * Namespaces in which `policy` counts.
   *
   * @default - the whole cluster
   */
  readonly namespaces?: readonly string[];

  /**
   * Kubernetes groups, for role bindings of your own.
   *
   * @default - none; give `policy`
   */
  readonly groups?: readonly string[];
}

/** Access policies of EKS; https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
export type ClusterAccessPolicy =
  | 'AmazonEKSClusterAdminPolicy'
  | 'AmazonEKSAdminPolicy'
  | 'AmazonEKSEditPolicy'
  | 'AmazonEKSViewPolicy'
  | 'AmazonEKSAdminViewPolicy';

/** Add-ons of a `MultiAZCluster`, by the names that EKS has for them. */
export type ClusterAddOn =
  | 'vpc-cni'
  | 'kube-proxy'
  | 'eks-pod-identity-agent'
  | 'coredns'
  | 'metrics-server'
  | 'aws-ebs-csi-driver';

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `MultiAZCluster`, settled. */
export function withDefaults(props: MultiAZClusterProps) {
  return {
    ...props,
    nodes: {
      ...props.nodes,
      instanceTypes: props.nodes?.instanceTypes ?? ['m6i.large'],
      volumeSize: props.nodes?.volumeSize ?? Size.gibibytes(50),
    },
    writtenNodes: props.nodes ?? {},
    access: props.access ?? {},
    publicAccessCidrs: props.publicAccessCidrs ?? [],
    allowPublicAccessFromAnywhere: props.allowPublicAccessFromAnywhere ?? false,
    addOnVersions: props.addOnVersions ?? {},
    logRetention: props.logRetention ?? Duration.days(90),
  };
}

/** Subnets of the nodes, one in each zone, in the order of their letters. */
export function nodeSubnets({ network }: Settings) {
  return [...network.applicationSubnets].sort((a, b) => (a.zone < b.zone ? -1 : 1));
}

/** Sizes of every zone: those that were given, or what the capacity comes to. */
export function nodesPerZone({ capacity, network }: Settings): NodesPerZone {
  if (!isCapacity(capacity)) return { min: capacity.min, max: capacity.max };
  const zones = network.zones.length;
  const { perZone, maximum } = capacity.over(zones);
  return { min: perZone, max: Math.floor(maximum / zones) }; // never more than was allowed, all zones together
}

/** Whether nodes were asked for by what carries the peak. */
export function isCapacity(capacity: MultiAZClusterProps['capacity']): capacity is Capacity {
  return hasMember(capacity, 'problemsOver');
}
