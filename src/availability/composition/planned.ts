import { Availability, type Duration, inMilliseconds, lengthOf, type Period } from '../../units';
import { isDuration, shown } from '../../validation';
import { series } from './redundancy';

/** Time that a system is taken down on purpose. */
export interface PlannedDowntime {
  /** How long, within each period. */
  readonly downtime: Duration;
  /** The period: once a `'week'`, a `'month'`, or any length. */
  readonly per: Period | Duration;
}

/**
 * Availability as users see it, maintenance windows counted: most service levels leave them out, users do not. Failures
 * during a window are not counted twice.
 *
 * @throws RangeError when the downtime is no duration, or longer than its period
 */
export function withPlannedDowntime(availability: Availability, { downtime, per }: PlannedDowntime): Availability {
  const period = lengthOf(per);
  if (!isDuration(downtime) || !(inMilliseconds(downtime) <= inMilliseconds(period))) {
    throw new RangeError(
      `downtime must be a Duration of at most its period (${shown(period)}), got ${shown(downtime)}; ` +
        'give the length of the maintenance window',
    );
  }
  return series([availability, Availability.failing(inMilliseconds(downtime) / inMilliseconds(period))]);
}
