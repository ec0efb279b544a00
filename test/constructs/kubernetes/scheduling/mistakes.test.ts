import { Capacity, HealthCheck } from 'nines';
import { type Manifest, only } from '../../../support/kubernetes/manifests';
import { manifestsOf, problemsWith, serverOf } from '../ha-web-tier/tiers';
import { Cluster, drawing } from './cluster';

// Mistakes of well-known examples, shown on the same model: what they write does what is said of it there, and what a
// tier writes does not.

const ZONES = { zones: 3, perZone: 2, podsPerNode: 10 };
const FIVE = { capacity: Capacity.forPeak(2, { max: 5 }) };

/** Manifests of a tier, with the spec of one object changed. */
function changed(kind: string, change: (spec: Manifest['spec']) => void): readonly Manifest[] {
  const manifests = structuredClone(manifestsOf(FIVE));
  change(only(manifests, kind).spec);
  return manifests;
}

function running(manifests: readonly Manifest[], size: number): Cluster {
  const cluster = new Cluster(manifests, ZONES, drawing(1));
  cluster.scale(size);
  return cluster;
}

describe('podAntiAffinity by zone, required: five replicas over three zones never all schedule', () => {
  test('in a manifest that asks for it', () => {
    const manifests = changed('Deployment', ({ template }) => {
      delete template.spec.topologySpreadConstraints;
      const matchLabels = template.metadata.labels;
      template.spec.antiAffinity = { topologyKey: 'topology.kubernetes.io/zone', matchLabels };
    });
    expect(running(manifests, 5).pending).toBe(2);
  });

  test('but in a tier, which spreads by skew', () => {
    const cluster = running(manifestsOf(FIVE), 5);
    expect(cluster.pending).toBe(0);
    expect(cluster.perZone).toEqual([2, 2, 1]);
  });
});

describe('minDomains: a zone that is lost counts as an empty one, and the others take one pod each', () => {
  test('in a manifest that asks for it', () => {
    const manifests = changed('Deployment', ({ template }) => {
      template.spec.topologySpreadConstraints[0].minDomains = 3;
    });
    const cluster = running(manifests, 5);
    cluster.lose('zone-0', 'deleted');
    expect(cluster.pending).toBeGreaterThan(0);
  });

  test('but in a tier', () => {
    const cluster = running(manifestsOf(FIVE), 5);
    cluster.lose('zone-0', 'deleted');
    expect(cluster.pending).toBe(0);
  });
});

describe('minAvailable that equals the replicas: no node can ever be drained', () => {
  test('in a manifest that asks for it', () => {
    const manifests = changed('PodDisruptionBudget', (spec) => {
      delete spec.maxUnavailable;
      spec.minAvailable = 5;
    });
    expect(running(manifests, 5).drainAll()).toBe(false);
  });

  test('but in a tier, at any size', () => {
    for (const size of [1, 3, 5]) expect(running(manifestsOf(FIVE), size).drainAll()).toBe(true);
    expect(problemsWith({ maxUnavailable: 0 })).toHaveLength(1);
  });
});

describe('readiness that looks at a shared database: all pods leave at once when it is away', () => {
  test('but no pod of a tier is restarted for it: what says alive is asked by a connection', () => {
    const { livenessProbe } = serverOf();
    expect(livenessProbe.tcpSocket).toEqual({ port: 'http' });
    expect(livenessProbe).not.toHaveProperty('httpGet');
  });

  test('and the path that says ready is refused as the one that says alive', () => {
    expect(problemsWith({ healthCheck: HealthCheck.http('/health', { live: '/health' }) })).toHaveLength(1);
  });

  test('and a blip shorter than three checks takes no pod out, nor does it need more than two to bring it back', () => {
    const { periodSeconds, failureThreshold, successThreshold } = serverOf().readinessProbe;
    expect(periodSeconds * (failureThreshold - 1)).toBeGreaterThanOrEqual(20);
    expect(successThreshold).toBe(2);
  });
});
