import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { MultiAZDatabase, type MultiAZDatabaseProps } from 'nines/aws';
import { DATABASE } from '../../../support/breakages/database';
import { plainNetwork } from '../../../support/breakages/plain-network';
import { sentencesIn } from '../../../support/breakages/sentences';
import { fullDatabase } from '../../../support/full-database';
import { pathsIn } from '../../../support/full-props';
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
import { refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';
import { network } from './databases';

const VALID_CONFIGS = 60;

/** A network as far as a database looks at it: half of the time goes into real ones. */
const plain: NetworkMaker = (_, __, { region, letters }) => plainNetwork(region, letters.join(''));

describe('MultiAZDatabase', () => {
  test(`builds valid props without an error, ${VALID_CONFIGS} random ones`, () => {
    const property = fc.property(databaseConfigs, (config) => {
      buildDatabase(new Construct(emptyStack({ region: REGION }), 'Config'), config, AROUND, undefined, plain);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  const { tried, said } = refusesAll<DatabaseConfig, MultiAZDatabaseProps>(DATABASE, databaseConfigs, {
    propsOf: (config, stack) => databaseProps(new Construct(stack, 'Config'), config, AROUND, plain),
    make: (stack, props) => new MultiAZDatabase(stack, 'It', props),
    ...{ alone: 2, together: 150 },
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
