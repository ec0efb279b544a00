import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type AwsProps, named, protectedLifecycle } from '../aws-props';
import type { ZoneRanges } from './address-plan';
import type { ZonalSubnet } from './zonal-network';

/** What a zone of a network is made from. */
export interface NetworkZoneProps extends AwsProps {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Name of the zone. */
  readonly zone: string;
  /** Address ranges of its subnets. */
  readonly ranges: ZoneRanges;
  /** Route table of all public subnets. */
  readonly publicRouteTableId: string;
  /** Its route to the internet. */
  readonly publicRoute: ITerraformDependable;
  /** Route table of all data subnets. */
  readonly dataRouteTableId: string;
  /**
   * The zone whose NAT gateway is used; none to make one here.
   *
   * @default - a NAT gateway of its own
   */
  readonly natFrom?: NetworkZone;
}

/** The part of a network that lies in one zone: three subnets, a NAT gateway, and the route to it. */
export class NetworkZone extends Construct {
  public readonly publicSubnet: ZonalSubnet;
  public readonly applicationSubnet: ZonalSubnet;
  public readonly dataSubnet: ZonalSubnet;
  /** Id of the route table of the application subnet. */
  public readonly applicationRouteTableId: string;
  /** Id of the NAT gateway that the application subnet goes through. */
  public readonly natGatewayId: string;

  constructor(scope: Construct, id: string, props: NetworkZoneProps) {
    super(scope, id);
    const { vpcId, zone, ranges, provider, publicRoute } = props;
    const lifecycle = protectedLifecycle(props.allowDestroy);
    const subnet = (childId: string, cidrBlock: string) =>
      new Subnet(this, childId, { vpcId, availabilityZone: zone, cidrBlock, lifecycle, ...named(this, childId, props) })
        .id;

    const publicSubnetId = subnet('PublicSubnet', ranges.public);
    this.publicSubnet = this.routed('PublicRouting', props, publicSubnetId, props.publicRouteTableId, [publicRoute]);
    this.natGatewayId = props.natFrom?.natGatewayId ?? this.natGateway(props);

    const table = new RouteTable(this, 'ApplicationRouteTable', {
      vpcId,
      ...named(this, 'ApplicationRouteTable', props),
    });
    this.applicationRouteTableId = table.id;
    const natRoute = new Route(this, 'NatRoute', {
      routeTableId: this.applicationRouteTableId,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: this.natGatewayId,
      provider,
    });
    const applicationSubnetId = subnet('ApplicationSubnet', ranges.application);
    this.applicationSubnet = this.routed(
      'ApplicationRouting',
      props,
      applicationSubnetId,
      this.applicationRouteTableId,
      [natRoute],
    );
    this.dataSubnet = this.routed('DataRouting', props, subnet('DataSubnet', ranges.data), props.dataRouteTableId);
  }

  /**
   * Ties a subnet to its route table, and publishes its id by way of that tie: whatever is placed in the subnet
   * then waits for its routes. Without it a load balancer may come before the internet gateway and
   * be refused, and a server may boot before it can reach anything.
   */
  private routed(
    id: string,
    { zone, provider }: NetworkZoneProps,
    subnetId: string,
    routeTableId: string,
    dependsOn?: ITerraformDependable[],
  ): ZonalSubnet {
    const association = new RouteTableAssociation(this, id, { subnetId, routeTableId, dependsOn, provider });
    return { zone, subnetId: association.getStringAttribute('subnet_id') };
  }

  /** Placed by way of the tie, too: on the way down the gateway keeps its own route for as long as it serves. */
  private natGateway(props: NetworkZoneProps): string {
    const address = new Eip(this, 'NatAddress', {
      domain: 'vpc',
      lifecycle: protectedLifecycle(props.allowDestroy), // partners may have allowed it; released, it is gone
      ...named(this, 'NatAddress', props),
    });
    return new NatGateway(this, 'NatGateway', {
      subnetId: this.publicSubnet.subnetId,
      allocationId: address.id,
      ...named(this, 'NatGateway', props),
    }).id;
  }
}
