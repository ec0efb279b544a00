import { DataAwsEksAddonVersion } from '@cdktf/provider-aws/lib/data-aws-eks-addon-version';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { managedPolicy } from './control-plane';
import { podRole } from './pod-role';
import type { ClusterAddOn, Settings } from './props';

/** An add-on, and what it needs. */
interface AddOn {
  /** Construct id. */
  readonly id: string;
  readonly name: ClusterAddOn;
  /** Its service account in `kube-system`, and the policy that this needs. */
  readonly identity?: { readonly serviceAccount: string; readonly policy: string };
  /** Its own settings, by the schema of its newest version. */
  readonly configuration?: object;
}

/** Without these a node does not become ready. They run on every node, so that they are healthy without one. */
const BEFORE_NODES: readonly AddOn[] = [
  { id: 'PodIdentityAgent', name: 'eks-pod-identity-agent' },
  { id: 'KubeProxy', name: 'kube-proxy' },
  {
    id: 'VpcCni',
    name: 'vpc-cni',
    identity: { serviceAccount: 'aws-node', policy: 'AmazonEKS_CNI_Policy' },
    configuration: { enableNetworkPolicy: 'true' }, // else a NetworkPolicy is taken, and closes nothing
  },
];

/** These are healthy only once their pods have found a node. */
function onNodes(zones: number): readonly AddOn[] {
  return [
    {
      id: 'Coredns',
      name: 'coredns',
      configuration: {
        autoScaling: { enabled: true, minReplicas: zones, maxReplicas: Math.max(10, zones * 2) },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway', // with a zone lost, two in one zone are better than one too few
            labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
      },
    },
    { id: 'MetricsServer', name: 'metrics-server' }, // what a HorizontalPodAutoscaler looks at
    {
      id: 'EbsCsiDriver',
      name: 'aws-ebs-csi-driver',
      identity: { serviceAccount: 'ebs-csi-controller-sa', policy: 'service-role/AmazonEBSCSIDriverPolicy' },
    },
  ];
}

/** What add-ons are made from. */
export interface AddOnsProps {
  readonly settings: Settings;
  readonly clusterName: string;
  readonly clusterArn: string;
}

/** The add-ons of a cluster, those first that nodes need. */
export class AddOns extends Construct {
  /** What has to be there before nodes. */
  public readonly beforeNodes: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AddOnsProps,
  ) {
    super(scope, id);
    this.beforeNodes = BEFORE_NODES.map((addOn) => this.add(addOn, []));
  }

  /** Adds those that run on some of the nodes. */
  public addOnNodes(nodes: readonly ITerraformDependable[]): void {
    for (const addOn of onNodes(this.props.settings.network.zones.length)) this.add(addOn, nodes);
  }

  private add({ id, name, identity, configuration }: AddOn, after: readonly ITerraformDependable[]): EksAddon {
    const { settings, clusterName, clusterArn } = this.props;
    const { provider } = settings;
    const part = new Construct(this, id);
    const dependsOn = [...after];
    let roleArn: string | undefined;
    if (identity) {
      const { serviceAccount, policy } = identity;
      const role = podRole(part, 'Role', { namespace: 'kube-system', serviceAccount, clusterArn, settings });
      const policyArn = managedPolicy(settings, policy);
      dependsOn.push(new IamRolePolicyAttachment(part, 'Policy', { role: role.name, policyArn, provider }));
      roleArn = role.arn;
    }
    return new EksAddon(part, 'Resource', {
      clusterName,
      addonName: name,
      addonVersion: settings.addOnVersions[name] ?? this.recommended(part, name),
      configurationValues: configuration && JSON.stringify(configuration),
      podIdentityAssociation: identity && [{ serviceAccount: identity.serviceAccount, roleArn: roleArn ?? '' }],
      // what is written here counts, over what was there before and what somebody changed by hand
      ...{ resolveConflictsOnCreate: 'OVERWRITE', resolveConflictsOnUpdate: 'OVERWRITE' },
      preserve: true, // an add-on that is taken out of Terraform goes on running
      dependsOn,
      ...named(part, '', settings),
    });
  }

  /** Without it, an add-on would stay what it was when the cluster was made, through every upgrade of Kubernetes. */
  private recommended(part: Construct, addonName: string): string {
    const { version: kubernetesVersion, provider } = this.props.settings;
    return new DataAwsEksAddonVersion(part, 'Version', { addonName, kubernetesVersion, provider }).version;
  }
}
