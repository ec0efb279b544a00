import type { IConstruct } from 'constructs';

/**
 * Thrown by a construct, or a function that writes files, that was given props it cannot keep its promises with.
 * It names every problem at once, before any child was built.
 *
 * Reads as:
 *
 *     MultiAZNetwork "shop/Network" cannot be built:
 *       - zones must name at least 2 availability zones, got 'eu-west-1a'; add a zone of the same region
 */
export class InvalidPropsError extends Error {
  /**
   * Throws one error that lists all problems; does nothing when there are none.
   *
   * @param problems one sentence per broken rule: `<prop> must <rule>, got <value>; <what to do>`
   * @param refusing the construct that refuses its props, or the name of the function
   */
  public static throwIfAny(problems: readonly string[], refusing: IConstruct | string): void {
    if (problems.length > 0) throw new InvalidPropsError(problems, refusing);
  }

  /** Every broken rule, one sentence each. */
  public readonly problems: readonly string[];

  /** Path of the construct in the tree, such as `shop/Network`; empty for a function. */
  public readonly constructPath: string;

  private constructor(problems: readonly string[], refusing: IConstruct | string) {
    const path = typeof refusing === 'string' ? '' : refusing.node.path;
    const name = typeof refusing === 'string' ? refusing : `${refusing.constructor.name} "${path}"`;
    super(`${name} cannot be built:${problems.map((problem) => `\n  - ${problem}`).join('')}`);
    this.name = 'InvalidPropsError';
    this.problems = [...problems];
    this.constructPath = path;
  }
}
