import { shown } from '../validation';
import type { ResiliencePart } from './resilience/options';

/** Something of a policy that a target cannot express. */
export interface Loss {
  /** The part that is not whole. */
  readonly part: ResiliencePart;
  /** What is lost, as a sentence that begins with the prop. */
  readonly text: string;
}

/** The problem of each part that must be expressed whole, and is not. */
export function lossProblems(
  prop: string,
  losses: readonly Loss[],
  essential: readonly ResiliencePart[],
  target: string,
): string[] {
  return losses
    .filter(({ part }) => essential.includes(part))
    .map(
      ({ part, text }) =>
        `${prop}.essential must name only what ${target} can express whole, got ${shown(part)}; ${text}`,
    );
}
