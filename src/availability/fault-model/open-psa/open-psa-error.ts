/**
 * Thrown for text that is no fault tree in the Open-PSA model exchange format, or that asks for something that would change
 * the answer and is not supported. It names every problem at once, with its line.
 *
 * Reads as:
 *
 *     Open-PSA model cannot be read:
 *       - line 7, <atleast>: min must be a whole number from 1 to 3, got '4'; say how many of them must fail
 */
export class OpenPsaError extends Error {
  /** Every problem, one sentence each, beginning with its line. */
  public readonly problems: readonly string[];

  /** @param problems one sentence each */
  constructor(problems: readonly string[]) {
    super(`Open-PSA model cannot be read:${problems.map((problem) => `\n  - ${problem}`).join('')}`);
    this.name = 'OpenPsaError';
    this.problems = [...problems];
  }
}
