import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/** What an `HAWebTier` makes of no more than it needs, for a peak of four over three zones, written by hand. */
export function handWrittenTier(scope: Construct, name: string, image: string): void {
  const tier = new Construct(scope, name);
  const labels = { 'app.kubernetes.io/instance': name };
  const metadata = { name, labels };
  const size = { cpu: '500m', memory: '512Mi' };
  const rhythm = { periodSeconds: 10, timeoutSeconds: 5 };
  const ready = { httpGet: { path: '/health/ready', port: 'http', scheme: 'HTTP' }, ...rhythm };
  const spread = {
    maxSkew: 1,
    labelSelector: { matchLabels: labels },
    matchLabelKeys: ['pod-template-hash'],
    nodeTaintsPolicy: 'Honor',
  };
  const lost = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 };

  new ApiObject(tier, 'ServiceAccount', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata,
    automountServiceAccountToken: false,
  });
  new ApiObject(tier, 'Resource', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      minReadySeconds: 10,
      progressDeadlineSeconds: 600,
      template: {
        metadata: {
          labels,
          annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': 'web-scratch-1' },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 75,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'web',
              image,
              resources: { requests: size, limits: size },
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              startupProbe: { ...ready, failureThreshold: 7 },
              readinessProbe: { ...ready, successThreshold: 2, failureThreshold: 3 },
              livenessProbe: { tcpSocket: { port: 'http' }, ...rhythm, failureThreshold: 6 },
              lifecycle: { preStop: { sleep: { seconds: 15 } } },
              volumeMounts: [{ name: 'web-scratch-1', mountPath: '/tmp' }],
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
            },
          ],
          volumes: [{ name: 'web-scratch-1', emptyDir: {} }],
          topologySpreadConstraints: [
            { ...spread, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' },
            { ...spread, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
          ],
          tolerations: [
            { key: 'node.kubernetes.io/not-ready', ...lost },
            { key: 'node.kubernetes.io/unreachable', ...lost },
          ],
        },
      },
    },
  });
  new ApiObject(tier, 'Autoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 6,
      maxReplicas: 12,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: { name: 'cpu', container: 'web', target: { type: 'Utilization', averageUtilization: 46 } },
        },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] },
      },
    },
  });
  new ApiObject(tier, 'DisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: labels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
  new ApiObject(tier, 'Service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  });
  new ApiObject(tier, 'NetworkPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
    },
  });
}
