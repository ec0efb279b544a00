import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Token } from 'cdktf';
import { Capacity, Duration, HealthCheck } from 'nines';
import { HAWebTier, type ZonalNetwork } from 'nines/aws';
import { emptyStack, problemsOf } from '../../../support/synth';
import { problem, type Refused } from './problem';
import { CONTAINER_IMAGE, MACHINE_IMAGE, network, onEc2 } from './tiers';

const TOKEN = Token.asNumber({ resolve: () => 1 });

/** A network as a user might write it, with subnets of each kind in the zones of these letters. */
function inZones(letters: string[], { application = letters, open = letters } = {}): ZonalNetwork {
  const subnets = (kind: string[]) =>
    kind.map((letter) => ({ zone: `eu-west-1${letter}`, subnetId: 'subnet-0abc1234' }));
  return {
    vpcId: 'vpc-0abc1234',
    zones: letters.map((letter) => `eu-west-1${letter}`),
    applicationSubnets: subnets(application),
    publicSubnets: subnets(open),
    dataSubnets: [],
  };
}

const NETWORK: readonly Refused[] = [
  [
    'no public subnet for a load balancer that faces the internet',
    { network: { ...network(emptyStack()), publicSubnets: [] } },
    'network must have publicSubnets for a load balancer that faces the internet, got none; ' +
      'add them, or set entrance.internal: true',
  ],
  [
    'two subnets of one zone',
    { network: inZones(['a', 'b'], { application: ['a', 'a', 'b'] }) },
    'network.applicationSubnets must be one in each of the zones (eu-west-1a, eu-west-1b), ' +
      "got 'eu-west-1a', 'eu-west-1a', 'eu-west-1b'; a load balancer takes one subnet per zone",
  ],
  [
    'a zone without a public subnet',
    { network: inZones(['a', 'b', 'c'], { open: ['a', 'b'] }) },
    'network.publicSubnets must be one in each of the zones (eu-west-1a, eu-west-1b, eu-west-1c), ' +
      "got 'eu-west-1a', 'eu-west-1b'; a load balancer takes one subnet per zone",
  ],
  [
    'one zone, even when no loss was to be survived',
    { network: inZones(['a']), capacity: Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }) },
    "network.zones must name at least 2 availability zones, got 'eu-west-1a'; add a zone of the same region",
  ],
];

const CAPACITY: readonly Refused[] = [
  [
    'of zero',
    { capacity: Capacity.forPeak(0) },
    'capacity.peak must be a whole number of at least 1, got 0; say how many units carry the peak',
  ],
  [
    'of a fraction',
    { capacity: Capacity.forPeak(1.5) },
    'capacity.peak must be a whole number of at least 1, got 1.5; say how many units carry the peak',
  ],
  [
    'that is known later',
    { capacity: Capacity.forPeak(TOKEN) },
    'capacity.peak must be known at synthesis, got a token, whose value is known only after deployment; ' +
      'write the number itself',
  ],
  [
    'whose maximum would not survive',
    { capacity: Capacity.forPeak(4, { max: 5 }) },
    'capacity.max must be at least the minimum that survives (6 over 3 zones for a peak of 4), got 5; ' +
      'raise max or lower the peak',
  ],
];

const PORT: readonly Refused[] = [0, 65_536, 80.5].map((port) => [
  `${port}`,
  { port },
  `port must be a whole number from 1 to 65535, got ${port}; give the port that the servers listen on`,
]);

const TAGS: readonly Refused[] = [
  [
    "a tag of AWS's own",
    { tags: { 'aws:team': 'shop' } },
    "tags must have keys of 1 to 128 characters that do not start with 'aws:', got 'aws:team'; rename it",
  ],
  [
    'a tag whose key IAM refuses',
    { tags: { 'team(s)': 'shop' } },
    "tags must have keys of letters, digits, spaces and _ . : / = + - @, got 'team(s)'; rename it",
  ],
  [
    'a tag whose value IAM refuses',
    { tags: { team: 'Bob & Eve' } },
    "tags['team'] must be text of letters, digits, spaces and _ . : / = + - @, got 'Bob & Eve'; replace the others",
  ],
  [
    'tags that are known later',
    { tags: Token.asStringMap({ resolve: () => ({}) }) },
    'tags must be known at synthesis, got a token, whose value is known only after deployment; write the tags itself',
  ],
];

describe('HAWebTier', () => {
  test('names every problem at once, its own path, and builds nothing before', () => {
    const stack = emptyStack();
    const shared = inZones(['a', 'b']);
    const build = () =>
      new HAWebTier(stack, 'Web', {
        network: shared,
        machineImage: MACHINE_IMAGE,
        container: { image: CONTAINER_IMAGE, logRetention: Duration.days(2) },
        capacity: Capacity.forPeak(0),
        healthCheck: HealthCheck.http('health', { port: 8080 }),
        port: 0,
        certificateArn: 'none',
        timing: { shutdown: Duration.minutes(3) },
        instance: { type: 'large' },
        tags: { 'aws:team': 'shop' },
      });
    const problems = problemsOf(build);
    expect(problems.map((text) => text.split(' must ')[0])).toEqual([
      'exactly one of machineImage and container',
      'capacity.peak',
      'healthCheck.path',
      'port',
      'timing.shutdown',
      'certificateArn',
      'instance',
      'instance.type',
      'container.logRetention',
      'tags',
    ]);
    expect(stack.node.tryFindChild('Web')?.node.children).toEqual([]);
  });

  test('throws an error that reads as a list', () => {
    const build = () => onEc2(emptyStack(), { port: 0, tags: { 'a(b)': 'c' } }, 'Api');
    expect(build).toThrow(
      'HAWebTier "shop/Api" cannot be built:\n' +
        '  - port must be a whole number from 1 to 65535, got 0; give the port that the servers listen on\n' +
        "  - tags must have keys of letters, digits, spaces and _ . : / = + - @, got 'a(b)'; rename it",
    );
  });

  test.each(NETWORK)('refuses a network with %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test('refuses a network of another region than its provider', () => {
    const stack = emptyStack();
    const provider = new AwsProvider(stack, 'Far', { region: 'us-east-1', alias: 'far' });
    expect(problemsOf(() => onEc2(stack, { provider }))).toEqual([
      "network.zones must lie in the region of the provider (us-east-1), got 'eu-west-1'; " +
        'change the zones, or pass the provider of their region',
    ]);
  });

  test('needs no public subnets when it is internal', () => {
    const inside = { ...inZones(['a', 'b']), publicSubnets: [] };
    expect(() => onEc2(emptyStack(), { network: inside, entrance: { internal: true } })).not.toThrow();
  });

  test.each(CAPACITY)('refuses a capacity %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each(PORT)('refuses port %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test('refuses a port that is known later', () => {
    expect(problem({ port: TOKEN })).toBe(
      'port must be known at synthesis, got a token, whose value is known only after deployment; write the number itself',
    );
  });

  test.each(TAGS)('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });
});
