import { Duration, HealthCheck } from 'nines';
import { allOf, emptyChart } from '../../../support/kubernetes/manifests';
import { manifestsOf, NAME, specOf, tier } from './tiers';

const HTTPS = { healthCheck: HealthCheck.https('/up', { port: 8443 }) };

describe('HAWebTier', () => {
  describe('is reached from inside', () => {
    test('by its Service on port 80', () => {
      expect(specOf('Service')).toMatchObject({
        type: 'ClusterIP',
        ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
      });
      expect(tier(emptyChart()).servicePort).toBe(80);
    });

    test('by its Service on port 443, where the pods answer by HTTPS', () => {
      expect(specOf('Service', HTTPS).ports).toEqual([
        { name: 'https', port: 443, targetPort: 'https', protocol: 'TCP', appProtocol: 'https' },
      ]);
      expect(tier(emptyChart(), HTTPS).servicePort).toBe(443);
    });

    test('at any pod for every connection', () => {
      expect(specOf('Service')).not.toHaveProperty('sessionAffinity');
    });

    test('at the pod that a client got first, where that was said', () => {
      expect(specOf('Service', { sessionAffinity: Duration.hours(3) })).toMatchObject({
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
      });
    });

    test('on the port of the service only', () => {
      const open = (choices = {}) => specOf('NetworkPolicy', choices);
      expect(open()).toMatchObject({
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
      });
      expect(open({ port: 3000 }).ingress).toEqual([{ ports: [{ port: 3000, protocol: 'TCP' }] }]);
    });
  });

  describe('is reached from outside', () => {
    test('not at all by default', () => {
      expect(manifestsOf().map(({ kind }) => kind)).toEqual([
        ...['ServiceAccount', 'Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
        ...['Service', 'NetworkPolicy'],
      ]);
      expect(tier(emptyChart()).route).toBeUndefined();
    });

    const exposure = { host: 'shop.example.com', gateway: { name: 'public' } };

    test('by an HTTPRoute of a Gateway', () => {
      expect(specOf('HTTPRoute', { exposure })).toEqual({
        parentRefs: [{ name: 'public' }],
        hostnames: ['shop.example.com'],
        rules: [{ backendRefs: [{ name: NAME, port: 80 }] }],
      });
      expect(allOf(manifestsOf({ exposure }), 'Ingress')).toEqual([]);
      expect(tier(emptyChart(), { exposure }).route?.kind).toBe('HTTPRoute');
    });

    test('by one listener of a Gateway in another namespace', () => {
      const gateway = { name: 'public', namespace: 'ingress', sectionName: 'https' };
      const route = specOf('HTTPRoute', { ...HTTPS, exposure: { ...exposure, gateway } });
      expect(route.parentRefs).toEqual([gateway]);
      expect(route.rules).toEqual([{ backendRefs: [{ name: NAME, port: 443 }] }]);
    });

    test('by an Ingress', () => {
      const ingress = { host: 'shop.example.com', ingressClassName: 'nginx' };
      const backend = { service: { name: NAME, port: { number: 80 } } };
      const spec = {
        ingressClassName: 'nginx',
        rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      };
      expect(specOf('Ingress', { exposure: ingress })).toEqual(spec);
      expect(specOf('Ingress', { exposure: { ...ingress, tlsSecretName: 'shop-tls' } })).toEqual({
        ...spec,
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      });
      expect(allOf(manifestsOf({ exposure: ingress }), 'HTTPRoute')).toEqual([]);
      expect(tier(emptyChart(), { exposure: ingress }).route?.kind).toBe('Ingress');
    });
  });
});
