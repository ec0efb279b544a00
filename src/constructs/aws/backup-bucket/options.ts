// As a face of its own (scripts/lazy-exports.js): a bucket without a replica loads no replication.
export { Replication } from './replication';
