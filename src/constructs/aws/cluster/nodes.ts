import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { inMebibytes } from '../../../units';
import { named } from '../aws-props';
import { assumedBy } from '../iam';
import { namePrefix } from '../naming';
import { zoneId } from '../network/zones';
import { managedPolicy } from './control-plane';
import { architectureOf } from './instance-types';
import { nodeSubnets, nodesPerZone, type Settings } from './props';

/** What the nodes of a cluster are made from. */
export interface NodesProps {
  /** Construct id of the cluster. */
  readonly clusterId: string;
  readonly settings: Settings;
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Kubernetes version of the cluster; nodes follow it. */
  readonly version: string;
  readonly securityGroupId: string;
  /** What has to be there before a node can join. */
  readonly after: readonly ITerraformDependable[];
}

/** The nodes: a group in each zone, so that scaling and volumes keep to a zone, each one changed after the one before. */
export class Nodes extends Construct {
  /** Role of the nodes. */
  public readonly role: IamRole;
  /** The group of each zone, in the order of their letters. */
  public readonly groups: readonly EksNodeGroup[];

  constructor(scope: Construct, id: string, props: NodesProps) {
    super(scope, id);
    const { settings, clusterId } = props;
    this.role = new IamRole(this, 'Role', {
      namePrefix: namePrefix(`${clusterId}-nodes`, 38),
      assumeRolePolicy: assumedBy('ec2.amazonaws.com'),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'Role', settings),
    });
    const role = this.role.name;
    // no policy for the network: its add-on has a role of its own, which other pods of the node cannot borrow
    const policies = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'].map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy, {
          role,
          policyArn: managedPolicy(settings, policy),
          provider: settings.provider,
        }),
    );
    this.groups = this.inZones(props, policies);
  }

  /** One group after the other: an update that fails stops in its first zone. */
  private inZones(props: NodesProps, policies: readonly ITerraformDependable[]): EksNodeGroup[] {
    const { settings, clusterName, version, clusterId, after } = props;
    const { nodes } = settings;
    const { min, max } = nodesPerZone(settings);
    const template = launchTemplate(this, props);
    const launchTemplateOfAll = { id: template.id, version: template.getStringAttribute('latest_version') };
    const nodeRoleArn = this.role.arn;

    const groups: EksNodeGroup[] = [];
    for (const { zone, subnetId } of nodeSubnets(settings)) {
      const group = new EksNodeGroup(this, zoneId(zone), {
        clusterName,
        nodeGroupNamePrefix: namePrefix(`${clusterId}-${zone}`, 37),
        nodeRoleArn,
        subnetIds: [subnetId],
        version,
        releaseVersion: nodes.releaseVersion,
        amiType:
          architectureOf(nodes.instanceTypes[0]) === 'arm64' ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD',
        instanceTypes: [...nodes.instanceTypes],
        capacityType: 'ON_DEMAND',
        scalingConfig: { minSize: min, maxSize: max, desiredSize: min },
        updateConfig: { maxUnavailable: 1 }, // new ones come first, and no budget has to give two pods at once
        nodeRepairConfig: { enabled: true },
        launchTemplate: launchTemplateOfAll,
        lifecycle: { createBeforeDestroy: true, ignoreChanges: ['scaling_config[0].desired_size'] }, // the autoscaler's
        dependsOn: [...after, ...policies, ...groups.slice(-1)],
        ...named(this, zoneId(zone), settings),
      });
      groups.push(group);
    }
    return groups;
  }
}

/** Without an image, a role or a subnet: EKS adds these. */
function launchTemplate(scope: Construct, { settings, clusterId, securityGroupId }: NodesProps): LaunchTemplate {
  const { tags } = named(scope, '', settings);
  return new LaunchTemplate(scope, 'Template', {
    namePrefix: namePrefix(`${clusterId}-nodes`, 60),
    updateDefaultVersion: true,
    // pods have roles by Pod Identity: one hop is as far as the node itself, so that none gets at the node's role
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    monitoring: { enabled: true },
    networkInterfaces: [
      { associatePublicIpAddress: 'false', deleteOnTermination: 'true', securityGroups: [securityGroupId] },
    ],
    blockDeviceMappings: [
      {
        deviceName: '/dev/xvda', // the root of Amazon Linux 2023
        ebs: {
          encrypted: 'true',
          volumeType: 'gp3',
          volumeSize: inMebibytes(settings.nodes.volumeSize) / 1024,
          deleteOnTermination: 'true',
        },
      },
    ],
    tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Template', settings),
  });
}
