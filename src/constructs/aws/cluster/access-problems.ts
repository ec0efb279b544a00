import { isTextOf, isToken, listProblems, objectProblems, shown } from '../../../validation';
import { isNamespace } from './pod-role';
import type { ClusterAccess, ClusterAccessPolicy, Settings } from './props';

const POLICIES: Readonly<Record<ClusterAccessPolicy, true>> = {
  AmazonEKSClusterAdminPolicy: true,
  AmazonEKSAdminPolicy: true,
  AmazonEKSEditPolicy: true,
  AmazonEKSViewPolicy: true,
  AmazonEKSAdminViewPolicy: true,
};

// One role or user: no account (`:root`), no session (`sts`), no role of a service.
// https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
const PRINCIPAL = /^arn:[\w-]+:iam::\d{12}:(role\/(?!aws-service-role\/)|user\/)[\w+=,.@/-]+$/;

/** Every reason why EKS would refuse to give such access, one sentence each. */
export function accessProblems({ access }: Settings): string[] {
  const misshapen = objectProblems('access', access);
  if (misshapen.length > 0) return misshapen;
  const problems = Object.entries(access).flatMap(([name, one]) => {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
      return [`access must have names of letters, digits and hyphens, got ${shown(name)}; rename it`];
    }
    const prop = `access['${name}']`;
    const shapeless = objectProblems(prop, one);
    return shapeless.length > 0 ? shapeless : problemsOf(prop, one);
  });
  const principals = Object.values(access).map((one) => one?.principalArn);
  const twice = principals.filter(
    (arn, position) => arn !== undefined && !isToken(arn) && principals.indexOf(arn) !== position,
  );
  if (twice.length === 0) return problems;
  return [
    ...problems,
    `access must name a role or user once, got ${shown([...new Set(twice)])} more than once; say in one place what it may do`,
  ];
}

function problemsOf(prop: string, { principalArn, policy, namespaces, groups }: ClusterAccess): string[] {
  const problems: string[] = [];
  if (!isTextOf(PRINCIPAL, principalArn)) {
    problems.push(
      `${prop}.principalArn must be the ARN of one IAM role or user, got ${shown(principalArn)}; ` +
        "write it as in 'arn:aws:iam::123456789012:role/operators'",
    );
  }
  if (policy === undefined && groups === undefined) {
    problems.push(`${prop} must have a policy or groups, got neither; say what may be done`);
  }
  if (policy !== undefined && !Object.keys(POLICIES).includes(policy)) {
    problems.push(
      `${prop}.policy must be one of ${Object.keys(POLICIES).join(', ')}, got ${shown(policy)}; take one of these`,
    );
  }
  if (namespaces !== undefined) problems.push(...namespacesProblems(prop, namespaces, policy));
  if (groups !== undefined) problems.push(...groupsProblems(`${prop}.groups`, groups));
  return problems;
}

function namespacesProblems(prop: string, namespaces: readonly string[], policy: ClusterAccess['policy']): string[] {
  const misshapen = nameListProblems(`${prop}.namespaces`, namespaces);
  if (misshapen.length > 0) return misshapen;
  if (policy === undefined) {
    return [`${prop}.namespaces must stand beside a policy, got none; groups are narrowed by their role bindings`];
  }
  return namespaces
    .filter((name) => !isToken(name) && !isNamespace(String(name).replace(/\*$/, 'x')))
    .map((name) => `${prop}.namespaces must hold names of namespaces, got ${shown(name)}; write them as in 'shop'`);
}

function groupsProblems(prop: string, groups: readonly string[]): string[] {
  const misshapen = nameListProblems(prop, groups);
  if (misshapen.length > 0) return misshapen;
  return groups
    .filter((group) => !isTextOf(/^(?!system:)\S+$/, group))
    .map(
      (group) =>
        `${prop} must hold Kubernetes groups that do not start with 'system:', got ${shown(group)}; name a group of your own`,
    );
}

function nameListProblems(prop: string, names: readonly string[]): string[] {
  const misshapen = listProblems(prop, names);
  if (misshapen.length > 0 || names.length > 0) return misshapen;
  return [`${prop} must name at least one, got none; leave it out`];
}
