import { isRecord } from '../../validation';
import type { ServiceCalls } from '../call-graph';
import type { ResiliencePlan } from '../resilience/plan';
import { isPolicy, type ResiliencePolicy } from '../resilience-policy';

/** Calls from one service to another, under a policy that has no problems. */
export interface Calls {
  readonly caller: string;
  readonly callee: string;
  readonly plan: ResiliencePlan;
}

/** Every pair of services of which one calls the other; what is misshapen, or calls what is not there, is left out. */
export function callsIn(services: Readonly<Record<string, ServiceCalls>>): Calls[] {
  return Object.entries(services).flatMap(([caller, service]) =>
    callEntries(service)
      .filter(
        ([callee, policy]) => Object.hasOwn(services, callee) && isPolicy(policy) && policy.problems().length === 0,
      )
      .map(([callee, policy]) => ({ caller, callee, plan: policy.plan() })),
  );
}

/** What a service calls, of whatever type. */
export function callEntries(service: ServiceCalls): [string, ResiliencePolicy][] {
  return isRecord(service) && isRecord(service.calls) ? Object.entries(service.calls ?? {}) : [];
}
