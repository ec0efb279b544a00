import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import type { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import { allowTo } from './allow-to';
import { grantAccess, hasAdministrator } from './cluster/access';
import { AddOns } from './cluster/add-ons';
import { clusterAlarms } from './cluster/alarms';
import { controlPlane } from './cluster/control-plane';
import { Nodes } from './cluster/nodes';
import { identityProblems, type PodIdentity, PodRole } from './cluster/pod-role';
import { problemsIn } from './cluster/problems';
import {
  isCapacity,
  type MultiAZClusterProps,
  type NodesPerZone,
  nodesPerZone,
  type Settings,
  withDefaults,
} from './cluster/props';
import { scalingStatements } from './cluster/scaling';
import { API_PORT, securityGroups } from './cluster/security-groups';
import { type Grantee, grant } from './grants';
import { knownRegion } from './network/zones';
import { warnIfNobodyIsTold } from './notifying-props';
import { type AddressRange, allowSource, type ConnectionSource, type ConnectionTarget, peerId } from './security-rules';

/**
 * A Kubernetes cluster on EKS whose nodes carry the peak while a zone is lost: a group of nodes in each zone, changed
 * zone after zone, below a control plane that AWS spreads over three.
 *
 * Its API is reached from inside the VPC only, and pods reach AWS by roles of their own. See `examples/cluster.ts`.
 */
export class MultiAZCluster extends Construct implements ConnectionSource, ConnectionTarget {
  /** Name of the cluster, for `aws eks update-kubeconfig`. */
  public readonly clusterName: string;
  /** URL of the Kubernetes API. */
  public readonly endpoint: string;
  /** Certificate of whoever signs for the API, in base64, as a kubeconfig has it. */
  public readonly certificateAuthority: string;
  /** URL of the issuer of service accounts' tokens, for what knows IAM roles for service accounts only. */
  public readonly oidcIssuer: string;
  /** Security group of the nodes, and of the pods on them. */
  public readonly securityGroup: SecurityGroup;
  /** Role of the nodes. Pods cannot act as it; give them one by `podRole`. */
  public readonly nodeRole: IamRole;
  /** Names of the zones with nodes, in alphabetical order. */
  public readonly zones: readonly string[];
  /** How many nodes each zone has. */
  public readonly nodesPerZone: NodesPerZone;
  /** The cluster itself. */
  public readonly cluster: EksCluster;
  /** The group of nodes of each zone, in the order of `zones`. */
  public readonly nodeGroups: readonly EksNodeGroup[];

  private readonly controlPlaneGroup: SecurityGroup;
  private readonly clusterArn: string;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, props: MultiAZClusterProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(settings, knownRegion(this, props.provider)), this);
    warnOfLosses(this, settings);

    const groups = securityGroups(this, id, settings);
    const cluster = controlPlane(this, id, settings, groups.controlPlane.id);
    const [clusterName, clusterArn] = [cluster.name, cluster.arn];
    grantAccess(this, clusterName, settings);
    const addOns = new AddOns(this, 'AddOns', { settings, clusterName, clusterArn });
    const nodes = new Nodes(this, 'Nodes', {
      ...{ clusterId: id, settings, clusterName },
      version: cluster.version,
      securityGroupId: groups.nodes.id,
      after: [...groups.rules, ...addOns.beforeNodes],
    });
    addOns.addOnNodes(nodes.groups);
    clusterAlarms(this, clusterName, settings);

    this.node.defaultChild = cluster;
    this.clusterName = clusterName;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.oidcIssuer = cluster.identity.get(0).oidc.get(0).issuer;
    this.securityGroup = groups.nodes;
    this.nodeRole = nodes.role;
    this.zones = [...settings.network.zones].sort();
    this.nodesPerZone = nodesPerZone(settings);
    this.cluster = cluster;
    this.nodeGroups = [...nodes.groups];
    this.controlPlaneGroup = groups.controlPlane;
    this.clusterArn = clusterArn;
    this.settings = settings;
  }

  /**
   * A role for the pods of a service account, by EKS Pod Identity: the same one each time. Grant to it what they need, as
   * in `bucket.grantWrite(cluster.podRole({ namespace: 'shop', serviceAccount: 'backup' }))`.
   *
   * @throws RangeError when a name is none that Kubernetes takes
   */
  public podRole(identity: PodIdentity): PodRole {
    const problems = identityProblems(identity);
    if (problems.length > 0) throw new RangeError(`"${this.node.path}" cannot have this role: ${problems.join('; ')}`);
    const { namespace, serviceAccount } = identity;
    const id = `Pod-${namespace}_${serviceAccount}`;
    const there = this.node.tryFindChild(id);
    if (there instanceof PodRole) return there;
    const { clusterName, clusterArn, settings } = this;
    return new PodRole(this, id, { namespace, serviceAccount, clusterName, clusterArn, settings });
  }

  /** Lets an autoscaler of nodes, by its `podRole`, choose the size of this cluster's groups of nodes, and of no other's. */
  public grantScaling(grantee: Grantee): void {
    const id = `Scaling-${peerId('From', grantee.node.path)}`;
    grant(this, id, grantee, scalingStatements(this.clusterName), this.settings);
  }

  /** Lets the servers of a tier reach the Kubernetes API: those that deploy, or a host that people come by. */
  public allowFrom(source: ConnectionSource): void {
    const name = `the API of ${this.node.path}`;
    allowSource(this, source, { to: this.controlPlaneGroup, ports: [API_PORT], name }, this.settings);
  }

  /**
   * Lets the pods of this cluster reach another construct (which gets the rules), or a range of addresses. HTTPS to
   * anywhere is open already.
   *
   * @throws RangeError when the range is none, or its port
   */
  public allowTo(target: ConnectionTarget | AddressRange): void {
    allowTo(this, target, this.settings);
  }
}

/** Says what was chosen against availability or safety, and what a cluster cannot express. */
function warnOfLosses(cluster: Construct, settings: Settings): void {
  const annotations = Annotations.of(cluster);
  const { capacity, allowPublicAccessFromAnywhere, allowDestroy } = settings;
  warnIfNobodyIsTold(cluster, settings);
  if (!hasAdministrator(settings)) {
    annotations.addWarning('no access with AmazonEKSClusterAdminPolicy: nobody can administer the cluster');
  }
  if (isCapacity(capacity)) {
    const { allowOverloadWhenZoneLost, requestsPerSecond, safeUse } = capacity.options;
    if (allowOverloadWhenZoneLost) {
      annotations.addWarning('allowOverloadWhenZoneLost: losing a zone at peak leaves too few nodes for its pods');
    }
    if (requestsPerSecond !== undefined || safeUse !== undefined) {
      annotations.addWarning(
        'capacity.requestsPerSecond and safeUse have no effect on nodes, which scale by what pods ask for',
      );
    }
  }
  if (allowPublicAccessFromAnywhere) {
    annotations.addWarning(
      'allowPublicAccessFromAnywhere: the Kubernetes API is open to everybody who has credentials',
    );
  }
  if (allowDestroy) annotations.addWarning('allowDestroy: nothing protects the cluster from being removed');
}
