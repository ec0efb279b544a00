import { emptyStack, problemsOf } from '../../../support/synth';
import { type Choose, chosen, database } from './databases';

/** Choices that a database refuses, and how it says so. */
export type Refused = readonly [what: string, choices: Choose, problem: string];

/** All problems of a database with these choices. */
export function problems(choices: Choose): readonly string[] {
  const stack = emptyStack();
  return problemsOf(() => database(stack, chosen(choices, stack)));
}

/** The one problem of a database with these choices. */
export function problem(choices: Choose): string {
  const found = problems(choices);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}
