export {
  FAILURE_RATES,
  type FailingPart,
  type FailureRate,
  type Interruption,
} from './failure-rates';
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
