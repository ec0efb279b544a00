import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { Capacity } from 'nines';
import { HAWebTier } from 'nines/kubernetes';
import { allOf, emptyChart, synthChart } from '../../../support/kubernetes/manifests';
import { manifestsOf, NAME, specOf, tier } from './tiers';

const fixed = { capacity: Capacity.forPeak(4, { max: 6 }) };

describe('HAWebTier', () => {
  describe('has pods for a lost zone before it is lost', () => {
    test('over three zones by default: six for a peak of four, scaling up to twelve', () => {
      expect(specOf('HorizontalPodAutoscaler')).toMatchObject({ minReplicas: 6, maxReplicas: 12 });
    });

    test('over as many zones as the cluster has', () => {
      expect(specOf('HorizontalPodAutoscaler', { zones: 2 })).toMatchObject({ minReplicas: 8, maxReplicas: 16 });
      expect(specOf('HorizontalPodAutoscaler', { zones: 5 })).toMatchObject({ minReplicas: 5, maxReplicas: 10 });
    });

    test('as the capacity says: two lost zones, a larger size', () => {
      const capacity = Capacity.forPeak(4, { tolerateLostZones: 2, max: 40 });
      expect(specOf('HorizontalPodAutoscaler', { capacity })).toMatchObject({ minReplicas: 12, maxReplicas: 40 });
    });

    test('and says how many, as plan', () => {
      const { plan } = tier(emptyChart());
      expect(plan).toMatchObject({ perZone: 2, minimum: 6, maximum: 12 });
    });
  });

  describe('scales', () => {
    test('its own Deployment', () => {
      expect(specOf('HorizontalPodAutoscaler').scaleTargetRef).toEqual({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: NAME,
      });
    });

    test('by the CPU of the server alone, which idle sidecars do not dilute', () => {
      expect(specOf('HorizontalPodAutoscaler').metrics).toEqual([
        {
          type: 'ContainerResource',
          containerResource: { name: 'cpu', container: 'web', target: { type: 'Utilization', averageUtilization: 46 } },
        },
      ]);
    });

    test('to a use that no lost zone takes past safe use, at any size, though the autoscaler tolerates a tenth more', () => {
      const drawn = fc.record({
        peak: fc.integer({ min: 1, max: 30 }),
        zones: fc.integer({ min: 2, max: 6 }),
        safeUse: fc.double({ min: 0.2, max: 1, noNaN: true }),
      });
      fc.assert(
        fc.property(drawn, ({ peak, zones, safeUse }) => {
          const spec = specOf('HorizontalPodAutoscaler', { zones, capacity: Capacity.forPeak(peak, { safeUse }) });
          const target = spec.metrics[0].containerResource.target.averageUtilization / 100;
          for (let size = spec.minReplicas; size <= spec.maxReplicas; size += 1) {
            const left = size - Math.ceil(size / zones);
            expect((target * 1.1 * size) / left).toBeLessThanOrEqual(safeUse + 1e-9);
          }
        }),
        { numRuns: 40 },
      );
    });

    test('up at once and twofold, down after five quiet minutes and by half', () => {
      expect(specOf('HorizontalPodAutoscaler').behavior).toEqual({
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] },
      });
    });

    test('without a number of replicas in the Deployment, which an apply would set back to (garbo#695, imgproxy-helm#65)', () => {
      expect(specOf('Deployment')).not.toHaveProperty('replicas');
    });

    test('not at all at a fixed size, which then stands in the Deployment', () => {
      expect(allOf(manifestsOf(fixed), 'HorizontalPodAutoscaler')).toEqual([]);
      expect(specOf('Deployment', fixed).replicas).toBe(6);
      expect(tier(emptyChart(), fixed).autoscaler).toBeUndefined();
      expect(tier(emptyChart()).autoscaler?.kind).toBe('HorizontalPodAutoscaler');
    });
  });

  describe('is told apart', () => {
    test('by names out of its path, the same for all of its objects, and stable', () => {
      expect(new Set(manifestsOf().map(({ metadata }) => metadata.name))).toEqual(new Set([NAME]));
      expect(tier(emptyChart()).serviceName).toBe(NAME);
    });

    test('by a name that a Service takes, also where the path begins with a digit', () => {
      expect(tier(emptyChart(), {}, 'Api').serviceName).toMatch(/^shop-api-[0-9a-f]{8}$/);
      expect(tier(emptyChart(), {}, 'x'.repeat(80)).serviceName.length).toBeLessThanOrEqual(50);
      expect(tier(new Chart(new App(), '7up')).serviceName).toMatch(/^web-7up-web-[0-9a-f]{8}$/);
    });

    test('by the name that it was given', () => {
      const names = manifestsOf({ name: 'storefront' }).map(({ metadata }) => metadata.name);
      expect(new Set(names)).toEqual(new Set(['storefront']));
    });

    test('by labels that no other tier has', () => {
      const manifests = synthChart((chart) => [tier(chart), tier(chart, {}, 'Api')]);
      const selectors = allOf(manifests, 'Deployment').map(({ spec }) => spec.selector.matchLabels);
      expect(selectors[0]).toEqual({ 'app.kubernetes.io/instance': NAME });
      expect(selectors[1]).not.toEqual(selectors[0]);
    });

    test('by labels that all of its selectors select, and its pods have', () => {
      const labels = { 'app.kubernetes.io/instance': NAME };
      const { selector, template } = specOf('Deployment');
      expect([selector.matchLabels, template.metadata.labels]).toEqual([labels, labels]);
      expect(specOf('Service').selector).toEqual(labels);
      expect(specOf('PodDisruptionBudget').selector).toEqual({ matchLabels: labels });
      expect(specOf('NetworkPolicy').podSelector).toEqual({ matchLabels: labels });
      for (const { labelSelector } of template.spec.topologySpreadConstraints) {
        expect(labelSelector).toEqual({ matchLabels: labels });
      }
      expect(tier(emptyChart()).selector).toEqual(labels);
      expect(new Set(manifestsOf().map(({ metadata }) => JSON.stringify(metadata.labels)))).toEqual(
        new Set([JSON.stringify(labels)]),
      );
    });

    test('as the default child: the Deployment', () => {
      const web = tier(emptyChart());
      expect(web.node.defaultChild).toBe(web.deployment);
      expect(web.deployment.kind).toBe('Deployment');
      expect(web).toBeInstanceOf(HAWebTier);
    });
  });
});
