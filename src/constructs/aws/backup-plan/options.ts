// Not every plan uses all of these: as a face of its own (scripts/lazy-exports.js), the others stay unloaded.
export { CopyVault } from './copy-vault';
export { FailedJobs } from './failures';
export { RestoreDrill } from './restore-drill';
