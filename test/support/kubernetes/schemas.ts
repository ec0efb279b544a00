import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import ts from 'typescript';
import type { Manifest } from './manifests';

/** The models of Kubernetes 1.33, and where each is declared. */
const MODELS = {
  ConfigMap: [ConfigMap, 'v1/ConfigMap'],
  CronJob: [CronJob, 'batch/v1/CronJob'],
  Deployment: [Deployment, 'apps/v1/Deployment'],
  HorizontalPodAutoscaler: [HorizontalPodAutoscaler, 'autoscaling/v2/HorizontalPodAutoscaler'],
  Ingress: [Ingress, 'networking.k8s.io/v1/Ingress'],
  NetworkPolicy: [NetworkPolicy, 'networking.k8s.io/v1/NetworkPolicy'],
  PodDisruptionBudget: [PodDisruptionBudget, 'policy/v1/PodDisruptionBudget'],
  Service: [Service, 'v1/Service'],
  ServiceAccount: [ServiceAccount, 'v1/ServiceAccount'],
} as const;

/** Custom resources, by the definitions that their projects publish. */
const CUSTOM = {
  Cluster: compiled(schema('cluster.cnpg.v1')),
  DestinationRule: compiled(schema('destinationrule.v1')),
  HTTPRoute: compiled(schema('httproute.v1')),
  'HTTPRoute that can retry': compiled(withRetry(schema('httproute.v1'))),
  ObjectStore: compiled(schema('objectstore.v1')),
  PodMonitor: compiled(schema('podmonitor.v1')),
  ScheduledBackup: compiled(schema('scheduledbackup.v1')),
  VirtualService: compiled(schema('virtualservice.v1')),
};

/**
 * What the published schemas say against manifests, and which fields they do not know; nothing when all is well.
 *
 * @param routesCanRetry whether routes are those of the Gateway API's experimental channel
 */
export function schemaProblems(manifests: readonly Manifest[], { routesCanRetry = false } = {}): string[] {
  const own = manifests.filter(({ kind }) => !(kind in CUSTOM));
  return [...manifests.flatMap((manifest) => valueProblems(manifest, routesCanRetry)), ...unknownFields(own)];
}

function valueProblems(manifest: Manifest, routesCanRetry: boolean): string[] {
  const { kind } = manifest;
  const custom = kind === 'HTTPRoute' && routesCanRetry ? 'HTTPRoute that can retry' : kind;
  if (isCustom(custom)) {
    const validate = CUSTOM[custom];
    validate(manifest);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${kind}${instancePath} ${message}`);
  }
  if (!isKnown(kind)) return [`${kind} has no schema here`];
  const [Model] = MODELS[kind];
  try {
    new Model(manifest as never).validate();
    return [];
  } catch (error) {
    return [`${kind}: ${error}`];
  }
}

/**
 * The models let unknown fields pass; the compiler does not, in a literal. It is asked once for manifests that have
 * the same fields.
 */
function unknownFields(manifests: readonly Manifest[]): string[] {
  if (manifests.length === 0) return [];
  const shapes = new Map(manifests.map((manifest) => [JSON.stringify(shape(manifest)), manifest.kind]));
  const lines = [...shapes].map(([text, kind]) => {
    const model = isKnown(kind) ? MODELS[kind][1] : 'unknown';
    return `{ const it: import('kubernetes-models/${model}').I${kind} = ${text}; void it; }`;
  });
  const name = join(__dirname, 'manifests-as-literals.ts');
  const options = { strict: true, skipLibCheck: true, noEmit: true, module: ts.ModuleKind.Node16, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, lines.join('\n'), ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest);
  const program = ts.createProgram([name], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(name))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

function isCustom(kind: string): kind is keyof typeof CUSTOM {
  return kind in CUSTOM;
}

function schema(name: string) {
  return JSON.parse(readFileSync(join(__dirname, '..', 'schemas', `${name}.json`), 'utf8'));
}

/** Definitions leave out what Kubernetes itself describes. */
function compiled(definition: { readonly properties: object }): ValidateFunction {
  const text = { type: 'string' };
  const properties = { apiVersion: text, kind: text, metadata: { type: 'object' }, ...definition.properties };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return ajv.compile(closed({ ...definition, properties }));
}

/** The one field that the experimental channel adds to a rule, of those that are used here. */
function withRetry(route: ReturnType<typeof schema>) {
  route.properties.spec.properties.rules.items.properties.retry = schema('httproute.retry.v1');
  return route;
}

function isKnown(kind: string): kind is keyof typeof MODELS {
  return kind in MODELS;
}

/** A manifest with its fields, but few values: lists hold one item per shape, names and texts are all alike. */
function shape(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) {
    const items = new Map(value.map((item) => [JSON.stringify(shape(item, field)), shape(item, field)]));
    return [...items.values()];
  }
  if (typeof value === 'object' && value !== null) {
    if (/^(labels|annotations|matchLabels|selector|data)$/.test(field) && isMap(value)) return { name: 'text' };
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner, name)]));
  }
  if (typeof value === 'number') return 1;
  return typeof value === 'string' && !isClosedChoice(field, value) ? 'text' : value;
}

/** Whether a text is one of a few: `TCP`, `Exists`, `RuntimeDefault`; the models' types list them. */
function isClosedChoice(field: string, value: string): boolean {
  return /^(kind|apiVersion)$/.test(field) || (!/^(name|value|args)$/.test(field) && /^[A-Z]\w*$/.test(value));
}

function isMap(value: object): boolean {
  return Object.values(value).every((inner) => typeof inner === 'string');
}

/** A schema of a custom resource in which no object takes a field that is not listed. */
function closed(schema: unknown): object {
  if (typeof schema !== 'object' || schema === null) return schema as never;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  // `metadata` is described by Kubernetes itself
  const isOpen = !('properties' in inner) || typeof inner.properties !== 'object' || !('type' in inner);
  return isOpen ? inner : { ...inner, additionalProperties: false };
}
