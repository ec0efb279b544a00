import { DbProxy } from '@cdktf/provider-aws/lib/db-proxy';
import { DbProxyDefaultTargetGroup } from '@cdktf/provider-aws/lib/db-proxy-default-target-group';
import { DbProxyEndpoint } from '@cdktf/provider-aws/lib/db-proxy-endpoint';
import { DbProxyTarget } from '@cdktf/provider-aws/lib/db-proxy-target';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { assumedBy, policyDocument } from '../iam';
import { namePrefix, uniqueName } from '../naming';
import { allowConnections } from '../security-rules';
import type { Placement, PossibleSettings } from './parts';
import type { Server } from './server';

/** What a proxy is put in front of. */
export interface ProxyProps {
  readonly databaseId: string;
  readonly settings: PossibleSettings;
  readonly placement: Placement;
  /** Secret of the master user. */
  readonly secretArn: string;
  readonly server: Server;
}

/**
 * RDS Proxy in front of a database. It finds a failed-over writer itself, without waiting for DNS, and meanwhile
 * holds the connections of its clients.
 */
export class DatabaseProxy extends Construct {
  /** The proxy. */
  public readonly proxy: DbProxy;
  /** Host that reads; none in front of an instance, whose standby nobody can read. */
  public readonly readerEndpoint: string | undefined;
  /** Security group that clients reach. */
  public readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: ProxyProps) {
    super(scope, id);
    const { databaseId, settings, placement, secretArn, server } = props;
    const { instance, cluster } = server;
    const { network, support, provider, proxy: users } = settings;
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      namePrefix: namePrefix(`${databaseId}-proxy`, 60),
      description: 'Database proxy', // fixed: changing it replaces the group
      vpcId: network.vpcId,
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'SecurityGroup', settings),
    });
    allowConnections(this, 'ToDatabase', {
      from: this.securityGroup,
      to: placement.securityGroup,
      ports: [support.port],
      description: 'Proxy to database',
      ...{ provider, tags: settings.tags },
    });
    const secretArns = [secretArn, ...(typeof users === 'object' ? users.userSecretArns : [])];
    const role = secretReader(this, databaseId, secretArns, settings);
    const vpcSubnetIds = settings.subnets.map(({ subnetId }) => subnetId);
    const vpcSecurityGroupIds = [this.securityGroup.id];
    // RDS cannot move a proxy: a further zone would make it anew, with nobody in between to answer its clients
    const lifecycle = { ignoreChanges: ['vpc_subnet_ids'] };
    this.proxy = new DbProxy(this, 'Resource', {
      name: uniqueName(this, 60),
      engineFamily: support.protocol,
      requireTls: true,
      roleArn: role.arn,
      auth: secretArns.map((secret) => ({ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: secret })),
      ...{ vpcSubnetIds, vpcSecurityGroupIds, lifecycle },
      ...named(this, '', settings),
    });
    const dbProxyName = this.proxy.name;
    const targets = new DbProxyDefaultTargetGroup(this, 'Targets', { dbProxyName, connectionPoolConfig: {}, provider });
    new DbProxyTarget(this, 'Target', {
      dbProxyName,
      targetGroupName: targets.name,
      dbInstanceIdentifier: instance?.identifier,
      dbClusterIdentifier: cluster?.clusterIdentifier,
      dependsOn: [...server.instances], // a cluster without any is no target
      provider,
    });
    this.readerEndpoint =
      cluster &&
      new DbProxyEndpoint(this, 'Reader', {
        dbProxyName,
        dbProxyEndpointName: `${uniqueName(this, 52)}-reader`,
        targetRole: 'READ_ONLY',
        ...{ vpcSubnetIds, vpcSecurityGroupIds, lifecycle },
        ...named(this, 'Reader', settings),
      }).endpoint;
  }
}

/** The role that lets the proxy read these secrets. */
function secretReader(
  scope: Construct,
  databaseId: string,
  secretArns: readonly string[],
  settings: PossibleSettings,
): IamRole {
  const role = new IamRole(scope, 'Role', {
    namePrefix: namePrefix(`${databaseId}-proxy`, 38),
    assumeRolePolicy: assumedBy('rds.amazonaws.com'),
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Role', settings),
  });
  new IamRolePolicy(scope, 'Policy', {
    role: role.id,
    policy: policyDocument([
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: secretArns },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['*'], // whatever key a secret has, for these secrets alone
        Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': secretArns } },
      },
    ]),
    provider: settings.provider,
  });
  return role;
}
