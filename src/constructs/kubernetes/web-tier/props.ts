import type { Capacity, HealthCheck, ServerTiming } from '../../../intent';
import { Duration, Size } from '../../../units';
import type { GatewayExposure, IngressExposure, PodContainer, PodResources, Sidecar, WebTierNodes } from './prop-parts';

/** Choices for an `HAWebTier` on Kubernetes. */
export interface HAWebTierProps extends PodContainer {
  /** How many pods carry the peak, and how many zones may be lost. */
  readonly capacity: Capacity;

  /**
   * What says that a pod is ready, by HTTP or HTTPS; started too, and alive, where it names paths for them. What
   * says ready must not look at what all pods share: a database that is away would take every pod out at once.
   * Its protocol is also that of the traffic to the pods.
   */
  readonly healthCheck: HealthCheck;

  /**
   * How many zones the cluster's nodes stand in; at least 2.
   *
   * @default 3
   */
  readonly zones?: number;

  /**
   * The nodes of a cluster that does not grow. With them, a tier is refused whose pods, drains or rollouts would
   * wait for room that never comes.
   *
   * @default - nodes are added when pods need them, by a cluster autoscaler
   */
  readonly nodes?: WebTierNodes;

  /**
   * Name of its objects, and so of its Service; up to 50 lower-case letters, digits and hyphens, a letter first.
   *
   * @default - made from the path of the construct, with a hash
   */
  readonly name?: string;

  /**
   * Port on which the pods take requests.
   *
   * @default - the port of the health check
   */
  readonly port?: number;

  /**
   * How long the pods take to start, to answer and to stop.
   *
   * @default - starts within 1 minute, requests and shutdown take up to 30 seconds
   */
  readonly timing?: ServerTiming;

  /**
   * How many pods a drain may take away at once, from 1 to what a lost zone would take.
   *
   * @default 1
   */
  readonly maxUnavailable?: number;

  /**
   * Containers that run beside the server's.
   *
   * @default - none
   */
  readonly sidecars?: readonly Sidecar[];

  /**
   * How it is reached from outside of the cluster: by an HTTPRoute of the Gateway API, or by an Ingress.
   *
   * @default - only from inside, by its Service
   */
  readonly exposure?: GatewayExposure | IngressExposure;

  /**
   * Keeps a client's address on the pod it first got, for so long; up to a day. Sessions kept in pods die with them:
   * prefer a session store. A Gateway or an Ingress that sends to pods past the Service does not keep to it.
   *
   * @default - every connection goes to any pod
   */
  readonly sessionAffinity?: Duration;

  /**
   * Name of a PriorityClass that is there already: with one, less important pods make room when nodes are short.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * Name of a ServiceAccount that is there already, for pods that act in a cloud or pull from a private registry.
   *
   * @default - one of its own, that may do nothing
   */
  readonly serviceAccountName?: string;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** A container with every default filled in. */
export type ContainerSettings = ReturnType<typeof containerDefaults>;

/** A sidecar with every default filled in. */
export type SidecarSettings = ContainerSettings & { readonly name: string };

/** The props of an `HAWebTier`, settled. */
export function withDefaults(props: HAWebTierProps) {
  const longestRequest = props.timing?.longestRequest ?? Duration.seconds(30);
  return {
    ...props,
    ...containerDefaults(props, SERVER),
    zones: props.zones ?? 3,
    port: props.port ?? props.healthCheck?.port,
    timing: {
      startup: props.timing?.startup ?? Duration.minutes(1),
      longestRequest,
      drain: props.timing?.drain ?? longestRequest,
      shutdown: props.timing?.shutdown ?? Duration.seconds(30),
      slowStart: props.timing?.slowStart,
    },
    maxUnavailable: props.maxUnavailable ?? 1,
    sidecars: sidecarDefaults(props.sidecars ?? []),
  };
}

interface Usual {
  readonly cpu: string;
  readonly memory: Size;
  readonly writablePaths: readonly string[];
}

const SERVER: Usual = { cpu: '500m', memory: Size.mebibytes(512), writablePaths: ['/tmp'] };
const SIDECAR: Usual = { cpu: '100m', memory: Size.mebibytes(64), writablePaths: [] };

/** What is no list, or no object in it, stays as it is: it is refused with all the rest. */
function sidecarDefaults(sidecars: readonly Sidecar[]): readonly SidecarSettings[] {
  if (!Array.isArray(sidecars)) return sidecars as never;
  return Array.from<Sidecar, SidecarSettings>(sidecars, (sidecar) =>
    typeof sidecar === 'object' && sidecar !== null
      ? { ...containerDefaults(sidecar, SIDECAR), name: sidecar.name }
      : (sidecar as never),
  );
}

function containerDefaults(container: PodContainer, usual: Usual) {
  return {
    image: container.image,
    args: container.args,
    environment: container.environment ?? {},
    secrets: container.secrets ?? {},
    configMaps: container.configMaps ?? [],
    resources: resourceDefaults(container.resources, usual),
    writablePaths: container.writablePaths ?? usual.writablePaths,
    runAsUser: container.runAsUser,
  };
}

function resourceDefaults(written: PodResources | undefined, usual: Usual) {
  const cpu = written?.cpu ?? usual.cpu;
  const memory = written?.memory ?? usual.memory;
  const burst = written?.allowBurstTo;
  return { cpu, memory, limits: { cpu: burst?.cpu ?? cpu, memory: burst?.memory ?? memory }, written };
}
