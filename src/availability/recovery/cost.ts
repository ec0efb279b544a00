import { Duration, inMilliseconds } from '../../units';
import { checkedAmount, checkedTime } from '../checks';
import type { Rate } from './rate';

/** What an outage costs, in the currency of the revenue. */
export interface DowntimeCost {
  /** Revenue that did not come in. */
  readonly direct: number;
  /** What follows: customers who leave, reputation, overtime. */
  readonly indirect: number;
  /** Both. */
  readonly total: number;
}

/** Choices for {@link costOfDowntime}. */
export interface DowntimeCostOptions {
  /**
   * How many times the lost revenue an outage costs altogether; 1 counts lost revenue alone.
   *
   * @default - 3 for an outage of more than an hour, 1 for a shorter one: the estimate of the course « 9.6 Architectures Haute Disponibilité »
   */
  readonly multiplier?: number;
}

const NOTICED_AFTER = Duration.hours(1);

/**
 * What an outage costs: lost revenue, and what follows from it.
 *
 * The default multiplier is a rule of thumb with a step at one hour. Give your own for figures that somebody signs.
 *
 * @param downtime one outage; for a year at an availability, `availability.downtimePer('year')` with a multiplier of your own
 * @throws RangeError when the downtime is no duration or the multiplier is below 1
 */
export function costOfDowntime(downtime: Duration, revenue: Rate, options: DowntimeCostOptions = {}): DowntimeCost {
  const isLong = checkedTime('downtime', downtime) > inMilliseconds(NOTICED_AFTER);
  const multiplier = options.multiplier ?? (isLong ? 3 : 1);
  checkedAmount('multiplier', multiplier, 1, 'at 1 an outage costs its lost revenue and nothing more');
  const direct = revenue.over(downtime);
  return { direct, indirect: direct * (multiplier - 1), total: direct * multiplier };
}

/**
 * How many transactions are lost with the data of a time: at an RPO of 30 minutes and 1,000 an hour, 500.
 *
 * @param lost the data since the last copy that can be restored: at worst the RPO
 */
export function transactionsLost(lost: Duration, transactions: Rate): number {
  checkedTime('lost', lost);
  return transactions.over(lost);
}
