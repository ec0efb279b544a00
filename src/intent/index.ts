export { CallGraph, type CallGraphOptions, type ServiceCalls } from './call-graph';
export { InvalidCallGraphError } from './call-graph/invalid-call-graph-error';
export { Capacity, type CapacityOptions, type CapacityPlan } from './capacity';
export {
  HealthCheck,
  type HealthCheckTiming,
  type HttpHealthCheckOptions,
  type TcpHealthCheckOptions,
} from './health-check';
export { type Loss, lossProblems } from './losses';
export type {
  BackoffOptions,
  BulkheadOptions,
  CircuitBreakerOptions,
  FallbackOptions,
  IdempotentMethod,
  RateLimitOptions,
  ResiliencePart,
  ResiliencePolicyOptions,
  RetryOptions,
  RetryReason,
  ServiceKind,
  TimeoutOptions,
} from './resilience/options';
export type { CircuitBreakerPlan, ResiliencePlan, RetryPlan } from './resilience/plan';
export { isPolicy, ResiliencePolicy } from './resilience-policy';
export { Retention, type RetentionCounts, type RetentionTier, type RetentionTierPlan } from './retention';
export { type GeolocationRouting, isRouting, Routing, type RoutingBranch, type WrittenRouting } from './routing';
export type { Continent } from './routing/places';
export type { Place, RoutingPlan } from './routing/tree';
export type { ServerTiming } from './server-timing';
