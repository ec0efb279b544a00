import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { InvalidPropsError } from 'nines';
import { HAWebTier, MultiAZNetwork, type ZonalNetwork } from 'nines/aws';
import {
  applies,
  type Breakage,
  breakAll,
  draftOf,
  EXISTING_NETWORK,
  MADE_NETWORK,
  sentencesIn,
  TIER,
  tierProps,
} from '../../support/breakages';
import { fullExistingNetwork, fullMadeNetwork, fullTier, propsIn } from '../../support/full-props';
import {
  build,
  configs,
  existingNetwork,
  existingProps,
  madeNetwork,
  type NetworkConfig,
  REGION,
} from '../../support/random-configs';
import { emptyStack } from '../../support/synth';

const SEED = Number(process.env.NINES_SEED ?? 2026); // fast-check prints it when a property fails
const VALID_CONFIGS = 60;
/** How often each way to break props is tried, every time in other props; and how often several are. */
const ALONE = 2;
const TOGETHER = 150;

const AROUND = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0abc1234',
  machineImage: 'ami-0abc1234def567890',
};

describe('valid props', () => {
  test(`build without an error, ${VALID_CONFIGS} random ones`, () => {
    const property = fc.property(configs, (config) => {
      build(new Construct(emptyStack({ region: REGION }), 'Config'), config, AROUND);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });
});

describe('MultiAZNetwork', () => {
  const tried = refusesAll(MADE_NETWORK, fc.record({ network: madeNetwork, own: fc.boolean() }), {
    propsOf: ({ network, own }, stack) => ({ ...network.props, provider: own ? ownProvider(stack) : undefined }),
    make: (stack, props) => new MultiAZNetwork(stack, 'It', props),
  });

  test('was broken in every prop', () => {
    expect(propsIn(fullMadeNetwork(ownProvider(emptyStack()))).filter((prop) => !tried.has(prop))).toEqual([]);
  });
});

describe('MultiAZNetwork.fromExisting', () => {
  const tried = refusesAll(EXISTING_NETWORK, fc.record({ network: existingNetwork, own: fc.boolean() }), {
    propsOf: ({ network, own }, stack) => existingProps(stack, network, own ? ownProvider(stack) : undefined),
    make: (stack, props) => MultiAZNetwork.fromExisting(stack, 'It', props),
  });

  test('was broken in every prop', () => {
    expect(propsIn(fullExistingNetwork(ownProvider(emptyStack()))).filter((prop) => !tried.has(prop))).toEqual([]);
  });
});

describe('HAWebTier', () => {
  const tried = refusesAll(TIER, configs, {
    propsOf: ({ web, network, ownProvider: own }, stack) => ({
      ...draftOf(web, networkLike(network), AROUND),
      provider: own ? ownProvider(stack) : undefined,
    }),
    make: (stack, draft) => new HAWebTier(stack, 'It', tierProps(draft)),
  });

  test('was broken in every prop', () => {
    const network = networkLike({
      kind: 'existing',
      zones: ['us-east-1a', 'us-east-1b'],
      tiers: [],
      octet: 0,
      tokens: false,
    });
    expect(propsIn(fullTier(ownProvider(emptyStack()), network)).filter((prop) => !tried.has(prop))).toEqual([]);
  });
});

describe('the ways to break props', () => {
  test('make the source say every sentence that it has', () => {
    const sentences = [
      ...['validation', 'intent/capacity.ts', 'intent/health-check.ts', 'constructs/aws/aws-props.ts'],
      ...['constructs/aws/multi-az-network.ts', 'constructs/aws/network'],
      ...['constructs/aws/ha-web-tier.ts', 'constructs/aws/web-tier'],
    ].flatMap(sentencesIn);
    const unsaid = sentences.filter((sentence) => ![...said].some((problem) => sentence.test(problem)));
    expect(unsaid).toEqual([]);
  });
});

function ownProvider(stack: TerraformStack): AwsProvider {
  return new AwsProvider(stack, 'Own', { region: REGION, alias: 'own' });
}

/** A network of as many zones, with or without public subnets; a tier looks at nothing else, and it is made once. */
function networkLike(network: NetworkConfig): ZonalNetwork {
  const zones = network.kind === 'made' ? network.props.zones : network.zones;
  const tiers = network.kind === 'made' ? ['public' as const] : network.tiers;
  const key = `${zones.length} ${tiers}`;
  const known = networks.get(key);
  if (known) return known;
  const stack = emptyStack({ region: REGION });
  const props = existingProps(stack, { kind: 'existing', zones, tiers, octet: 0, tokens: false }, undefined);
  const made = MultiAZNetwork.fromExisting(stack, 'Network', props);
  networks.set(key, made);
  return made;
}

interface Subject<Config, Props> {
  readonly propsOf: (config: Config, stack: TerraformStack) => Props;
  readonly make: (stack: TerraformStack, props: Props) => unknown;
}

/** Breaks random valid props in each way alone, then in several at once; answers a set that fills with what was broken. */
function refusesAll<Config, Props extends object>(
  breakages: readonly Breakage<Props>[],
  configsOf: fc.Arbitrary<Config>,
  { propsOf, make }: Subject<Config, Props>,
): ReadonlySet<string> {
  const tried = new Set<string>();

  /** What was broken is named, whole and once, and nothing else is; nothing was built. */
  const expectRefusal = (config: Config, [first, ...more]: readonly Breakage<Props>[]) => {
    const stack = emptyStack({ region: REGION });
    const valid = propsOf(config, stack);
    fc.pre(first !== undefined && applies(first, valid));
    const { props, problems, broken } = breakAll(valid, [first, ...more]);

    const error = errorOf(() => make(stack, props));
    expect([...error.problems].sort()).toEqual([...problems].sort());
    expect(error.constructPath).toBe('shop/It');
    expect(stack.node.findChild('It').node.children.map(({ node }) => node.id)).toEqual([]);

    for (const problem of problems) said.add(problem);
    for (const path of broken) tried.add(path);
  };

  test.each(breakages.map((breakage) => ({ what: breakage.what, breakage })))('refuses $what', ({ breakage }) => {
    const property = fc.property(configsOf, (config) => expectRefusal(config, [breakage]));
    fc.assert(property, { seed: SEED, numRuns: ALONE });
  });

  test('names everything that is broken at once', () => {
    const several = fc.shuffledSubarray([...breakages], { minLength: 2, maxLength: 6 });
    fc.assert(fc.property(configsOf, several, expectRefusal), { seed: SEED, numRuns: TOGETHER });
  });

  return tried;
}

const networks = new Map<string, ZonalNetwork>();
const said = new Set<string>();

function errorOf(make: () => unknown): InvalidPropsError {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidPropsError) return error;
    throw error;
  }
  throw new Error('expected an InvalidPropsError, but nothing was thrown');
}
