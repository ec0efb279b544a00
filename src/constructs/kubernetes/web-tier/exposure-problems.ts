import { flagProblems, objectProblems, shown } from '../../../validation';
import { gatewayProblems, hostProblems } from '../gateway/gateway-route';
import { routeDeployment } from '../gateway/losses';
import { objectNameProblems } from '../plain-text';
import { policyProblems } from '../resilience/policy-problems';
import type { Settings } from './props';

/** Every reason why a tier cannot be reached from outside of the cluster as was said, one sentence each. */
export function exposureProblems({ exposure, timing }: Settings): string[] {
  if (exposure === undefined) return [];
  const misshapen = objectProblems('exposure', exposure);
  if (misshapen.length > 0) return misshapen;
  const written: Readonly<Record<string, unknown>> = { ...exposure };
  const { host, gateway, ingressClassName, tlsSecretName, resilience, routesCanRetry } = written;
  const given = { gateway, ingressClassName };
  const ways = Object.entries(given).filter(([, way]) => way !== undefined);
  return [
    ...hostProblems('exposure.host', host),
    ...(ways.length === 1
      ? []
      : [
          'exposure must have exactly one of gateway and ingressClassName, got ' +
            `${ways.length === 0 ? 'none; give one' : 'both; remove one'}`,
        ]),
    ...(gateway === undefined ? [] : gatewayProblems('exposure.gateway', gateway)),
    ...objectNameProblems('exposure.ingressClassName', ingressClassName),
    ...objectNameProblems('exposure.tlsSecretName', tlsSecretName),
    ...(gateway !== undefined && tlsSecretName !== undefined
      ? [
          `exposure.tlsSecretName must stand beside ingressClassName, got ${shown(tlsSecretName)} beside gateway; ` +
            'give the certificate to the listener of the Gateway',
        ]
      : []),
    ...flagProblems('exposure.routesCanRetry', routesCanRetry),
    ...(resilience === undefined
      ? []
      : policyProblems('exposure.resilience', resilience, routeDeployment(routesCanRetry === true), timing)),
    ...(ingressClassName !== undefined && resilience !== undefined
      ? [
          `exposure.resilience must stand beside gateway, got ${shown(resilience)} beside ingressClassName; ` +
            'an Ingress can express none of it: leave it out, or take a Gateway',
        ]
      : []),
  ];
}
