/**
 * A pilot light: the database follows in Frankfurt, and no server runs there until somebody starts the takeover.
 *
 *     npx cdktf deploy --app 'npx tsx examples/pilot-light.ts' shop-eu-west-1
 *
 * Then `shop-eu-central-1`, then `shop-dns`, in the same way.
 */
import { App } from 'cdktf';
import { Duration } from 'nines';
import { MultiRegionApplication } from 'nines/stacks';
import { TWO_REGIONS } from './shared/two-regions';

const app = new App();
new MultiRegionApplication(app, 'shop', {
  ...TWO_REGIONS,
  recovery: { strategy: 'pilot-light', rto: Duration.minutes(15), rpo: Duration.minutes(5) },
});
app.synth();
