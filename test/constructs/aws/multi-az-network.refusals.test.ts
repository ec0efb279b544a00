import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Lazy } from 'cdktf';
import { MultiAZNetwork, type MultiAZNetworkProps } from 'nines/aws';
import { LEAST } from '../../support/network';
import { emptyStack, problemsOf } from '../../support/synth';

/** What a network of these props is refused for. */
function problems(props: Partial<MultiAZNetworkProps>): readonly string[] {
  return problemsOf(() => new MultiAZNetwork(emptyStack(), 'Network', { ...LEAST, ...props }));
}

const token = Lazy.stringValue({ produce: () => 'eu-west-1a' });

describe('MultiAZNetwork refuses', () => {
  const anotherRegion = 'change the zones, or pass the provider of their region';

  test.each<[string, readonly string[], readonly string[]]>([
    ['no zone', [], ['zones must name at least 2 availability zones, got none; add a zone of the same region']],
    [
      'a single zone',
      ['eu-west-1a'],
      ["zones must name at least 2 availability zones, got 'eu-west-1a'; add a zone of the same region"],
    ],
    [
      'the same zone twice',
      ['eu-west-1a', 'eu-west-1b', 'eu-west-1a'],
      ["zones must all differ, got 'eu-west-1a' more than once; name each zone once"],
    ],
    [
      'the same zone three times, in one sentence',
      ['eu-west-1a', 'eu-west-1a', 'eu-west-1b', 'eu-west-1a'],
      ["zones must all differ, got 'eu-west-1a' more than once; name each zone once"],
    ],
    [
      'nothing but the same zone',
      ['eu-west-1a', 'eu-west-1a'],
      [
        "zones must all differ, got 'eu-west-1a' more than once; name each zone once",
        "zones must name at least 2 availability zones, got 'eu-west-1a', 'eu-west-1a'; add a zone of the same region",
      ],
    ],
    [
      'zones of two regions',
      ['eu-west-1a', 'eu-central-1a'],
      [
        "zones must lie in one region, got 'eu-west-1', 'eu-central-1'; make one network per region, each with its provider",
      ],
    ],
    [
      'zones of another region than the provider has',
      ['eu-central-1a', 'eu-central-1b'],
      [`zones must lie in the region of the provider (eu-west-1), got 'eu-central-1'; ${anotherRegion}`],
    ],
    [
      'a single zone of another region, for both at once',
      ['eu-central-1a'],
      [
        "zones must name at least 2 availability zones, got 'eu-central-1a'; add a zone of the same region",
        `zones must lie in the region of the provider (eu-west-1), got 'eu-central-1'; ${anotherRegion}`,
      ],
    ],
  ])('%s', (_, zones, expected) => {
    expect(problems({ zones })).toEqual(expected);
  });

  test.each([
    ['a local zone', 'us-east-1-bos-1a'],
    ['a wavelength zone', 'us-east-1-wl1-bos-wlz-1'],
    ['a zone id', 'euw1-az1'],
    ['a region', 'eu-west-1'],
    ['a letter', 'a'],
    ['an unknown letter', 'eu-west-1i'],
    ['capitals', 'EU-WEST-1A'],
    ['space around', ' eu-west-1a'],
    ['nothing', ''],
  ])('%s as a zone', (_, zone) => {
    expect(problems({ zones: ['eu-west-1a', 'eu-west-1b', zone] })).toEqual([
      `zones must be availability zones of a region, got '${zone}'; write them as in 'eu-west-1a'`,
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['a token among its zones', ['eu-west-1b', token]],
    ['a token for its zones', Lazy.listValue({ produce: () => ['eu-west-1a', 'eu-west-1b'] })],
  ])('%s', (_, zones) => {
    expect(problems({ zones })).toEqual([
      'zones must be known at synthesis, got a token, whose value is known only after deployment; ' +
        "write the names, as in ['eu-west-1a', 'eu-west-1b']",
    ]);
  });

  test.each<[string, string]>([
    ['a zone that it has not', 'eu-west-1c'],
    ['a token', token],
  ])('%s for its NAT gateway', (_, natZone) => {
    const got = natZone === token ? 'a token, whose value is known only after deployment' : `'${natZone}'`;
    expect(problems({ allowNatSinglePointOfFailure: natZone })).toEqual([
      `allowNatSinglePointOfFailure must be one of zones (eu-west-1a, eu-west-1b), got ${got}; name the zone that gets the gateway`,
    ]);
  });

  test('tags that AWS would refuse', () => {
    expect(problems({ tags: { 'aws:team': 'shop' } })).toEqual([
      "tags must have keys of 1 to 128 characters that do not start with 'aws:', got 'aws:team'; rename it",
    ]);
  });

  test('with all problems at once, in the words of its user, before it makes anything', () => {
    const stack = emptyStack();
    const build = () =>
      new MultiAZNetwork(stack, 'Network', {
        cidr: '10.0.0.0/8',
        zones: ['eu-west-1a'],
        subnets: { 'eu-west-1b': { public: '10.20.0.0/30', application: 'x', data: '11.0.0.0/24' } },
        allowNatSinglePointOfFailure: 'eu-west-1c',
        tags: { 'aws:team': 'shop' },
      });
    const message = [
      'MultiAZNetwork "shop/Network" cannot be built:',
      "  - cidr must be from /16 to /25, got '10.0.0.0/8'; AWS allows no larger network",
      "  - zones must name at least 2 availability zones, got 'eu-west-1a'; add a zone of the same region",
      "  - subnets must hold every zone, got none for 'eu-west-1a'; add its three ranges",
      "  - subnets must hold only zones of the network, got 'eu-west-1b'; remove it or add it to zones",
      "  - subnets['eu-west-1b'].application must be an IPv4 range that starts at its first address, got 'x'; write it as in '10.20.0.0/16'",
      "  - subnets['eu-west-1b'].public must be a /27 or larger, got '10.20.0.0/30'; give it more addresses",
      "  - subnets['eu-west-1b'].data must lie inside cidr (10.0.0.0/8), got '11.0.0.0/24'; move it inside",
      "  - allowNatSinglePointOfFailure must be one of zones (eu-west-1a), got 'eu-west-1c'; name the zone that gets the gateway",
      "  - tags must have keys of 1 to 128 characters that do not start with 'aws:', got 'aws:team'; rename it",
    ].join('\n');
    expect(build).toThrow(expect.objectContaining({ message }));
    expect(stack.node.findChild('Network').node.children).toEqual([]);
  });
});

describe('MultiAZNetwork', () => {
  test.each(['eu-west-1a', 'us-gov-west-1a', 'ap-southeast-7h', 'cn-north-1d', 'us-iso-east-1b'])(
    'takes %s for a zone',
    (zone) => {
      const region = zone.slice(0, -1);
      const stack = emptyStack({ region });
      expect(() => new MultiAZNetwork(stack, 'Network', { ...LEAST, zones: [zone, `${region}c`] })).not.toThrow();
    },
  );

  test('compares its zones with the provider that it is given, not with that of the stack', () => {
    const stack = emptyStack({ region: 'eu-central-1' });
    const provider = new AwsProvider(stack, 'Ireland', { region: 'eu-west-1', alias: 'ireland' });
    expect(() => new MultiAZNetwork(stack, 'Network', { ...LEAST, provider })).not.toThrow();
  });
});
