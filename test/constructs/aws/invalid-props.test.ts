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
import { quickly } from '../../support/quickly';
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
/** How often each way to break props is tried: every time in other props, and beside other ways. */
const TRIES = 5;
const MOST_BESIDE = 4;

const AROUND = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0abc1234',
  machineImage: 'ami-0abc1234def567890',
};

describe('valid props', () => {
  test(`build without an error, ${VALID_CONFIGS} random ones`, () => {
    const property = fc.property(configs, (config) => {
      quickly(() => build(new Construct(emptyStack({ region: REGION }), 'Config'), config, AROUND));
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
    const sentences = ['validation', 'intent', 'constructs'].flatMap(sentencesIn);
    const unsaid = sentences.filter((sentence) => ![...said].some((problem) => sentence.test(problem)));
    expect(unsaid.map(String)).toEqual([expect.stringContaining('10\\.9\\.0\\.0')]); // what allowTo takes is no prop
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

/** One test for each way to break valid props: alone or beside others, it is named, and nothing else is. */
function refusesAll<Config, Props extends object>(
  breakages: readonly Breakage<Props>[],
  valid: fc.Arbitrary<Config>,
  subject: {
    readonly propsOf: (config: Config, stack: TerraformStack) => Props;
    readonly make: (stack: TerraformStack, props: Props) => unknown;
  },
): ReadonlySet<string> {
  const tried = new Set<string>();
  test.each(breakages.map((breakage) => ({ what: breakage.what, breakage })))('refuses $what', ({ breakage }) => {
    const others = breakages.filter((other) => other !== breakage);
    const beside = fc.shuffledSubarray(others, { maxLength: MOST_BESIDE });
    const property = fc.property(valid, beside, (config, more) => {
      const stack = emptyStack({ region: REGION });
      const validProps = quickly(() => subject.propsOf(config, stack));
      fc.pre(applies(breakage, validProps));
      const { props, problems, broken } = breakAll(validProps, [breakage, ...more]);

      const error = errorOf(() => subject.make(stack, props));
      expect([...error.problems].sort()).toEqual([...problems].sort());
      expect(error.constructPath).toBe('shop/It');
      expect(stack.node.findChild('It').node.children).toEqual([]);

      for (const problem of problems) said.add(problem);
      for (const path of broken) tried.add(path);
    });
    fc.assert(property, { seed: SEED, numRuns: TRIES });
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
