import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { partition } from './control-plane';
import type { ClusterAccess, Settings } from './props';

/** Lets everybody who was named use the Kubernetes API. */
export function grantAccess(owner: Construct, clusterName: string, settings: Settings): void {
  const all = new Construct(owner, 'Access');
  for (const [name, { principalArn, policy, namespaces, groups }] of entries(settings)) {
    const one = new Construct(all, name);
    const entry = new EksAccessEntry(one, 'Resource', {
      clusterName,
      principalArn,
      type: 'STANDARD',
      kubernetesGroups: groups && [...groups],
      ...named(one, '', settings),
    });
    if (policy === undefined) continue;
    new EksAccessPolicyAssociation(one, 'Policy', {
      clusterName,
      principalArn: entry.principalArn, // after the entry
      policyArn: `arn:${partition(settings)}:eks::aws:cluster-access-policy/${policy}`,
      accessScope: namespaces ? { type: 'namespace', namespaces: [...namespaces] } : { type: 'cluster' },
      provider: settings.provider,
    });
  }
}

/** Whether somebody may do everything in the cluster. Nobody else can give the first role to anybody. */
export function hasAdministrator(settings: Settings): boolean {
  return entries(settings).some(
    ([, { policy, namespaces }]) => policy === 'AmazonEKSClusterAdminPolicy' && namespaces === undefined,
  );
}

function entries({ access }: Settings): [string, ClusterAccess][] {
  return Object.entries(access);
}
