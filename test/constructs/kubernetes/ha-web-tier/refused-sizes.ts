import { Capacity } from 'nines';
import type { Refused } from './refused';

const BUDGET = 'with less no node could be drained, with more a drain would take more than a lost zone';

/** Sizes, zones, budgets and nodes that are refused. */
export const SIZES: readonly Refused[] = [
  [
    'a missing capacity',
    { capacity: undefined },
    'capacity must be a Capacity, got undefined; write Capacity.forPeak(…)',
  ],
  [
    'a peak of nothing',
    { capacity: Capacity.forPeak(0) },
    'capacity.peak must be a whole number of at least 1, got 0; say how many units carry the peak',
  ],
  [
    'fewer pods than zones',
    { zones: 4, capacity: Capacity.forPeak(1, { max: 3 }) },
    'capacity.max must be at least the minimum that survives (4 over 4 zones for a peak of 1), got 3; raise max or lower the peak',
  ],
  [
    'more pods than Kubernetes is made for',
    { capacity: Capacity.forPeak(4, { max: 150_001 }) },
    'capacity must come to at most 150000 pods, the most that Kubernetes is made for, got 150001; lower capacity.max, or take larger pods',
  ],
  [
    'a use that leaves nothing to aim at',
    { capacity: Capacity.forPeak(4, { safeUse: 0.015 }) },
    'capacity.safeUse must leave scaling at least 1 % to aim at, got 0.015; raise it',
  ],
  [
    'one zone, even when no loss was to be survived',
    { zones: 1, capacity: Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }) },
    'zones must be a whole number from 2 to 100, got 1; one zone alone is a single point of failure',
  ],
  [
    'names of zones',
    { zones: ['a', 'b'] },
    "zones must be a whole number from 2 to 100, got 'a', 'b'; one zone alone is a single point of failure",
  ],
  [
    'a budget that blocks every drain',
    { maxUnavailable: 0 },
    `maxUnavailable must be a whole number from 1 to 2, got 0; ${BUDGET}`,
  ],
  [
    'a budget for more than a zone',
    { maxUnavailable: 3 },
    `maxUnavailable must be a whole number from 1 to 2, got 3; ${BUDGET}`,
  ],
  [
    'a budget in percent',
    { maxUnavailable: '25%' },
    `maxUnavailable must be a whole number from 1 to 2, got '25%'; ${BUDGET}`,
  ],
  ['the number of nodes', { nodes: 6 }, 'nodes must be an object, got 6; write it as in { … }'],
  [
    'no nodes',
    { nodes: { perZone: 0, podsPerNode: 9 } },
    'nodes.perZone must be a whole number of at least 1, got 0; count the nodes of the smallest zone',
  ],
  [
    'nodes without room',
    { nodes: { perZone: 9, podsPerNode: 0.5 } },
    'nodes.podsPerNode must be a whole number of at least 1, got 0.5; count the pods that fit on one',
  ],
  [
    'nodes on which a rollout would wait forever',
    { nodes: { perZone: 7, podsPerNode: 1 } },
    'nodes must have room for 8 pods in each zone, so that 12 pods over 3 zones can be replaced, got 7 x 1; ' +
      'add nodes or lower capacity.max, or a rollout may wait forever',
  ],
  [
    'nodes of which none can be drained',
    { zones: 4, capacity: Capacity.forPeak(1, { max: 9 }), nodes: { perZone: 2, podsPerNode: 2 } },
    'nodes must have room for 3 pods in a zone while one of its nodes is drained, got 1 x 2; ' +
      'add nodes or lower capacity.max, or a drain may wait forever',
  ],
];
