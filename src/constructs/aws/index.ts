export type { AwsProps } from './aws-props';
export { MultiAZNetwork, type MultiAZNetworkProps } from './multi-az-network';
export type { AddressPlan, ZoneRanges } from './network/address-plan';
export type { ExistingNetworkProps } from './network/existing-network';
export type { ZonalNetwork, ZonalSubnet } from './network/zonal-network';
