import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { Route } from '@cdktf/provider-aws/lib/route';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Host } from './host';
import { routeTablesOf, type Settings } from './props';

/**
 * Routes to an overlay address: one in each route table, to the first host. Which host they lead to afterwards is none of
 * Terraform's business.
 */
export function overlayRoutes(
  scope: Construct,
  first: Host,
  settings: Settings,
  after: readonly ITerraformDependable[],
): void {
  const networkInterfaceId = first.networkInterface.id;
  for (const [name, routeTableId] of Object.entries(routeTablesOf(settings))) {
    new Route(scope, `Route-${name}`, {
      routeTableId,
      destinationCidrBlock: `${settings.address.overlayAddress}/32`,
      networkInterfaceId,
      lifecycle: { ignoreChanges: ['network_interface_id'] },
      dependsOn: [...after],
      provider: settings.provider,
    });
  }
}

/** Looks up the ranges of a VPC that nines did not make: the plan fails when the address is inside of one. */
export function checkOutside(scope: Construct, { network, address, provider }: Settings): void {
  if (address.isPublic || network.cidr !== undefined) return;
  const own = address.overlayAddress;
  new DataAwsVpc(scope, 'Vpc', {
    id: network.vpcId,
    provider,
    lifecycle: {
      postcondition: [
        {
          condition:
            '${alltrue([for range in self.cidr_block_associations : ' +
            `cidrhost(range.cidr_block, 0) != cidrhost("${own}/\${split("/", range.cidr_block)[1]}", 0)])}`,
          errorMessage: `the overlay address ${own} is inside of the VPC, where no route can move it`,
        },
      ],
    },
  });
}
