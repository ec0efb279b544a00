import type { Availability } from '../../units';

/**
 * Thrown for a fault model or fault tree that means nothing: a name that nothing has, a part that depends on itself. It
 * names every problem at once.
 *
 * Reads as:
 *
 *     fault model cannot be solved:
 *       - web.needs must name parts of the model, got 'databse'; add it, or correct the name
 */
export class InvalidModelError extends Error {
  /**
   * Throws one error that lists all problems; does nothing when there are none.
   *
   * @param problems one sentence per broken rule
   * @param subject what is wrong, such as `fault tree "shop"`
   */
  public static throwIfAny(problems: readonly string[], subject: string): void {
    if (problems.length > 0) throw new InvalidModelError(problems, subject);
  }

  /** Every broken rule, one sentence each. */
  public readonly problems: readonly string[];

  private constructor(problems: readonly string[], subject: string) {
    super(`${subject} cannot be solved:${problems.map((problem) => `\n  - ${problem}`).join('')}`);
    this.name = 'InvalidModelError';
    this.problems = [...problems];
  }
}

/**
 * Thrown when the exact answer takes more memory than it may. It brings what is certain nevertheless: the availability
 * lies between two bounds.
 */
export class ModelTooLargeError extends Error {
  /** The availability is no lower than this. */
  public readonly worst: Availability;
  /** The availability is no higher than this. */
  public readonly best: Availability;

  /** @param facts what was too large, the limit that it met, and the bounds */
  constructor(facts: {
    /** What could not be solved. */
    readonly target: string;
    /** How many events fail it. */
    readonly events: number;
    /** The limit of nodes. */
    readonly maxNodes: number;
    /** The lower bound. */
    readonly worst: Availability;
    /** The upper bound. */
    readonly best: Availability;
  }) {
    const { target, events, maxNodes, worst, best } = facts;
    super(
      `the exact availability of "${target}" takes too much memory: maxNodes must hold a diagram of its ${events} ` +
        `events, got ${maxNodes}; raise it, or use the bounds: from ${worst} to ${best}`,
    );
    this.name = 'ModelTooLargeError';
    this.worst = worst;
    this.best = best;
  }
}
