import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { Construct } from 'constructs';
import type { AwsProps } from './aws-props';
import { policyDocument, type Statement } from './iam';

/** Something that acts as an IAM role: a tier, or any construct with one. */
export interface Grantee extends Construct {
  /** The role, in the account of what it is granted. */
  readonly role: { readonly name: string };
}

/** Lets a grantee's role do what the statements say. The policy belongs to the stack of `scope`, which is granted. */
export function grant(
  scope: Construct,
  id: string,
  grantee: Grantee,
  statements: readonly Statement[],
  { provider }: AwsProps,
): void {
  if (scope.node.tryFindChild(id)) return;
  new IamRolePolicy(scope, id, { role: grantee.role.name, policy: policyDocument(statements), provider });
}
