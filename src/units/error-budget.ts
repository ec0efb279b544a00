import type { Duration } from 'cdk8s/lib/duration';

/** What a target allows to fail within a period, and what is left of it. */
export interface ErrorBudget {
  /** How long the system may fail within the period. */
  readonly allowed: Duration;
  /** How long it has failed already. */
  readonly spent: Duration;
  /** How long it may still fail; none once the budget is spent. */
  readonly left: Duration;
  /** How much of the budget is gone: 0.25 is a quarter, past 1 the target is missed; `Infinity` where nothing was allowed. */
  readonly spentShare: number;
}
