// Few databases use one of these: as a face of its own (scripts/lazy-exports.js), the others load none.
export { FailureEvents } from './failure-events';
export { DatabaseProxy } from './proxy';
export { ReadReplica } from './read-replica';
export { ReplicatedInstanceBackups } from './replicated-instance-backups';
export { SecondaryCluster } from './secondary-cluster';
