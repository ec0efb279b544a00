/**
 * How the services of a shop treat each other when one is slow, failing or gone: in an Istio mesh, and at a Gateway.
 *
 *     npx cdk8s synth --app 'npx tsx examples/resilience.ts'
 */
import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CallGraph, Capacity, Duration, HealthCheck, ResiliencePolicy } from 'nines';
import { HAWebTier, IstioResilience } from 'nines/kubernetes';

const calls = CallGraph.of({
  gateway: {
    calls: {
      shop: ResiliencePolicy.of({ timeout: { perTry: Duration.seconds(10) }, retry: { retries: 0 } }), // payment retries
    },
  },
  shop: {
    longestRequest: Duration.seconds(10),
    calls: {
      payment: ResiliencePolicy.of({ timeout: { perTry: Duration.seconds(2) }, bulkhead: 'external-api' }),
      search: ResiliencePolicy.of({ timeout: { perTry: Duration.seconds(1) }, retry: { retries: 0 } }),
    },
  },
  payment: {},
  search: {},
});

class ShopChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });

    const web = new HAWebTier(this, 'Web', {
      image: 'registry.example.com/shop:1.4.2',
      capacity: Capacity.forPeak(4),
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
      timing: { longestRequest: Duration.seconds(10) },
      exposure: {
        host: 'shop.example.com',
        gateway: { name: 'public', namespace: 'ingress' },
        resilience: calls.policy('gateway', 'shop'),
      },
    });
    const payment = new IstioResilience(this, 'Payment', {
      service: { name: 'payment', port: 8080, namespace: 'bank', replicas: 3 },
      policy: calls.policy('shop', 'payment'),
    });
    const search = new IstioResilience(this, 'Search', {
      service: { name: 'search', port: 8080 },
      policy: calls.policy('shop', 'search'),
    });
    for (const { node, losses } of [web, payment, search]) {
      for (const loss of losses) console.error(`${node.path}: ${loss}`);
    }
  }
}

const app = new App();
new ShopChart(app, 'shop');
app.synth();
