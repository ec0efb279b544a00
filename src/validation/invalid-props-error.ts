import type { IConstruct } from 'constructs';

/**
 * Thrown by a construct that was given props it cannot keep its promises with.
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
   * @param construct the construct that refuses its props
   */
  public static throwIfAny(problems: readonly string[], construct: IConstruct): void {
    if (problems.length > 0) throw new InvalidPropsError(problems, construct);
  }

  /** Every broken rule, one sentence each. */
  public readonly problems: readonly string[];

  /** Path of the construct in the tree, such as `shop/Network`. */
  public readonly constructPath: string;

  private constructor(problems: readonly string[], construct: IConstruct) {
    const path = construct.node.path;
    const list = problems.map((problem) => `\n  - ${problem}`).join('');
    super(`${construct.constructor.name} "${path}" cannot be built:${list}`);
    this.name = 'InvalidPropsError';
    this.problems = [...problems];
    this.constructPath = path;
  }
}
