import { FAREWELL, SERVER, scratchVolumes, serverContainer, sidecarContainer } from './containers';
import type { Settings } from './props';

/** Seconds for which a pod stays bound to a node that is lost; Kubernetes itself waits five minutes. */
const LOST_NODE = 30;

/** The pods of a tier. */
export function podTemplate(settings: Settings, labels: Readonly<Record<string, string>>, serviceAccountName: string) {
  const { timing, sidecars, priorityClassName } = settings;
  const volumes = [
    ...scratchVolumes(SERVER, settings),
    ...sidecars.flatMap((sidecar) => scratchVolumes(sidecar.name, sidecar)),
  ];
  return {
    metadata: { labels: { ...labels }, annotations: volumes.length === 0 ? undefined : mayGoWithTheNode(volumes) },
    spec: {
      serviceAccountName,
      // an account of the user's may have been made to talk to Kubernetes; it says itself
      automountServiceAccountToken: settings.serviceAccountName === undefined ? false : undefined,
      enableServiceLinks: false, // in a large namespace, variables for every Service slow a start or prevent it
      priorityClassName,
      // Kubernetes counts from the start of the farewell
      terminationGracePeriodSeconds: FAREWELL + timing.drain.toSeconds() + timing.shutdown.toSeconds(),
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        sysctls: lowPorts(settings),
      },
      initContainers: sidecars.length === 0 ? undefined : sidecars.map(sidecarContainer),
      containers: [serverContainer(settings)],
      volumes: volumes.length === 0 ? undefined : volumes.map((name) => ({ name, emptyDir: {} })),
      topologySpreadConstraints: spread(labels),
      tolerations: ['not-ready', 'unreachable'].map((condition) => ({
        key: `node.kubernetes.io/${condition}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: LOST_NODE,
      })),
    },
  };
}

/** Otherwise the cluster autoscaler removes no node that such a pod runs on. */
function mayGoWithTheNode(volumes: readonly string[]) {
  return { 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': volumes.join(',') };
}

/** A process without root and capabilities may not listen below 1024, unless its pod says so. */
function lowPorts({ port, healthCheck }: Settings) {
  if (Math.min(port, healthCheck.port) >= 1024) return undefined;
  return [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }];
}

/**
 * Over zones evenly, always; over hosts as evenly as there is room. Pods of the version before do not count, or a
 * rollout would leave the zones uneven. A zone whose nodes are all tainted or gone does not count either, or the
 * pods of a lost zone would find no place: so no `minDomains`, which counts it as an empty one.
 */
function spread(matchLabels: Readonly<Record<string, string>>) {
  const over = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: { ...matchLabels } },
    matchLabelKeys: ['pod-template-hash'],
    nodeTaintsPolicy: 'Honor',
  });
  return [over('topology.kubernetes.io/zone', 'DoNotSchedule'), over('kubernetes.io/hostname', 'ScheduleAnyway')];
}
