/**
 * What a shop of three tiers can promise: the arithmetic alone, without a cloud.
 *
 *     npx tsx examples/availability.ts
 */
import { Availability, Duration } from 'nines';
import {
  copies,
  downtimeText,
  kOfN,
  promisedTogether,
  reportIncidents,
  series,
  standby,
  withCommonCause,
  withPlannedDowntime,
} from 'nines/availability';

const target = Availability.percent('99.9');
console.log(`${target} allows ${downtimeText(target.downtimePer('month'))} of downtime a month`);

// Two of three zones carry the peak; a database with a standby; one balancer in front of both.
const zones = kOfN(2, copies(3, Availability.percent('99.5')));
const database = standby({
  active: { mtbf: Duration.days(60), mttr: Duration.hours(2) },
  standby: Availability.percent('99'),
  coverage: 0.95, // one failure in twenty is not noticed, or not taken over: only drills tell
  detection: Duration.seconds(30),
  switchover: Duration.seconds(90),
});
const balancer = Availability.parse('99.99%');
const shop = series([balancer, zones, database]);
console.log(`the shop: ${shop}, ${downtimeText(shop.downtimePer('year'))} a year`);

// What all copies share stands in series with them, however many there are.
const servers = withCommonCause({ part: Availability.percent('99'), count: 6, needed: 4, beta: 0.05 });
console.log(`4 of 6 servers that share one release: ${servers}`);

// Users count maintenance windows, service levels mostly do not.
const seen = withPlannedDowntime(shop, { downtime: Duration.minutes(10), per: 'month' });
console.log(`with ten minutes of maintenance a month: ${seen}`);

// The number to set beside a computed one: the product of what providers promise.
const promised = promisedTogether(['aws/elb-multi-az', 'aws/ec2-region', 'aws/rds-multi-az']);
console.log(`AWS promises credits below ${promised}`);

// What it really was.
const march = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
const report = reportIncidents(
  [
    { start: new Date('2026-03-10T10:00:00Z'), end: new Date('2026-03-10T10:20:00Z') },
    { start: new Date('2026-03-10T10:05:00Z'), end: new Date('2026-03-10T10:25:00Z') }, // the same outage: counted once
  ],
  march,
);
const { left, spentShare } = target.errorBudget(report.window, report.downtime);
console.log(
  `March: ${report.availability}, ${Math.round(100 * spentShare)} % of the budget spent, ${downtimeText(left)} left`,
);
