import fc from 'fast-check';
import { Capacity } from 'nines';
import { roomForRollout } from '../../../../src/constructs/kubernetes/web-tier/room';
import { emptyChart, type Manifest, synthChart } from '../../../support/kubernetes/manifests';
import { tier } from '../ha-web-tier/tiers';
import { Cluster, drawing } from './cluster';

const SEED = Number(process.env.NINES_SEED ?? 2026);

/** A tier, and nodes that it accepts: with just the room it asks for, or with more. */
interface Case {
  readonly zones: number;
  readonly peak: number;
  readonly lost: 1 | 2;
  readonly max: number;
  readonly maxUnavailable: number;
  readonly nodes: { readonly perZone: number; readonly podsPerNode: number };
  readonly seed: number;
  readonly how: 'tainted' | 'deleted';
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    zones: fc.integer({ min: 2, max: 5 }),
    peak: fc.integer({ min: 1, max: 8 }),
    two: fc.boolean(),
    above: fc.nat(8),
    budget: fc.nat(),
    perZone: fc.integer({ min: 1, max: 4 }),
    spare: fc.constantFrom(0, 0, 0, 1, 3),
    seed: fc.nat(2 ** 31 - 1),
    how: fc.constantFrom('tainted', 'deleted'),
  })
  .map(({ zones, peak, two, above, budget, perZone, spare, seed, how }) => {
    const lost = two && zones > 2 ? 2 : 1;
    const plan = Capacity.forPeak(peak, { tolerateLostZones: lost }).over(zones);
    const max = plan.minimum + above;
    const room = roomForRollout({ size: max, zones, lost });
    const drained = perZone === 1 ? 0 : Math.ceil(Math.ceil(max / zones) / (perZone - 1));
    const nodes = { perZone, podsPerNode: Math.max(Math.ceil(room / perZone), drained) + spare };
    return { zones, peak, lost, max, maxUnavailable: (budget % plan.perZone) + 1, nodes, seed, how };
  });

function propsOf({ zones, peak, lost, max, maxUnavailable, nodes }: Case) {
  return { zones, maxUnavailable, nodes, capacity: Capacity.forPeak(peak, { tolerateLostZones: lost, max }) };
}

/** A cluster on which a tier of its smallest size runs. */
function running(it: Case): Cluster {
  const cluster = new Cluster(
    synthChart((chart) => tier(chart, propsOf(it))),
    { zones: it.zones, ...it.nodes },
    drawing(it.seed),
  );
  cluster.scale(tier(emptyChart(), propsOf(it)).plan.minimum);
  return cluster;
}

function always(runs: number, promise: (it: Case) => void): void {
  fc.assert(fc.property(cases, promise), { seed: SEED, numRuns: runs });
}

describe('HAWebTier, on nodes that it accepts,', () => {
  test('has no zone that holds more than its share', () => {
    always(40, (it) => {
      const { perZone, pending } = running(it);
      expect(pending).toBe(0);
      expect(new Set(perZone).size).toBe(1);
    });
  });

  test('carries its peak at once when the fullest zones are lost, and then places every pod again', () => {
    always(60, (it) => {
      const cluster = running(it);
      const left = cluster.perZone.slice(it.lost).reduce((sum, count) => sum + count, 0);
      expect(left).toBeGreaterThanOrEqual(it.peak);
      for (let lost = 0; lost < it.lost; lost += 1) cluster.lose(cluster.fullestZone, it.how);
      cluster.scale(it.max);
      expect(cluster.pending).toBe(0);
      expect(cluster.pods.filter(({ node }) => node !== undefined && node.taints.length > 0)).toEqual([]);
    });
  });

  test('lets every node be drained, and ends every rollout, at every size, also after zones were lost and came back; a rollout evens them', () => {
    always(60, (it) => {
      const cluster = running(it);
      const draw = drawing(it.seed + 1);
      for (let round = 0; round < 3; round += 1) {
        cluster.scale(cluster.pods.length === it.max ? running(it).pods.length : it.max);
        expect(cluster.pending).toBe(0);
        expect({ drained: cluster.drainAll() }).toEqual({ drained: true });
        expect({ rolledOut: cluster.rollOut() }).toEqual({ rolledOut: true });
        for (let lost = 0; lost < it.lost; lost += 1) {
          if (draw() < 0.6) cluster.lose(`zone-${Math.floor(draw() * it.zones)}`, it.how);
        }
        expect(cluster.pending).toBe(0);
        cluster.restore();
        expect({ rolledOut: cluster.rollOut() }).toEqual({ rolledOut: true });
        const { perZone } = cluster;
        expect((perZone[0] ?? 0) - (perZone.at(-1) ?? 0)).toBeLessThanOrEqual(1); // what scaling and losses left uneven
      }
    });
  });

  test('drains and rolls out while zones are lost, too, unless it warns that this may wait', () => {
    let tried = 0;
    always(150, (it) => {
      const roomy = { ...it, nodes: { ...it.nodes, podsPerNode: it.nodes.podsPerNode * 2 } };
      if (tier(emptyChart(), propsOf(roomy)).warnings.length > 0) return;
      tried += 1;
      const cluster = running(roomy);
      cluster.scale(it.max);
      for (let lost = 0; lost < it.lost; lost += 1) cluster.lose(`zone-${lost}`, it.how);
      expect({ drained: cluster.drainAll() }).toEqual({ drained: true });
      expect({ rolledOut: cluster.rollOut() }).toEqual({ rolledOut: true });
    });
    expect(tried).toBeGreaterThan(25);
  });

  test.each([
    { zones: 2, size: 4, room: 4 },
    { zones: 3, size: 4, room: 3 },
    { zones: 3, size: 6, room: 4 },
    { zones: 3, size: 7, room: 5 },
    { zones: 4, size: 6, room: 3 },
    { zones: 4, size: 8, room: 4 },
  ])('asks for room for $room of $size pods over $zones zones: with one place less a rollout can stand still', (it) => {
    expect(roomForRollout({ ...it, lost: 1 })).toBe(it.room);
    expect(SEEDS.filter((seed) => !rollOutEnds(it, seed))).toEqual([]);
    expect(SEEDS.filter((seed) => !rollOutEnds({ ...it, room: it.room - 1 }, seed)).length).toBeGreaterThan(0);
  });
});

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

/** Whether a rollout ends after a zone was lost and came back, on one node per zone with so much room. */
function rollOutEnds({ zones, size, room }: { zones: number; size: number; room: number }, seed: number): boolean {
  const cluster = new Cluster(plain, { zones, perZone: 1, podsPerNode: room }, drawing(seed));
  cluster.scale(size);
  cluster.lose('zone-1', 'deleted');
  cluster.restore();
  return cluster.rollOut();
}

const plain: readonly Manifest[] = synthChart((chart) => tier(chart));
