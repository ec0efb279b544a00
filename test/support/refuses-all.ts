import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { InvalidPropsError } from 'nines';
import type { ZonalNetwork } from 'nines/aws';
import { applies, type Breakage, breakAll } from './breakages';
import { quickly } from './quickly';
import { REGION } from './random-configs';
import { emptyStack } from './synth';

export const SEED = Number(process.env.NINES_SEED ?? 2026); // fast-check prints it when a property fails
/** How often each way to break props is tried: every time in other props, and beside other ways. */
const TRIES = 5;
const MOST_BESIDE = 4;

/** One test for each way to break valid props: alone or beside others, it is named, and nothing else is. */
export function refusesAll<Config, Props extends object>(
  breakages: readonly Breakage<Props>[],
  valid: fc.Arbitrary<Config>,
  subject: {
    readonly propsOf: (config: Config, stack: TerraformStack) => Props;
    readonly make: (stack: TerraformStack, props: Props) => unknown;
  },
): { readonly tried: ReadonlySet<string>; readonly said: ReadonlySet<string> } {
  const tried = new Set<string>();
  const said = new Set<string>();
  test.each(breakages.map((breakage) => ({ what: breakage.what, breakage })))('refuses $what', ({ breakage }) => {
    const others = breakages.filter((other) => other !== breakage);
    const beside = fc.shuffledSubarray(others, { maxLength: MOST_BESIDE });
    const property = fc.property(valid, beside, (config, more) => {
      const stack = quickly(() => emptyStack({ region: REGION }));
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
  return { tried, said };
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
