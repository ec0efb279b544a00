export { calculateNines } from './calculate-nines';
export { promisedTogether, serviceLevel, serviceLevels, tryFindServiceLevel } from './catalog/catalog';
export type { ServiceLevel } from './catalog/service-level';
export { type CommonCause, withCommonCause } from './composition/common-cause';
export { type PlannedDowntime, withPlannedDowntime } from './composition/planned';
export { copies, kOfN, parallel, series } from './composition/redundancy';
export { type Standby, standby } from './composition/standby';
export { answerDns, type DnsAnswer, type DnsClient, type DnsQuestion } from './dns/answer';
export type { DnsAlias, DnsContinent, DnsPolicy, DnsRecord, DnsRecordType, DnsValues } from './dns/records';
export { downtimeText } from './downtime-text';
export {
  type AnalysisOptions,
  type AtLeast,
  allOf,
  anyOf,
  atLeast,
  type Combination,
  type ComponentProps,
  type Confidence,
  type Connective,
  type CutSet,
  type CutSetOptions,
  type CutSets,
  type DomainProps,
  type Estimate,
  FaultAnalysis,
  FaultModel,
  FaultTree,
  type FaultTreeEvent,
  type FaultTreeProps,
  type Formula,
  type Importance,
  InvalidModelError,
  type ModelSize,
  ModelTooLargeError,
  type Negation,
  OpenPsaError,
  OpenPsaModel,
  type OpenPsaOptions,
  type Outages,
  RepairTime,
  type Requirement,
  readOpenPsa,
  type SampleOptions,
  Simulation,
  type SimulationOptions,
  type Vote,
  writeOpenPsa,
} from './fault-model';
export { amountText } from './recovery/amount-text';
export { costOfDowntime, type DowntimeCost, type DowntimeCostOptions, transactionsLost } from './recovery/cost';
export { type Incident, type IncidentReport, type IncidentWindow, reportIncidents } from './recovery/incidents';
export {
  AVAILABILITY_GRADES,
  AVAILABILITY_LEVELS,
  type AvailabilityGrade,
  type AvailabilityLevel,
  tryFindGrade,
  tryFindLevel,
} from './recovery/levels';
export { missedObjectives, type ServiceObjectives, USUAL_OBJECTIVES } from './recovery/objectives';
export { type JudgedStrategy, planDisasterRecovery, type RecoveryNeeds, type RecoveryPlan } from './recovery/plan';
export { Rate, type RatePeriod } from './recovery/rate';
export { RECOVERY_STRATEGIES, type RecoveryStrategy } from './recovery/strategies';
