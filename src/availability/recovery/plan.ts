import { type Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import { checkedAmount, checkedTime } from '../checks';
import { amountText } from './amount-text';
import { costOfDowntime, type DowntimeCost, transactionsLost } from './cost';
import type { Rate } from './rate';
import { RECOVERY_STRATEGIES, type RecoveryStrategy } from './strategies';

/** What a business can bear, and what it earns. */
export interface RecoveryNeeds {
  /** Recovery time objective: how long users may wait, at worst, after a disaster. */
  readonly rto: Duration;
  /** Recovery point objective: how much of the latest data may be lost, at worst, as the time it came in. */
  readonly rpo: Duration;
  /** What the service earns. */
  readonly revenue: Rate;
  /**
   * What the infrastructure costs without any recovery; each strategy costs a multiple of it.
   *
   * @default - a tenth of the revenue, the rule of thumb of the course « 9.6 Architectures Haute Disponibilité »
   */
  readonly baseCost?: Rate;
  /**
   * How many transactions come in, to count those that a disaster loses.
   *
   * @default - they are not counted
   */
  readonly transactions?: Rate;
  /**
   * The strategies to choose from: your own, with the times of your drills.
   *
   * @default RECOVERY_STRATEGIES
   */
  readonly strategies?: readonly RecoveryStrategy[];
}

/** A strategy, judged by what a business needs. */
export interface JudgedStrategy {
  /** The strategy. */
  readonly strategy: RecoveryStrategy;
  /** Whether it recovers within both objectives. */
  readonly fits: boolean;
  /** Why it is not the answer, one clause each; none for the one that is. */
  readonly reasons: readonly string[];
  /** What it costs a month, in the currency of the revenue. */
  readonly monthlyCost: number;
  /** What one disaster costs in downtime, at this strategy's recovery time. */
  readonly disasterCost: DowntimeCost;
  /**
   * Transactions that one disaster loses, at worst.
   *
   * @default - left out where `transactions` was
   */
  readonly transactionsLost?: number;
}

/** An answer of {@link planDisasterRecovery}. */
export interface RecoveryPlan {
  /**
   * The cheapest strategy that fits.
   *
   * @default - left out when none fits; hot-standby always does, so only for strategies of your own
   */
  readonly cheapest?: JudgedStrategy;
  /** All strategies, cheapest first. */
  readonly judged: readonly JudgedStrategy[];
}

/**
 * The cheapest way to recover within an RTO and an RPO, and why the others are not it.
 *
 * A strategy that is exactly as slow as allowed fits. Among equally dear ones the faster comes first.
 *
 * @throws RangeError when a time is no duration, or there is no strategy
 */
export function planDisasterRecovery(needs: RecoveryNeeds): RecoveryPlan {
  const strategies = checkedStrategies(needs);
  const monthly = baseCost(needs);
  const judged = strategies
    .map((strategy) => judge(strategy, needs, monthly))
    .sort(
      (a, b) =>
        a.monthlyCost - b.monthlyCost ||
        compare(a.strategy.recoveryTime, b.strategy.recoveryTime) ||
        compare(a.strategy.dataLoss, b.strategy.dataLoss),
    );
  const cheapest = judged.find(({ fits }) => fits);
  if (!cheapest) return { judged };
  return { cheapest, judged: judged.map((other) => (other === cheapest ? other : withReason(other, cheapest))) };
}

function checkedStrategies({ rto, rpo, strategies = RECOVERY_STRATEGIES }: RecoveryNeeds): readonly RecoveryStrategy[] {
  checkedTime('rto', rto);
  checkedTime('rpo', rpo);
  if (!Array.isArray(strategies) || strategies.length === 0) {
    throw new RangeError(
      `strategies must name at least one, got ${shown(strategies)}; leave it out for the usual four`,
    );
  }
  for (const { name, recoveryTime, dataLoss, costFactor } of strategies) {
    checkedTime(`recoveryTime of ${name}`, recoveryTime);
    checkedTime(`dataLoss of ${name}`, dataLoss);
    checkedAmount(`costFactor of ${name}`, costFactor, 0, 'it is a multiple of the base cost');
  }
  return strategies;
}

function baseCost({ revenue, baseCost: given }: RecoveryNeeds): number {
  if (typeof revenue?.in !== 'function') {
    throw new RangeError(`revenue must be a Rate, got ${shown(revenue)}; write Rate.per('month', 1_000_000)`);
  }
  return given ? given.in('month').amount : revenue.in('month').amount / 10;
}

function judge(strategy: RecoveryStrategy, needs: RecoveryNeeds, monthly: number): JudgedStrategy {
  const { recoveryTime, dataLoss, costFactor } = strategy;
  const reasons = [
    ...tooLong('recovers in', recoveryTime, 'RTO', needs.rto),
    ...tooLong('loses data of', dataLoss, 'RPO', needs.rpo),
  ];
  return {
    strategy,
    fits: reasons.length === 0,
    reasons,
    monthlyCost: monthly * costFactor,
    disasterCost: costOfDowntime(recoveryTime, needs.revenue),
    ...(needs.transactions && { transactionsLost: transactionsLost(dataLoss, needs.transactions) }),
  };
}

function tooLong(does: string, takes: Duration, objective: string, allowed: Duration): string[] {
  if (compare(takes, allowed) <= 0) return [];
  return [`${does} ${shown(takes)}, the ${objective} is ${shown(allowed)}`];
}

function withReason(other: JudgedStrategy, cheapest: JudgedStrategy): JudgedStrategy {
  if (!other.fits) return other;
  const { name } = cheapest.strategy;
  const more = other.monthlyCost - cheapest.monthlyCost;
  const reason = more > 0 ? `costs ${amountText(more)} a month more than ${name}` : `costs the same as ${name}`;
  return { ...other, reasons: [`fits too, and ${reason}`] };
}

function compare(a: Duration, b: Duration): number {
  return inMilliseconds(a) - inMilliseconds(b);
}
