import { eventConditionals } from './solve';
import type { Solution } from './solve/solution';

/**
 * How much one part matters. All of these compare the target with the part down, with the part up, and as it is; each is
 * exact, and of the probabilities that they compare none is the difference of two others.
 */
export interface Importance {
  /** Name of the part. */
  readonly part: string;
  /** How likely the part makes the difference: the target is down when it is, and up when it is. (Birnbaum.) */
  readonly birnbaum: number;
  /** The share of the target's downtime that would go if the part never failed. */
  readonly criticality: number;
  /** By what the target's downtime is multiplied while the part is down; 1 when it makes no difference. */
  readonly riskAchievementWorth: number;
  /** By what the target's downtime would be divided if the part never failed; `Infinity` when nothing would be left. */
  readonly riskReductionWorth: number;
  /** How likely the part is down while the target is: where to look first. */
  readonly diagnostic: number;
}

/** The importance of each event of a solved graph, the one that costs the most first. */
export function importanceOf(solution: Solution, names: readonly string[], maxNodes: number): Importance[] {
  const { top, whenTrue, whenFalse } = eventConditionals(solution, maxNodes);
  const rows = names.map((part, event) => {
    const share = solution.shares.yes[event] as number;
    const [down, up] = [whenTrue[event] as number, whenFalse[event] as number];
    const birnbaum = down - up;
    return {
      part,
      birnbaum,
      criticality: top === 0 ? 0 : (share * birnbaum) / top,
      riskAchievementWorth: ratio(down, top),
      riskReductionWorth: ratio(top, up),
      diagnostic: top === 0 ? 0 : Math.min(1, (share * down) / top),
    };
  });
  return rows.sort((a, b) => b.criticality - a.criticality || b.birnbaum - a.birnbaum);
}

function ratio(one: number, other: number): number {
  return one === other ? 1 : one / other;
}
