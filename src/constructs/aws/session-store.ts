import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { hasMember, InvalidPropsError } from '../../validation';
import { named, protectedLifecycle } from './aws-props';
import { type Grantee, grant } from './grants';
import { namePrefix, uniqueName } from './naming';
import { warnIfNobodyIsTold } from './notifying-props';
import { allowSource, type ConnectionSource, type ConnectionTarget, peerId, ruleDescription } from './security-rules';
import { storeAlarms } from './session-store/alarms';
import { problemsIn } from './session-store/problems';
import { type SessionStoreProps, type Settings, withDefaults } from './session-store/props';
import { IamUsers } from './session-store/users';

const PORT = 6379;

/**
 * Sessions outside of the web servers, so that any server answers any client: an ElastiCache replication group with a node
 * in every zone and automatic failover.
 *
 * A write is acknowledged before a replica has it, so a failover loses the last ones. Keep nothing here that cannot be
 * lost. See `examples/shop.ts`.
 */
export class SessionStore extends Construct implements ConnectionTarget {
  /** Host that writes; in cluster mode, where clients find all nodes. It stays the same through a failover. */
  public readonly endpoint: string;
  /** Host that spreads reads over the replicas, which may be behind; none in cluster mode. */
  public readonly readerEndpoint: string | undefined;
  /** Port of both; TLS only. */
  public readonly port: number = PORT;
  /** User that clients authenticate as, by IAM; none with a user group of your own. */
  public readonly userName: string | undefined;
  /** Security group of the nodes. */
  public readonly securityGroup: SecurityGroup;
  /** The replication group. */
  public readonly replicationGroup: ElasticacheReplicationGroup;

  private readonly settings: Settings;
  private readonly users: IamUsers | undefined;

  constructor(scope: Construct, id: string, props: SessionStoreProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(settings), this);
    warnIfNobodyIsTold(this, settings);
    if (settings.allowDestroy)
      Annotations.of(this).addWarning('allowDestroy: nothing protects the store from being removed');

    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      namePrefix: namePrefix(id, 60),
      description: 'Session store', // fixed: changing it replaces the group
      vpcId: settings.network.vpcId,
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'SecurityGroup', settings),
    });
    this.users = settings.userGroupId === undefined ? new IamUsers(this, 'Users', settings) : undefined;
    const group = new ElasticacheReplicationGroup(this, 'Resource', {
      replicationGroupId: uniqueName(this, 40),
      description: ruleDescription(`Sessions of ${this.node.path}`),
      engine: settings.engine,
      engineVersion: settings.engineVersion,
      autoMinorVersionUpgrade: String(settings.upgradesItself),
      nodeType: settings.nodeType,
      ...nodes(settings),
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      port: PORT,
      subnetGroupName: subnetGroup(this, settings),
      securityGroupIds: [this.securityGroup.id],
      parameterGroupName: parameterGroup(this, settings),
      userGroupIds: [settings.userGroupId ?? this.users?.groupId ?? ''],
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: 'true',
      kmsKeyId: settings.kmsKeyArn,
      snapshotRetentionLimit: settings.snapshotRetention.toDays(),
      snapshotWindow: settings.snapshotWindow,
      maintenanceWindow: settings.maintenanceWindow,
      applyImmediately: true, // in the window, the old parameter group would be in use when Terraform removes it
      notificationTopicArn: settings.notificationTopicArn,
      lifecycle: {
        ...protectedLifecycle(settings.allowDestroy),
        // to Terraform, the version before the one that ElastiCache installed is a reason to make the store anew
        ...(settings.upgradesItself && { ignoreChanges: ['engine_version'] }),
      },
      ...named(this, '', settings),
    });
    storeAlarms(this, group, settings);

    const inClusterMode = settings.shards !== undefined;
    this.node.defaultChild = group;
    this.endpoint = inClusterMode ? group.configurationEndpointAddress : group.primaryEndpointAddress;
    this.readerEndpoint = inClusterMode ? undefined : group.readerEndpointAddress;
    this.userName = this.users?.userName;
    this.replicationGroup = group;
    this.settings = settings;
  }

  /**
   * Lets the servers of a tier reach the store, and its role authenticate as the store's user, if it has a role. The
   * rules and the policy belong to the store's stack.
   */
  public allowFrom(source: ConnectionSource): void {
    if (!allowSource(this, source, { to: this.securityGroup, ports: [PORT] }, this.settings)) return;
    if (this.users && isGrantee(source)) this.grantConnect(source);
    if (source.isSticky) {
      Annotations.of(this).addWarning(
        `${source.node.path} keeps clients on one server (entrance.stickiness): with sessions in a store that only ` +
          'makes the load uneven, and hides servers that lose sessions',
      );
    }
  }

  /**
   * Lets a role authenticate as the store's user: for what `allowFrom` saw without its role.
   *
   * @throws Error when the users are your own (`userGroupId`)
   */
  public grantConnect(grantee: Grantee): void {
    if (!this.users) {
      throw new Error(`"${this.node.path}" has users of your own (userGroupId); grant elasticache:Connect on them`);
    }
    const resources = [this.replicationGroup.arn, this.users.userArn];
    grant(
      this,
      `Connect-${peerId('From', grantee.node.path)}`,
      grantee,
      [{ Effect: 'Allow', Action: ['elasticache:Connect'], Resource: resources }],
      this.settings,
    );
  }
}

function isGrantee(source: ConnectionSource): source is ConnectionSource & Grantee {
  return 'role' in source && hasMember(source.role, 'name');
}

/** How many nodes, and in which zones: the first is the first primary. In cluster mode ElastiCache spreads them itself. */
function nodes({ network, shards, replicas }: Settings) {
  if (shards !== undefined) return { numNodeGroups: shards, replicasPerNodeGroup: replicas };
  const zones = network.dataSubnets.map(({ zone }) => zone).sort();
  const preferred = Array.from({ length: replicas + 1 }, (_, position) => zones[position % zones.length] ?? '');
  return { numCacheClusters: replicas + 1, preferredCacheClusterAzs: preferred };
}

function subnetGroup(scope: Construct, settings: Settings): string {
  return new ElasticacheSubnetGroup(scope, 'SubnetGroup', {
    name: uniqueName(scope, 60),
    subnetIds: settings.network.dataSubnets.map(({ subnetId }) => subnetId),
    ...named(scope, 'SubnetGroup', settings),
  }).name;
}

/** Parameters of a family: another one makes another group, under another name, before the old one goes. */
function parameterGroup(scope: Construct, settings: Settings): string {
  const family = `${settings.engine}${settings.engineVersion.split('.')[0]}`;
  const mode = settings.shards === undefined ? {} : { 'cluster-enabled': 'yes' };
  return new ElasticacheParameterGroup(scope, 'Parameters', {
    name: `${uniqueName(scope, 60)}-${family}${settings.shards === undefined ? '' : '-cluster'}`,
    family,
    description: 'Parameters of a session store', // fixed: changing it replaces the group
    parameter: Object.entries({ ...settings.parameters, ...mode })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, value })),
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Parameters', settings),
  }).name;
}
