// Deep paths: cdk8s's root takes 40 ms to load, these two 3 ms.
export { Duration } from 'cdk8s/lib/duration';
export { Size } from 'cdk8s/lib/size';
export { Availability, type RepairTimes } from './availability';
export { decimalText, isAtMost, roundedUp } from './decimal';
export type { ErrorBudget } from './error-budget';
export { inMebibytes } from './in-mebibytes';
export { inMilliseconds, lengthOf, type Period } from './period';
