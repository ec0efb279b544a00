import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import { type AwsProps, awsProblems, protectedLifecycle } from './aws-props';
import { knownZoneName, zoneProblems } from './geo-dns/hosted-zone-problems';
import { nameIn } from './geo-dns/records';
import { balancerProblems, labelProblems } from './geo-dns/target-problems';
import type { HostedZone, LoadBalancerTarget } from './geo-dns/targets';
import { hostedZoneOf } from './geo-dns/zone';

/** Choices for a `RegionalRecord`. */
export interface RegionalRecordProps extends Omit<AwsProps, 'tags'> {
  /** The public hosted zone: a `Route53Zone`, an id and a name, or one of both, and the other is looked up at every plan. */
  readonly hostedZone: HostedZone | string;

  /** The name below the zone's: one of this region alone, such as `eu-west-1.shop`. */
  readonly record: string;

  /** What it leads to: an `HAWebTier`'s `loadBalancer`. */
  readonly target: LoadBalancerTarget;
}

/**
 * The name of one region's load balancer, A and AAAA, made in the stack of that region.
 *
 * The name is known before anything is deployed. So a `MultiRegionGeoDNS` in another stack takes it as its target,
 * `{ record }`, and can be planned while the state of this region cannot be read. Health checks ask for it, too. Deploy the
 * region first. See `examples/geo-dns.ts`.
 */
export class RegionalRecord extends Construct {
  /** The whole name. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: RegionalRecordProps) {
    super(scope, id);
    InvalidPropsError.throwIfAny(problemsIn(props), this);
    const { hostedZone, record, target, provider, allowDestroy } = props;
    if (allowDestroy) {
      Annotations.of(this).addWarning('allowDestroy: nothing protects the name of the region from being removed');
    }
    const { zoneId, name: zoneName } = hostedZoneOf(this, hostedZone, props);
    const alias = { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true };
    const name = nameIn(zoneName, record);
    for (const type of ['A', 'AAAA']) {
      const lifecycle = protectedLifecycle(allowDestroy);
      new Route53Record(this, type, { zoneId, name, type, alias, lifecycle, provider });
    }
    this.name = name;
  }
}

function problemsIn(props: RegionalRecordProps): string[] {
  const zone = zoneProblems(props);
  const zoneName = zone.length > 0 ? undefined : knownZoneName(props);
  return [
    ...zone,
    ...labelProblems('record', props.record, zoneName),
    ...balancerProblems('target', props.target),
    ...awsProblems(props),
  ];
}
