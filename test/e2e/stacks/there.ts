import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { MultiAZNetwork, type ZonalNetwork } from 'nines/aws';

/** A VPC that "is there already", with a subnet in each zone: quickly made, unlike one with NAT gateways. */
export function networkThere(
  scope: Construct,
  id: string,
  { zones, second, provider }: { zones: readonly string[]; second: number; provider?: AwsProvider },
): ZonalNetwork {
  const there = new Construct(scope, `${id}Made`);
  const vpc = new Vpc(there, 'Vpc', {
    cidrBlock: `10.${second}.0.0/16`,
    enableDnsHostnames: true,
    tags: { Name: id },
    provider,
  });
  const subnets = zones.map((zone, position) => ({
    zone,
    subnetId: new Subnet(there, `Subnet${position}`, {
      vpcId: vpc.id,
      cidrBlock: `10.${second}.${position}.0/24`,
      availabilityZone: zone,
      provider,
    }).id,
  }));
  return MultiAZNetwork.fromExisting(scope, id, {
    vpcId: vpc.id,
    applicationSubnets: subnets,
    dataSubnets: subnets,
    provider,
  });
}
