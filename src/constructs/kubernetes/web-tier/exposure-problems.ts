import { objectProblems, shown } from '../../../validation';
import { isPlain, objectNameProblems } from '../plain-text';
import type { Settings } from './props';

// A wildcard stands for the first label only. https://gateway-api.sigs.k8s.io/reference/spec/#hostname
const HOST = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const ADDRESS = /^\d+(\.\d+){3}$/;

/** Every reason why a tier cannot be reached from outside of the cluster as was said, one sentence each. */
export function exposureProblems({ exposure }: Settings): string[] {
  if (exposure === undefined) return [];
  const misshapen = objectProblems('exposure', exposure);
  if (misshapen.length > 0) return misshapen;
  const { host, gateway, ingressClassName, tlsSecretName }: Readonly<Record<string, unknown>> = { ...exposure };
  const given = { gateway, ingressClassName };
  const ways = Object.entries(given).filter(([, way]) => way !== undefined);
  return [
    ...hostProblems(host),
    ...(ways.length === 1
      ? []
      : [
          'exposure must have exactly one of gateway and ingressClassName, got ' +
            `${ways.length === 0 ? 'none; give one' : 'both; remove one'}`,
        ]),
    ...(gateway === undefined ? [] : gatewayProblems(gateway)),
    ...objectNameProblems('exposure.ingressClassName', ingressClassName),
    ...objectNameProblems('exposure.tlsSecretName', tlsSecretName),
    ...(gateway !== undefined && tlsSecretName !== undefined
      ? [
          `exposure.tlsSecretName must stand beside ingressClassName, got ${shown(tlsSecretName)} beside gateway; ` +
            'give the certificate to the listener of the Gateway',
        ]
      : []),
  ];
}

function hostProblems(host: unknown): string[] {
  if (isPlain(HOST, host) && !ADDRESS.test(host)) return [];
  return [`exposure.host must be a host name in lower case, got ${shown(host)}; write it as in 'shop.example.com'`];
}

function gatewayProblems(gateway: unknown): string[] {
  const misshapen = objectProblems('exposure.gateway', gateway);
  if (misshapen.length > 0) return misshapen;
  const { name, namespace, sectionName } = gateway as Readonly<Record<string, unknown>>;
  return [
    ...objectNameProblems('exposure.gateway.name', name ?? null),
    ...(namespace === undefined || isPlain(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, namespace)
      ? []
      : [
          `exposure.gateway.namespace must be at most 63 lower-case letters, digits and hyphens, got ${shown(namespace)}; ` +
            "write it as in 'ingress'",
        ]),
    ...objectNameProblems('exposure.gateway.sectionName', sectionName),
  ];
}
