import { Availability, Duration } from 'nines';
import { anyOf, atLeast, FaultModel, RepairTime, writeOpenPsa } from 'nines/availability';

/**
 * A shop in three zones: what happens if this falls?
 *
 *     npx tsx examples/what-if-this-falls.ts
 */
const shop = new FaultModel();
shop.domain('ireland', { availability: Availability.percent('99.999') });
for (const zone of ['a', 'b', 'c']) {
  shop.domain(`zone-${zone}`, { in: 'ireland', availability: Availability.percent('99.95') });
  shop.component(`web-${zone}1`, { in: `zone-${zone}`, availability: Availability.percent('99.5') });
  shop.component(`web-${zone}2`, { in: `zone-${zone}`, availability: Availability.percent('99.5') });
  shop.component(`etcd-${zone}`, { in: `zone-${zone}`, availability: Availability.percent('99.9') });
}
shop.component('primary', { in: 'zone-a', availability: Availability.percent('99.9') });
shop.component('replica', { in: 'zone-b', availability: Availability.percent('99.9') });

shop.component('quorum', { needs: atLeast(2, ['etcd-a', 'etcd-b', 'etcd-c']) });
shop.component('database', { needs: ['quorum', anyOf(['primary', 'replica'])] });
shop.component('web', { needs: atLeast(4, ['web-a1', 'web-a2', 'web-b1', 'web-b2', 'web-c1', 'web-c2']) });
shop.component('shop', { needs: ['web', 'database'] });

const answer = shop.analyse('shop');
const year = Duration.days(365);
console.log(`The shop works ${answer.availability} of the time.`);
console.log(`It is down ${Math.round(answer.availability.downtimeMilliseconds(year) / 60_000)} minutes a year.`);
console.log(`Alone, ${answer.singlePointsOfFailure().join(', ')} brings it down.`);

console.log(`With zone-a fall ${shop.fallsWith('zone-a').slice(1).join(', ')}.`);
const withoutZone = answer.ifDown('zone-a');
console.log(`Meanwhile it works ${withoutZone.availability} of the time,`);
console.log(`and must not lose ${withoutZone.singlePointsOfFailure().join(', ')}.`);

const { sets, count } = answer.cutSets({ limit: 3 });
console.log(`It goes down in ${count} ways, most often by`);
for (const { parts, probability } of sets) console.log(`  ${parts.join(' and ')}: ${probability.toExponential(1)}`);

const [first] = answer.importance();
console.log(
  `Without failures of ${first?.part}, ${Math.round(100 * (first?.criticality ?? 0))} % of the downtime would go.`,
);

const repair = RepairTime.lognormal({ median: Duration.minutes(30), p95: Duration.minutes(240) });
const { count: outages, milliseconds } = answer.outages(year, repair);
console.log(
  `It goes down ${outages.toFixed(2)} times a year, for ${Math.round(milliseconds / 60_000)} minutes on average.`,
);
const simulation = answer.simulate({ period: year, runs: 500, repair });
const target = Availability.percent('99.99');
console.log(`In ${Math.round(100 * simulation.shareMeeting(target))} of 100 years it keeps ${target}.`);

const xml = writeOpenPsa(shop.toFaultTree('shop'));
console.log(`Other reliability tools read it as a fault tree of ${xml.match(/<define-gate /g)?.length} gates.`);
