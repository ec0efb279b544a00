import { AnnotationMetadataEntryType } from 'cdktf';
import { MultiAZNetwork } from 'nines/aws';
import { LEAST, published, routeTableOf, subnetsOf, synthNetwork, waitsFor } from '../../support/network';
import { all, emptyStack, follow, only } from '../../support/synth';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

describe.each(ZONES)('MultiAZNetwork with allowNatSinglePointOfFailure: %s', (natZone) => {
  const result = synthNetwork({ zones: ZONES, allowNatSinglePointOfFailure: natZone });

  test('has one NAT gateway, with one address, in that zone', () => {
    const gateway = only(result, 'aws_nat_gateway');
    const tie = follow(result, gateway.subnet_id);
    expect(published(result, 'public').map((id) => follow(result, id).address)[ZONES.indexOf(natZone)]).toBe(
      tie.address,
    );
    expect(follow(result, tie.block.subnet_id).block.availability_zone).toBe(natZone);
    expect(Object.keys(all(result, 'aws_eip'))).toHaveLength(1);
  });

  test('sends every application subnet through it, each by a route table of its own', () => {
    const tables = published(result, 'application').map((id) => routeTableOf(result, id));
    expect(new Set(tables).size).toBe(3);
    const [gateway] = Object.keys(all(result, 'aws_nat_gateway'));
    for (const table of tables) {
      const routes = Object.values(all(result, 'aws_route')).filter(
        (route) => follow(result, route.route_table_id).address === table,
      );
      expect(routes.map((route) => follow(result, route.nat_gateway_id).address)).toEqual([
        `aws_nat_gateway.${gateway}`,
      ]);
    }
  });

  test('makes servers of all zones wait for it', () => {
    const [gateway] = Object.keys(all(result, 'aws_nat_gateway'));
    for (const id of published(result, 'application')) {
      expect([...waitsFor(result, id)]).toContain(`aws_nat_gateway.${gateway}`);
    }
  });

  test('says what is lost with that zone', () => {
    expect(result.warnings).toEqual([
      `one NAT gateway, in ${natZone}, serves all zones: when ${natZone} is lost, no server reaches the internet`,
    ]);
  });

  test('still has all subnets in all zones, in alphabetical order', () => {
    for (const tier of ['public', 'application', 'data'] as const) {
      expect(subnetsOf(result, tier).map((subnet) => subnet.availability_zone)).toEqual(ZONES);
    }
  });
});

describe('MultiAZNetwork', () => {
  test('warns of a single NAT gateway at the network itself', () => {
    const network = new MultiAZNetwork(emptyStack(), 'Network', {
      ...LEAST,
      allowNatSinglePointOfFailure: 'eu-west-1b',
    });
    const warnings = network.node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.WARN);
    expect(warnings).toHaveLength(1);
  });

  test('keeps everything but NAT gateways, addresses and routes when its user changes to a single NAT gateway', () => {
    const { aws_nat_gateway, aws_eip, aws_route, ...before } = synthNetwork({ zones: ZONES }).resource;
    const single = synthNetwork({ zones: ZONES, allowNatSinglePointOfFailure: 'eu-west-1b' }).resource;
    expect(single).toMatchObject(before);
    expect(Object.keys(single.aws_route ?? {})).toEqual(Object.keys(aws_route ?? {}));
    expect(aws_nat_gateway).toMatchObject(single.aws_nat_gateway ?? {});
    expect(aws_eip).toMatchObject(single.aws_eip ?? {});
  });
});
