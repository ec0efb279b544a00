import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup, type LbTargetGroupConfig } from '@cdktf/provider-aws/lib/lb-target-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import type { CapacityPlan } from '../../../intent';
import { named, protectedLifecycle } from '../aws-props';
import { namePrefix } from '../naming';
import type { Settings } from './props';

// Refuses TLS below 1.2 and ciphers without forward secrecy.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

/** The load balancer of a web tier: one node in each zone, a target group, listeners. */
export class WebTierEntrance extends Construct {
  /** The load balancer. */
  public readonly loadBalancer: Lb;
  /** The group that the servers register with. */
  public readonly targetGroup: LbTargetGroup;
  /** The listener that forwards to it; a service must not start before it is there. */
  public readonly listener: LbListener;
  /** Security group of the load balancer. */
  public readonly securityGroup: SecurityGroup;
  /** Ports on which it takes requests. */
  public readonly ports: readonly number[];

  constructor(
    scope: Construct,
    id: string,
    tier: { readonly id: string; readonly settings: Settings; readonly plan: CapacityPlan },
  ) {
    super(scope, id);
    const { settings } = tier;
    const { network, entrance, certificateArn, provider } = settings;
    this.ports = certificateArn === undefined ? [80] : [80, 443];

    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      namePrefix: namePrefix(`${tier.id}-entrance`, 60),
      description: 'Load balancer', // fixed: changing it replaces the group
      vpcId: network.vpcId,
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'SecurityGroup', settings),
    });
    const securityGroupId = this.securityGroup.id;
    if (!entrance.internal) openToInternet(this, securityGroupId, settings, this.ports);

    const prefix = namePrefix(tier.id, 6);
    this.loadBalancer = new Lb(this, 'Resource', {
      namePrefix: prefix,
      loadBalancerType: 'application',
      internal: entrance.internal,
      subnets: (entrance.internal ? network.applicationSubnets : network.publicSubnets).map(({ subnetId }) => subnetId),
      securityGroups: [securityGroupId],
      enableDeletionProtection: !settings.allowDestroy,
      enableZonalShift: true,
      dropInvalidHeaderFields: true,
      idleTimeout: Math.max(60, settings.timing.longestRequest.toSeconds()),
      clientKeepAlive: CLIENT_KEEP_ALIVE,
      // said also when off: of a block that is left out, the provider keeps what was there before
      accessLogs: { bucket: '', ...entrance.accessLogs, enabled: entrance.accessLogs !== undefined },
      lifecycle: { createBeforeDestroy: true, ...protectedLifecycle(settings.allowDestroy) },
      ...named(this, '', settings),
    });
    this.targetGroup = new LbTargetGroup(this, 'TargetGroup', {
      namePrefix: prefix,
      ...targetGroupConfig(settings, tier.plan),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'TargetGroup', settings),
    });
    const forward = [{ type: 'forward', targetGroupArn: this.targetGroup.arn }];
    const listener = (
      protocol: 'HTTP' | 'HTTPS',
      defaultAction: typeof forward | typeof REDIRECT,
      dependsOn?: LbListener[],
    ) =>
      new LbListener(this, protocol === 'HTTP' ? 'HttpListener' : 'HttpsListener', {
        loadBalancerArn: this.loadBalancer.arn,
        port: protocol === 'HTTP' ? 80 : 443,
        protocol,
        ...(protocol === 'HTTPS' && { certificateArn, sslPolicy: TLS_POLICY }),
        defaultAction,
        dependsOn,
        ...{ provider, tags: settings.tags },
      });
    if (certificateArn === undefined) {
      this.listener = listener('HTTP', forward);
    } else {
      this.listener = listener('HTTPS', forward);
      // a tier that gets its certificate later goes on answering by HTTP until HTTPS is there
      listener('HTTP', REDIRECT, [this.listener]);
    }
  }
}

// AWS's default is an hour, for which a client may stay on a node of a zone that traffic was shifted away from.
// https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.considerations.html
const CLIENT_KEEP_ALIVE = 300;

const REDIRECT = [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }];

function openToInternet(
  scope: Construct,
  securityGroupId: string,
  { provider, tags }: Settings,
  ports: readonly number[],
) {
  for (const port of ports) {
    new VpcSecurityGroupIngressRule(scope, `Internet${port}`, {
      securityGroupId,
      cidrIpv4: '0.0.0.0/0',
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description: 'The tier faces the internet',
      ...{ provider, tags },
    });
  }
}

function targetGroupConfig(settings: Settings, plan: CapacityPlan): LbTargetGroupConfig {
  const { network, healthCheck, timing, entrance, container, port } = settings;
  const protocol = healthCheck.protocol.toUpperCase();
  return {
    vpcId: network.vpcId,
    targetType: container ? 'ip' : 'instance',
    port,
    protocol,
    deregistrationDelay: String(timing.drain.toSeconds()),
    slowStart: timing.slowStart?.toSeconds(),
    ...balancing(settings),
    healthCheck: {
      enabled: true,
      path: healthCheck.path,
      port: String(healthCheck.port),
      protocol,
      matcher: '200-299',
      interval: healthCheck.interval.toSeconds(),
      timeout: healthCheck.timeout.toSeconds(),
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
    },
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: '1', minimumHealthyTargetsPercentage: failoverPercent(plan) },
      // unhealthy servers get requests only when no other is left
      unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: 'off' },
    },
    // said also when off, like access logs
    stickiness: {
      enabled: entrance.stickiness !== undefined,
      type: 'lb_cookie',
      cookieDuration: entrance.stickiness?.toSeconds(),
    },
  };
}

/**
 * The share of healthy servers, in percent, below which the load balancer leaves DNS (and Route 53 turns to another
 * region): half, but never more than a tolerated loss leaves. Servers of all zones count together, since each
 * node sends requests to all of them; nine servers over two zones may lose five, and the four go on.
 */
function failoverPercent({ shareLeft }: CapacityPlan): string {
  return String(Math.min(50, Math.floor(shareLeft * 100)));
}

/** Weighted random with anomaly mitigation gives less to a target that errs more; slow start and cookies exclude it. */
function balancing({ timing, entrance }: Settings): Partial<LbTargetGroupConfig> {
  if (timing.slowStart || entrance.stickiness) {
    return { loadBalancingAlgorithmType: 'round_robin', loadBalancingAnomalyMitigation: 'off' };
  }
  return { loadBalancingAlgorithmType: 'weighted_random', loadBalancingAnomalyMitigation: 'on' };
}
