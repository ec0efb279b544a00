import { isPolicy, type Loss, lossProblems, type ResiliencePlan } from '../../../intent';
import { inMilliseconds } from '../../../units';
import { isDuration, shown } from '../../../validation';
import type { Target } from './service';

/** A way to deploy a policy. */
export interface Deployment {
  /** What a user calls it: Istio, HTTPRoute. */
  readonly name: string;
  /** What it cannot express of a policy. */
  readonly lossesOf: (plan: ResiliencePlan) => readonly Loss[];
}

/**
 * Every reason why a policy cannot be deployed so, one sentence each.
 *
 * @param target the service that it is for; none where that is refused itself
 */
export function policyProblems(
  prop: string,
  policy: unknown,
  { name, lossesOf }: Deployment,
  target: Partial<Target> | undefined,
): string[] {
  if (!isPolicy(policy)) {
    return [`${prop} must be a ResiliencePolicy, got ${shown(policy)}; write ResiliencePolicy.of(…)`];
  }
  const problems = policy.problems(prop);
  if (problems.length > 0) return problems;
  const plan = policy.plan();
  const losses = lossesOf(plan);
  return [
    ...lossProblems(prop, losses, plan.essential, name),
    ...(target === undefined ? [] : requestProblems(prop, plan, target)),
    ...(target === undefined || losses.some(({ part }) => part === 'circuitBreaker')
      ? []
      : poolProblems(prop, plan, target)),
  ];
}

/** Servers that promise to finish a request cannot when their callers give up before. */
function requestProblems(prop: string, { timeout }: ResiliencePlan, { longestRequest }: Partial<Target>) {
  if (timeout === undefined || !isDuration(longestRequest)) return [];
  if (inMilliseconds(timeout.perTry) >= inMilliseconds(longestRequest)) return [];
  return [
    `${prop}.timeout.perTry must cover the longest request of the tier (${shown(longestRequest)}), ` +
      `got ${shown(timeout.perTry)}; raise it, or lower timing.longestRequest`,
  ];
}

/** Of a pool that is smaller than one over the share, a breaker leaves out nothing, and nobody is told. */
function poolProblems(prop: string, { circuitBreaker }: ResiliencePlan, { replicas }: Partial<Target>) {
  if (circuitBreaker === undefined || replicas === undefined) return [];
  if (percent(circuitBreaker.maxOpenShare) * replicas >= 100) return [];
  return [
    `${prop}.circuitBreaker.maxOpenShare must be at least 1/${replicas}, or none of ${replicas} servers is ever left out, ` +
      `got ${circuitBreaker.maxOpenShare}; raise it, or say allowFailingServers: true`,
  ];
}

/** A share in whole percent, never less than it. */
export function percent(share: number): number {
  return Math.ceil(share * 100 - 1e-9); // 1e-9 undoes the last bit of a double
}
