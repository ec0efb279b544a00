import { inMebibytes } from '../../../units';
import { fixedResourceFields } from '../fixed-resources';
import { memoryQuantity } from '../quantities';
import { everyDayAt } from '../time-of-day';
import type { DatabaseArchive } from './prop-parts';
import { type Settings, share } from './props';

/** The plugin that archives, by the name under which the operator knows it. */
const ARCHIVER = 'barman-cloud.cloudnative-pg.io';

/** How the original of a restored database is called in the manifest. */
const ORIGIN = 'origin';

/**
 * Standbys that must hold a write before it is acknowledged: so many that after the loss of the primary and of any other
 * instances, as long as half are left, one of these is among them.
 */
export function standbysPerWrite(instances: number): number {
  return Math.floor(instances / 2);
}

/** The CloudNativePG cluster. https://cloudnative-pg.io/docs/1.29/cloudnative-pg.v1 */
export function clusterSpec(settings: Settings, name: string) {
  const { zones, allowDataLoss, storage, backups, priorityClassName } = settings;
  return {
    instances: zones,
    imageName: settings.image,
    bootstrap: bootstrap(settings),
    externalClusters: settings.restoreFrom && [origin(settings.restoreFrom.source, name)],
    plugins: backups && [{ name: ARCHIVER, isWALArchiver: true, parameters: { barmanObjectName: name } }],
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: 'required',
      topologyKey: 'topology.kubernetes.io/zone',
    },
    postgresql: {
      synchronous: {
        method: 'any',
        number: standbysPerWrite(zones),
        dataDurability: allowDataLoss ? 'preferred' : 'required',
        failoverQuorum: !allowDataLoss, // promotes only a standby that has every acknowledged write
      },
      parameters: parameters(settings),
      pg_hba: ['hostnossl all all all reject'], // the operator's own last rule lets everybody in without TLS
    },
    storage: volume(storage.size, storage.storageClassName),
    walStorage: volume(storage.walSize, storage.storageClassName),
    resources: resources(settings),
    priorityClassName,
    enableSuperuserAccess: false,
    enablePDB: true,
    replicationSlots: { highAvailability: { enabled: true } },
    primaryUpdateStrategy: 'unsupervised',
    primaryUpdateMethod: 'switchover', // seconds without a primary; a restart in place takes as long as PostgreSQL starts
    ...SHUTDOWN,
    probes: { liveness: { isolationCheck: { enabled: true } } }, // a primary that is cut off stops itself
    serviceAccountTemplate: backups?.roleArn && {
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': backups.roleArn } },
    },
  };
}

/**
 * Seconds. The operator itself waits up to an hour for a primary to shut down before another takes over. Where every
 * acknowledged write is on a standby, nothing is lost by going on after a minute.
 */
const SHUTDOWN = { smartShutdownTimeout: 15, stopDelay: 180, switchoverDelay: 60 };

function bootstrap({ restoreFrom, databaseName }: Settings) {
  const made = { database: databaseName, owner: databaseName };
  if (!restoreFrom) return { initdb: { ...made, dataChecksums: true } };
  const { time } = restoreFrom;
  return { recovery: { source: ORIGIN, ...made, ...(time && { recoveryTarget: { targetTime: time } }) } };
}

function origin(source: string, name: string) {
  return { name: ORIGIN, plugin: { name: ARCHIVER, parameters: { barmanObjectName: name, serverName: source } } };
}

function parameters({ resources: { memory }, parameters: written }: Settings) {
  return {
    // https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
    shared_buffers: `${inMebibytes(share(memory, 4))}MB`,
    hot_standby_feedback: 'on', // or a cleanup on the primary cancels a long read, such as a dump, on a standby
    ...written,
  };
}

function volume(size: Settings['storage']['size'], storageClass: string | undefined) {
  return { size: memoryQuantity(size), storageClass, resizeInUseVolumes: true };
}

function resources({ resources: settled }: Settings) {
  const quantities = fixedResourceFields(settled);
  return { requests: quantities, limits: { ...quantities } };
}

/** The archive, for the plugin. */
export function objectStoreSpec(archive: NonNullable<Settings['backups']>) {
  const { destination, retention, encryption, region, endpointUrl } = archive;
  return {
    retentionPolicy: `${retention.toDays()}d`,
    configuration: {
      destinationPath: destination,
      endpointURL: endpointUrl,
      s3Credentials: credentials(archive),
      wal: { compression: 'gzip', encryption, maxParallel: 4 },
      data: { compression: 'gzip', encryption, jobs: 2 },
    },
    instanceSidecarConfiguration: {
      env: region === undefined ? undefined : [{ name: 'AWS_REGION', value: region }],
      // without requests the pod is no longer Guaranteed
      resources: { requests: SIDECAR, limits: { ...SIDECAR } },
    },
  };
}

const SIDECAR = { cpu: '250m', memory: '512Mi' };

function credentials({ credentialsSecretName: name }: DatabaseArchive) {
  if (name === undefined) return { inheritFromIAMRole: true };
  return {
    accessKeyId: { name, key: 'AWS_ACCESS_KEY_ID' },
    secretAccessKey: { name, key: 'AWS_SECRET_ACCESS_KEY' },
  };
}

/** The daily base backup. */
export function scheduledBackupSpec({ time }: NonNullable<Settings['backups']>, name: string) {
  return {
    // six fields: seconds come first
    schedule: `0 ${everyDayAt(time)}`,
    immediate: true, // nothing can be restored before the first one
    backupOwnerReference: 'self',
    cluster: { name },
    target: 'prefer-standby',
    method: 'plugin',
    pluginConfiguration: { name: ARCHIVER },
  };
}
