import { ApiObject } from 'cdk8s/lib/api-object';
import type { Construct } from 'constructs';
import { routeSource } from '../gateway/gateway-route';
import { gatewayLosses } from '../gateway/losses';
import { resilientRules } from '../gateway/rules';
import type { GatewayExposure, IngressExposure } from './prop-parts';

/** The Service that a route leads to. */
interface Target {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
}

/** A route from outside of the cluster: an HTTPRoute of the Gateway API, or an Ingress. */
export function expose(scope: Construct, exposure: GatewayExposure | IngressExposure, target: Target): ApiObject {
  const metadata = { name: target.name, labels: { ...target.labels } };
  if ('gateway' in exposure) {
    return new ApiObject(scope, 'Route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: routeSpec(exposure, target),
    });
  }
  return new ApiObject(scope, 'Ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: ingressSpec(exposure, target),
  });
}

function routeSpec(exposure: GatewayExposure, { name, port }: Target) {
  const { resilience, routesCanRetry = false } = exposure;
  const backend = { name, port };
  const rules = resilience ? resilientRules(backend, resilience.plan(), routesCanRetry) : [{ backendRefs: [backend] }];
  return { ...routeSource(exposure), rules };
}

/** What the route cannot express of how the tier is to be treated, one sentence each. */
export function exposureLosses(exposure: GatewayExposure | IngressExposure | undefined): string[] {
  if (exposure === undefined || !('gateway' in exposure) || exposure.resilience === undefined) return [];
  const { resilience, routesCanRetry = false } = exposure;
  return gatewayLosses(resilience.plan(), routesCanRetry).map(({ text }) => text);
}

function ingressSpec({ host, ingressClassName, tlsSecretName }: IngressExposure, target: Target) {
  const backend = { service: { name: target.name, port: { number: target.port } } };
  return {
    ingressClassName,
    tls: tlsSecretName === undefined ? undefined : [{ hosts: [host], secretName: tlsSecretName }],
    rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
  };
}
