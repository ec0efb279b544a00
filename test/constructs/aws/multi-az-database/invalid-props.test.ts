import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { InvalidPropsError } from 'nines';
import { MultiAZDatabase } from 'nines/aws';
import { applies, breakAll } from '../../../support/breakages';
import { DATABASE } from '../../../support/breakages/database';
import { sentencesIn } from '../../../support/breakages/sentences';
import { Coverage } from '../../../support/coverage';
import { fullDatabase } from '../../../support/full-database';
import { pathsIn } from '../../../support/full-props';
import { quickly } from '../../../support/quickly';
import {
  AROUND,
  buildDatabase,
  DATABASE_ROOTS,
  databaseConfigs,
  databaseProps,
  OTHER_REGION,
  REGION,
} from '../../../support/random-databases';
import { emptyStack } from '../../../support/synth';
import { network } from './databases';

const SEED = Number(process.env.NINES_SEED ?? 2026); // fast-check prints it when a property fails
const VALID_CONFIGS = 150;
/** How often each way to break props is tried: every time in other props, and beside other ways. */
const TRIES = 5;
const MOST_BESIDE = 4;

const said = new Set<string>();
const tried = new Set<string>();

describe('MultiAZDatabase', () => {
  test(`builds valid props without an error, ${VALID_CONFIGS} random ones with every prop and arm`, () => {
    const coverage = new Coverage(DATABASE_ROOTS, []);
    const property = fc.property(databaseConfigs, (config) => {
      quickly(() => buildDatabase(new Construct(emptyStack({ region: REGION }), 'Config'), config, AROUND, coverage));
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
    expect(coverage.missing()).toEqual([]);
  });

  test.each(DATABASE.map((breakage) => ({ what: breakage.what, breakage })))('refuses $what', ({ breakage }) => {
    const others = DATABASE.filter((other) => other !== breakage);
    const beside = fc.shuffledSubarray(others, { maxLength: MOST_BESIDE });
    const property = fc.property(databaseConfigs, beside, (config, more) => {
      const stack = emptyStack({ region: REGION });
      const valid = quickly(() => databaseProps(new Construct(stack, 'Config'), config, AROUND));
      fc.pre(applies(breakage, valid));
      const { props, problems, broken } = breakAll(valid, [breakage, ...more]);

      const error = errorOf(() => new MultiAZDatabase(stack, 'It', props));
      expect([...error.problems].sort()).toEqual([...problems].sort());
      expect(error.constructPath).toBe('shop/It');
      expect(stack.node.findChild('It').node.children).toEqual([]);

      for (const problem of problems) said.add(problem);
      for (const path of broken) tried.add(path);
    });
    fc.assert(property, { seed: SEED, numRuns: TRIES });
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
const COVERED_WHOLE = /^(restoreFrom|proxy)\./;

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
