// One of the three is used: as a face of its own (scripts/lazy-exports.js), an instance loads no file of a cluster.
export { AuroraCluster } from './aurora-cluster';
export { ReadableCluster } from './readable-cluster';
export { StandbyInstance } from './standby-instance';
