import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { assumedBy, partitionOf, policyDocument, type Statement } from '../iam';
import { namePrefix } from '../naming';
import { regionOf } from '../network/zones';
import type { Host } from './host';
import type { Settings } from './props';

/** What is moved, for those who may move it. */
export type Moved = { readonly addressArn: string } | { readonly routeTableIds: readonly string[] };

/** The role of the hosts: what their agent asks of AWS, and nothing else. */
export function hostRole(
  scope: Construct,
  id: string,
  { hosts, moved, settings }: { readonly hosts: readonly Host[]; readonly moved: Moved; readonly settings: Settings },
) {
  const { provider } = settings;
  const role = new IamRole(scope, 'Role', {
    namePrefix: namePrefix(id, 38),
    assumeRolePolicy: assumedBy('ec2.amazonaws.com'),
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Role', settings),
  });
  const profile = new IamInstanceProfile(scope, 'Profile', {
    namePrefix: namePrefix(id, 60),
    role: role.name,
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Profile', settings),
  });
  const policy = new IamRolePolicy(scope, 'Policy', {
    role: role.name,
    policy: policyDocument([
      ...('addressArn' in moved
        ? ofAddress(moved.addressArn, hosts, settings)
        : ofRoutes(moved.routeTableIds, hosts, settings)),
      {
        Sid: 'Measure',
        Effect: 'Allow',
        Action: ['cloudwatch:PutMetricData'], // knows no resources
        Resource: ['*'],
        Condition: { StringEquals: { 'cloudwatch:namespace': 'nines/KeepalivedPair' } },
      },
    ]),
    provider,
  });
  if (settings.sessionManager) {
    new IamRolePolicyAttachment(scope, 'SessionManager', {
      role: role.name,
      policyArn: `arn:${partitionOf(regionOfPair(settings))}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      provider,
    });
  }
  return { role, profileArn: profile.arn, policy };
}

/** Describing calls know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_ec2.html */
function look(Action: string): Statement {
  return { Sid: 'Look', Effect: 'Allow', Action: [Action], Resource: ['*'] };
}

function ofAddress(addressArn: string, hosts: readonly Host[], settings: Settings): Statement[] {
  const interfaces = hosts.map(({ networkInterface }) => networkInterface.arn);
  const Action = ['ec2:AssociateAddress'];
  const names = hosts.map((host) => named(host, '', settings).tags.Name ?? '');
  return [
    { Sid: 'Move', Effect: 'Allow', Action, Resource: [addressArn, ...interfaces] },
    {
      Sid: 'MoveToHost', // where EC2 also asks for the instance at the interface
      Effect: 'Allow',
      Action,
      Resource: [`arn:${partitionOf(regionOfPair(settings))}:ec2:${regionOfPair(settings)}:*:instance/*`],
      Condition: { StringEquals: { 'aws:ResourceTag/Name': names } },
    },
    look('ec2:DescribeAddresses'),
  ];
}

function ofRoutes(routeTableIds: readonly string[], hosts: readonly Host[], settings: Settings): Statement[] {
  const region = regionOfPair(settings);
  const account = hosts[0]?.networkInterface.ownerId;
  return [
    {
      Sid: 'Move',
      Effect: 'Allow',
      Action: ['ec2:ReplaceRoute'],
      Resource: routeTableIds.map((id) => `arn:${partitionOf(region)}:ec2:${region}:${account}:route-table/${id}`),
    },
    look('ec2:DescribeRouteTables'),
  ];
}

/** The region of a pair. */
export function regionOfPair({ zones }: Settings): string {
  return regionOf(zones[0] ?? '');
}
