import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { encryptionKey } from '../encryption-key';
import { assumedBy, partitionOf, policyDocument } from '../iam';
import { namePrefix, uniqueName } from '../naming';
import { regionOf } from '../network/zones';
import { nodeSubnets, type Settings } from './props';

const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** The cluster itself: its control plane, which AWS spreads over three zones, with what it needs before. */
export function controlPlane(
  owner: Construct,
  clusterId: string,
  settings: Settings,
  securityGroupId: string,
): EksCluster {
  const name = uniqueName(owner, 60);
  const logs = new CloudwatchLogGroup(owner, 'Logs', {
    name: `/aws/eks/${name}/cluster`, // made by EKS, it would keep everything for ever
    retentionInDays: settings.logRetention.toDays(),
    ...named(owner, 'Logs', settings),
  });
  const keyArn = settings.kmsKeyArn ?? encryptionKey(owner, 'Key', `Secrets of ${owner.node.path}`, settings).arn;
  const { role, policies } = clusterRole(owner, clusterId, settings, keyArn);
  const { publicAccessCidrs, allowPublicAccessFromAnywhere: isOpen } = settings;
  const isPublic = isOpen || publicAccessCidrs.length > 0;

  return new EksCluster(owner, 'Resource', {
    name,
    roleArn: role.arn,
    version: settings.version,
    upgradePolicy: { supportType: 'STANDARD' }, // the other one costs six times as much, and only waits
    vpcConfig: {
      subnetIds: nodeSubnets(settings).map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroupId],
      endpointPrivateAccess: true,
      endpointPublicAccess: isPublic,
      publicAccessCidrs: isPublic ? (isOpen ? ['0.0.0.0/0'] : [...publicAccessCidrs]) : undefined,
    },
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    bootstrapSelfManagedAddons: false, // the add-ons below, and no copy of them that nobody updates
    enabledClusterLogTypes: LOGS,
    encryptionConfig: { resources: ['secrets'], provider: { keyArn } },
    zonalShiftConfig: { enabled: true },
    lifecycle: {
      ...protectedLifecycle(settings.allowDestroy),
      // EKS keeps a cluster to the zones it was made in; its nodes go wherever there is a subnet
      ignoreChanges: ['vpc_config[0].subnet_ids'],
    },
    dependsOn: [logs, ...policies],
    ...named(owner, '', settings),
  });
}

/** What the control plane acts as: it runs the cluster, and uses the key of its secrets. */
function clusterRole(owner: Construct, clusterId: string, settings: Settings, keyArn: string) {
  const { provider } = settings;
  const role = new IamRole(owner, 'Role', {
    namePrefix: namePrefix(clusterId, 38),
    assumeRolePolicy: assumedBy('eks.amazonaws.com'),
    lifecycle: { createBeforeDestroy: true },
    ...named(owner, 'Role', settings),
  });
  const roleName = role.name;
  const policy = new IamRolePolicyAttachment(owner, 'RolePolicy', {
    role: roleName,
    policyArn: managedPolicy(settings, 'AmazonEKSClusterPolicy'),
    provider,
  });
  const keyAccess = new IamRolePolicy(owner, 'KeyAccess', {
    role: roleName,
    policy: policyDocument([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants'],
        Resource: [keyArn],
      },
    ]),
    provider,
  });
  return { role, policies: [policy, keyAccess] };
}

/** The partition of the cluster, such as `aws` or `aws-cn`. */
export function partition({ network }: Settings): string {
  return partitionOf(regionOf(network.zones[0] ?? ''));
}

/** ARN of a policy that AWS manages. */
export function managedPolicy(settings: Settings, policy: string): string {
  return `arn:${partition(settings)}:iam::aws:policy/${policy}`;
}
