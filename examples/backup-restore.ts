/**
 * Backup and restore: Frankfurt keeps copies of the backups, and nothing else. The cheapest way, and hours long.
 *
 *     npx cdktf deploy --app 'npx tsx examples/backup-restore.ts' shop-eu-west-1
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
  database: { engine: 'postgres' },
  recovery: { strategy: 'backup-restore', rto: Duration.hours(5), rpo: Duration.minutes(15) },
});
app.synth();
