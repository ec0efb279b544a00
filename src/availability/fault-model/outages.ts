import type { RepairTime } from './repair-time';
import { eventConditionals } from './solve';
import type { Solution } from './solve/solution';

/** How often something is down, and for how long. */
export interface Outages {
  /** How many outages begin in the period, on average. */
  readonly count: number;
  /** How long one lasts, on average, in milliseconds; `NaN` when there is none. */
  readonly milliseconds: number;
}

/**
 * The outages of a solved graph without negation: one begins when an event fails that makes the difference. In the long
 * run an event fails as often as its share of downtime holds mean repair times, whatever their distribution.
 *
 * @param period in milliseconds
 */
export function outagesOf(
  solution: Solution,
  repairs: readonly (RepairTime | undefined)[],
  period: number,
  maxNodes: number,
): Outages {
  const { top, whenTrue, whenFalse } = eventConditionals(solution, maxNodes);
  let rate = 0;
  for (const [event, repair] of repairs.entries()) {
    const share = solution.shares.yes[event] as number;
    if (!repair || share === 1) continue;
    rate += (share / repair.meanMilliseconds) * ((whenTrue[event] as number) - (whenFalse[event] as number));
  }
  return { count: rate * period, milliseconds: top / rate };
}
