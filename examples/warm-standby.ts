/**
 * A warm standby: a smaller copy runs in Frankfurt. It answers within two minutes, and takes writes ten minutes after the loss.
 *
 *     npx cdktf deploy --app 'npx tsx examples/warm-standby.ts' shop-eu-west-1
 *
 * Then `shop-eu-central-1`, then `shop-dns`, in the same way.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Duration } from 'nines';
import { MultiRegionApplication } from 'nines/stacks';
import { TWO_REGIONS } from './shared/two-regions';

const app = new App();
const shop = new MultiRegionApplication(app, 'shop', {
  ...TWO_REGIONS,
  recovery: {
    strategy: 'warm-standby',
    active: process.env.ACTIVE, // the region that has taken over, after a failover; else the first one
    rto: Duration.minutes(15),
    rpo: Duration.minutes(5),
    standbyPeak: 2, // 2 of the 4 servers' peak: 3 servers, one in each zone
  },
});
app.synth();

writeFileSync(join(app.outdir, 'runbook.md'), shop.runbook); // what people do when Ireland is lost, and how they go back
