/** Types of records that lead a client to servers. */
export type DnsRecordType = 'A' | 'AAAA' | 'CNAME';

/** Continents that DNS tells apart. https://docs.aws.amazon.com/Route53/latest/APIReference/API_GeoLocation.html */
export type DnsContinent = 'AF' | 'AN' | 'AS' | 'EU' | 'NA' | 'OC' | 'SA';

/** How a record is chosen among those of the same name and type; a geolocation of no place is the default. */
export type DnsPolicy =
  | { readonly kind: 'simple' }
  | { readonly kind: 'latency'; readonly region: string }
  | { readonly kind: 'weighted'; readonly weight: number }
  | { readonly kind: 'failover'; readonly role: 'PRIMARY' | 'SECONDARY' }
  | {
      readonly kind: 'geolocation';
      readonly continent?: DnsContinent;
      readonly country?: string;
      /** State of the USA; its country is `US`. */
      readonly state?: string;
    };

/** A record of a hosted zone, as far as it decides who is served what. */
export interface DnsRecord {
  /** The whole name, without a dot at its end. */
  readonly name: string;
  /** Type of the record. */
  readonly type: DnsRecordType;
  /** What tells it from others of the same name and type; empty for one alone. */
  readonly setIdentifier: string;
  /** How it is chosen among those. */
  readonly policy: DnsPolicy;
  /** Addresses or the other name that it answers with; or what it stands for. */
  readonly answer: DnsValues | DnsAlias;
  /**
   * Name or id of the health check that it has.
   *
   * @default - none: to Route 53 it is always healthy
   */
  readonly healthCheck?: string;
}

/** What a record answers with by itself. */
export interface DnsValues {
  /** Addresses, or one other name. */
  readonly values: readonly string[];
}

/** A record that stands for another one of its type in the zone, or for a load balancer or the like. */
export interface DnsAlias {
  /** Name of the record or of the load balancer. */
  readonly aliasOf: string;
  /** Whether it is unhealthy when what it stands for is. */
  readonly evaluateTargetHealth: boolean;
}
