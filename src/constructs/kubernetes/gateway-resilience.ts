import { ApiObject } from 'cdk8s/lib/api-object';
import { Construct } from 'constructs';
import type { ResiliencePolicy } from '../../intent';
import { flagProblems, InvalidPropsError } from '../../validation';
import { type GatewayRoute, gatewayProblems, hostProblems, routeSource } from './gateway/gateway-route';
import { gatewayLosses, routeDeployment } from './gateway/losses';
import { resilientRules } from './gateway/rules';
import type { HAWebTier } from './ha-web-tier';
import { objectName } from './naming';
import { policyProblems } from './resilience/policy-problems';
import { isTier, type ServiceAddress, serviceProblems, targetOf } from './resilience/service';

/** Choices for a {@link GatewayResilience}. */
export interface GatewayResilienceProps extends GatewayRoute {
  /**
   * The service that answers: a tier of the same chart that has no route of its own, or any other Service of the cluster.
   * One of another namespace has to allow it, by a ReferenceGrant.
   */
  readonly service: HAWebTier | ServiceAddress;

  /** How the Gateway treats it. */
  readonly policy: ResiliencePolicy;
}

/**
 * A `ResiliencePolicy` for requests from outside of the cluster: an HTTPRoute of the Gateway API, with time limits, and with
 * retries where its routes can. For an `HAWebTier` give the policy to its `exposure`, which makes the same route. See
 * `docs/resilience.md` for what an HTTPRoute leaves out: a breaker and a bulkhead among it.
 */
export class GatewayResilience extends Construct {
  /** The HTTPRoute. */
  public readonly route: ApiObject;
  /** What an HTTPRoute cannot express of the policy, one sentence each. */
  public readonly losses: readonly string[];

  constructor(scope: Construct, id: string, props: GatewayResilienceProps) {
    super(scope, id);
    InvalidPropsError.throwIfAny(problemsIn(this, props), this);
    const { policy, routesCanRetry = false } = props;
    const plan = policy.plan();
    const { name, port, namespace } = targetOf(this, props.service);

    this.route = new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: objectName(this) },
      spec: { ...routeSource(props), rules: resilientRules({ name, namespace, port }, plan, routesCanRetry) },
    });

    this.node.defaultChild = this.route;
    this.losses = gatewayLosses(plan, routesCanRetry).map(({ text }) => text);
  }
}

function problemsIn(scope: Construct, props: GatewayResilienceProps): string[] {
  const { service, policy, host, gateway, routesCanRetry } = props;
  const wrongService = serviceProblems(scope, service);
  const target = wrongService.length > 0 ? undefined : targetOf(scope, service);
  return [
    ...wrongService,
    ...routedProblems(service),
    ...hostProblems('host', host),
    ...gatewayProblems('gateway', gateway),
    ...flagProblems('routesCanRetry', routesCanRetry),
    ...policyProblems('policy', policy, routeDeployment(routesCanRetry === true), target),
  ];
}

/** Of two routes for one host, a Gateway follows the older. */
function routedProblems(service: HAWebTier | ServiceAddress): string[] {
  if (!isTier(service) || service.route === undefined) return [];
  return [
    `service must have no route of its own, got '${service.node.path}', which has one; ` +
      'give the policy to its exposure, as resilience',
  ];
}
