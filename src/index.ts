export {
  Capacity,
  type CapacityOptions,
  type CapacityPlan,
  HealthCheck,
  type HealthCheckTiming,
  type HttpHealthCheckOptions,
  Retention,
  type RetentionCounts,
  type RetentionTier,
  type RetentionTierPlan,
  type ServerTiming,
  type TcpHealthCheckOptions,
} from './intent';
export { Availability, Duration, type ErrorBudget, type Period, type RepairTimes, Size } from './units';
export { InvalidPropsError } from './validation';
