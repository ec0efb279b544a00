export { Capacity, type CapacityOptions, type CapacityPlan } from './capacity';
export {
  HealthCheck,
  type HealthCheckTiming,
  type HttpHealthCheckOptions,
  type TcpHealthCheckOptions,
} from './health-check';
export { Retention, type RetentionCounts, type RetentionTier, type RetentionTierPlan } from './retention';
export type { ServerTiming } from './server-timing';
