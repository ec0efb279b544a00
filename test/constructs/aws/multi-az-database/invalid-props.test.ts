import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { InvalidPropsError } from 'nines';
import { MultiAZDatabase } from 'nines/aws';
import { applies, breakAll } from '../../../support/breakages';
import { DATABASE } from '../../../support/breakages/database';
import { plainNetwork } from '../../../support/breakages/plain-network';
import { sentencesIn } from '../../../support/breakages/sentences';
import { fullDatabase } from '../../../support/full-database';
import { pathsIn } from '../../../support/full-props';
import { quickly } from '../../../support/quickly';
import {
  AROUND,
  buildDatabase,
  type DatabaseConfig,
  databaseConfigs,
  databaseProps,
  type NetworkMaker,
  OTHER_REGION,
  REGION,
} from '../../../support/random-databases';
import { emptyStack } from '../../../support/synth';
import { network } from './databases';

const SEED = Number(process.env.NINES_SEED ?? 2026); // fast-check prints it when a property fails
const VALID_CONFIGS = 60;
/** How often each way to break props is tried, every time in other props; and how often several are. */
const ALONE = 2;
const TOGETHER = 150;

const said = new Set<string>();
const tried = new Set<string>();

/** A network as far as a database looks at it: half of the time goes into real ones. */
const plain: NetworkMaker = (_, __, { region, letters }) => plainNetwork(region, letters.join(''));

/** What was broken is named, whole and once, and nothing else is; nothing was built. */
function expectRefusal(config: DatabaseConfig, [first, ...more]: typeof DATABASE): void {
  const stack = emptyStack({ region: REGION });
  const valid = quickly(() => databaseProps(new Construct(stack, 'Config'), config, AROUND, plain));
  fc.pre(first !== undefined && applies(first, valid));
  const { props, problems, broken } = breakAll(valid, [first, ...more]);

  const error = errorOf(() => new MultiAZDatabase(stack, 'It', props));
  expect([...error.problems].sort()).toEqual([...problems].sort());
  expect(error.constructPath).toBe('shop/It');
  expect(stack.node.findChild('It').node.children.map(({ node }) => node.id)).toEqual([]);

  for (const problem of problems) said.add(problem);
  for (const path of broken) tried.add(path);
}

describe('MultiAZDatabase', () => {
  test(`builds valid props without an error, ${VALID_CONFIGS} random ones`, () => {
    const property = fc.property(databaseConfigs, (config) => {
      quickly(() =>
        buildDatabase(new Construct(emptyStack({ region: REGION }), 'Config'), config, AROUND, undefined, plain),
      );
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  test.each(DATABASE.map((breakage) => ({ what: breakage.what, breakage })))('refuses $what', ({ breakage }) => {
    const property = fc.property(databaseConfigs, (config) => expectRefusal(config, [breakage]));
    fc.assert(property, { seed: SEED, numRuns: ALONE });
  });

  test('names everything that is broken at once', () => {
    const several = fc.shuffledSubarray([...DATABASE], { minLength: 2, maxLength: 6 });
    fc.assert(fc.property(databaseConfigs, several, expectRefusal), { seed: SEED, numRuns: TOGETHER });
  });

  test('was broken in every prop', () => {
    const declared = pathsIn(full()).filter(
      (path) => !/^(parameters|tags|zones|regionLoss\.zones|proxy\.userSecretArns)\./.test(path),
    );
    const touched = (path: string) => [...tried].some((other) => other === path || other.startsWith(`${path}.`));
    expect(declared.filter((path) => !touched(path) && !COVERED_WHOLE.test(path))).toEqual([]);
  });

  test('says every sentence that its source has', () => {
    const unsaid = sentencesIn('constructs/aws/database').filter(
      (sentence) => ![...said].some((text) => sentence.test(text)),
    );
    expect(unsaid.map(String)).toEqual([]);
  });
});

/** Broken by a value of the whole: one of them alone is valid in some of the two kinds. */
const COVERED_WHOLE = /^(restoreFrom|proxy)\.|^regionLoss\.keep$/;

function full() {
  const stack = emptyStack({ region: REGION });
  const here = new AwsProvider(stack, 'Own', { region: REGION, alias: 'own' });
  const there = new AwsProvider(stack, 'There', { region: OTHER_REGION, alias: 'there' });
  return fullDatabase(
    { here, there },
    {
      here: network(stack, 'ab', { region: REGION, id: 'Network', provider: here }),
      there: network(stack, 'ab', { region: OTHER_REGION, id: 'NetworkThere', provider: there }),
    },
  );
}

function errorOf(make: () => unknown): InvalidPropsError {
  try {
    quickly(make);
  } catch (error) {
    if (error instanceof InvalidPropsError) return error;
    throw error;
  }
  throw new Error('expected an InvalidPropsError, but nothing was thrown');
}
