import { HealthCheck, Size } from 'nines';
import { allOf } from '../../../support/kubernetes/manifests';
import { IMAGE, manifestsOf, NAME, podOf, serverOf } from './tiers';

const PROXY = { name: 'proxy', image: 'envoyproxy/envoy:v1.31.0' };
const sidecarOf = (choices = {}) => podOf({ sidecars: [{ ...PROXY, ...choices }] }).initContainers[0];

describe('HAWebTier', () => {
  describe('runs', () => {
    test('one server, of the image that it was given, with its own arguments', () => {
      expect(podOf().containers).toHaveLength(1);
      expect(serverOf()).toMatchObject({ name: 'web', image: IMAGE });
      expect(serverOf()).not.toHaveProperty('args');
      expect(serverOf({ args: ['serve', '--fast'] }).args).toEqual(['serve', '--fast']);
    });

    test('no sidecar by default', () => {
      expect(podOf()).not.toHaveProperty('initContainers');
    });

    test('sidecars that start before the server and stop after it', () => {
      expect(sidecarOf({ args: ['-c', '/etc/envoy.yaml'] })).toMatchObject({
        ...{ name: 'proxy', image: 'envoyproxy/envoy:v1.31.0', args: ['-c', '/etc/envoy.yaml'] },
        restartPolicy: 'Always',
      });
      expect(sidecarOf()).not.toHaveProperty('lifecycle');
    });
  });

  describe('is configured', () => {
    test('by variables in the order of their names, whatever the order in which they are written', () => {
      const environment = { B: '2', A: '1' };
      const secrets = { Z: { secret: 'shop', key: 'z' }, Y: { secret: 'shop', key: 'y' } };
      expect(serverOf({ environment, secrets }).env).toEqual([
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'Y', valueFrom: { secretKeyRef: { name: 'shop', key: 'y' } } },
        { name: 'Z', valueFrom: { secretKeyRef: { name: 'shop', key: 'z' } } },
      ]);
      expect(sidecarOf({ environment: { A: '1' } }).env).toEqual([{ name: 'A', value: '1' }]);
    });

    test('by ConfigMaps in the order in which they are written, where the last one wins', () => {
      expect(serverOf({ configMaps: ['common', 'a-shop'] }).envFrom).toEqual([
        { configMapRef: { name: 'common' } },
        { configMapRef: { name: 'a-shop' } },
      ]);
    });

    test('by nothing else: no variables for every Service of the namespace', () => {
      expect(podOf().enableServiceLinks).toBe(false);
      expect(serverOf()).not.toHaveProperty('env');
      expect(serverOf()).not.toHaveProperty('envFrom');
    });
  });

  describe('asks for', () => {
    test('half a CPU and 512 MiB, and gets no more (Guaranteed)', () => {
      const size = { cpu: '500m', memory: '512Mi' };
      expect(serverOf().resources).toEqual({ requests: size, limits: size });
    });

    test('a tenth of a CPU and 64 MiB for a sidecar', () => {
      const size = { cpu: '100m', memory: '64Mi' };
      expect(sidecarOf().resources).toEqual({ requests: size, limits: size });
    });

    test('what it was given', () => {
      const size = { cpu: '2', memory: '3072Mi' };
      const resources = { cpu: '2', memory: Size.gibibytes(3) };
      expect(serverOf({ resources }).resources).toEqual({ requests: size, limits: size });
      expect(sidecarOf({ resources }).resources).toEqual({ requests: size, limits: size });
    });

    test('less than it may use, where that was said', () => {
      const requests = { cpu: '500m', memory: '512Mi' };
      const burst = (allowBurstTo: object) => serverOf({ resources: { allowBurstTo } }).resources;
      expect(burst({ cpu: '2' })).toEqual({ requests, limits: { cpu: '2', memory: '512Mi' } });
      expect(burst({ memory: Size.gibibytes(1) })).toEqual({ requests, limits: { cpu: '500m', memory: '1024Mi' } });
      expect(burst({})).toEqual({ requests, limits: requests });
    });
  });

  describe('passes Pod Security "restricted"', () => {
    const restricted = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    };

    test('as a pod: no root, and the system calls of the runtime', () => {
      expect(podOf().securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    });

    test('in every container, which changes nothing of its image', () => {
      expect(serverOf().securityContext).toEqual(restricted);
      expect(sidecarOf().securityContext).toEqual(restricted);
    });

    test('as the user that it was given', () => {
      expect(serverOf({ runAsUser: 1001 }).securityContext).toEqual({ ...restricted, runAsUser: 1001 });
      expect(sidecarOf({ runAsUser: 101 }).securityContext).toEqual({ ...restricted, runAsUser: 101 });
    });

    test.each([
      ['its own port', { port: 80 }],
      ['the port that is asked', { port: 8080, healthCheck: HealthCheck.http('/', { port: 1023 }) }],
    ])('also where %s lies below 1024, which needs no capability then', (_, choices) => {
      expect(podOf(choices).securityContext.sysctls).toEqual([
        { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' },
      ]);
    });

    test('and sets nothing of the kernel for 1024', () => {
      const choices = { healthCheck: HealthCheck.http('/', { port: 1024 }) };
      expect(podOf(choices).securityContext).not.toHaveProperty('sysctls');
    });
  });

  describe('writes', () => {
    test('below /tmp only, a sidecar nowhere', () => {
      expect(podOf().volumes).toEqual([{ name: 'web-scratch-1', emptyDir: {} }]);
      expect(serverOf().volumeMounts).toEqual([{ name: 'web-scratch-1', mountPath: '/tmp' }]);
      expect(sidecarOf()).not.toHaveProperty('volumeMounts');
    });

    test('below the paths that it was given, each apart from all others', () => {
      const pod = podOf({ writablePaths: ['/a', '/b'], sidecars: [{ ...PROXY, writablePaths: ['/a'] }] });
      const names = ['web-scratch-1', 'web-scratch-2', 'proxy-scratch-1'];
      expect(pod.volumes).toEqual(names.map((name) => ({ name, emptyDir: {} })));
      expect(pod.containers[0].volumeMounts).toEqual([
        { name: 'web-scratch-1', mountPath: '/a' },
        { name: 'web-scratch-2', mountPath: '/b' },
      ]);
      expect(pod.initContainers[0].volumeMounts).toEqual([{ name: 'proxy-scratch-1', mountPath: '/a' }]);
    });

    test('nowhere without paths', () => {
      expect(podOf({ writablePaths: [] })).not.toHaveProperty('volumes');
    });
  });

  describe('acts', () => {
    test('as an account of its own, that may do nothing and has no token', () => {
      const [account] = allOf(manifestsOf(), 'ServiceAccount');
      expect(account).toMatchObject({ metadata: { name: NAME }, automountServiceAccountToken: false });
      expect(podOf()).toMatchObject({ serviceAccountName: NAME, automountServiceAccountToken: false });
    });

    test('as the account that it was given, which says itself whether it has a token', () => {
      const choices = { serviceAccountName: 'shop' };
      expect(allOf(manifestsOf(choices), 'ServiceAccount')).toEqual([]);
      expect(podOf(choices).serviceAccountName).toBe('shop');
      expect(podOf(choices)).not.toHaveProperty('automountServiceAccountToken');
    });
  });
});
