export type { AwsProps } from './aws-props';
export { HAWebTier } from './ha-web-tier';
export { MultiAZNetwork, type MultiAZNetworkProps } from './multi-az-network';
export type { AddressPlan, ZoneRanges } from './network/address-plan';
export type { ExistingNetworkProps } from './network/existing-network';
export type { ZonalNetwork, ZonalSubnet } from './network/zonal-network';
export type { AddressRange, ConnectionSource, ConnectionTarget } from './security-rules';
export type { FargateCpu } from './web-tier/fargate-sizes';
export type { HAWebTierProps, WebTierContainer, WebTierEntrance, WebTierInstance } from './web-tier/props';
