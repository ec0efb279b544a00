import { Availability } from 'nines';
import { anyOf, atLeast, type CutSets, FaultModel } from 'nines/availability';
import { Numbers } from './support/numbers';
import { bruteForce, modelOf, type Plan, randomPlan } from './support/random-model';
import { ones } from './support/truth-table';

const failing = (share: number) => ({ availability: Availability.failing(share) });
const key = (parts: readonly string[]) => [...parts].sort().join();

interface ExpectedSet {
  readonly state: number;
  readonly key: string;
  readonly order: number;
  readonly probability: number;
}

interface Expected {
  readonly sets: readonly ExpectedSet[];
  /** How likely one of the cut sets that are not listed is down. */
  unlisted(listed: CutSets): number;
}

/** Minimal cut sets by brute force. */
function expectedSets(plan: Plan): Expected {
  const { tables, target, names, failing: shares } = bruteForce(plan);
  const sets = tables.minimal(target).map((state) => {
    const members = names.filter((_, event) => (state >> event) & 1);
    const probability = members.reduce((product, name) => product * (shares[names.indexOf(name)] ?? 0), 1);
    return { state, key: key(members), order: ones(state), probability };
  });
  const whenDown = (state: number) =>
    names.flatMap((_, event) => ((state >> event) & 1 ? [tables.event(event)] : [])).reduce((a, b) => tables.and(a, b));
  const unlisted = (listed: CutSets) => {
    const isListed = new Set(listed.sets.map(({ parts }) => key(parts)));
    const down = sets.filter((set) => !isListed.has(set.key)).map(({ state }) => whenDown(state));
    return tables.probability(
      down.reduce((a, b) => tables.or(a, b), tables.constant(false)),
      shares,
    );
  };
  return { sets, unlisted };
}

const PLANS = Array.from({ length: 120 }, (_, index) => {
  const plan = randomPlan(new Numbers(5000 + index), 8);
  return { model: modelOf(plan), expected: expectedSets(plan) };
});

describe('minimal cut sets', () => {
  test('are those of brute force, each once, the most probable first, with their probabilities', () => {
    for (const { model, expected } of PLANS) {
      const { sets, isComplete, count, omitted } = model.analyse('target').cutSets();
      expect(sets.map(({ parts }) => key(parts)).sort()).toEqual(expected.sets.map((set) => set.key).sort());
      expect({ isComplete, count, omitted }).toEqual({ isComplete: true, count: expected.sets.length, omitted: 0 });
      const products = new Map(expected.sets.map((set) => [set.key, set.probability]));
      const wrong = sets.filter(({ parts, probability }, index) => {
        const product = products.get(key(parts)) ?? Number.NaN;
        const before = sets[index - 1]?.probability ?? 1;
        return !(Math.abs(probability - product) <= 1e-12 * product && probability <= before * (1 + 1e-12));
      });
      expect(wrong).toEqual([]);
    }
  });

  test('of one part are the single points of failure', () => {
    for (const { model, expected } of PLANS) {
      const ofOne = expected.sets.filter(({ order }) => order === 1);
      const found = model.analyse('target').singlePointsOfFailure();
      expect(found.sort()).toEqual(ofOne.map((set) => set.key).sort());
    }
  });

  test.each([{ maxOrder: 1 }, { maxOrder: 2 }, { limit: 1 }, { limit: 3 }, { minProbability: 1e-6 }])(
    'within %p are the right ones, and say how likely the rest is down at most',
    (options) => {
      for (const { model, expected } of PLANS) {
        const found = model.analyse('target').cutSets(options);
        const { maxOrder = 99, minProbability = 0, limit = 1e9 }: Record<string, number | undefined> = options;
        const within = expected.sets.filter((set) => set.order <= maxOrder && set.probability >= minProbability);
        expect(found.sets).toHaveLength(Math.min(limit, within.length));
        const least = Math.min(...found.sets.map(({ probability }) => probability));
        const better = within.filter(({ probability }) => probability > least * (1 + 1e-9));
        expect(found.sets.map(({ parts }) => key(parts))).toEqual(expect.arrayContaining(better.map((set) => set.key)));
        expect(found.count).toBe(expected.sets.length);
        expect(found.isComplete).toBe(found.sets.length === expected.sets.length);
        expect(found.omitted).toBeGreaterThanOrEqual(expected.unlisted(found) * (1 - 1e-12));
      }
    },
  );

  test('of a model too large for more are all those up to a length, and the bound covers the longer ones', () => {
    let cut = 0;
    let longer = 0;
    for (const { model, expected } of PLANS) {
      const analysis = model.analyse('target', { maxNodes: 12 });
      for (const maxOrder of [undefined, 1, 2]) {
        const found = analysis.cutSets({ maxOrder });
        const within = expected.sets.filter(({ order }) => order <= (found.maxOrder ?? 99));
        expect(found.sets.map(({ parts }) => key(parts)).sort()).toEqual(within.map((set) => set.key).sort());
        expect(found.omitted).toBeGreaterThanOrEqual(expected.unlisted(found) * (1 - 1e-12));
        if (found.count === undefined) cut++;
        if (found.count === undefined && within.length < expected.sets.length) longer++;
      }
    }
    expect(cut).toBeGreaterThan(30); // the limit was met
    expect(longer).toBeGreaterThan(5);
  });

  test('are counted without being listed: 20 services of which each needs 3 of 6 have 20 x 15 sets', () => {
    const model = new FaultModel();
    for (let service = 0; service < 20; service++) {
      const replicas = Array.from({ length: 6 }, (_, index) => `service-${service}-${index}`);
      for (const name of replicas) model.component(name, failing(0.01));
      model.component(`service-${service}`, { needs: atLeast(3, replicas) });
    }
    const all = Array.from({ length: 20 }, (_, service) => `service-${service}`);
    model.component('every', { needs: all }).component('any', { needs: anyOf(all) });
    expect(model.analyse('every').cutSets({ limit: 5 })).toMatchObject({ count: 300, isComplete: false });
    expect(model.analyse('any').cutSets({ limit: 5 }).count).toBe(15 ** 20);
  });

  test('of what nothing brings down are none, and of what is down already is one that names nothing', () => {
    const never = new FaultModel().component('target').component('other', failing(0.1));
    expect(never.analyse('target').cutSets()).toMatchObject({ sets: [], count: 0, isComplete: true, omitted: 0 });
    const down = new FaultModel().component('target', failing(0.1)).analyse('target').ifDown('target');
    expect(down.cutSets()).toMatchObject({ sets: [{ parts: [], probability: 1 }], count: 1, isComplete: true });
  });

  test.each([
    [{ limit: 0 }, 'limit must be a whole number of at least 1, got 0; say how many cut sets are listed at most'],
    [
      { maxOrder: 1.5 },
      'maxOrder must be a whole number of at least 1, got 1.5; say how many parts a cut set may have',
    ],
    [{ minProbability: 2 }, 'minProbability must be from 0 to 1, got 2; 1e-9 leaves out the improbable'],
  ])('refuse %p', (options, message) => {
    const analysis = new FaultModel().component('a', failing(0.1)).analyse('a');
    expect(() => analysis.cutSets(options)).toThrow(new RangeError(message));
  });
});
