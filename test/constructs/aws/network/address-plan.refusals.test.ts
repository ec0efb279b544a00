import { Lazy } from 'cdktf';
import fc from 'fast-check';
import { type AddressPlan, MultiAZNetwork, type ZoneRanges } from 'nines/aws';
import { LEAST } from '../../../support/network';
import { emptyStack, problemsOf } from '../../../support/synth';

const A: ZoneRanges = { public: '10.20.0.0/24', application: '10.20.1.0/24', data: '10.20.2.0/24' };
const B: ZoneRanges = { public: '10.20.3.0/24', application: '10.20.4.0/24', data: '10.20.5.0/24' };

const build = (cidr: string, subnets?: AddressPlan) =>
  new MultiAZNetwork(emptyStack(), 'Network', { ...LEAST, cidr, subnets });
const problems = (cidr: string, subnets?: AddressPlan) => problemsOf(() => build(cidr, subnets));
/** What a plan is refused for in which one zone differs from a sound plan. */
const problemsOfZone = (zone: 'eu-west-1a' | 'eu-west-1b', ranges: Partial<ZoneRanges>) =>
  problems('10.20.0.0/16', zone === 'eu-west-1a' ? plan({ ...A, ...ranges }, B) : plan(A, { ...B, ...ranges }));

function plan(a: ZoneRanges, b: ZoneRanges): AddressPlan {
  return { 'eu-west-1a': a, 'eu-west-1b': b };
}

describe('MultiAZNetwork refuses', () => {
  test.each([
    ['/15', '10.20.0.0/15', 'AWS allows no larger network'],
    ['/0', '0.0.0.0/0', 'AWS allows no larger network'],
    ['/22', '10.20.0.0/22', 'take a larger range, or give subnets'],
    ['/32', '10.20.0.0/32', 'take a larger range, or give subnets'],
  ])('a cidr of %s', (_, cidr, remedy) => {
    expect(problems(cidr)).toEqual([`cidr must be from /16 to /21, got '${cidr}'; ${remedy}`]);
  });

  test.each([
    ['/15', '10.20.0.0/15', 'AWS allows no larger network'],
    ['/26, which cannot hold six subnets', '10.20.0.0/26', 'take a larger range'],
  ])('a cidr of %s beside subnets', (_, cidr, remedy) => {
    const [first] = problems(cidr, plan(A, B));
    expect(first).toBe(`cidr must be from /16 to /25, got '${cidr}'; ${remedy}`);
  });

  test.each([
    ['that does not start at its first address', '10.20.1.0/16'],
    ['with an octal number', '010.20.0.0/16'],
    ['with a number that is no octal', '10.08.0.0/16'],
    ['that ends in such a number', '10.20.0.08/16'],
    ['with a hexadecimal number', '0x0a.20.0.0/16'],
    ['with too large a number', '10.256.0.0/16'],
    ['with too many bits', '10.20.0.0/33'],
    ['with a zero before its bits', '10.20.0.0/016'],
    ['with a mask instead of bits', '10.20.0.0/255.255.0.0'],
    ['without bits', '10.20.0.0'],
    ['that is shortened', '10.20/16'],
    ['of IPv6', 'fd00::/16'],
    ['with space around', ' 10.20.0.0/16'],
    ['with a line after it', '10.20.0.0/16\n'],
    ['of nothing', ''],
  ])('a cidr %s', (_, cidr) => {
    expect(problems(cidr)).toEqual([
      `cidr must be an IPv4 range that starts at its first address, got '${cidr}'; write it as in '10.20.0.0/16'`,
    ]);
  });

  test('a malformed cidr beside subnets, which then cannot be compared with it', () => {
    expect(problems('10.20.0.0', plan(A, B))).toEqual([
      "cidr must be an IPv4 range that starts at its first address, got '10.20.0.0'; write it as in '10.20.0.0/16'",
    ]);
  });

  test('ranges that are known only after deployment', () => {
    const token = Lazy.stringValue({ produce: () => '10.20.0.0/16' });
    const got = 'got a token, whose value is known only after deployment; write the range itself';
    expect(problems(token)).toEqual([`cidr must be known at synthesis, ${got}`]);
    expect(problemsOfZone('eu-west-1a', { data: token })).toEqual([
      `subnets['eu-west-1a'].data must be known at synthesis, ${got}`,
    ]);
  });

  test('subnets that leave out a zone', () => {
    expect(problems('10.20.0.0/16', { 'eu-west-1a': A })).toEqual([
      "subnets must hold every zone, got none for 'eu-west-1b'; add its three ranges",
    ]);
  });

  test('subnets for a zone that it has not', () => {
    const ranges = { public: '10.20.6.0/24', application: '10.20.7.0/24', data: '10.20.8.0/24' };
    expect(problems('10.20.0.0/16', { ...plan(A, B), 'eu-west-1c': ranges })).toEqual([
      "subnets must hold only zones of the network, got 'eu-west-1c'; remove it or add it to zones",
    ]);
  });

  test.each(['public', 'application', 'data'] as const)('a range outside of cidr for its %s subnet', (tier) => {
    expect(problemsOfZone('eu-west-1b', { [tier]: '10.21.0.0/24' })).toEqual([
      `subnets['eu-west-1b'].${tier} must lie inside cidr (10.20.0.0/16), got '10.21.0.0/24'; move it inside`,
    ]);
  });

  test.each([
    ['public', '/27', '10.20.9.0/28'],
    ['application', '/28', '10.20.9.0/29'],
    ['data', '/28', '10.20.9.0/29'],
  ] as const)('a %s subnet smaller than a %s', (tier, smallest, range) => {
    expect(problemsOfZone('eu-west-1a', { [tier]: range })).toEqual([
      `subnets['eu-west-1a'].${tier} must be a ${smallest} or larger, got '${range}'; give it more addresses`,
    ]);
  });

  test.each([
    ['the same range', '10.20.1.0/24'],
    ['a part of it', '10.20.1.64/26'],
  ])('two subnets that overlap: %s', (_, range) => {
    expect(problemsOfZone('eu-west-1b', { data: range })).toEqual([
      `subnets['eu-west-1b'].data must not overlap subnets['eu-west-1a'].application (10.20.1.0/24), got '${range}'; move one of them`,
    ]);
  });

  test('a subnet that holds others, by the name of each', () => {
    expect(problemsOfZone('eu-west-1b', { data: '10.20.0.0/23' })).toEqual([
      "subnets['eu-west-1b'].data must not overlap subnets['eu-west-1a'].public (10.20.0.0/24), got '10.20.0.0/23'; move one of them",
      "subnets['eu-west-1b'].data must not overlap subnets['eu-west-1a'].application (10.20.1.0/24), got '10.20.0.0/23'; move one of them",
    ]);
  });

  test('a malformed range together with what is wrong elsewhere', () => {
    expect(problems('10.20.0.0/16', plan({ ...A, public: '10.20.0.7/24' }, { ...B, data: '10.21.0.0/24' }))).toEqual([
      "subnets['eu-west-1a'].public must be an IPv4 range that starts at its first address, got '10.20.0.7/24'; write it as in '10.20.0.0/16'",
      "subnets['eu-west-1b'].data must lie inside cidr (10.20.0.0/16), got '10.21.0.0/24'; move it inside",
    ]);
  });
});

describe('MultiAZNetwork', () => {
  test.each(['10.20.0.0/16', '10.20.8.0/21', '172.31.0.0/20', '100.64.0.0/18', '192.168.0.0/16'])(
    'takes %s',
    (cidr) => {
      expect(() => build(cidr)).not.toThrow();
    },
  );

  test('takes the smallest network that can hold the subnets of two zones', () => {
    const subnets = plan(
      { public: '10.20.0.0/27', application: '10.20.0.32/28', data: '10.20.0.48/28' },
      { public: '10.20.0.64/27', application: '10.20.0.96/28', data: '10.20.0.112/28' },
    );
    expect(() => build('10.20.0.0/25', subnets)).not.toThrow();
  });

  test('takes no text for a range that it does not write itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-fx.:/ ]{0,18}$/), (text) => {
        fc.pre(!/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text));
        expect(problems(text)).toHaveLength(1);
      }),
    );
  });
});
