export type { Ec2PairAddress, Ec2PairNode, Ec2PairProps } from './ec2-pair';
export { ec2PairBounds, ec2PairCloudInit, ec2PairProblems, ec2ProxyPorts } from './ec2-pair';
export { haproxyLosses } from './haproxy/losses';
export type {
  HaproxyBackend,
  HaproxyFrontend,
  HaproxyOptions,
  HaproxyRoute,
  HaproxyServer,
  HaproxyServerTls,
} from './haproxy/props';
export type { HostFile, HostFiles } from './host-files';
export { keepalivedPair, pairBounds, pairCloudInit } from './keepalived-pair';
export type { PairBounds } from './pair/bounds';
export type { KeepalivedPairProps, PairNode } from './pair/props';
export type { FenceOptions, LeaseOptions } from './pair/split-brain';
