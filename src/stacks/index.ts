export {
  FAILURE_RATES,
  type FailingPart,
  type FailureRate,
  type Interruption,
} from './failure-rates';
export type { RegionLoss } from './multi-region/fault-model';
export type {
  ApplicationDns,
  ApplicationRegion,
  MultiRegionApplicationProps,
  RegionRecovery,
} from './multi-region/props';
export { RegionStack } from './multi-region/region-stack';
export {
  type RecoveryStep,
  type RegionStrategy,
  STRATEGIES,
  type StandbyShape,
} from './multi-region/strategies';
export { MultiRegionApplication } from './multi-region-application';
export type { Loss, RecoveryObjective } from './web-application/promises';
export type {
  OwnRecords,
  WebApplicationBackups,
  WebApplicationDatabase,
  WebApplicationNetwork,
  WebApplicationServers,
  WebApplicationSessions,
  WebApplicationStackProps,
} from './web-application/props';
export {
  type AvailabilityTarget,
  type DatabaseRedundancy,
  type Redundancy,
  TARGETS,
  type TargetChoice,
} from './web-application/targets';
export { WebApplicationStack } from './web-application-stack';
