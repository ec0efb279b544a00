import { Chart } from 'cdk8s/lib/chart';
import { Construct } from 'constructs';
import type { Duration } from '../../../units';
import { hasMember, isRecord, objectProblems, portProblems, shown, wholeNumberProblems } from '../../../validation';
import { namespaceProblems } from '../gateway/gateway-route';
import type { HAWebTier } from '../ha-web-tier';
import { requiredNameProblems } from '../plain-text';

/** A Service that is there already, or is made elsewhere. */
export interface ServiceAddress {
  /** Name of the Service. */
  readonly name: string;

  /** Port of the Service. Istio reads its requests by HTTP, and sees none in TLS that is not its own. */
  readonly port: number;

  /**
   * Namespace of the Service.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;

  /**
   * How many servers it has at the least: a breaker that could not leave out a single one of them is refused.
   *
   * @default - not known, and not checked
   */
  readonly replicas?: number;
}

/** A Service as a route sees it. */
export interface Target {
  readonly name: string;
  readonly port: number;
  /** Namespace of the Service, where it is not that of the chart. */
  readonly namespace: string | undefined;
  /** How many servers it has at the least, where that is known. */
  readonly replicas: number | undefined;
  /** The longest request that its servers promise to finish, where that is known. */
  readonly longestRequest: Duration | undefined;
}

/** The Service that requests go to. */
export function targetOf(scope: Construct, service: HAWebTier | ServiceAddress): Target {
  if (isTier(service)) {
    const { serviceName: name, servicePort: port, longestRequest } = service;
    return { name, port, namespace: undefined, replicas: service.plan.minimum, longestRequest };
  }
  const { name, port, namespace, replicas } = service;
  const isOther = namespace !== undefined && namespace !== Chart.of(scope).namespace;
  return { name, port, namespace: isOther ? namespace : undefined, replicas, longestRequest: undefined };
}

/** Every reason why requests cannot go to a Service, one sentence each. */
export function serviceProblems(scope: Construct, service: HAWebTier | ServiceAddress): string[] {
  if (isTier(service)) return tierProblems(scope, service);
  if (!isRecord(service)) return objectProblems('service', service);
  const { name, port, namespace, replicas } = service;
  return [
    ...requiredNameProblems('service.name', name),
    ...portProblems('service.port', port),
    ...namespaceProblems('service.namespace', namespace),
    ...(replicas === undefined
      ? []
      : wholeNumberProblems('service.replicas', replicas, { min: 1 }, 'count the servers, or leave it out')),
  ];
}

function tierProblems(scope: Construct, tier: HAWebTier): string[] {
  const chart = Chart.of(tier);
  if (chart === Chart.of(scope)) return [];
  return [
    `service must be an HAWebTier of the same chart, got one of ${shown(chart.node.path)}; ` +
      'give its name, port and namespace',
  ];
}

/** Whether a service is a tier, and no address. */
export function isTier(service: HAWebTier | ServiceAddress): service is HAWebTier {
  return Construct.isConstruct(service) && hasMember(service, 'serviceName') && hasMember(service, 'servicePort');
}
