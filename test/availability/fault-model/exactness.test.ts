import { Availability } from 'nines';
import { anyOf, atLeast, FaultModel } from 'nines/availability';
import { compiled } from '../../../src/availability/fault-model/compiled';
import { eventConditionals } from '../../../src/availability/fault-model/solve/evaluate';
import { ORDERS } from '../../../src/availability/fault-model/solve/order';
import { simplified } from '../../../src/availability/fault-model/solve/simplify';
import { type SolveOptions, solve } from '../../../src/availability/fault-model/solve/solution';
import { Numbers } from './support/numbers';
import { bruteForce, modelOf, randomPlan } from './support/random-model';
import { randomTree, truthOf } from './support/random-tree';

/** What the library promises: twelve digits, however small the number. */
const isEqual = (one: number, other: number) => Math.abs(one - other) <= 1e-12 * Math.abs(other);
const failing = (share: number) => ({ availability: Availability.failing(share) });

describe('exact availability', () => {
  // npm run bench does the same for 10,000
  test('equals brute force over all states, to 1e-12, for 500 random models with shared domains', () => {
    const wrong: unknown[] = [];
    for (let seed = 1; seed <= 500; seed++) {
      const plan = randomPlan(new Numbers(seed));
      const expected = bruteForce(plan).probability;
      const got = modelOf(plan).analyse('target').availability.failingShare;
      if (!isEqual(got, expected)) wrong.push({ seed, got, expected });
    }
    expect(wrong).toEqual([]);
  });

  test('is the same by every way to solve: modules or none, any order, diagrams or elimination, with or without not', () => {
    const ways: SolveOptions[] = (['diagram', 'elimination'] as const).flatMap((method) =>
      [true, false].flatMap((modules) =>
        ORDERS.map((order) => ({ modules, orders: [order], methods: [method] }) satisfies SolveOptions),
      ),
    );
    const wrong: unknown[] = [];
    for (let seed = 1; seed <= 400; seed++) {
      const numbers = new Numbers(seed);
      const tree = randomTree(numbers, { events: 8, gates: 10, isCoherent: numbers.chance(0.5) });
      const { probability, given } = truthOf(tree);
      const { graph, shares, events } = compiled(tree, [tree.top], new Set());
      const simple = simplified(graph);
      for (const way of ways) {
        const solution = solve(simple, shares, way);
        const top = solution.shares.yes.at(-1) ?? Number.NaN;
        if (!isEqual(top, probability)) wrong.push({ seed, way, top, probability });
        if (seed % 8 !== 0) continue;
        const { whenTrue, whenFalse } = eventConditionals(solution, 1000);
        for (const [index, event] of events.entries()) {
          if (!isEqual(whenTrue[index] ?? Number.NaN, given(event, true)))
            wrong.push({ seed, way, event, given: true });
          if (!isEqual(whenFalse[index] ?? Number.NaN, given(event, false)))
            wrong.push({ seed, way, event, given: false });
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('is the product of availabilities in series, and of failures in parallel (E. Lewis, Introduction to Reliability Engineering)', () => {
    const model = new FaultModel()
      .component('a', failing(1e-3))
      .component('b', failing(2e-9))
      .component('c', failing(5e-13))
      .component('series', { needs: ['a', 'b', 'c'] })
      .component('parallel', { needs: anyOf(['a', 'b', 'c']) });
    expect(model.analyse('parallel').availability.failingShare).toBe(1e-3 * 2e-9 * 5e-13);
    const series = model.analyse('series').availability.failingShare;
    const union = 1e-3 + 2e-9 + 5e-13 - 1e-3 * 2e-9 - 1e-3 * 5e-13 - 2e-9 * 5e-13 + 1e-24;
    expect(isEqual(series, union)).toBe(true);
  });

  test.each([
    [1, 3],
    [2, 3],
    [3, 5],
    [4, 7],
    [5, 40],
    [99, 100],
  ])('is the binomial sum when at least %i of %i alike must work', (count, total) => {
    const names = Array.from({ length: total }, (_, index) => `node-${index}`);
    const model = new FaultModel();
    for (const name of names) model.component(name, failing(0.01));
    model.component('quorum', { needs: atLeast(count, names) });
    let expected = 0;
    for (let failed = total; failed > total - count; failed--) {
      let ways = 1;
      for (let step = 1; step <= failed; step++) ways = (ways * (total - failed + step)) / step;
      expected += ways * 0.01 ** failed * 0.99 ** (total - failed);
    }
    expect(isEqual(model.analyse('quorum').availability.failingShare, expected)).toBe(true);
  });

  test('is 1 - 2p² - 2p³ + 5p⁴ - 2p⁵ for the bridge of five alike (M. Rausand, A. Høyland, System Reliability Theory)', () => {
    const model = new FaultModel();
    for (const name of ['1', '2', '3', '4', '5']) model.component(name, failing(0.1));
    const paths = [
      ['1', '4'],
      ['2', '5'],
      ['1', '3', '5'],
      ['2', '3', '4'],
    ];
    model.component('bridge', { needs: anyOf(paths.map((path) => atLeast(path.length, path))) });
    const p = 0.9;
    const expected = 1 - 2 * p ** 2 - 2 * p ** 3 + 5 * p ** 4 - 2 * p ** 5;
    expect(model.analyse('bridge').availability.failingShare).toBeCloseTo(expected, 14);
  });

  test('counts a zone that many replicas share once: z + (1 - z) r², not (z + r)²', () => {
    const model = new FaultModel()
      .domain('zone', failing(1e-4))
      .component('one', { ...failing(1e-3), in: 'zone' })
      .component('two', { ...failing(1e-3), in: 'zone' })
      .component('service', { needs: anyOf(['one', 'two']) });
    const { failingShare } = model.analyse('service').availability;
    expect(isEqual(failingShare, 1e-4 + (1 - 1e-4) * 1e-6)).toBe(true);
  });

  test('keeps apart what a double next to 1 cannot: three zones of twelve nines fail 1e-36 of the time', () => {
    const model = new FaultModel();
    for (const zone of ['a', 'b', 'c']) model.component(zone, { availability: Availability.nines(12) });
    model.component('service', { needs: anyOf(['a', 'b', 'c']) });
    const { availability } = model.analyse('service');
    expect(availability.failingShare).toBeCloseTo(1e-36, 48);
    expect(availability.toNines()).toBeCloseTo(36, 10);
    expect(availability.toString()).not.toBe('100 %');
  });

  test('is 100 % when nothing can fail, and 0 % when what never works is needed', () => {
    const model = new FaultModel()
      .component('steady')
      .component('never', failing(1))
      .component('service', { needs: 'steady' })
      .component('doomed', { needs: ['steady', 'never'] });
    expect(model.analyse('service').availability.failingShare).toBe(0);
    expect(model.analyse('doomed').availability.failingShare).toBe(1);
  });
});
