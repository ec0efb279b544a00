import { DataAwsKmsKey } from '@cdktf/provider-aws/lib/data-aws-kms-key';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { assumedBy, partitionOf } from '../iam';
import { namePrefix } from '../naming';
import { regionOf } from '../network/zones';
import { TerraformData } from '../terraform-data';
import type { EngineSupport } from './capabilities';
import type { Settings } from './props';

/** Props of a database that were found to be possible. */
export type PossibleSettings = Settings & { readonly support: EngineSupport };

/** What every topology is made from. */
export interface TopologyProps {
  /** Construct id of the database. */
  readonly databaseId: string;
  /** Props of the database, settled. */
  readonly settings: PossibleSettings;
  /** Where it may run and who may reach it. */
  readonly placement: Placement;
  /** ARN of the role that writes the metrics of the operating system. */
  readonly monitoringRoleArn: string;
}

/** Where a database may run, and who may reach it. */
export interface Placement {
  readonly subnetGroupName: string;
  readonly securityGroup: SecurityGroup;
}

/** Subnets and a closed security group for a database in a network. */
export function placement(owner: Construct, databaseId: string, settings: Settings): Placement {
  const group = new DbSubnetGroup(owner, 'SubnetGroup', {
    namePrefix: rdsPrefix(databaseId, 100),
    subnetIds: settings.subnets.map(({ subnetId }) => subnetId),
    lifecycle: { createBeforeDestroy: true },
    ...named(owner, 'SubnetGroup', settings),
  });
  const securityGroup = new SecurityGroup(owner, 'SecurityGroup', {
    namePrefix: namePrefix(databaseId, 60),
    description: 'Database', // fixed: changing it replaces the group
    vpcId: settings.network.vpcId,
    lifecycle: { createBeforeDestroy: true },
    ...named(owner, 'SecurityGroup', settings),
  });
  return { subnetGroupName: group.name, securityGroup };
}

/** The role that lets RDS write what the operating system measures, every minute. */
export function monitoringRole(owner: Construct, databaseId: string, settings: Settings): IamRole {
  const role = new IamRole(owner, 'MonitoringRole', {
    namePrefix: namePrefix(databaseId, 38),
    assumeRolePolicy: assumedBy('monitoring.rds.amazonaws.com'),
    lifecycle: { createBeforeDestroy: true },
    ...named(owner, 'MonitoringRole', settings),
  });
  new IamRolePolicyAttachment(owner, 'MonitoringPolicy', {
    role: role.name,
    policyArn: `arn:${partitionOf(regionOf(settings.subnets[0]?.zone ?? ''))}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    provider: settings.provider,
  });
  return role;
}

/**
 * A name that no snapshot has yet and that stays the same from plan to plan: a server that is made again gets another,
 * so that its last snapshot does not collide with that of the one before.
 */
export function finalSnapshotIdentifier(owner: Construct, databaseId: string, settings: PossibleSettings): string {
  const { support, topology, kmsKeyArn, storage } = settings;
  const unique = new TerraformData(owner, 'FinalSnapshotName', [
    ...[support.engine, kmsKeyArn ?? ''], // whatever makes the server anew
    ...(topology === 'cluster' && storage ? [storage.type] : []),
  ]);
  return `${rdsPrefix(databaseId, 60)}final-${unique.id}`;
}

/** The account's own key for RDS in a region. Nobody can delete it, and AWS makes it when it is asked for. */
export function accountKeyArn(owner: Construct, provider: AwsProvider): string {
  return new DataAwsKmsKey(owner, 'AccountKey', { keyId: 'alias/aws/rds', provider }).arn;
}

/** Start of a name in RDS: lower case, a letter first. */
export function rdsPrefix(id: string, longest: number): string {
  const prefix = namePrefix(id, longest).toLowerCase();
  return /^[a-z]/.test(prefix) ? prefix : namePrefix(`db-${id}`, longest).toLowerCase();
}

/**
 * The lifecycle of a server of the database.
 *
 * @param once arguments that count only when it is made: changed or taken away later, the provider would make it anew
 */
export function madeOnce({ allowDestroy }: Settings, once: readonly string[]) {
  return { ...protectedLifecycle(allowDestroy), ignoreChanges: [...new Set(once)] };
}

/**
 * What restarts the server waits for the window, so that no deployment interrupts anybody; but a major upgrade that
 * waited would leave Terraform to remove the old parameter group while it is still in use, and fail.
 */
export function isImmediate({ maintenance }: Settings): boolean {
  return maintenance.allowMajorVersionUpgrade;
}

// Restores of large databases take hours. Given up, Terraform would make the database anew at the next apply.
export const PATIENCE = { create: '6h', update: '6h', delete: '2h' };

/** Seconds between two measurements of the operating system. */
export const MONITORING_INTERVAL = 60;
