import { published, routeTableOf, subnetsOf, synthNetwork, type Tier, waitsFor } from '../../support/network';
import { all, type Block, follow, only, type Synthesized } from '../../support/synth';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const TIERS: readonly Tier[] = ['public', 'application', 'data'];

describe('MultiAZNetwork', () => {
  const result = synthNetwork({ zones: ZONES });

  test('keeps a NAT gateway, with an address of its own, in every zone by default', () => {
    const gateways = Object.values(all(result, 'aws_nat_gateway'));
    expect(gateways.map((gateway) => zoneOfNat(result, gateway)).sort()).toEqual(ZONES);
    const addresses = gateways.map((gateway) => follow(result, gateway.allocation_id));
    expect(addresses.map(({ type, block }) => [type, block.domain])).toEqual(ZONES.map(() => ['aws_eip', 'vpc']));
    expect(new Set(addresses.map(({ address }) => address)).size).toBe(3);
  });

  test('sends each application subnet out through the NAT gateway of its own zone', () => {
    const ways = published(result, 'application').map((id) => {
      const [route, ...others] = routesOf(result, routeTableOf(result, id));
      expect(others).toEqual([]);
      expect(route?.destination_cidr_block).toBe('0.0.0.0/0');
      return zoneOfNat(result, follow(result, route?.nat_gateway_id).block);
    });
    expect(ways).toEqual(ZONES);
  });

  test('places NAT gateways in public subnets', () => {
    const publicSubnets = subnetsOf(result, 'public');
    const natSubnets = Object.values(all(result, 'aws_nat_gateway')).map((gateway) => subnetOfNat(result, gateway));
    expect(natSubnets).toEqual(publicSubnets);
  });

  test('sends public subnets straight to the internet', () => {
    const tables = new Set(published(result, 'public').map((id) => routeTableOf(result, id)));
    expect(tables.size).toBe(1);
    const [route, ...others] = [...tables].flatMap((table) => routesOf(result, table));
    expect(others).toEqual([]);
    expect(route?.destination_cidr_block).toBe('0.0.0.0/0');
    expect(follow(result, route?.gateway_id).type).toBe('aws_internet_gateway');
    expect(follow(result, only(result, 'aws_internet_gateway').vpc_id).type).toBe('aws_vpc');
  });

  test('gives data subnets no route to anywhere', () => {
    const tables = new Set(published(result, 'data').map((id) => routeTableOf(result, id)));
    expect(tables.size).toBe(1);
    expect([...tables].flatMap((table) => routesOf(result, table))).toEqual([]);
  });

  test('gives nothing a public address unasked', () => {
    const subnets = TIERS.flatMap((tier) => subnetsOf(result, tier));
    expect(subnets.filter((subnet) => 'map_public_ip_on_launch' in subnet)).toEqual([]);
  });

  test.each(TIERS)('lets no %s subnet depend on another zone, near or far', (tier) => {
    const reached = published(result, tier).map((id) => zonesReached(result, waitsFor(result, id)));
    expect(reached).toEqual(ZONES.map((zone) => [zone]));
  });
});

describe('MultiAZNetwork, whose subnet ids stand for the tie to a route table,', () => {
  const result = synthNetwork();

  test.each(TIERS)('publishes a %s subnet only with its route table', (tier) => {
    const ties = published(result, tier).map((id) => follow(result, id));
    expect(ties.map(({ type, attribute }) => [type, attribute])).toEqual([
      ['aws_route_table_association', 'subnet_id'],
      ['aws_route_table_association', 'subnet_id'],
    ]);
  });

  test('makes a load balancer wait for the internet gateway', () => {
    for (const id of published(result, 'public')) {
      expect(typesOf(waitsFor(result, id))).toContain('aws_internet_gateway');
    }
  });

  test('makes a server wait until it reaches the internet, and go before it no longer does', () => {
    const gatewayTies = published(result, 'public').map((id) => follow(result, id).address);
    for (const [position, id] of published(result, 'application').entries()) {
      const before = waitsFor(result, id);
      expect([...before]).toContain(gatewayTies[position]); // else the NAT gateway would lose its own way out first
      expect(typesOf(before)).toEqual(expect.arrayContaining(['aws_internet_gateway', 'aws_nat_gateway', 'aws_eip']));
      expect([...before].filter((address) => address.startsWith('aws_route.'))).toHaveLength(2);
    }
  });

  test('makes a database wait for no way to the internet', () => {
    for (const id of published(result, 'data')) {
      expect(typesOf(waitsFor(result, id))).toEqual([
        'aws_route_table',
        'aws_route_table_association',
        'aws_subnet',
        'aws_vpc',
      ]);
    }
  });
});

/** All routes of a route table. */
function routesOf(result: Synthesized, table: string): Block[] {
  return Object.values(all(result, 'aws_route')).filter(
    (route) => follow(result, route.route_table_id).address === table,
  );
}

function subnetOfNat(result: Synthesized, gateway: Block): Block {
  return follow(result, follow(result, gateway.subnet_id).block.subnet_id).block;
}

function zoneOfNat(result: Synthesized, gateway: Block): unknown {
  return subnetOfNat(result, gateway).availability_zone;
}

/** Zones of all subnets among these. */
function zonesReached(result: Synthesized, addresses: ReadonlySet<string>): unknown[] {
  const subnets = Object.entries(all(result, 'aws_subnet')).filter(([id]) => addresses.has(`aws_subnet.${id}`));
  return [...new Set(subnets.map(([, subnet]) => subnet.availability_zone))];
}

function typesOf(addresses: ReadonlySet<string>): string[] {
  return [...new Set([...addresses].map((address) => address.split('.')[0] ?? ''))].sort();
}
