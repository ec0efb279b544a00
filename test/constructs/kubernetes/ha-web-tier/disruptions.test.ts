import { Duration } from 'nines';
import { podOf, specOf } from './tiers';

describe('HAWebTier', () => {
  describe('spreads its pods', () => {
    const [zones, hosts] = podOf().topologySpreadConstraints;

    test('over zones evenly, always', () => {
      expect(zones).toMatchObject({
        topologyKey: 'topology.kubernetes.io/zone',
        maxSkew: 1,
        whenUnsatisfiable: 'DoNotSchedule',
      });
    });

    test('over hosts as evenly as there is room, so that one more always fits', () => {
      expect(hosts).toMatchObject({
        topologyKey: 'kubernetes.io/hostname',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
      });
    });

    test('by no other rule: what is required twice is never scheduled', () => {
      expect(podOf().topologySpreadConstraints).toHaveLength(2);
      expect(podOf()).not.toHaveProperty('affinity');
      expect(podOf()).not.toHaveProperty('nodeSelector');
    });

    test.each([
      ['zones', zones],
      ['hosts', hosts],
    ])('over %s without counting those that a rollout takes away (kube-score#613)', (_, constraint) => {
      expect(constraint.matchLabelKeys).toEqual(['pod-template-hash']);
    });

    test.each([
      ['zones', zones],
      ['hosts', hosts],
    ])('over %s that are up: one that is tainted or gone does not count as empty', (_, constraint) => {
      expect(constraint.nodeTaintsPolicy).toBe('Honor');
      expect(constraint).not.toHaveProperty('minDomains');
    });

    test('after 30 seconds elsewhere, when a node is lost', () => {
      const tolerations = podOf().tolerations as readonly unknown[];
      expect(tolerations).toEqual(
        ['not-ready', 'unreachable'].map((condition) => ({
          key: `node.kubernetes.io/${condition}`,
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 30,
        })),
      );
    });

    test('with the priority that it was given, or the default of the cluster', () => {
      expect(podOf()).not.toHaveProperty('priorityClassName');
      expect(podOf({ priorityClassName: 'customers' }).priorityClassName).toBe('customers');
    });
  });

  describe('lets a drain take', () => {
    test('one pod at a time, at every size (haproxy-ingress/charts#95)', () => {
      expect(specOf('PodDisruptionBudget')).toMatchObject({ maxUnavailable: 1 });
      expect(specOf('PodDisruptionBudget')).not.toHaveProperty('minAvailable');
    });

    test('as many as maxUnavailable says, up to what a lost zone would take', () => {
      expect(specOf('PodDisruptionBudget', { maxUnavailable: 2 })).toMatchObject({ maxUnavailable: 2 });
    });

    test('what is sick already, also when too few are ready (KEP-3017)', () => {
      expect(specOf('PodDisruptionBudget')).toMatchObject({ unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    });

    test('pods with directories of their own, when the cluster autoscaler drains', () => {
      const annotations = (choices = {}) => specOf('Deployment', choices).template.metadata.annotations;
      const key = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
      expect(annotations()).toEqual({ [key]: 'web-scratch-1' });
      const sidecars = [{ name: 'proxy', image: 'envoy:1.31', writablePaths: ['/run'] }];
      expect(annotations({ sidecars })).toEqual({ [key]: 'web-scratch-1,proxy-scratch-1' });
      expect(annotations({ writablePaths: [] })).toBeUndefined();
    });
  });

  describe('rolls out', () => {
    test('by adding before it takes away, a quarter at a time, of four pods or of forty', () => {
      expect(specOf('Deployment').strategy).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' },
      });
    });

    test('to the next pod once one has been ready for ten seconds', () => {
      expect(specOf('Deployment').minReadySeconds).toBe(10);
    });

    test('and counts as failed without progress for ten minutes, or for twice the time to start', () => {
      expect(specOf('Deployment').progressDeadlineSeconds).toBe(600);
      const slow = { timing: { startup: Duration.minutes(20) } };
      expect(specOf('Deployment', slow).progressDeadlineSeconds).toBe(2410);
    });
  });
});
