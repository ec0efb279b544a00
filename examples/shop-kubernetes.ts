/**
 * The shop on Kubernetes: web servers that survive a zone, behind a Gateway, in a cdk8s chart.
 *
 *     npx cdk8s synth
 */
import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Capacity, HealthCheck, Size } from 'nines';
import { HAWebTier } from 'nines/kubernetes';

class ShopChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });

    const web = new HAWebTier(this, 'Web', {
      image: 'registry.example.com/shop:1.4.2',
      capacity: Capacity.forPeak(4, { max: 20 }), // 4 carry the peak -> 6 over 3 zones, so that losing one leaves 4
      healthCheck: HealthCheck.http('/health/ready', { port: 8080, live: '/health/live', startup: '/health/startup' }),
      secrets: { DATABASE_URL: { secret: 'shop-database', key: 'url' } },
      configMaps: ['shop'],
      resources: { cpu: '1', memory: Size.gibibytes(1) },
      exposure: { host: 'shop.example.com', gateway: { name: 'public', namespace: 'ingress', sectionName: 'https' } },
    });
    for (const warning of web.warnings) console.error(`${web.node.path}: ${warning}`);
  }
}

const app = new App();
new ShopChart(app, 'shop');
app.synth();
