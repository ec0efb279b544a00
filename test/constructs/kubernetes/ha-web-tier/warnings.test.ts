import { Capacity, Duration, HealthCheck } from 'nines';
import { emptyChart } from '../../../support/kubernetes/manifests';
import { type Choices, IMAGE, tier } from './tiers';

const warnings = (choices: Choices = {}) => tier(emptyChart(), choices).warnings;
const gateway = { host: 'shop.example.com', gateway: { name: 'public' } };
const ingress = { host: 'shop.example.com', ingressClassName: 'nginx' };
const BURSTS = 'allowBurstTo: pods are no longer Guaranteed, and go first when their node runs short';

describe('HAWebTier', () => {
  test('warns of nothing by default, nor behind a Gateway, or an Ingress with a certificate', () => {
    expect(warnings()).toEqual([]);
    expect(warnings({ exposure: gateway })).toEqual([]);
    expect(warnings({ exposure: { ...ingress, tlsSecretName: 'shop-tls' } })).toEqual([]);
  });

  describe('warns', () => {
    test.each<[string, Choices, string]>([
      [
        'that a lost zone overloads the rest, when that was chosen',
        { capacity: Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }) },
        'allowOverloadWhenZoneLost: losing a zone at peak overloads the pods that are left',
      ],
      [
        'that requests per second scale nothing',
        { capacity: Capacity.forPeak(4, { requestsPerSecond: 50 }) },
        'capacity.requestsPerSecond has no effect on Kubernetes, which by itself measures CPU and memory only',
      ],
      [
        'that there is no slow start',
        { timing: { slowStart: Duration.minutes(1) } },
        'timing.slowStart has no effect on Kubernetes: a Service gives a new pod its full share at once',
      ],
      [
        'what becomes of sessions in pods',
        { sessionAffinity: Duration.hours(1) },
        'sessionAffinity: sessions kept in a pod are lost with it, and all clients behind one address get the same pod',
      ],
      ['that the server may be evicted early', { resources: { allowBurstTo: { cpu: '2' } } }, `resources.${BURSTS}`],
      [
        'that a sidecar lets the pod be evicted early',
        {
          sidecars: [
            { name: 'logs', image: IMAGE },
            { name: 'proxy', image: IMAGE, resources: { allowBurstTo: { cpu: '2' } } },
          ],
        },
        `sidecars[1].resources.${BURSTS}`,
      ],
      [
        'that requests travel unencrypted to an Ingress without a certificate',
        { exposure: ingress },
        'no exposure.tlsSecretName: requests and answers travel unencrypted, unless the controller has a certificate of its own',
      ],
      [
        'that nobody said how to trust pods that answer by HTTPS',
        { exposure: gateway, healthCheck: HealthCheck.https('/up') },
        'exposure does not say how to trust the pods, which answer by HTTPS: ' +
          'tell the Gateway (BackendTLSPolicy) or the Ingress controller',
      ],
      [
        'that a rollout may wait while a zone is lost, when nodes have no room for it',
        { nodes: { perZone: 2, podsPerNode: 4 } },
        'nodes: while a zone is lost, a rollout or a drain may wait until it is back; neither would with room for ' +
          '9 pods in each zone, and for 6 without one of its nodes',
      ],
    ])('%s', (_, choices, warning) => {
      expect(warnings(choices)).toEqual([warning]);
    });

    test('no more of a lost zone when nodes have room for that, too', () => {
      expect(warnings({ nodes: { perZone: 3, podsPerNode: 3 } })).toEqual([]);
      expect(warnings({ nodes: { perZone: 4, podsPerNode: 2 } })).toHaveLength(1); // 8 of 9
      expect(warnings({ nodes: { perZone: 2, podsPerNode: 5 } })).toHaveLength(1); // 5 of 6, without one of two
    });

    test('of all that applies', () => {
      const capacity = Capacity.forPeak(4, { allowOverloadWhenZoneLost: true, requestsPerSecond: 5 });
      expect(warnings({ capacity, sessionAffinity: Duration.hours(1) })).toHaveLength(3);
    });
  });
});
