export { Capacity, type CapacityOptions, type CapacityPlan } from './capacity';
export {
  HealthCheck,
  type HealthCheckTiming,
  type HttpHealthCheckOptions,
  type TcpHealthCheckOptions,
} from './health-check';
export type { ServerTiming } from './server-timing';
