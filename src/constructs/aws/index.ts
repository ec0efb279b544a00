export type { AwsProps } from './aws-props';
export { BackupBucket } from './backup-bucket';
export type {
  BackupBucketProps,
  BackupReplica,
  BackupStorageClass,
  BackupTransition,
} from './backup-bucket/props';
export { BackupPlan } from './backup-plan';
export type { BackupCopy, BackupPlanProps, RestoreDrillProps } from './backup-plan/props';
export type { BackupSource, BackupSourceDetails } from './backup-source';
export type { PodIdentity, PodRole } from './cluster/pod-role';
export type {
  ClusterAccess,
  ClusterAccessPolicy,
  ClusterAddOn,
  ClusterNodes,
  MultiAZClusterProps,
  NodesPerZone,
} from './cluster/props';
export type { DatabaseEngine, DatabaseTopology } from './database/capabilities';
export type {
  DatabaseBackups,
  DatabaseMaintenance,
  DatabaseMaster,
  DatabaseMoment,
  DatabaseProxyUsers,
  DatabaseSecret,
  DatabaseSnapshot,
  DatabaseStorage,
  RegionalReplica,
  ReplicatedBackups,
} from './database/prop-parts';
export type { MultiAZDatabaseProps } from './database/props';
export type { DatabaseCopy } from './database/region-copy';
export { FloatingAddress, type OverlayOptions } from './floating-address';
export type { CheckerRegion } from './geo-dns/checkers';
export type { Detection } from './geo-dns/detection';
export type { EndpointAlarm, GeoEndpoint, MultiRegionGeoDNSProps, SwitchRegion } from './geo-dns/props';
export type { RegionSwitch } from './geo-dns/region-switch';
export type {
  AddressTarget,
  CnameTarget,
  GeoTarget,
  HostedZone,
  LoadBalancerTarget,
  RecordTarget,
} from './geo-dns/targets';
export type { Grantee } from './grants';
export { HAWebTier } from './ha-web-tier';
export { KeepalivedPair } from './keepalived-pair';
export type { KeepalivedPairProps } from './keepalived-pair/props';
export { MultiAZCluster } from './multi-az-cluster';
export { MultiAZDatabase } from './multi-az-database';
export { MultiAZNetwork, type MultiAZNetworkProps } from './multi-az-network';
export { MultiRegionGeoDNS, type ServedClients } from './multi-region-geo-dns';
export type { AddressPlan, ZoneRanges } from './network/address-plan';
export type { ExistingNetworkProps } from './network/existing-network';
export type { ZonalNetwork, ZonalSubnet } from './network/zonal-network';
export type { NotifyingProps } from './notifying-props';
export { RegionalRecord, type RegionalRecordProps } from './regional-record';
export type { AddressRange, ConnectionSource, ConnectionTarget } from './security-rules';
export { SessionStore } from './session-store';
export type { SessionEngine, SessionStoreProps } from './session-store/props';
export type { FargateCpu } from './web-tier/fargate-sizes';
export type { HAWebTierProps, WebTierContainer, WebTierEntrance, WebTierInstance } from './web-tier/props';
