import type { Settings } from './props';
import { roomWarnings } from './room';

/** What was chosen against availability, and what Kubernetes cannot express; one sentence each. */
export function warningsOf(settings: Settings): string[] {
  const { capacity, timing, sessionAffinity, nodes, zones } = settings;
  const warnings: string[] = [];
  if (capacity.options.allowOverloadWhenZoneLost) {
    warnings.push('allowOverloadWhenZoneLost: losing a zone at peak overloads the pods that are left');
  }
  if (capacity.options.requestsPerSecond !== undefined) {
    warnings.push(
      'capacity.requestsPerSecond has no effect on Kubernetes, which by itself measures CPU and memory only',
    );
  }
  if (timing.slowStart !== undefined) {
    warnings.push('timing.slowStart has no effect on Kubernetes: a Service gives a new pod its full share at once');
  }
  if (sessionAffinity !== undefined) {
    warnings.push(
      'sessionAffinity: sessions kept in a pod are lost with it, and all clients behind one address get the same pod',
    );
  }
  if (nodes !== undefined) {
    const { tolerateLostZones: lost = 1 } = capacity.options;
    warnings.push(...roomWarnings(nodes, { size: capacity.over(zones).maximum, zones, lost }));
  }
  return [...warnings, ...burstWarnings(settings), ...exposureWarnings(settings)];
}

function burstWarnings({ resources, sidecars }: Settings): string[] {
  const props = [
    ...(resources.written?.allowBurstTo ? ['resources'] : []),
    ...sidecars.flatMap((sidecar, position) =>
      sidecar.resources.written?.allowBurstTo ? [`sidecars[${position}].resources`] : [],
    ),
  ];
  return props.map(
    (prop) => `${prop}.allowBurstTo: pods are no longer Guaranteed, and go first when their node runs short`,
  );
}

function exposureWarnings({ exposure, healthCheck }: Settings): string[] {
  const warnings: string[] = [];
  if (exposure && 'ingressClassName' in exposure && exposure.tlsSecretName === undefined) {
    warnings.push(
      'no exposure.tlsSecretName: requests and answers travel unencrypted, unless the controller has a certificate of its own',
    );
  }
  if (exposure && healthCheck.protocol === 'https') {
    warnings.push(
      'exposure does not say how to trust the pods, which answer by HTTPS: tell the Gateway (BackendTLSPolicy) or the Ingress controller',
    );
  }
  return warnings;
}
