import { objectProblems, shown } from '../../../validation';
import { isPlain, objectNameProblems, requiredNameProblems } from '../plain-text';

/** Where an HTTPRoute of the Gateway API takes requests from. */
export interface GatewayRoute {
  /** Host name that it answers to. */
  readonly host: string;
  /** The Gateway that takes the requests. */
  readonly gateway: {
    /** Name of the Gateway. */
    readonly name: string;
    /**
     * Namespace of the Gateway.
     *
     * @default - that of the chart
     */
    readonly namespace?: string;
    /**
     * Name of the Gateway's listener, such as the one for HTTPS.
     *
     * @default - every listener that takes the host
     */
    readonly sectionName?: string;
  };

  /**
   * Says that routes of the cluster have the field `retry`: the experimental channel of the Gateway API is installed, or
   * the standard one from v1.7 on. Elsewhere the cluster would refuse the route.
   *
   * @default false - retries are left to the Gateway, which is a loss
   */
  readonly routesCanRetry?: boolean;
}

/** Whose requests a route takes, and where. */
export function routeSource({ host, gateway: { name, namespace, sectionName } }: GatewayRoute) {
  return { parentRefs: [{ name, namespace, sectionName }], hostnames: [host] };
}

// A wildcard stands for the first label only. https://gateway-api.sigs.k8s.io/reference/spec/#hostname
const HOST = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const ADDRESS = /^\d+(\.\d+){3}$/;

/** The problem of a host name, as a list of none or one. */
export function hostProblems(prop: string, host: unknown): string[] {
  if (isPlain(HOST, host) && !ADDRESS.test(host)) return [];
  return [`${prop} must be a host name in lower case, got ${shown(host)}; write it as in 'shop.example.com'`];
}

/** The problems of what names a Gateway. */
export function gatewayProblems(prop: string, gateway: unknown): string[] {
  const misshapen = objectProblems(prop, gateway);
  if (misshapen.length > 0) return misshapen;
  const { name, namespace, sectionName } = gateway as Readonly<Record<string, unknown>>;
  return [
    ...requiredNameProblems(`${prop}.name`, name),
    ...namespaceProblems(`${prop}.namespace`, namespace),
    ...objectNameProblems(`${prop}.sectionName`, sectionName),
  ];
}

/** The problem of the name of a namespace, as a list of none or one; none where it is left out. */
export function namespaceProblems(prop: string, namespace: unknown): string[] {
  if (namespace === undefined || isPlain(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, namespace)) return [];
  return [
    `${prop} must be at most 63 lower-case letters, digits and hyphens, got ${shown(namespace)}; ` +
      "write it as in 'ingress'",
  ];
}
