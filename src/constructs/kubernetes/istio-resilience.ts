import { ApiObject } from 'cdk8s/lib/api-object';
import { Chart } from 'cdk8s/lib/chart';
import { Construct } from 'constructs';
import type { ResiliencePolicy } from '../../intent';
import { InvalidPropsError } from '../../validation';
import type { HAWebTier } from './ha-web-tier';
import { destinationRuleSpec } from './istio/destination-rule';
import { istioLosses } from './istio/losses';
import { virtualServiceSpec } from './istio/virtual-service';
import { objectName } from './naming';
import { policyProblems } from './resilience/policy-problems';
import { isTier, type ServiceAddress, serviceProblems, targetOf } from './resilience/service';

/** Choices for an {@link IstioResilience}. */
export interface IstioResilienceProps {
  /**
   * The service that is called: a tier of the same chart that answers by HTTP, or any other Service of the cluster. Each has
   * one policy in a namespace, for all callers.
   */
  readonly service: HAWebTier | ServiceAddress;

  /** How callers treat it. */
  readonly policy: ResiliencePolicy;
}

/**
 * A `ResiliencePolicy` for the calls to one service inside of an Istio mesh: a DestinationRule and a VirtualService, which
 * the proxy beside each caller follows. See `docs/resilience.md` for what Istio makes of it.
 *
 * In the namespace of the service it is for all its callers; in another one for the callers of that namespace alone.
 */
export class IstioResilience extends Construct {
  /** Host by which callers, and Istio, know the service. */
  public readonly host: string;
  /** The DestinationRule: breaker, bulkhead, and how many retries there may be at once. */
  public readonly destinationRule: ApiObject;
  /** The VirtualService: timeouts and retries. */
  public readonly virtualService: ApiObject;
  /** What Istio cannot express of the policy, one sentence each. */
  public readonly losses: readonly string[];

  constructor(scope: Construct, id: string, props: IstioResilienceProps) {
    super(scope, id);
    InvalidPropsError.throwIfAny(problemsIn(this, props), this);
    const plan = props.policy.plan();
    const { name, port, namespace } = targetOf(this, props.service);
    const host = hostOf({ name, namespace });
    const exportTo = namespace === undefined ? undefined : ['.'];
    const object = (childId: string, kind: string, spec: object) =>
      new ApiObject(this, childId, {
        apiVersion: 'networking.istio.io/v1',
        kind,
        metadata: { name: objectName(this) },
        spec,
      });

    this.destinationRule = object('DestinationRule', 'DestinationRule', destinationRuleSpec(host, exportTo, plan));
    this.virtualService = object('Resource', 'VirtualService', virtualServiceSpec({ host, port }, exportTo, plan));

    this.node.defaultChild = this.virtualService;
    this.host = host;
    this.losses = istioLosses(plan).map(({ text }) => text);
  }
}

/** A name alone is one of the namespace that the rule stands in. */
function hostOf({ name, namespace }: { readonly name: string; readonly namespace: string | undefined }): string {
  return namespace === undefined ? name : `${name}.${namespace}.svc.cluster.local`;
}

function problemsIn(scope: IstioResilience, { service, policy }: IstioResilienceProps): string[] {
  const wrongService = [...serviceProblems(scope, service), ...encryptedProblems(service)];
  const target = wrongService.length > 0 ? undefined : targetOf(scope, service);
  return [
    ...wrongService,
    ...(target === undefined ? [] : secondProblems(scope, hostOf(target))),
    ...policyProblems('policy', policy, { name: 'Istio', lossesOf: istioLosses }, target),
  ];
}

function encryptedProblems(service: HAWebTier | ServiceAddress): string[] {
  if (!isTier(service) || service.servicePort !== 443) return [];
  return [
    `service must answer by HTTP, got '${service.node.path}', which answers by HTTPS; Istio sees no requests in TLS that is ` +
      'not its own: answer by HTTP, and let the mesh encrypt',
  ];
}

/** Of two VirtualServices for one host, proxies follow any one. */
function secondProblems(scope: IstioResilience, host: string): string[] {
  const others = Chart.of(scope)
    .node.findAll()
    .filter((other) => other instanceof IstioResilience && other !== scope && other.host === host);
  return others.map(
    ({ node }) =>
      `service must have no other IstioResilience, got '${node.path}' for ${host}, too; remove one of them, or give both ` +
      'policies as one',
  );
}
