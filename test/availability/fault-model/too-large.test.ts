import { Availability } from 'nines';
import { atLeast, FaultModel, ModelTooLargeError } from 'nines/availability';
import { compiled } from '../../../src/availability/fault-model/compiled';
import { boundsOf } from '../../../src/availability/fault-model/solve/bounds';
import { simplified } from '../../../src/availability/fault-model/solve/simplify';
import { isExact, solve } from '../../../src/availability/fault-model/solve/solution';
import { Numbers } from './support/numbers';
import { randomTree, truthOf } from './support/random-tree';

/** Services that each need some of hundreds of parts, picked at random: nothing falls apart, and nothing is alike. */
function tangled(parts: number, services: number): FaultModel {
  const numbers = new Numbers(3);
  const model = new FaultModel();
  const names = Array.from({ length: parts }, (_, index) => `part-${index}`);
  for (const name of names) model.component(name, { availability: Availability.failing(1e-4 * (1 + numbers.share())) });
  const all = Array.from({ length: services }, (_, index) => `service-${index}`);
  for (const name of all)
    model.component(name, { needs: [atLeast(2, numbers.some(names, 4).concat(numbers.some(names, 6)))] });
  return model.component('target', { needs: atLeast(services - 2, all) });
}

describe('a model that is too large', () => {
  const analysis = tangled(80, 50).analyse('target', { maxNodes: 20_000 });

  test('ends with an error that brings bounds, and sampling agrees with them', () => {
    let error: unknown;
    try {
      analysis.availability;
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ModelTooLargeError);
    const { message, worst, best } = error as ModelTooLargeError;
    expect(message).toMatch(
      /^the exact availability of "target" takes too much memory: maxNodes must hold a diagram of its \d+ events, got 20000; raise it, or use the bounds: from [\d.]+ % to [\d.]+ %$/,
    );
    expect(best.meets(worst)).toBe(true);
    expect(worst.failingShare).toBeLessThan(0.01);
    const sampled = analysis.sample({ trials: 50_000, confidence: 0.999 });
    expect(worst.failingShare).toBeGreaterThanOrEqual(sampled.best.failingShare);
    expect(best.failingShare).toBeLessThanOrEqual(sampled.worst.failingShare);
  });

  test('still has its single points of failure and its shortest cut sets', () => {
    expect(analysis.singlePointsOfFailure()).toEqual([]);
    const { sets, count, maxOrder, isComplete, omitted } = analysis.cutSets({ maxOrder: 2 });
    expect({ count, maxOrder, isComplete }).toEqual({ count: undefined, maxOrder: 2, isComplete: false });
    expect(sets.every(({ parts }) => parts.length <= 2)).toBe(true);
    expect(omitted).toBeLessThan(0.01);
  });

  test('has bounds that hold, with and without negation: of 300 random trees solved with next to no memory', () => {
    let cut = 0;
    let isTight = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const numbers = new Numbers(seed);
      const tree = randomTree(numbers, { events: 9, gates: 10, isCoherent: numbers.chance(0.7) });
      const { graph, shares } = compiled(tree, [tree.top], new Set());
      const solution = solve(simplified(graph), shares, { maxNodes: 7 });
      if (isExact(solution)) continue;
      const { low, high } = boundsOf(solution);
      const { probability } = truthOf(tree);
      cut++;
      expect(low).toBeLessThanOrEqual(probability);
      expect(high).toBeGreaterThanOrEqual(Math.min(1, probability));
      if (high <= low * (1 + 1e-6)) isTight++;
    }
    expect(cut).toBeGreaterThan(75);
    expect(isTight).toBeGreaterThan(25);
  });

  test('refuses a limit that holds nothing', () => {
    expect(() => tangled(3, 4).analyse('target', { maxNodes: 1 })).toThrow(
      'maxNodes must be a whole number of at least 3, got 1; allow some memory',
    );
  });
});
