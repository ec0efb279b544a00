export type { PodSource } from './database/network';
export type { ArchivedMoment, DatabaseArchive, DatabaseVolumes } from './database/prop-parts';
export type { MultiAZDatabaseProps } from './database/props';
export { DatabaseBackup } from './database-backup';
export type { BackedUpDatabase, BackupDrill, BackupScratch, BackupStorage } from './database-backup/prop-parts';
export type { DatabaseBackupProps } from './database-backup/props';
export type { FixedResources } from './fixed-resources';
export type { GatewayRoute } from './gateway/gateway-route';
export { GatewayResilience, type GatewayResilienceProps } from './gateway-resilience';
export { HAWebTier } from './ha-web-tier';
export { IstioResilience, type IstioResilienceProps } from './istio-resilience';
export { MultiAZDatabase } from './multi-az-database';
export type { ServiceAddress } from './resilience/service';
export type {
  GatewayExposure,
  IngressExposure,
  PodContainer,
  PodResources,
  SecretKey,
  Sidecar,
  WebTierNodes,
} from './web-tier/prop-parts';
export type { HAWebTierProps } from './web-tier/props';
