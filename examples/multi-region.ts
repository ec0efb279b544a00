/**
 * A hot standby for 99.999 %: both regions serve, and either goes on when the other is lost.
 *
 *     npx cdktf deploy --app 'npx tsx examples/multi-region.ts' shop-eu-west-1
 *
 * Then `shop-eu-central-1`, then `shop-dns`, in the same way.
 */
import { App } from 'cdktf';
import { Duration } from 'nines';
import { MultiRegionApplication } from 'nines/stacks';
import { TWO_REGIONS } from './shared/two-regions';

const app = new App();
const shop = new MultiRegionApplication(app, 'shop', {
  ...TWO_REGIONS,
  target: '99.999%',
  recovery: { strategy: 'hot-standby', rto: Duration.minutes(10), rpo: Duration.minutes(1) },
  // what five nines takes, beside a second region
  sessions: false, // in signed cookies: a store takes longer to be taken over than is left of the year
  database: { ...TWO_REGIONS.database, proxy: true },
  records: { rates: { zone: { mtbf: Duration.days(1825), mttr: Duration.hours(4) } } }, // one loss in five years
});
app.synth();

const { answersByItself, answersAfter } = shop.whenLost('eu-west-1');
if (!answersByItself || answersAfter.toMinutes({ integral: false }) > 2) throw new Error('that is no hot standby');
