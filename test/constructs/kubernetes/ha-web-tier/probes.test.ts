import fc from 'fast-check';
import { Duration, HealthCheck } from 'nines';
import { serverOf } from './tiers';

const every20 = { interval: Duration.seconds(20), timeout: Duration.seconds(4) };

describe('HAWebTier', () => {
  describe('asks whether a pod is ready', () => {
    test('by its path, often enough to see a failure within 30 seconds', () => {
      expect(serverOf().readinessProbe).toEqual({
        httpGet: { path: '/health/ready', port: 'http', scheme: 'HTTP' },
        periodSeconds: 10,
        timeoutSeconds: 5,
        successThreshold: 2,
        failureThreshold: 3,
      });
    });

    test('as the health check says, also by HTTPS', () => {
      const healthCheck = HealthCheck.https('/up', { ...every20, healthyThreshold: 1, unhealthyThreshold: 4 });
      expect(serverOf({ healthCheck }).readinessProbe).toEqual({
        httpGet: { path: '/up', port: 'https', scheme: 'HTTPS' },
        periodSeconds: 20,
        timeoutSeconds: 4,
        successThreshold: 1,
        failureThreshold: 4,
      });
    });
  });

  describe('asks whether a pod is alive', () => {
    test('by a connection, which looks at no dependency, and restarts it after twice as many failures', () => {
      expect(serverOf().livenessProbe).toEqual({
        tcpSocket: { port: 'http' },
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 6,
      });
    });

    test('by the path that was given for it', () => {
      const healthCheck = HealthCheck.http('/health/ready', { live: '/health/live', unhealthyThreshold: 5 });
      expect(serverOf({ healthCheck }).livenessProbe).toMatchObject({
        httpGet: { path: '/health/live', port: 'http', scheme: 'HTTP' },
        failureThreshold: 10,
      });
    });
  });

  describe('asks whether a pod has started', () => {
    test('by the path that says ready, for a minute', () => {
      expect(serverOf().startupProbe).toEqual({
        httpGet: { path: '/health/ready', port: 'http', scheme: 'HTTP' },
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 7,
      });
    });

    test('by the path that was given for it', () => {
      const healthCheck = HealthCheck.http('/health/ready', { startup: '/health/startup' });
      expect(serverOf({ healthCheck }).startupProbe.httpGet.path).toBe('/health/startup');
    });

    test('for as long as the slowest start takes: no other probe restarts it before', () => {
      const drawn = fc.record({
        startup: fc.integer({ min: 1, max: 3600 }),
        interval: fc.integer({ min: 6, max: 300 }),
      });
      fc.assert(
        fc.property(drawn, ({ startup, interval }) => {
          const { startupProbe } = serverOf({
            timing: { startup: Duration.seconds(startup) },
            healthCheck: HealthCheck.http('/', { interval: Duration.seconds(interval) }),
          });
          const lastAsked = startupProbe.periodSeconds * (startupProbe.failureThreshold - 1);
          expect(lastAsked).toBeGreaterThanOrEqual(startup);
          expect(lastAsked).toBeLessThan(startup + interval);
        }),
        { numRuns: 40 },
      );
    });
  });

  test('never asks the same to decide about traffic and about a restart (kube-score pod-probes-identical)', () => {
    for (const live of [undefined, '/health/live']) {
      const { readinessProbe, livenessProbe } = serverOf({ healthCheck: HealthCheck.http('/health/ready', { live }) });
      const { httpGet, tcpSocket } = livenessProbe;
      expect({ httpGet, tcpSocket }).not.toEqual({
        httpGet: readinessProbe.httpGet,
        tcpSocket: readinessProbe.tcpSocket,
      });
    }
  });

  describe('listens', () => {
    test('on the port of the health check', () => {
      expect(serverOf().ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
    });

    test('on a port of its own beside the one that is asked, when given', () => {
      const server = serverOf({ port: 3000 });
      expect(server.ports).toEqual([
        { name: 'http', containerPort: 3000, protocol: 'TCP' },
        { name: 'health', containerPort: 8080, protocol: 'TCP' },
      ]);
      const { startupProbe, readinessProbe, livenessProbe } = server;
      expect([startupProbe.httpGet.port, readinessProbe.httpGet.port, livenessProbe.tcpSocket.port]).toEqual([
        'health',
        'health',
        'health',
      ]);
    });
  });
});
