import type { IConstruct } from 'constructs';

/** Port of PostgreSQL. */
export const POSTGRES = 5432;
/** Port on which instances tell the operator how they are. */
const STATUS = 8000;
/** Port of the metrics. */
const METRICS = 9187;

/** Pods that can be told by their labels: an `HAWebTier`, a `DatabaseBackup`, or others. */
export interface PodSource extends IConstruct {
  /** Labels that all of its pods carry, and no others in the namespace. */
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Lets in the other instances, the operator, and whoever reads metrics. Each source gets a policy of its own.
 * https://cloudnative-pg.io/docs/1.29/networking
 */
export function ownPolicySpec(selector: Readonly<Record<string, string>>, operatorNamespace: string) {
  const ports = [POSTGRES, STATUS].map((port) => ({ port, protocol: 'TCP' }));
  return {
    podSelector: { matchLabels: { ...selector } },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: { ...selector } } }], ports },
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': operatorNamespace } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' } },
          },
        ],
        ports: ports.map((port) => ({ ...port })),
      },
      { ports: [{ port: METRICS, protocol: 'TCP' }] },
    ],
  };
}

/** Lets the pods of a source in; of another namespace when it is named. */
export function sourcePolicySpec(
  selector: Readonly<Record<string, string>>,
  source: Readonly<Record<string, string>>,
  namespace: string | undefined,
) {
  return {
    podSelector: { matchLabels: { ...selector } },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          {
            ...(namespace && { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
            podSelector: { matchLabels: { ...source } },
          },
        ],
        ports: [{ port: POSTGRES, protocol: 'TCP' }],
      },
    ],
  };
}
