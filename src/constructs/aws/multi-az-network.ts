import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidPropsError, isToken, shown } from '../../validation';
import { type AwsProps, awsProblems, named, protectedLifecycle } from './aws-props';
import { type AddressPlan, cidrProblems, rangesOf, subnetProblems, type ZoneRanges } from './network/address-plan';
import { ExistingNetwork, type ExistingNetworkProps } from './network/existing-network';
import { NetworkZone, type NetworkZoneProps } from './network/network-zone';
import type { ZonalNetwork, ZonalSubnet } from './network/zonal-network';
import { checkRegionAtSynthesis, knownRegion, regionOf, zoneId, zoneProblems } from './network/zones';

/** Choices for a {@link MultiAZNetwork}. */
export interface MultiAZNetworkProps extends AwsProps {
  /**
   * Address range of the VPC, from /16 to /21: room for eight zones is set aside, so that one can be added later.
   * With `subnets` it may be as small as a /25.
   */
  readonly cidr: string;

  /** Names of at least two zones of one region, in any order; adding one or reordering them replaces nothing. */
  readonly zones: readonly string[];

  /**
   * Address ranges of your own, by zone name; for networks that have to fit an existing plan.
   *
   * @default - computed: a zone's block is the eighth of `cidr` that belongs to its letter; half of it for the
   * application subnet, a quarter for the data subnet, an eighth for the public one
   */
  readonly subnets?: AddressPlan;

  /**
   * Names the one zone that gets a NAT gateway, for all. Cheaper, but when that zone is lost, no server of
   * any zone reaches the internet, and traffic between zones is charged.
   *
   * @default - a NAT gateway in every zone
   */
  readonly allowNatSinglePointOfFailure?: string;
}

/**
 * A VPC in which no zone needs another: public, application and data subnets in each, a NAT gateway in each.
 *
 * Application subnets reach the internet through the NAT gateway of their own zone; data subnets do not reach it.
 * S3 and DynamoDB are reached without it, through gateway endpoints. See `examples/shop.ts`.
 */
export class MultiAZNetwork extends Construct implements ZonalNetwork {
  /**
   * A VPC that is there already, for teams that have one.
   *
   * @throws InvalidPropsError when two of its subnets share a zone, or zones are missing
   */
  public static fromExisting(scope: Construct, id: string, props: ExistingNetworkProps): ZonalNetwork {
    return new ExistingNetwork(scope, id, props);
  }

  /** Id of the VPC. */
  public readonly vpcId: string;
  /** Names of the zones, in alphabetical order. */
  public readonly zones: readonly string[];
  /** One subnet per zone with a route to and from the internet. What is placed in one waits for its route. */
  public readonly publicSubnets: readonly ZonalSubnet[];
  /** One subnet per zone that reaches the internet through its own NAT gateway. What is placed in one waits for it. */
  public readonly applicationSubnets: readonly ZonalSubnet[];
  /** One subnet per zone without a route to the internet. */
  public readonly dataSubnets: readonly ZonalSubnet[];
  /** Ids of all route tables, for routes and gateway endpoints of your own. */
  public readonly routeTableIds: readonly string[];
  /** The same by name: `Public`, `Data`, and the application's of each zone as `ZoneA`. */
  public readonly routeTables: Readonly<Record<string, string>>;
  /** Address range of the VPC. */
  public readonly cidr: string;

  constructor(scope: Construct, id: string, props: MultiAZNetworkProps) {
    super(scope, id);
    InvalidPropsError.throwIfAny(problemsIn(props, knownRegion(this, props.provider)), this);
    const zones = [...props.zones].sort();
    checkRegionAtSynthesis(this, 'zones', zones, props.provider);
    warnOfLosses(this, props);

    const vpc = new Vpc(this, 'Resource', {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true, // private names of interface endpoints and databases need both
      lifecycle: protectedLifecycle(props.allowDestroy),
      ...named(this, '', props),
    });
    const vpcId = vpc.id;
    const routeTable = (childId: string) => new RouteTable(this, childId, { vpcId, ...named(this, childId, props) }).id;
    const publicRouteTableId = routeTable('PublicRouteTable');
    const dataRouteTableId = routeTable('DataRouteTable');
    const publicRoute = new Route(this, 'PublicRoute', {
      routeTableId: publicRouteTableId,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: new InternetGateway(this, 'InternetGateway', { vpcId, ...named(this, 'InternetGateway', props) }).id,
      provider: props.provider,
    });
    const inZones = networkZones(this, zones, props, { vpcId, publicRouteTableId, publicRoute, dataRouteTableId });

    const routeTableIds = [
      publicRouteTableId,
      dataRouteTableId,
      ...inZones.map((zone) => zone.applicationRouteTableId),
    ];
    const gatewayEndpoint = (childId: string, service: string) =>
      new VpcEndpoint(this, childId, {
        vpcId,
        serviceName: `com.amazonaws.${regionOf(zones[0] ?? '')}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds,
        ...named(this, childId, props),
      });
    gatewayEndpoint('S3Endpoint', 's3');
    gatewayEndpoint('DynamodbEndpoint', 'dynamodb');
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', {
      vpcId,
      ingress: [], // as AWS makes it, it lets everything inside it talk to everything
      egress: [], // left out, Terraform would not see rules that are added by hand
      ...named(this, 'DefaultSecurityGroup', props),
    });

    this.vpcId = vpcId;
    this.zones = zones;
    this.publicSubnets = inZones.map(({ publicSubnet }) => publicSubnet);
    this.applicationSubnets = inZones.map(({ applicationSubnet }) => applicationSubnet);
    this.dataSubnets = inZones.map(({ dataSubnet }) => dataSubnet);
    this.routeTableIds = routeTableIds;
    this.routeTables = {
      Public: publicRouteTableId,
      Data: dataRouteTableId,
      ...Object.fromEntries(inZones.map((zone) => [zone.node.id, zone.applicationRouteTableId])),
    };
    this.cidr = props.cidr;
  }
}

/** The parts in each zone, in the order of `zones`; the zone of a single NAT gateway is built first. */
function networkZones(
  network: MultiAZNetwork,
  zones: readonly string[],
  props: MultiAZNetworkProps,
  shared: Pick<NetworkZoneProps, 'vpcId' | 'publicRouteTableId' | 'publicRoute' | 'dataRouteTableId'>,
): NetworkZone[] {
  const { provider, allowDestroy, tags } = props;
  const build = (zone: string, natFrom?: NetworkZone) =>
    new NetworkZone(network, zoneId(zone), {
      ...shared,
      ...{ provider, allowDestroy, tags, zone, natFrom },
      ranges: rangesFor(props, zone),
    });
  const natZone = props.allowNatSinglePointOfFailure;
  if (natZone === undefined) return zones.map((zone) => build(zone));
  const first = build(natZone);
  return zones.map((zone) => (zone === natZone ? first : build(zone, first)));
}

function rangesFor({ cidr, subnets }: MultiAZNetworkProps, zone: string): ZoneRanges {
  return subnets?.[zone] ?? rangesOf(cidr, zone);
}

function problemsIn(props: MultiAZNetworkProps, region: string | undefined): string[] {
  const { cidr, zones, subnets, allowNatSinglePointOfFailure: natZone } = props;
  const unknown = isToken(zones) || !Array.isArray(zones); // then nothing can be compared with them
  return [
    ...cidrProblems(cidr, subnets === undefined),
    ...zoneProblems('zones', zones, region),
    ...(subnets === undefined || unknown ? [] : subnetProblems(cidr, zones, subnets)),
    ...(natZone === undefined || unknown || zones.includes(natZone)
      ? []
      : [
          `allowNatSinglePointOfFailure must be one of zones (${zones.join(', ')}), got ${shown(natZone)}; ` +
            'name the zone that gets the gateway',
        ]),
    ...awsProblems(props),
  ];
}

function warnOfLosses(network: MultiAZNetwork, props: MultiAZNetworkProps): void {
  const annotations = Annotations.of(network);
  const zone = props.allowNatSinglePointOfFailure;
  if (zone !== undefined) {
    annotations.addWarning(
      `one NAT gateway, in ${zone}, serves all zones: when ${zone} is lost, no server reaches the internet`,
    );
  }
  if (props.allowDestroy) annotations.addWarning('allowDestroy: nothing protects the network from being removed');
}
