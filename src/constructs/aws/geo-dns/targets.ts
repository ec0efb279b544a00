/** A load balancer, or what else of AWS has a zone of its own: an `HAWebTier`'s `loadBalancer`, or its two names. */
export interface LoadBalancerTarget {
  /** Its DNS name. */
  readonly dnsName: string;
  /** Id of the hosted zone that AWS keeps its name in. */
  readonly zoneId: string;
}

/**
 * Records of the same hosted zone, A and AAAA, that the region's own stack makes, such as those of a `RegionalRecord`. Their
 * name is known beforehand, so this stack can be planned when that of the region cannot be read.
 */
export interface RecordTarget {
  /** Their name below the zone's: `eu-west-1.shop` for `eu-west-1.shop.example.com`. */
  readonly record: string;
}

/** A public address, of servers outside of AWS or of an Elastic IP. */
export interface AddressTarget {
  /** IPv4 address; public, since health checkers have to reach it. */
  readonly address: string;
  /**
   * IPv6 address. Either every endpoint has one, or none.
   *
   * @default - answers are IPv4 only
   */
  readonly ipv6Address?: string;
}

/** Another name, of a service that AWS cannot alias. The record must not be the zone itself, and all targets must be names. */
export interface CnameTarget {
  /** The other name. */
  readonly cname: string;
}

/** What a region answers clients with. */
export type GeoTarget = LoadBalancerTarget | RecordTarget | AddressTarget | CnameTarget;

/** What a hosted zone is known by: a `Route53Zone`, or its id and name. */
export interface HostedZone {
  /** Id of the zone. */
  readonly zoneId: string;
  /** Name of the zone. */
  readonly name: string;
}
