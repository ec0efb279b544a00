/**
 * A pilot light: the database follows in Frankfurt, and no task runs there until somebody starts the takeover.
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
  regions: TWO_REGIONS.regions.map(({ machineImage, ...region }) => region),
  servers: { ...TWO_REGIONS.servers, container: { image: 'registry.example.com/shop:1.4.2' } }, // on Fargate
  recovery: { strategy: 'pilot-light', rto: Duration.minutes(15), rpo: Duration.minutes(5) },
});
app.synth();
