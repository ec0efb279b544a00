import type { Duration } from '../../../units';
import { fixedResourceFields } from '../fixed-resources';
import { memoryQuantity } from '../quantities';
import { everyDayAt } from '../time-of-day';
import type { SecretKey } from '../web-tier/prop-parts';
import type { BackupStorage } from './prop-parts';
import type { Settings } from './props';
import { START_WITHIN_SECONDS } from './schedule';

/** What the objects of a backup are called. */
export interface BackupNames {
  /** Name of the backup, and of its folders. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccountName: string;
}

/** A container's variable: a value, or where it comes from. */
type Variable = { readonly name: string; readonly value?: string; readonly valueFrom?: object };

const HOME = '/run/backup';
const SCRIPTS = `${HOME}/scripts`;
const SCRATCH = `${HOME}/scratch`;
const CA = `${HOME}/ca`;
const IDENTITY = `${HOME}/identity`;

/** Group of what is mounted, so that a user other than root may read Secrets and write the scratch volume. */
const GROUP = 10_001;

/** The CronJob that makes backups. */
export function backupSpec(settings: Settings, names: BackupNames) {
  const { database, bucket, retention, lockTimeout } = settings;
  const { ca } = database;
  return cronJobSpec(settings, names, {
    time: settings.time,
    timeLimit: settings.timeLimit,
    script: 'backup.sh',
    secrets: ca ? [{ volume: 'ca', mountPath: CA, from: ca }] : [],
    variables: [
      { name: 'PGHOST', value: database.host },
      { name: 'PGPORT', value: String(database.port) },
      { name: 'PGDATABASE', value: database.databaseName },
      { name: 'PGUSER', valueFrom: fromSecret(database.secretName, 'username') },
      { name: 'PGPASSWORD', valueFrom: fromSecret(database.secretName, 'password') },
      { name: 'PGSSLMODE', value: ca ? 'verify-full' : 'require' },
      ...(ca ? [{ name: 'PGSSLROOTCERT', value: `${CA}/${ca.key}` }] : []),
      { name: 'PGCONNECT_TIMEOUT', value: '30' },
      { name: 'PGAPPNAME', value: names.name },
      { name: 'LOCK_TIMEOUT', value: String(lockTimeout.toSeconds()) },
      {
        name: 'TIERS',
        value: retention
          .tiers()
          .map(({ tier }) => tier)
          .join(' '),
      },
      ...awsVariables(bucket, bucket.credentialsSecretName),
      ...commonVariables(settings, names, 'database_backup'),
    ],
  });
}

/** The CronJob that restores the newest of them. */
export function drillSpec(settings: Settings, drill: NonNullable<Settings['drill']>, names: BackupNames) {
  const { identity } = drill;
  return cronJobSpec(settings, names, {
    time: drill.time,
    timeLimit: drill.timeLimit,
    script: 'drill.sh',
    secrets: [{ volume: 'identity', mountPath: IDENTITY, from: identity }],
    variables: [
      { name: 'PGDATABASE', value: settings.database.databaseName },
      { name: 'IDENTITY', value: `${IDENTITY}/${identity.key}` },
      { name: 'MAX_AGE', value: String(drill.maxAge.toSeconds()) },
      ...awsVariables(settings.bucket, drill.credentialsSecretName),
      ...commonVariables(settings, names, 'database_backup_drill'),
    ],
  });
}

function awsVariables({ region, endpointUrl }: BackupStorage, credentialsSecretName: string | undefined): Variable[] {
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
  return [
    { name: 'AWS_REGION', value: region },
    { name: 'AWS_DEFAULT_REGION', value: region }, // the first version of the command line knows this one only
    ...(endpointUrl === undefined ? [] : [{ name: 'AWS_ENDPOINT_URL', value: endpointUrl }]),
    ...(credentialsSecretName === undefined
      ? []
      : keys.map((key) => ({ name: key, valueFrom: fromSecret(credentialsSecretName, key) }))),
  ];
}

function commonVariables({ bucket, pushgatewayUrl }: Settings, { name }: BackupNames, job: string): Variable[] {
  return [
    { name: 'BUCKET', value: bucket.name },
    { name: 'NAME', value: name },
    { name: 'JOB', value: job },
    ...(pushgatewayUrl === undefined ? [] : [{ name: 'PUSHGATEWAY_URL', value: pushgatewayUrl }]),
    { name: 'SCRATCH', value: SCRATCH },
    { name: 'TMPDIR', value: SCRATCH },
    { name: 'HOME', value: SCRATCH },
  ];
}

function fromSecret(name: string, key: string) {
  return { secretKeyRef: { name, key } };
}

interface Job {
  readonly time: string;
  readonly timeLimit: Duration;
  readonly script: string;
  readonly variables: readonly Variable[];
  readonly secrets: readonly { readonly volume: string; readonly mountPath: string; readonly from: SecretKey }[];
}

function cronJobSpec(settings: Settings, names: BackupNames, job: Job) {
  return {
    schedule: everyDayAt(job.time),
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: START_WITHIN_SECONDS,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 3,
    jobTemplate: {
      metadata: { labels: { ...names.labels } },
      spec: {
        backoffLimit: 2,
        activeDeadlineSeconds: job.timeLimit.toSeconds(),
        // a failed one is seen, and its log read, for two days; then it does not hide that the next ones went well
        ttlSecondsAfterFinished: 2 * 86_400,
        template: { metadata: { labels: { ...names.labels } }, spec: podSpec(settings, names, job) },
      },
    },
  };
}

function podSpec({ image, resources, runAsUser, scratch }: Settings, names: BackupNames, job: Job) {
  const size = memoryQuantity(scratch.size);
  const onNode = scratch.storageClassName === undefined ? { 'ephemeral-storage': size } : {};
  const quantities = { ...fixedResourceFields(resources), ...onNode };
  return {
    serviceAccountName: names.serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never', // each attempt is a pod of its own, whose log stays
    terminationGracePeriodSeconds: 60,
    securityContext: {
      runAsNonRoot: true,
      runAsUser,
      fsGroup: GROUP,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: job.script.replace('.sh', ''),
        image,
        command: ['sh', `${SCRIPTS}/${job.script}`],
        env: job.variables,
        resources: { requests: quantities, limits: { ...quantities } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [
          { name: 'scripts', mountPath: SCRIPTS, readOnly: true },
          { name: 'scratch', mountPath: SCRATCH },
          ...job.secrets.map(({ volume, mountPath }) => ({ name: volume, mountPath, readOnly: true })),
        ],
      },
    ],
    volumes: [
      { name: 'scripts', configMap: { name: names.name } },
      { name: 'scratch', ...scratchVolume(size, scratch.storageClassName) },
      ...job.secrets.map(({ volume, from }) => ({
        name: volume,
        secret: { secretName: from.secret, items: [{ key: from.key, path: from.key }], defaultMode: 0o440 },
      })),
    ],
  };
}

function scratchVolume(size: string, storageClassName: string | undefined) {
  if (storageClassName === undefined) return { emptyDir: { sizeLimit: size } };
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: size } } };
  return { ephemeral: { volumeClaimTemplate: { spec } } };
}
