/**
 * The shop on Kubernetes, in a cdk8s chart: web servers and a database that survive a zone, and backups that are known to
 * restore.
 *
 *     npx cdk8s synth
 */
import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Capacity, HealthCheck, Retention, Size } from 'nines';
import { DatabaseBackup, HAWebTier, MultiAZDatabase } from 'nines/kubernetes';

/** Public keys; the other half of the first is in a Secret that the drill reads, that of the second in a safe. */
const DRILL_KEY = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const SAFE_KEY = 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg';

class ShopChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });

    const web = new HAWebTier(this, 'Web', {
      image: 'registry.example.com/shop:1.4.2',
      capacity: Capacity.forPeak(4, { max: 20 }), // 4 carry the peak -> 6 over 3 zones, so that losing one leaves 4
      healthCheck: HealthCheck.http('/health/ready', { port: 8080, live: '/health/live', startup: '/health/startup' }),
      secrets: { DATABASE_URL: { secret: 'shop-database-app', key: 'uri' } },
      configMaps: ['shop'],
      resources: { cpu: '1', memory: Size.gibibytes(1) },
      exposure: { host: 'shop.example.com', gateway: { name: 'public', namespace: 'ingress', sectionName: 'https' } },
    });
    for (const warning of web.warnings) console.error(`${web.node.path}: ${warning}`);

    const database = new MultiAZDatabase(this, 'Database', {
      image: 'ghcr.io/cloudnative-pg/postgresql:17.6-standard-trixie',
      name: 'shop-database',
      backups: { destination: 's3://shop-archive', region: 'eu-west-1' },
    });
    const backup = new DatabaseBackup(this, 'Backup', {
      name: 'shop-backup',
      image: 'registry.example.com/database-backup:17',
      database: database.connection,
      bucket: { name: 'example-shop-backups', region: 'eu-west-1' },
      retention: Retention.gfs({ daily: 7, weekly: 4, monthly: 12 }),
      recipients: [DRILL_KEY, SAFE_KEY],
      drill: { identity: { secret: 'shop-backup-key', key: 'identity' } },
    });
    database.allowFrom(web);
    database.allowFrom(backup);
    for (const warning of [...database.warnings, ...backup.warnings]) console.error(warning);
  }
}

const app = new App();
new ShopChart(app, 'shop');
app.synth();
