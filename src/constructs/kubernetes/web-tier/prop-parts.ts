import type { ResiliencePolicy } from '../../../intent';
import type { Size } from '../../../units';
import type { GatewayRoute } from '../gateway/gateway-route';

/** What runs in a pod. */
export interface PodContainer {
  /** Image with a tag other than `latest`, or better a digest: what rolls back must name what it returns to. */
  readonly image: string;

  /**
   * Arguments of the image's entry point.
   *
   * @default - the image's own
   */
  readonly args?: readonly string[];

  /**
   * Environment variables. Anyone who may see the pod reads them: no secrets.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Environment variables taken from Secrets that are there already. Read when a pod starts.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretKey>>;

  /**
   * Names of ConfigMaps, there already, whose keys become environment variables. Read when a pod starts: a changed
   * one reaches the pods with the next rollout.
   *
   * @default - none
   */
  readonly configMaps?: readonly string[];

  /**
   * What it asks for, and may use: both are the same, so that the pod is among the last to be evicted (Guaranteed),
   * and scaling knows what full means.
   *
   * @default - half a CPU and 512 MiB; for a sidecar a tenth of a CPU and 64 MiB
   */
  readonly resources?: PodResources;

  /**
   * Paths that may be written, each an empty directory that goes with the pod; all else is read-only.
   *
   * @default - /tmp; for a sidecar none
   */
  readonly writablePaths?: readonly string[];

  /**
   * Number of the user that it runs as; not 0, which is root.
   *
   * @default - the image's own, which the image must give as a number
   */
  readonly runAsUser?: number;
}

/** A container beside the server's: it starts before the server and stops after it. */
export interface Sidecar extends PodContainer {
  /** Name of the container; up to 40 lower-case letters, digits and hyphens, and not `web`. */
  readonly name: string;
}

/** What a container asks for, and may use. */
export interface PodResources {
  /**
   * CPUs, as Kubernetes writes them: `500m`, `2`.
   *
   * @default - half a CPU; for a sidecar a tenth
   */
  readonly cpu?: string;

  /**
   * Memory; whole mebibytes.
   *
   * @default - 512 MiB; for a sidecar 64 MiB
   */
  readonly memory?: Size;

  /**
   * Lets it use more than it asks for while the node has it to spare: cheaper, but a pod of such a container is
   * Burstable, evicted before Guaranteed ones when the node runs short; a warning says so.
   *
   * @default - no more than it asks for
   */
  readonly allowBurstTo?: {
    /**
     * CPUs at the most.
     *
     * @default - what it asks for
     */
    readonly cpu?: string;
    /**
     * Memory at the most; whole mebibytes.
     *
     * @default - what it asks for
     */
    readonly memory?: Size;
  };
}

/** A key of a Secret. */
export interface SecretKey {
  /** Name of the Secret. */
  readonly secret: string;
  /** Key in it. */
  readonly key: string;
}

/** The nodes of a cluster that does not grow. */
export interface WebTierNodes {
  /** How many nodes of each zone may run the pods. */
  readonly perZone: number;
  /** How many pods of the tier find room on one of them, beside what else runs there. */
  readonly podsPerNode: number;
}

/** An HTTPRoute of the Gateway API. */
export interface GatewayExposure extends GatewayRoute {
  /**
   * How the Gateway treats the tier: how long it waits, and what it tries again. What an HTTPRoute cannot express is listed
   * in `losses` of the tier. Not every Gateway knows time limits in a route, and one that does not refuses the route.
   *
   * @default - as the Gateway does by itself
   */
  readonly resilience?: ResiliencePolicy;
}

/** An Ingress. */
export interface IngressExposure {
  /** Host name that it answers to. */
  readonly host: string;
  /** Which controller serves it. */
  readonly ingressClassName: string;
  /**
   * Name of the Secret with the certificate of the host.
   *
   * @default - plain HTTP unless the controller has a certificate of its own, and a warning
   */
  readonly tlsSecretName?: string;
}
