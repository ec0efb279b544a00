import { emptyStack, problemsOf } from '../../../support/synth';
import { type Choices, onEc2 } from './tiers';

/** Choices that a tier refuses, and how it says so. */
export type Refused = readonly [what: string, choices: Choices, problem: string];

/** The one problem of a tier on EC2 with these choices. */
export function problem(choices: Choices): string {
  const problems = problemsOf(() => onEc2(emptyStack(), choices));
  expect(problems).toHaveLength(1);
  return problems[0] ?? '';
}
