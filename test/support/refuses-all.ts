import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { InvalidPropsError } from 'nines';
import type { ZonalNetwork } from 'nines/aws';
import { applies, type Breakage, breakAll } from './breakages';
import { REGION } from './random-configs';
import { emptyStack } from './synth';

export const SEED = Number(process.env.NINES_SEED ?? 2026); // fast-check prints it when a property fails

/** Breaks random valid props in each way alone, then in several at once; answers sets of what was broken and said. */
export function refusesAll<Config, Props extends object>(
  breakages: readonly Breakage<Props>[],
  configsOf: fc.Arbitrary<Config>,
  { propsOf, make, alone = 4, together = 40 }: Subject<Config, Props>,
): { readonly tried: ReadonlySet<string>; readonly said: ReadonlySet<string> } {
  const tried = new Set<string>();
  const said = new Set<string>();

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
    fc.assert(property, { seed: SEED, numRuns: alone });
  });

  test('names everything that is broken at once', () => {
    const several = fc.shuffledSubarray([...breakages], { minLength: 2, maxLength: 6 });
    fc.assert(fc.property(configsOf, several, expectRefusal), { seed: SEED, numRuns: together });
  });

  return { tried, said };
}

interface Subject<Config, Props> {
  readonly propsOf: (config: Config, stack: TerraformStack) => Props;
  readonly make: (stack: TerraformStack, props: Props) => unknown;
  /** How often each way to break props is tried, every time in other props. */
  readonly alone?: number;
  /** How often several are tried at once. */
  readonly together?: number;
}

export function ownProvider(stack: TerraformStack): AwsProvider {
  return new AwsProvider(stack, 'Own', { region: REGION, alias: 'own' });
}

/** A network with data subnets in these zones, made of nothing. */
export function plainNetwork(zones: readonly string[]): ZonalNetwork {
  const dataSubnets = zones.map((zone, position) => ({ zone, subnetId: `subnet-0abc300${position}` }));
  return { vpcId: 'vpc-0abc1234', zones, publicSubnets: [], applicationSubnets: [], dataSubnets };
}

function errorOf(make: () => unknown): InvalidPropsError {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidPropsError) return error;
    throw error;
  }
  throw new Error('expected an InvalidPropsError, but nothing was thrown');
}
