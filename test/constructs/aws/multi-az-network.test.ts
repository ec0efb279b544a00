import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { MultiAZNetwork } from 'nines/aws';
import { LEAST, published, routeTableOf, subnetsOf, synthNetwork, type Tier } from '../../support/network';
import { all, emptyStack, follow, only, synth } from '../../support/synth';

const THREE_ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const TIERS: readonly Tier[] = ['public', 'application', 'data'];

describe('MultiAZNetwork', () => {
  test('is made of what it was made of before', () => {
    expect(synth((stack) => new MultiAZNetwork(stack, 'Network', LEAST))).toMatchSnapshot();
  });

  test('has the range that was asked for', () => {
    expect(only(synthNetwork({ cidr: '172.16.0.0/18' }), 'aws_vpc').cidr_block).toBe('172.16.0.0/18');
  });

  test('resolves private names of endpoints and databases', () => {
    expect(only(synthNetwork(), 'aws_vpc')).toMatchObject({ enable_dns_support: true, enable_dns_hostnames: true });
  });

  test.each(TIERS)('has one %s subnet in each zone, in its own VPC', (tier) => {
    const result = synthNetwork({ zones: THREE_ZONES });
    const subnets = subnetsOf(result, tier);
    expect(subnets.map((subnet) => subnet.availability_zone)).toEqual(THREE_ZONES);
    expect(subnets.map((subnet) => follow(result, subnet.vpc_id).type)).toEqual(['aws_vpc', 'aws_vpc', 'aws_vpc']);
  });

  test('has no subnet but those', () => {
    expect(Object.keys(all(synthNetwork({ zones: THREE_ZONES }), 'aws_subnet'))).toHaveLength(9);
  });

  test('publishes its zones in alphabetical order, whatever order they were written in', () => {
    const zones = ['eu-west-1c', 'eu-west-1a', 'eu-west-1b'];
    const network = new MultiAZNetwork(emptyStack(), 'Network', { ...LEAST, zones });
    expect(network.zones).toEqual(THREE_ZONES);
    expect(network.applicationSubnets.map(({ zone }) => zone)).toEqual(THREE_ZONES);
    expect(network.publicSubnets.map(({ zone }) => zone)).toEqual(THREE_ZONES);
    expect(network.dataSubnets.map(({ zone }) => zone)).toEqual(THREE_ZONES);
  });

  test("leaves its user's list of zones as it was", () => {
    const zones = ['eu-west-1c', 'eu-west-1a'];
    const network = new MultiAZNetwork(emptyStack(), 'Network', { ...LEAST, zones });
    zones.push('eu-west-1b');
    expect(zones).toEqual(['eu-west-1c', 'eu-west-1a', 'eu-west-1b']);
    expect(network.zones).toEqual(['eu-west-1a', 'eu-west-1c']);
  });

  test('publishes the id of its VPC', () => {
    const result = synthNetwork();
    expect(follow(result, result.output.vpc?.value)).toMatchObject({ type: 'aws_vpc', attribute: 'id' });
  });

  test('gives its VPC to those who reach past it', () => {
    const network = new MultiAZNetwork(emptyStack(), 'Network', LEAST);
    expect(network.node.defaultChild).toBeInstanceOf(Vpc);
  });

  test('publishes every route table that a subnet uses, each once', () => {
    const result = synthNetwork({ zones: THREE_ZONES });
    const tables = published(result, 'routeTables').map((id) => follow(result, id).address);
    const used = TIERS.flatMap((tier) => published(result, tier)).map((id) => routeTableOf(result, id));
    expect([...tables].sort()).toEqual([...new Set(used)].sort());
  });

  test.each(['s3', 'dynamodb'])('reaches %s from all route tables without NAT', (service) => {
    const result = synthNetwork({ zones: THREE_ZONES });
    const endpoints = Object.values(all(result, 'aws_vpc_endpoint'));
    const endpoint = endpoints.find(({ service_name: name }) => name === `com.amazonaws.eu-west-1.${service}`);
    expect(endpoint?.vpc_endpoint_type).toBe('Gateway');
    expect(endpoint?.route_table_ids).toEqual(published(result, 'routeTables'));
    expect(Object.keys(all(result, 'aws_route_table'))).toHaveLength(published(result, 'routeTables').length);
  });

  test('reaches the S3 and DynamoDB of the region of its zones', () => {
    const result = synth(
      (stack) => new MultiAZNetwork(stack, 'Network', { ...LEAST, zones: ['cn-north-1a', 'cn-north-1b'] }),
      { region: 'cn-north-1' },
    );
    const names = Object.values(all(result, 'aws_vpc_endpoint')).map((endpoint) => endpoint.service_name);
    expect(names.sort()).toEqual(['com.amazonaws.cn-north-1.dynamodb', 'com.amazonaws.cn-north-1.s3']);
  });

  test('closes the default security group, and keeps it closed when somebody adds a rule by hand', () => {
    const result = synthNetwork();
    const group = only(result, 'aws_default_security_group');
    expect(group).toMatchObject({ ingress: [], egress: [] }); // left out, Terraform would accept what it finds
    expect(follow(result, group.vpc_id).type).toBe('aws_vpc');
  });

  test('warns of nothing by default', () => {
    expect(synthNetwork().warnings).toEqual([]);
  });
});
