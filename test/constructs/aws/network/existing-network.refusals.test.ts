import { Lazy } from 'cdktf';
import { type ExistingNetworkProps, MultiAZNetwork, type ZonalSubnet } from 'nines/aws';
import { emptyStack, problemsOf } from '../../../support/synth';

const token = Lazy.stringValue({ produce: () => 'eu-west-1a' });

/** One subnet in each of these zones. */
function subnets(...zones: string[]): ZonalSubnet[] {
  return zones.map((zone, position) => ({ zone, subnetId: `subnet-0000000${position}` }));
}

function problems(props: Partial<ExistingNetworkProps>): readonly string[] {
  const applicationSubnets = subnets('eu-west-1a', 'eu-west-1b');
  return problemsOf(() =>
    MultiAZNetwork.fromExisting(emptyStack(), 'Network', { vpcId: 'vpc-0abc1234', applicationSubnets, ...props }),
  );
}

describe('MultiAZNetwork.fromExisting refuses', () => {
  test('two subnets of one zone', () => {
    expect(problems({ applicationSubnets: subnets('eu-west-1a', 'eu-west-1b', 'eu-west-1a') })).toEqual([
      "applicationSubnets zones must all differ, got 'eu-west-1a' more than once; name each zone once",
    ]);
  });

  test.each<[string, ZonalSubnet[], string]>([
    ['no subnet', [], 'none'],
    ['a single subnet', subnets('eu-west-1a'), "'eu-west-1a'"],
  ])('%s', (_, applicationSubnets, got) => {
    expect(problems({ applicationSubnets })).toEqual([
      `applicationSubnets zones must name at least 2 availability zones, got ${got}; add a zone of the same region`,
    ]);
  });

  test.each(['publicSubnets', 'dataSubnets'])('%s that leave out a zone, or have one more', (tier) => {
    const problem = (got: string) =>
      `${tier} must cover the zones of applicationSubnets (eu-west-1a, eu-west-1b), got ${got}; give one subnet in each of those zones`;
    expect(problems({ [tier]: subnets('eu-west-1a', 'eu-west-1c') })).toEqual([problem("'eu-west-1a', 'eu-west-1c'")]);
    expect(problems({ [tier]: subnets('eu-west-1a', 'eu-west-1b', 'eu-west-1c') })).toEqual([
      problem("'eu-west-1a', 'eu-west-1b', 'eu-west-1c'"),
    ]);
    expect(problems({ [tier]: subnets('eu-west-1b') })).toEqual([
      `${tier} zones must name at least 2 availability zones, got 'eu-west-1b'; add a zone of the same region`,
      problem("'eu-west-1b'"),
    ]);
  });

  test.each(['applicationSubnets', 'publicSubnets', 'dataSubnets'])('%s that repeat a subnet', (tier) => {
    const repeated = subnets('eu-west-1a', 'eu-west-1b').map((subnet) => ({ ...subnet, subnetId: 'subnet-0abc1234' }));
    expect(problems({ [tier]: repeated })).toEqual([
      `${tier} must not repeat a subnet, got 'subnet-0abc1234' twice; give one per zone`,
    ]);
  });

  test.each(['applicationSubnets', 'publicSubnets', 'dataSubnets'])('%s with a malformed id', (tier) => {
    const [first, second] = subnets('eu-west-1a', 'eu-west-1b');
    for (const subnetId of ['subnet-0ABC1234', 'subnet-123', 'vpc-0abc1234', '10.20.0.0/24', '']) {
      expect(problems({ [tier]: [first, { ...second, subnetId }] })).toEqual([
        `${tier} must hold subnet ids, got '${subnetId}'; write them as in 'subnet-0abc1234'`,
      ]);
    }
  });

  test.each(['vpc-0ABC1234', 'vpc-123', 'subnet-0abc1234', 'shop', ''])('%j for its VPC', (vpcId) => {
    expect(problems({ vpcId })).toEqual([
      `vpcId must be the id of a VPC, got '${vpcId}'; write it as in 'vpc-0abc1234'`,
    ]);
  });

  test.each(['applicationSubnets', 'publicSubnets', 'dataSubnets'])('%s whose zones are not known', (tier) => {
    expect(problems({ [tier]: subnets('eu-west-1a', token) })).toEqual([
      `${tier} zone must be known at synthesis, got a token, whose value is known only after deployment; write the zone's name itself`,
    ]);
  });

  test('an unknown zone together with what is wrong elsewhere', () => {
    const applicationSubnets = [
      { zone: token, subnetId: 'x' },
      { zone: 'eu-west-1b', subnetId: 'x' },
    ];
    expect(problems({ applicationSubnets })).toEqual([
      "applicationSubnets zone must be known at synthesis, got a token, whose value is known only after deployment; write the zone's name itself",
      "applicationSubnets must hold subnet ids, got 'x'; write them as in 'subnet-0abc1234'",
      "applicationSubnets must hold subnet ids, got 'x'; write them as in 'subnet-0abc1234'",
      "applicationSubnets must not repeat a subnet, got 'x' twice; give one per zone",
    ]);
  });

  test('zones of another region than the provider has', () => {
    expect(problems({ applicationSubnets: subnets('eu-central-1a', 'eu-central-1b') })).toEqual([
      "applicationSubnets zones must lie in the region of the provider (eu-west-1), got 'eu-central-1'; " +
        'change the zones, or pass the provider of their region',
    ]);
  });

  test('a local zone, which is no availability zone', () => {
    const applicationSubnets = subnets('us-east-1a', 'us-east-1b', 'us-east-1-bos-1a');
    const build = () =>
      MultiAZNetwork.fromExisting(emptyStack({ region: 'us-east-1' }), 'Network', {
        vpcId: 'vpc-0abc1234',
        applicationSubnets,
      });
    expect(problemsOf(build)).toEqual([
      "applicationSubnets zones must be availability zones of a region, got 'us-east-1-bos-1a'; write them as in 'eu-west-1a'",
    ]);
  });

  test('with all problems at once, before it makes anything', () => {
    const stack = emptyStack();
    const build = () =>
      MultiAZNetwork.fromExisting(stack, 'Network', {
        vpcId: 'shop',
        applicationSubnets: subnets('eu-west-1a'),
        publicSubnets: subnets('eu-west-1a', 'eu-west-1a'),
        dataSubnets: subnets('eu-west-1a', 'eu-central-1a'),
      });
    expect(problemsOf(build).map((problem) => problem.split(',')[0])).toEqual([
      'vpcId must be the id of a VPC',
      'applicationSubnets zones must name at least 2 availability zones',
      'publicSubnets zones must all differ',
      'publicSubnets zones must name at least 2 availability zones',
      'dataSubnets zones must lie in one region',
      'dataSubnets must cover the zones of applicationSubnets (eu-west-1a)',
    ]);
    expect(stack.node.findChild('Network').node.children).toEqual([]);
  });
});
