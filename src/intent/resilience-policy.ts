import type { ResiliencePolicyOptions } from './resilience/options';
import { planOf, type ResiliencePlan } from './resilience/plan';
import { problemsIn } from './resilience/problems';

/**
 * How callers treat a service that may be slow, failing or gone, in no proxy's words: timeouts, retries, a circuit
 * breaker, a bulkhead, a rate limit, a fallback. See `docs/resilience.md` for what each target makes of it.
 *
 * Without any choice it is safe: every request ends, only what may be done twice is tried again, a server that fails gets
 * no requests for a while, and one slow service cannot take all that its callers have.
 */
export class ResiliencePolicy {
  /** A policy of these choices. What is given it refuses the wrong ones, all at once. */
  public static of(options: ResiliencePolicyOptions = {}): ResiliencePolicy {
    return new ResiliencePolicy(options);
  }

  /** Choices, as written. */
  public readonly options: ResiliencePolicyOptions;

  private constructor(options: ResiliencePolicyOptions) {
    this.options = options;
  }

  /**
   * What is wrong with this policy on every target, one sentence each; none when it can be used.
   *
   * @param prop what the policy is called in these sentences
   */
  public problems(prop = 'policy'): string[] {
    return problemsIn(prop, this.options);
  }

  /**
   * What the choices come to, with every default.
   *
   * @throws RangeError naming every problem
   */
  public plan(): ResiliencePlan {
    const problems = this.problems();
    if (problems.length > 0) throw new RangeError(problems.join('\n'));
    return planOf(this.options);
  }
}

/** Whether a value is a `ResiliencePolicy`, also one made by another copy of nines. */
export function isPolicy(value: unknown): value is ResiliencePolicy {
  if (typeof value !== 'object' || value === null) return false;
  const { problems, plan } = value as Partial<ResiliencePolicy>;
  return typeof problems === 'function' && typeof plan === 'function';
}
