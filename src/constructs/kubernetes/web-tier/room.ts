import type { Capacity } from '../../../intent';
import { objectProblems, wholeNumberProblems } from '../../../validation';
import type { WebTierNodes } from './prop-parts';

/** A pod that the spread sends to a full zone waits for as long as the zone is full: so zones need room to spare. */
export function nodesProblems(nodes: WebTierNodes | undefined, capacity: Capacity, zones: number): string[] {
  if (nodes === undefined) return [];
  const problems = shapeProblems(nodes);
  if (problems.length > 0 || capacity.problemsOver(zones).length > 0) return problems;
  const { maximum } = capacity.over(zones);
  return [...rolloutProblems(nodes, maximum, zones), ...drainProblems(nodes, maximum, zones)];
}

function shapeProblems(nodes: WebTierNodes): string[] {
  const misshapen = objectProblems('nodes', nodes);
  if (misshapen.length > 0) return misshapen;
  return [
    ...wholeNumberProblems('nodes.perZone', nodes.perZone, { min: 1 }, 'count the nodes of the smallest zone'),
    ...wholeNumberProblems('nodes.podsPerNode', nodes.podsPerNode, { min: 1 }, 'count the pods that fit on one'),
  ];
}

/**
 * Pods of the tier that each zone needs room for, so that every rollout of this size ends.
 *
 * With n pods over z zones, a zone holds up to o = ceil(n / (z - 1)) of them after another one was lost or drained.
 * A rollout stands still when the zone that must take the next new pod is full of old ones, while those of all others
 * are replaced: the fullest such state is o old pods and (n - o + 1) / z new ones. `docs/kubernetes.md` has the table.
 */
export function roomForRollouts(size: number, zones: number): number {
  const mostInOne = Math.ceil(size / (zones - 1));
  return mostInOne + Math.floor((size - mostInOne + 1) / zones);
}

function rolloutProblems({ perZone, podsPerNode }: WebTierNodes, size: number, zones: number): string[] {
  const needed = roomForRollouts(size, zones);
  if (perZone * podsPerNode >= needed) return [];
  return [
    `nodes must have room for ${needed} pods in each zone, so that ${size} pods over ${zones} zones can be replaced, ` +
      `got ${perZone} x ${podsPerNode}; add nodes or lower capacity.max, or a rollout may wait forever`,
  ];
}

/** Pods of a drained node go to the rest of their zone, and to other zones only when nothing is left of it. */
function drainProblems({ perZone, podsPerNode }: WebTierNodes, size: number, zones: number): string[] {
  const needed = Math.ceil(size / zones);
  if (perZone === 1 || (perZone - 1) * podsPerNode >= needed) return [];
  return [
    `nodes must have room for ${needed} pods in a zone while one of its nodes is drained, ` +
      `got ${perZone - 1} x ${podsPerNode}; add nodes or lower capacity.max, or a drain may wait forever`,
  ];
}
