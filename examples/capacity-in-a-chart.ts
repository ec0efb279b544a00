/**
 * The arithmetic without a cloud: a plain cdk8s chart that asks `Capacity` how many pods survive a lost zone.
 *
 *     npx cdk8s synth --app 'npx tsx examples/capacity-in-a-chart.ts'
 */
import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Capacity } from 'nines';

class ShopChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const labels = { app: 'shop' };
    const { minimum } = Capacity.forPeak(4).over(3);

    new ApiObject(this, 'Web', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: minimum, // 6: losing one zone of three leaves the 4 that carry the peak
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [{ name: 'web', image: 'registry.example.com/shop:1.4.2' }],
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'topology.kubernetes.io/zone',
                whenUnsatisfiable: 'DoNotSchedule',
                labelSelector: { matchLabels: labels },
                matchLabelKeys: ['pod-template-hash'],
              },
            ],
          },
        },
      },
    });
  }
}

const app = new App();
new ShopChart(app, 'shop');
app.synth();
