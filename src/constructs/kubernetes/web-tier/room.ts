import { objectProblems, wholeNumberProblems } from '../../../validation';
import type { WebTierNodes } from './prop-parts';

/** Pods over zones, of which so many may be lost. */
interface Layout {
  readonly size: number;
  readonly zones: number;
  readonly lost: number;
}

/**
 * A pod that the spread sends to a full zone waits for as long as the zone is full: so every zone needs room to spare.
 *
 * @param layout the tier at its largest; none where its capacity is refused anyway
 */
export function nodesProblems(nodes: WebTierNodes | undefined, layout?: Layout): string[] {
  if (nodes === undefined) return [];
  const problems = shapeProblems(nodes);
  if (problems.length > 0 || layout === undefined) return problems;
  return [...rolloutProblems(nodes, layout), ...drainProblems(nodes, layout)];
}

function shapeProblems(nodes: WebTierNodes): string[] {
  const misshapen = objectProblems('nodes', nodes);
  if (misshapen.length > 0) return misshapen;
  const { perZone, podsPerNode } = nodes;
  return [
    ...wholeNumberProblems('nodes.perZone', perZone, { min: 1 }, 'count the nodes of the smallest zone'),
    ...wholeNumberProblems('nodes.podsPerNode', podsPerNode, { min: 1 }, 'count the pods that fit on one'),
  ];
}

/**
 * Pods of a tier that each zone needs room for, so that a rollout over these zones ends.
 *
 * Where zones were lost, or all their nodes drained, a zone of the rest holds up to o = ceil(n / (z - lost)) of n pods,
 * and nothing moves them back. A rollout stands still when the only zones that may take the next new pod are full: one
 * with o old pods and m new ones, while all others have m + 1. All that run are n, so o + m + (z - 1)(m + 1) <= n, and
 * room for one more than the largest such o + m is enough.
 *
 * @param zones how many zones take pods during the rollout
 */
export function roomForRollout({ size, zones: all, lost }: Layout, zones = all): number {
  const mostInOne = Math.ceil(size / (all - lost));
  return mostInOne + Math.floor((size - mostInOne + 1) / zones);
}

function rolloutProblems({ perZone, podsPerNode }: WebTierNodes, layout: Layout): string[] {
  const needed = roomForRollout(layout);
  if (perZone * podsPerNode >= needed) return [];
  return [
    `nodes must have room for ${needed} pods in each zone, so that ${layout.size} pods over ${layout.zones} zones can be ` +
      `replaced, got ${perZone} x ${podsPerNode}; add nodes or lower capacity.max, or a rollout may wait forever`,
  ];
}

/** Pods of a drained node go to the rest of their zone, and to other zones only where nothing is left of it. */
function drainProblems({ perZone, podsPerNode }: WebTierNodes, { size, zones }: Layout): string[] {
  const needed = Math.ceil(size / zones);
  if (perZone === 1 || (perZone - 1) * podsPerNode >= needed) return [];
  return [
    `nodes must have room for ${needed} pods in a zone while one of its nodes is drained, ` +
      `got ${perZone - 1} x ${podsPerNode}; add nodes or lower capacity.max, or a drain may wait forever`,
  ];
}

/** What has to wait until a lost zone is back, for want of room in the others: one sentence, or none. */
export function roomWarnings({ perZone, podsPerNode }: WebTierNodes, layout: Layout): string[] {
  const left = layout.zones - layout.lost;
  const needed = roomForRollout(layout, left);
  const whileDrained = Math.ceil(layout.size / left);
  const drains = perZone > 1 && (perZone - 1) * podsPerNode >= whileDrained;
  if (perZone * podsPerNode >= needed && drains) return [];
  return [
    'nodes: while a zone is lost, a rollout or a drain may wait until it is back; neither would with room for ' +
      `${needed} pods in each zone, and for ${whileDrained} without one of its nodes`,
  ];
}
