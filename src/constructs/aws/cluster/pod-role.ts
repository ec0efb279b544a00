import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Construct } from 'constructs';
import { isToken, shown } from '../../../validation';
import { type AwsProps, named } from '../aws-props';
import type { Grantee } from '../grants';
import { namePrefix } from '../naming';

/** The pods of a service account. */
export interface PodIdentity {
  /** Namespace of the service account; it need not be there yet. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
}

/** An IAM role that the pods of one service account act as, by EKS Pod Identity: no key, and no annotation, is anywhere. */
export class PodRole extends Construct implements Grantee {
  /** The role. It may do nothing until something is granted to it. */
  public readonly role: IamRole;

  constructor(
    scope: Construct,
    id: string,
    { clusterName, clusterArn, settings, ...identity }: PodIdentity & ClusterOfPods,
  ) {
    super(scope, id);
    const { provider } = settings;
    this.role = podRole(this, 'Role', { clusterArn, settings, ...identity });
    new EksPodIdentityAssociation(this, 'Resource', {
      clusterName,
      ...identity,
      roleArn: this.role.arn,
      ...named(this, '', { provider, tags: settings.tags }),
    });
  }
}

/** The cluster that pods run in. */
interface ClusterOfPods {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly settings: AwsProps;
}

/** A role for the pods of one service account of one cluster: EKS names all three when it asks for it. */
export function podRole(
  scope: Construct,
  id: string,
  { namespace, serviceAccount, clusterArn, settings }: PodIdentity & Omit<ClusterOfPods, 'clusterName'>,
): IamRole {
  return new IamRole(scope, id, {
    namePrefix: namePrefix(serviceAccount, 38),
    assumeRolePolicy: assumedByPods(clusterArn, { namespace, serviceAccount }),
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, id, settings),
  });
}

/** Trust policy. EKS names the pods by session tags: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
function assumedByPods(clusterArn: string, { namespace, serviceAccount }: PodIdentity): string {
  const statement = {
    Effect: 'Allow',
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Condition: {
      StringEquals: {
        'aws:RequestTag/eks-cluster-arn': clusterArn,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
    },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** What Kubernetes would refuse of a namespace and a service account, or what could not be a construct's id. */
export function identityProblems({ namespace, serviceAccount }: PodIdentity): string[] {
  return [
    ...nameProblems('namespace', namespace, isNamespace),
    ...nameProblems('serviceAccount', serviceAccount, isObjectName),
  ];
}

function nameProblems(prop: string, name: unknown, fits: (name: unknown) => boolean): string[] {
  if (fits(name)) return [];
  return [
    `${prop} must be the name of one in Kubernetes, known at synthesis, got ${shown(name)}; write it as in the manifest`,
  ];
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether text may name a namespace. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function isNamespace(name: unknown): boolean {
  return typeof name === 'string' && !isToken(name) && LABEL.test(name);
}

function isObjectName(name: unknown): boolean {
  return typeof name === 'string' && name.length <= 253 && name.split('.').every(isNamespace);
}
