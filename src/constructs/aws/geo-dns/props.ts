import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type HealthCheck, Routing } from '../../../intent';
import { Duration } from '../../../units';
import type { AwsProps } from '../aws-props';
import type { NotifyingProps } from '../notifying-props';
import type { CheckerRegion } from './checkers';
import type { GeoTarget, HostedZone } from './targets';

/** Choices for a `MultiRegionGeoDNS`. */
export interface MultiRegionGeoDNSProps extends AwsProps, NotifyingProps {
  /**
   * The public hosted zone: a `Route53Zone`, an id and a name, or one of both. With an id or a name alone, Terraform looks up
   * the other at every plan.
   */
  readonly hostedZone: HostedZone | string;

  /** The regions, at least two, each named once. */
  readonly endpoints: readonly GeoEndpoint[];

  /**
   * What tells that a region can serve: asked by Route 53's checkers all over the world. HTTPS, or HTTP; every 10 or 30
   * seconds; `unhealthyThreshold` from 1 to 10 counts for both directions. Route 53 waits 4 seconds for a connection and 2
   * for an answer, takes redirects for healthy, and does not look at the certificate.
   */
  readonly healthCheck: HealthCheck;

  /**
   * The name below the zone's that clients ask for, such as `shop`.
   *
   * @default - the name of the zone itself
   */
  readonly record?: string;

  /**
   * Which client is sent to which region. Whatever it is, every branch falls back to all regions. A change is one change
   * of one record: no moment without an answer.
   *
   * @default Routing.latency()
   */
  readonly routing?: Routing;

  /**
   * A second check of every region: that it reaches the writer of its data. A region takes clients only when both pass.
   * When the writer of all regions is one, its loss fails all of them, and Route 53 then takes all for healthy again.
   *
   * @default - a region that answers takes clients
   */
  readonly writerCheck?: HealthCheck;

  /**
   * How long resolvers may keep an answer with an address or another name. Load balancers have 60 seconds, which is not ours
   * to set.
   *
   * @default Duration.seconds(60)
   */
  readonly ttl?: Duration;

  /**
   * The time within which clients are sent elsewhere after a region fell silent. Refused when checks and cached answers take
   * longer: `detectionTime` says what they take. Some resolvers and clients keep answers longer than they should.
   *
   * @default Duration.minutes(2)
   */
  readonly detectWithin?: Duration;

  /**
   * Where Route 53 checks from, at least three. Each has several checkers that do not wait for each other, so expect several
   * requests a second; a firewall must let them in.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
   *
   * @default ['us-east-1', 'eu-west-1', 'ap-southeast-1']
   */
  readonly checkerRegions?: readonly CheckerRegion[];

  /**
   * What clients get when no region is healthy: a static page, such as that of a CloudFront distribution. Nothing checks it.
   * It must be apart from all regions. It takes away that Route 53 answers with all regions when all checks fail, also where
   * only the checks are wrong.
   *
   * @default - when no check passes, Route 53 answers as if all did
   */
  readonly lastResort?: GeoTarget;

  /**
   * Regions in which an operator can switch another one off, by a value of a metric: no record is edited, no control plane is
   * asked. A region is switched in the first of these that it is not itself; `switches` of the construct says how. Two
   * suffice for all, one when it is no endpoint. See `docs/geo-dns.md`.
   *
   * @default - nobody can take a region out that passes its checks, and a warning says so
   */
  readonly switchRegions?: readonly SwitchRegion[];

  /**
   * The provider of us-east-1, where Route 53 publishes its metrics, and where alarms, query logs and keys of DNSSEC have to
   * be, as has the topic.
   *
   * @default - `provider`, when it is of us-east-1; else nothing rings, and a warning says so
   */
  readonly usEast1Provider?: AwsProvider;

  /**
   * Logs every question to the zone, in CloudWatch in us-east-1, for so long. A zone has one such log; it costs by the question.
   *
   * @default - no log
   */
  readonly queryLogRetention?: Duration;

  /**
   * Signs the zone. Afterwards give `dsRecord` to the registrar. Before signing is taken away, the registrar's record must be
   * gone for as long as it is cached: else nobody resolves the zone.
   *
   * @default false
   */
  readonly dnssec?: boolean;
}

/** A region that serves clients. */
export interface GeoEndpoint {
  /** The AWS region, or the one nearest to servers outside of AWS: latency is measured to it. */
  readonly region: string;

  /** What it answers with. */
  readonly target: GeoTarget;

  /**
   * Host name that checks ask for. For a load balancer or another name it is also where they ask, so it must lead to this
   * region alone.
   *
   * @default - the name of the target; for an address, the name that clients ask for
   */
  readonly checkHost?: string;

  /**
   * CloudWatch alarm that rings when the region must not take clients, such as when its database does not write. Without
   * data, Route 53 keeps what it knew last.
   *
   * @default - only checks count
   */
  readonly alarm?: EndpointAlarm;

  /**
   * ARN of a routing control of Amazon Application Recovery Controller that takes the region out while it is off: a switch
   * with guards, for 2.50 dollars an hour and cluster.
   *
   * @default - no routing control
   */
  readonly routingControlArn?: string;
}

/** A CloudWatch alarm of the same account: of one metric at standard resolution, with a plain statistic. */
export interface EndpointAlarm {
  /** Its name. */
  readonly name: string;
  /** Its region. */
  readonly region: string;
}

/** A region from which others are switched off. */
export interface SwitchRegion {
  /** Its name. */
  readonly region: string;
  /** Its provider. */
  readonly provider: AwsProvider;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `MultiRegionGeoDNS`, settled. */
export function withDefaults(props: MultiRegionGeoDNSProps) {
  return {
    ...props,
    routing: props.routing ?? Routing.latency(),
    ttl: props.ttl ?? Duration.seconds(60),
    writtenTtl: props.ttl,
    detectWithin: props.detectWithin ?? Duration.minutes(2),
    checkerRegions: props.checkerRegions ?? (['us-east-1', 'eu-west-1', 'ap-southeast-1'] as const),
    switchRegions: props.switchRegions ?? [],
    dnssec: props.dnssec ?? false,
  };
}
