import type { Duration } from '../units';
import { InvalidCallGraphError } from './call-graph/invalid-call-graph-error';
import { graphProblems } from './call-graph/problems';
import type { ResiliencePolicy } from './resilience-policy';

/** A service of a {@link CallGraph}, and what it calls. */
export interface ServiceCalls {
  /**
   * The services that it calls, each with the policy of these calls. Every one has to stand in the graph itself.
   *
   * @default - none
   */
  readonly calls?: Readonly<Record<string, ResiliencePolicy>>;

  /**
   * Says that it makes its calls all at once: it waits for the slowest, and not for one after the other.
   *
   * @default false
   */
  readonly parallel?: boolean;

  /**
   * The longest that a request to it may take, its calls included: `timing.longestRequest` of its tier.
   *
   * @default - as long as its callers give it
   */
  readonly longestRequest?: Duration;
}

/** Choices for {@link CallGraph.of}. */
export interface CallGraphOptions {
  /**
   * How often one request may be tried at the most at any service, all layers multiplied: three layers of two retries each
   * are 27 tries of the last service, at the moment when it is overloaded.
   *
   * @default 3 - one layer of two retries (https://sre.google/sre-book/handling-overload/)
   */
  readonly maxTries?: number;
}

/**
 * Which service calls which, and how: checked as a whole, since policies that are right one by one can be wrong together.
 * Whoever calls gives enough time for all that is waited for behind; retries do not multiply; nothing calls itself.
 */
export class CallGraph {
  /**
   * A graph of these services.
   *
   * @param services what each service calls, by name
   * @throws InvalidCallGraphError naming every problem and the path that has it
   */
  public static of(services: Readonly<Record<string, ServiceCalls>>, options: CallGraphOptions = {}): CallGraph {
    InvalidCallGraphError.throwIfAny(CallGraph.problemsIn(services, options));
    return new CallGraph(services);
  }

  /** What is wrong with a graph, one sentence each; none when {@link CallGraph.of} takes it. */
  public static problemsIn(services: Readonly<Record<string, ServiceCalls>>, options: CallGraphOptions = {}): string[] {
    return graphProblems(services, options);
  }

  private readonly services: Readonly<Record<string, ServiceCalls>>;

  private constructor(services: Readonly<Record<string, ServiceCalls>>) {
    this.services = { ...services };
  }

  /**
   * The policy of the calls from one service to another, for the construct that deploys it.
   *
   * @throws RangeError when there are no such calls
   */
  public policy(caller: string, callee: string): ResiliencePolicy {
    const calls = Object.hasOwn(this.services, caller) ? this.services[caller]?.calls : undefined;
    const policy = calls && Object.hasOwn(calls, callee) ? calls[callee] : undefined;
    if (policy === undefined) throw new RangeError(`no calls from '${caller}' to '${callee}' in this graph`);
    return policy;
  }
}
