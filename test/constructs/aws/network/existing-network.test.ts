import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type ExistingNetworkProps, MultiAZNetwork, type ZonalSubnet } from 'nines/aws';
import { publish, published } from '../../../support/network';
import { emptyStack, follow, synth } from '../../../support/synth';

const LEAST: ExistingNetworkProps = {
  vpcId: 'vpc-0abc1234',
  applicationSubnets: [
    { zone: 'eu-west-1b', subnetId: 'subnet-0000000b' },
    { zone: 'eu-west-1a', subnetId: 'subnet-0000000a' },
  ],
};
const ALL_TIERS: ExistingNetworkProps = {
  ...LEAST,
  publicSubnets: [
    { zone: 'eu-west-1a', subnetId: 'subnet-000000fa' },
    { zone: 'eu-west-1b', subnetId: 'subnet-000000fb' },
  ],
  dataSubnets: [
    { zone: 'eu-west-1a', subnetId: 'subnet-000000da' },
    { zone: 'eu-west-1b', subnetId: 'subnet-000000db' },
  ],
};

describe('MultiAZNetwork.fromExisting', () => {
  test('is made of what it was made of before', () => {
    expect(synth((stack) => MultiAZNetwork.fromExisting(stack, 'Network', LEAST))).toMatchSnapshot();
  });

  test('makes nothing', () => {
    expect(synth((stack) => MultiAZNetwork.fromExisting(stack, 'Network', ALL_TIERS)).resource).toEqual({});
  });

  test('publishes the VPC and the zones that it was given', () => {
    const network = MultiAZNetwork.fromExisting(emptyStack(), 'Network', ALL_TIERS);
    expect(network.vpcId).toBe('vpc-0abc1234');
    expect(network.zones).toEqual(['eu-west-1b', 'eu-west-1a']);
    expect(network.publicSubnets.map(({ zone }) => zone)).toEqual(['eu-west-1a', 'eu-west-1b']);
  });

  test('publishes subnets that were looked up, each with its own id', () => {
    const result = synth((stack) => publish(stack, MultiAZNetwork.fromExisting(stack, 'Network', ALL_TIERS)));
    const found = (tier: 'public' | 'application' | 'data') =>
      published(result, tier).map((id) => {
        const { type, attribute, block } = follow(result, id);
        expect([type, attribute]).toEqual(['aws_subnet', 'id']);
        return block.id;
      });
    expect(found('public')).toEqual(['subnet-000000fa', 'subnet-000000fb']);
    expect(found('application')).toEqual(['subnet-0000000b', 'subnet-0000000a']);
    expect(found('data')).toEqual(['subnet-000000da', 'subnet-000000db']);
  });

  test('has no public and no data subnets unless they are given', () => {
    const network = MultiAZNetwork.fromExisting(emptyStack(), 'Network', LEAST);
    expect([network.publicSubnets, network.dataSubnets]).toEqual([[], []]);
  });

  test('fails the plan when a subnet lies in another zone or VPC than was said', () => {
    const { data } = synth((stack) => MultiAZNetwork.fromExisting(stack, 'Network', LEAST));
    const checks = Object.values(data.aws_subnet ?? {}).map(({ id, lifecycle }) => ({ id, lifecycle }));
    const expected = (id: string, zone: string) => ({
      id,
      lifecycle: {
        postcondition: [
          {
            condition: `\${self.availability_zone == "${zone}"}`,
            error_message: `the subnet was said to lie in ${zone}, but does not; losing a zone would take more than was planned`,
          },
          {
            condition: `\${self.vpc_id == "vpc-0abc1234"}`,
            error_message: 'the subnet belongs to another VPC than the network',
          },
        ],
      },
    });
    expect(checks).toEqual([expected('subnet-0000000a', 'eu-west-1a'), expected('subnet-0000000b', 'eu-west-1b')]);
  });

  test('takes ids that are known only after deployment', () => {
    const result = synth((stack) => {
      const vpc = new Vpc(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      MultiAZNetwork.fromExisting(stack, 'Network', {
        vpcId: vpc.id,
        applicationSubnets: [
          { zone: 'eu-west-1a', subnetId: vpc.getStringAttribute('made_up_a') },
          { zone: 'eu-west-1b', subnetId: vpc.getStringAttribute('made_up_b') },
        ],
      });
    });
    const [subnet] = Object.values(result.data.aws_subnet ?? {});
    expect(subnet).toMatchObject({
      id: `\${aws_vpc.Vpc.made_up_a}`,
      lifecycle: { postcondition: [{}, { condition: `\${self.vpc_id == aws_vpc.Vpc.id}` }] },
    });
  });

  test('looks every subnet up with the provider that it was given', () => {
    const result = synth((stack) => {
      const provider = new AwsProvider(stack, 'Other', { region: 'eu-west-1', alias: 'other' });
      MultiAZNetwork.fromExisting(stack, 'Network', { ...ALL_TIERS, provider });
    });
    const providers = Object.values(result.data.aws_subnet ?? {}).map(({ provider }) => provider);
    expect(providers).toEqual(Array(6).fill('aws.other'));
  });

  test('calls its subnets by tier and letter of the zone, whatever order they were written in', () => {
    const reversed = (subnets: readonly ZonalSubnet[] = []) => [...subnets].reverse();
    const other: ExistingNetworkProps = {
      ...ALL_TIERS,
      applicationSubnets: reversed(ALL_TIERS.applicationSubnets),
      publicSubnets: reversed(ALL_TIERS.publicSubnets),
    };
    const data = (props: ExistingNetworkProps) =>
      synth((stack) => MultiAZNetwork.fromExisting(stack, 'Network', props)).data;
    expect(data(other)).toEqual(data(ALL_TIERS));
  });

  test("leaves its user's lists as they were", () => {
    const applicationSubnets = [...LEAST.applicationSubnets];
    const network = MultiAZNetwork.fromExisting(emptyStack(), 'Network', { ...LEAST, applicationSubnets });
    applicationSubnets.pop();
    expect([network.zones.length, network.applicationSubnets.length]).toEqual([2, 2]);
  });
});
