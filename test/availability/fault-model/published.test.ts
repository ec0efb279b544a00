import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOpenPsa } from 'nines/availability';

/**
 * Fault trees from industry that came with Aralia (A. Rauzy and Y. Dutuit, "Exact and truncated computations of prime
 * implicants of coherent and non-coherent fault trees within Aralia", Reliability Engineering & System Safety 58(2),
 * 1997), the usual benchmark since. Numbers of events, gates and minimal cut sets, and the top probability, as published with
 * the data set: https://github.com/openpra-org/aralia-fault-tree-dataset (README, August 2025), computed there by others' tools.
 */
const PUBLISHED = [
  { name: 'chinese', events: 25, gates: 36, cutSets: 392, top: 1.17058e-3 },
  { name: 'isp9605', events: 32, gates: 40, cutSets: 5630, top: 1.37171e-5 },
  { name: 'baobab1', events: 61, gates: 84, cutSets: 46_188, top: 1.01708e-4 },
  { name: 'isp9606', events: 89, gates: 41, cutSets: 1776, top: 5.43174e-2 },
  { name: 'das9201', events: 122, gates: 82, cutSets: 14_217, top: 1.34237e-2 },
  { name: 'isp9601', events: 143, gates: 104, cutSets: 276_785, top: 5.71245e-2 },
];

describe.each(PUBLISHED)(
  '$name, a published fault tree in the exchange format',
  ({ name, events, gates, cutSets, top }) => {
    const tree = readOpenPsa(readFileSync(join(__dirname, 'published', `${name}.xml`), 'utf8')).tree();
    const analysis = tree.analyse();

    test('is read whole', () => {
      expect([tree.events.size, tree.gates.size]).toEqual([events, gates]);
    });

    test('has the published top probability', () => {
      expect(analysis.availability.failingShare.toPrecision(6)).toBe(top.toPrecision(6));
    });

    test('has the published number of minimal cut sets', () => {
      expect(analysis.cutSets({ limit: 1 }).count).toBe(cutSets);
    });

    test('has as single points of failure its cut sets of one', () => {
      const ones = analysis.cutSets({ maxOrder: 1 }).sets.flatMap(({ parts }) => parts);
      expect(analysis.singlePointsOfFailure().sort()).toEqual([...ones].sort());
    });

    test('is sampled to within the interval', () => {
      const { worst, best } = analysis.sample({ trials: 20_000, confidence: 0.999 });
      expect(best.failingShare).toBeLessThanOrEqual(top);
      expect(worst.failingShare).toBeGreaterThanOrEqual(top);
    });
  },
);
