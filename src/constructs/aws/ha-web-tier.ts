import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import type { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { CapacityPlan } from '../../intent';
import { InvalidPropsError } from '../../validation';
import { allowTo } from './allow-to';
import { named } from './aws-props';
import { assumedBy } from './iam';
import { namePrefix } from './naming';
import { knownRegion } from './network/zones';
import {
  type AddressRange,
  allowConnections,
  allowSource,
  type ConnectionSource,
  type ConnectionTarget,
} from './security-rules';
import { WebTierEntrance } from './web-tier/entrance';
import { errorAlarm } from './web-tier/error-alarm';
import { problemsIn } from './web-tier/problems';
import { groupProblems, type HAWebTierProps, type Settings, withDefaults } from './web-tier/props';
import { Instances, Tasks } from './web-tier/servers';

/**
 * Web servers behind a load balancer that go on serving their peak while a zone is lost, on EC2 or on Fargate.
 *
 * The servers for a lost zone are there before it is lost; scaling keeps that room at every size. A deployment adds
 * before it takes away, stops when errors rise, and lets requests finish. See `examples/shop.ts`.
 */
export class HAWebTier extends Construct implements ConnectionTarget, ConnectionSource {
  /** The load balancer: `dnsName`, `zoneId`, `arn` and `arnSuffix` are what others need. */
  public readonly loadBalancer: Lb;
  /** The target group that the servers register with. */
  public readonly targetGroup: LbTargetGroup;
  /** Security group of the servers. */
  public readonly securityGroup: SecurityGroup;
  /** Role of the servers: of the instances, or of the tasks. It may do nothing until you attach a policy. */
  public readonly role: IamRole;
  /** The Auto Scaling group; none on Fargate. */
  public readonly autoscalingGroup: AutoscalingGroup | undefined;
  /** The ECS service; none on EC2. */
  public readonly service: EcsService | undefined;
  /** Whether a client stays on the server that it got first (`entrance.stickiness`). */
  public readonly isSticky: boolean;
  /** How many servers, and what scaling aims at. */
  public readonly plan: CapacityPlan;

  private readonly entrance: WebTierEntrance;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, props: HAWebTierProps) {
    super(scope, id);
    const settings = withDefaults(props);
    const region = knownRegion(this, props.provider);
    InvalidPropsError.throwIfAny([...groupProblems(props), ...problemsIn(settings, region)], this);
    warnOfLosses(this, settings);
    const plan = settings.capacity.over(settings.network.zones.length);

    const entrance = new WebTierEntrance(this, 'LoadBalancer', { id, settings, plan });
    const securityGroup = serverGroup(this, id, settings, entrance);
    const role = new IamRole(this, 'Role', {
      namePrefix: namePrefix(id, 38),
      assumeRolePolicy: assumedBy(settings.container ? 'ecs-tasks.amazonaws.com' : 'ec2.amazonaws.com'),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'Role', settings),
    });
    const alarm = errorAlarm(this, role.name, entrance, settings);
    const servers = {
      ...{ tierId: id, settings, plan, entrance, role },
      securityGroupId: securityGroup.id,
      alarmName: alarm.alarmName,
    };
    const { container } = settings;
    if (container) this.service = new Tasks(this, 'Servers', { ...servers, container }).service;
    else this.autoscalingGroup = new Instances(this, 'Servers', servers).group;
    this.node.defaultChild = this.service ?? this.autoscalingGroup;

    this.loadBalancer = entrance.loadBalancer;
    this.targetGroup = entrance.targetGroup;
    this.securityGroup = securityGroup;
    this.role = role;
    this.isSticky = settings.entrance.stickiness !== undefined;
    this.plan = plan;
    this.entrance = entrance;
    this.settings = settings;
  }

  /**
   * Lets the servers of another tier open connections to this tier's load balancer, which must be internal:
   * one that faces the internet is reached by its public address, from anywhere.
   *
   * Both rules, for the way out there and the way in here, belong to this tier's stack.
   *
   * @throws Error when the load balancer faces the internet
   */
  public allowFrom(source: ConnectionSource): void {
    if (!this.settings.entrance.internal) {
      throw new Error(
        `"${this.node.path}" faces the internet, so allowFrom cannot say who reaches it; set entrance.internal: true`,
      );
    }
    const { securityGroup: to, ports } = this.entrance;
    allowSource(this, source, { to, ports }, this.settings);
  }

  /**
   * Lets the servers of this tier reach another construct (which gets the rules), or a range of addresses.
   * HTTPS to anywhere is open already: images, AWS's APIs, payment services.
   *
   * @throws RangeError when the range is none, or its port
   */
  public allowTo(target: ConnectionTarget | AddressRange): void {
    allowTo(this, target, this.settings);
  }
}

/** The security group of the servers: in from the load balancer, out by HTTPS. */
function serverGroup(tier: Construct, id: string, settings: Settings, entrance: WebTierEntrance): SecurityGroup {
  const { provider, tags, port, healthCheck } = settings;
  const group = new SecurityGroup(tier, 'SecurityGroup', {
    namePrefix: namePrefix(id, 60),
    description: 'Web servers', // fixed: changing it replaces the group
    vpcId: settings.network.vpcId,
    lifecycle: { createBeforeDestroy: true },
    ...named(tier, 'SecurityGroup', settings),
  });
  allowConnections(tier, 'FromLoadBalancer', {
    from: entrance.securityGroup,
    to: group,
    ports: [...new Set([port, healthCheck.port])],
    description: 'Load balancer to web servers',
    ...{ provider, tags },
  });
  new VpcSecurityGroupEgressRule(tier, 'HttpsOut', {
    securityGroupId: group.id,
    cidrIpv4: '0.0.0.0/0',
    ipProtocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    description: 'Images, AWS APIs, payment services',
    ...{ provider, tags },
  });
  return group;
}

/** Says what was chosen against availability, and what AWS cannot express. */
function warnOfLosses(tier: Construct, { certificateArn, healthCheck, capacity, allowDestroy }: Settings): void {
  const annotations = Annotations.of(tier);
  if (certificateArn === undefined) {
    annotations.addWarning('no certificateArn: requests and answers travel unencrypted, over plain HTTP');
  }
  if (capacity.options.allowOverloadWhenZoneLost) {
    annotations.addWarning('allowOverloadWhenZoneLost: losing a zone at peak overloads the servers that are left');
  }
  if (healthCheck.live !== undefined || healthCheck.startup !== undefined) {
    annotations.addWarning(
      'healthCheck.live and startup have no effect on AWS, which knows one check; timing.startup says how long a start takes',
    );
  }
  if (allowDestroy) {
    annotations.addWarning('allowDestroy: nothing protects the load balancer from being removed');
  }
}
