/**
 * How an online shop comes back after a disaster, and what it costs.
 *
 *     npx tsx examples/disaster-recovery.ts
 */
import { Duration } from 'nines';
import { costOfDowntime, planDisasterRecovery, Rate, RECOVERY_STRATEGIES } from 'nines/availability';

const revenue = Rate.per('month', 1_000_000);
const { cheapest, judged } = planDisasterRecovery({
  rto: Duration.hours(1), // users may wait an hour
  rpo: Duration.minutes(30), // the data of half an hour may be lost
  revenue,
});
console.log(`the answer: ${cheapest?.strategy.name}`); // warm-standby
for (const { strategy, reasons } of judged)
  console.log(`${strategy.name}: ${reasons.join('; ') || 'the cheapest that fits'}`);

const outage = costOfDowntime(Duration.hours(2), revenue);
console.log(`an outage of two hours costs ${Math.round(outage.total)}`); // 8219: lost revenue, and twice that again

// Your last drill knows better than any table.
const drilled = RECOVERY_STRATEGIES.map((strategy) =>
  strategy.name === 'pilot-light'
    ? { ...strategy, dataLoss: Duration.minutes(5), source: 'drill of 2026-03-10' }
    : strategy,
);
const afterDrill = planDisasterRecovery({
  rto: Duration.hours(1),
  rpo: Duration.minutes(30),
  revenue,
  strategies: drilled,
});
console.log(`after the drill: ${afterDrill.cheapest?.strategy.name}`); // pilot-light, at half the cost
