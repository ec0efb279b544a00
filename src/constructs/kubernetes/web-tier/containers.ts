import { memoryQuantity } from '../quantities';
import { portNames, probes } from './probes';
import type { ContainerSettings, Settings, SidecarSettings } from './props';

/** Name of the server's container: what scaling looks at, and no sidecar may be called. */
export const SERVER = 'web';

/** Seconds until every load balancer and proxy knows that a pod is going; the seed's figure. */
export const FAREWELL = 15;

/** The container that takes the requests. */
export function serverContainer(settings: Settings) {
  const { healthCheck, port } = settings;
  const { served, checked } = portNames(settings);
  const ports = [
    { name: served, containerPort: port, protocol: 'TCP' },
    ...(checked === served ? [] : [{ name: checked, containerPort: healthCheck.port, protocol: 'TCP' }]),
  ];
  return {
    name: SERVER,
    ...containerFields(SERVER, settings),
    ports,
    ...probes(settings),
    lifecycle: { preStop: { sleep: { seconds: FAREWELL } } }, // needs no shell in the image
  };
}

/** As an init container that always restarts, a sidecar starts before the server and stops after it. */
export function sidecarContainer(sidecar: SidecarSettings) {
  return { name: sidecar.name, ...containerFields(sidecar.name, sidecar), restartPolicy: 'Always' };
}

function containerFields(name: string, container: ContainerSettings) {
  const { image, args, environment, secrets, configMaps, writablePaths, runAsUser } = container;
  const variables = [
    ...sorted(environment).map(([variable, value]) => ({ name: variable, value })),
    ...sorted(secrets).map(([variable, { secret, key }]) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name: secret, key } },
    })),
  ];
  return {
    image,
    args: args && [...args],
    env: unlessEmpty(variables),
    envFrom: unlessEmpty(configMaps.map((configMap) => ({ configMapRef: { name: configMap } }))),
    resources: resourceFields(container),
    volumeMounts: unlessEmpty(
      writablePaths.map((mountPath, position) => ({ name: scratchName(name, position), mountPath })),
    ),
    // what Pod Security "restricted" asks of a container, and a root file system that nobody changes
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsUser,
    },
  };
}

/** Names of the empty directories of a container. */
export function scratchVolumes(name: string, { writablePaths }: ContainerSettings): string[] {
  return writablePaths.map((_, position) => scratchName(name, position));
}

function scratchName(container: string, position: number): string {
  return `${container}-scratch-${position + 1}`;
}

function resourceFields({ resources: { cpu, memory, limits } }: ContainerSettings) {
  return {
    requests: { cpu, memory: memoryQuantity(memory) },
    limits: { cpu: limits.cpu, memory: memoryQuantity(limits.memory) },
  };
}

function sorted<Value>(entries: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}

function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
