import type { Construct } from 'constructs';
import { ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import {
  GatewayResilience,
  type GatewayResilienceProps,
  IstioResilience,
  type IstioResilienceProps,
} from 'nines/kubernetes';
import { emptyChart, type Manifest, only, synthChart } from '../../../support/kubernetes/manifests';
import { problemsOf } from '../../../support/synth';
import { type Choices, tier } from '../ha-web-tier/tiers';

export const PAYMENT = { name: 'payment', port: 8080 };

/** The treatment of calls to a service called `payment`, in a mesh. */
export function inMesh(scope: Construct, props: Partial<IstioResilienceProps> = {}, id = 'Payment'): IstioResilience {
  return new IstioResilience(scope, id, { service: PAYMENT, policy: ResiliencePolicy.of(), ...props });
}

/** The treatment of requests to a service called `payment`, from outside. */
export function atGateway(scope: Construct, props: Partial<GatewayResilienceProps> = {}): GatewayResilience {
  const host = 'pay.example.com';
  const gateway = { name: 'public' };
  return new GatewayResilience(scope, 'Payment', {
    ...{ service: PAYMENT, policy: ResiliencePolicy.of(), host, gateway },
    ...props,
  });
}

/** The spec of the one object of a kind, in a mesh, under a policy of these choices. */
export function meshSpec(kind: 'DestinationRule' | 'VirtualService', options?: ResiliencePolicyOptions) {
  return only(meshManifests(options), kind).spec;
}

export function meshManifests(options?: ResiliencePolicyOptions): readonly Manifest[] {
  return synthChart((chart) => inMesh(chart, { policy: ResiliencePolicy.of(options) }));
}

/** The rules of a route under a policy of these choices. */
export function rulesOf(options: ResiliencePolicyOptions = {}, routesCanRetry = false) {
  const manifests = synthChart((chart) => atGateway(chart, { policy: ResiliencePolicy.of(options), routesCanRetry }));
  return only(manifests, 'HTTPRoute').spec.rules;
}

/** What a construct cannot express of a policy of these choices, in a mesh or in routes. */
export function lossesOf(where: 'mesh' | 'route' | 'route that can retry', options: ResiliencePolicyOptions = {}) {
  const policy = ResiliencePolicy.of(options);
  if (where === 'mesh') return inMesh(emptyChart(), { policy }).losses;
  return atGateway(emptyChart(), { policy, routesCanRetry: where === 'route that can retry' }).losses;
}

/** All problems of the props, which may be of any type, in a mesh. */
export function meshProblems(props: Readonly<Record<string, unknown>>, web?: Choices): readonly string[] {
  return problemsOf(() => {
    const chart = emptyChart();
    const service = web && tier(chart, web);
    inMesh(chart, { ...(service && { service }), ...props });
  });
}

/** All problems of the props, which may be of any type, at a Gateway. */
export function gatewayProblems(props: Readonly<Record<string, unknown>>, web?: Choices): readonly string[] {
  return problemsOf(() => {
    const chart = emptyChart();
    const service = web && tier(chart, web);
    atGateway(chart, { ...(service && { service }), ...props });
  });
}

/** The route of a VirtualService that a proxy takes for a method: the first that matches. */
export function routeFor(options: ResiliencePolicyOptions, method: string) {
  const { http } = meshSpec('VirtualService', options);
  return http.find(
    ({ match }: { readonly match?: readonly { readonly method: { readonly regex: string } }[] }) =>
      match === undefined || match.some(({ method: { regex } }) => new RegExp(`^(?:${regex})$`).test(method)),
  );
}

/** Milliseconds of a duration as Istio writes it. */
export function millisecondsOf(duration: string): number {
  return Math.round(Number(/^([\d.]+)s$/.exec(duration)?.[1]) * 1000);
}
