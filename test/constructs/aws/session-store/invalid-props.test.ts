import { Construct } from 'constructs';
import fc from 'fast-check';
import { SessionStore, type SessionStoreProps } from 'nines/aws';
import { sentencesIn } from '../../../support/breakages';
import { SESSION_STORE } from '../../../support/breakages/session-store';
import { pathsIn, propsIn } from '../../../support/full-props';
import { fullStore } from '../../../support/full-session-store';
import { REGION } from '../../../support/random-configs';
import {
  buildStore,
  STORE_AROUND,
  type StoreConfig,
  storeConfigs,
  storeProps,
} from '../../../support/random-session-store';
import { ownProvider, plainNetwork, refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';

const VALID_CONFIGS = 30;

const zonesOf = ({ network }: StoreConfig) => (network.kind === 'made' ? network.props.zones : network.zones);

describe('SessionStore', () => {
  test(`builds without an error of ${VALID_CONFIGS} random valid props`, () => {
    const property = fc.property(storeConfigs, (config) => {
      const scope = new Construct(emptyStack({ region: REGION }), 'Config');
      buildStore(scope, config, STORE_AROUND);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  const { tried, said } = refusesAll<StoreConfig, SessionStoreProps>(SESSION_STORE, storeConfigs, {
    propsOf: (config, stack) => ({
      ...storeProps(config, STORE_AROUND),
      network: plainNetwork(zonesOf(config)),
      provider: config.ownProvider ? ownProvider(stack) : undefined,
    }),
    make: (stack, props) => new SessionStore(stack, 'It', props),
  });

  test('was broken in every prop', () => {
    const props = propsIn(fullStore(ownProvider(emptyStack()), plainNetwork(['us-east-1a', 'us-east-1b'])));
    const own = props.filter((path) => !/^(network|parameters)\./.test(path)); // values that are made elsewhere
    expect(own.filter((path) => !tried.has(path))).toEqual([]);
  });

  test('has no sentence that nothing makes it say', () => {
    const unsaid = sentencesIn('constructs/aws/session-store').filter(
      (sentence) => ![...said].some((problem) => sentence.test(problem)),
    );
    expect(unsaid.map(String)).toEqual([]);
  });

  test('takes all its props at once', () => {
    const stack = emptyStack({ region: REGION });
    const full = fullStore(ownProvider(stack), plainNetwork(['us-east-1a', 'us-east-1b']));
    expect(pathsIn(full).length).toBeGreaterThan(15);
    expect(() => new SessionStore(stack, 'It', full)).not.toThrow();
  });
});
