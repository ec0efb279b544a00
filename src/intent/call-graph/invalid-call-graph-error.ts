/**
 * Thrown for a call graph whose policies are wrong together. It names every problem at once.
 *
 * Reads as:
 *
 *     call graph cannot hold:
 *       - shop.calls.paymnt must name a service of the graph, got 'paymnt'; add it, or correct the name
 */
export class InvalidCallGraphError extends Error {
  /**
   * Throws one error that lists all problems; does nothing when there are none.
   *
   * @param problems one sentence per broken rule
   */
  public static throwIfAny(problems: readonly string[]): void {
    if (problems.length > 0) throw new InvalidCallGraphError(problems);
  }

  /** Every broken rule, one sentence each. */
  public readonly problems: readonly string[];

  private constructor(problems: readonly string[]) {
    super(`call graph cannot hold:${problems.map((problem) => `\n  - ${problem}`).join('')}`);
    this.name = 'InvalidCallGraphError';
    this.problems = [...problems];
  }
}
