/** A subnet and the zone it lies in. */
export interface ZonalSubnet {
  /** Name of the availability zone, such as `eu-west-1a`; known at synthesis. */
  readonly zone: string;
  /** Id of the subnet; may be known only after deployment. */
  readonly subnetId: string;
}

/**
 * A network whose subnets are known zone by zone: what the other constructs need of one.
 * `MultiAZNetwork` makes one, `MultiAZNetwork.fromExisting` describes one that is there.
 */
export interface ZonalNetwork {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Names of the zones, each once. */
  readonly zones: readonly string[];
  /** One subnet per zone with a route from the internet; for load balancers. May be empty. */
  readonly publicSubnets: readonly ZonalSubnet[];
  /** One subnet per zone for servers. */
  readonly applicationSubnets: readonly ZonalSubnet[];
  /** One subnet per zone for databases and caches. May be empty. */
  readonly dataSubnets: readonly ZonalSubnet[];
  /**
   * Address range of the VPC.
   *
   * @default - not known before deployment
   */
  readonly cidr?: string;
  /**
   * Ids of all route tables, by names that stay when a zone is added.
   *
   * @default - not known
   */
  readonly routeTables?: Readonly<Record<string, string>>;
}
