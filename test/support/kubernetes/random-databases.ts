import type { Chart } from 'cdk8s';
import fc from 'fast-check';
import { Duration, Retention, type RetentionCounts, Size } from 'nines';
import { DatabaseBackup, type DatabaseBackupProps, MultiAZDatabase, type MultiAZDatabaseProps } from 'nines/kubernetes';
import { Coverage } from '../coverage';

/** Everything that a backup may be given. */
export function backupCoverage(): Coverage {
  return new Coverage(
    {
      'constructs/kubernetes/database-backup/props.ts': ['DatabaseBackupProps'],
      'constructs/kubernetes/web-tier/prop-parts.ts': ['SecretKey'],
      'intent/retention.ts': ['RetentionCounts'],
    },
    [],
  );
}

/** Everything that a database may be given. */
export function databaseCoverage(): Coverage {
  return new Coverage({ 'constructs/kubernetes/database/props.ts': ['MultiAZDatabaseProps'] }, []);
}

/** A backup as a user might write it: valid, and otherwise anything. */
export interface BackupConfig {
  readonly counts: RetentionCounts;
  readonly props: Omit<DatabaseBackupProps, 'retention'>;
}

/** Builds a backup, and counts which props and arms it used. */
export function buildBackup(chart: Chart, { counts, props }: BackupConfig, coverage?: Coverage): DatabaseBackup {
  coverage?.saw('RetentionCounts', counts);
  coverage?.saw('DatabaseBackupProps', { retention: counts, ...props });
  return new DatabaseBackup(chart, 'Backup', { ...props, retention: Retention.gfs(counts) });
}

/** Builds a database, and counts which props and arms it used. */
export function buildDatabase(chart: Chart, props: MultiAZDatabaseProps, coverage?: Coverage): MultiAZDatabase {
  coverage?.saw('MultiAZDatabaseProps', props);
  return new MultiAZDatabase(chart, 'Database', props);
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const objectName = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z0-9]{1,5})?$/);
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const region = fc.constantFrom('eu-west-1', 'us-gov-east-1');
const image = fc.constantFrom(
  'registry.example.com/postgres:17.6',
  `ghcr.io/cnpg/pg@sha256:${'0123456789abcdef'.repeat(4)}`,
);
const secretKey = fc.record({ secret: objectName, key: fc.stringMatching(/^[\w.-]{1,12}$/) });
const resources = fc.record({
  cpu: maybe(fc.integer({ min: 1, max: 16_000 }).map((cpu) => `${cpu}m`)),
  memory: maybe(fc.integer({ min: 1, max: 65_536 }).map((memory) => Size.mebibytes(memory))),
});
const minutes = (min: number, max: number) => fc.integer({ min, max });
const clock = (time: number) => {
  const [hours, rest] = [Math.floor(time / 60) % 24, time % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};
const url = fc.constantFrom('http://minio.storage:9000', 'https://s3.example.com');
const recipient = fc.stringMatching(/^age1[02-9ac-hj-np-z]{58}$/);

const counts: fc.Arbitrary<RetentionCounts> = fc.record({
  daily: fc.integer({ min: 10, max: 400 }),
  weekly: maybe(fc.integer({ min: 2, max: 100 })),
  monthly: maybe(fc.integer({ min: 1, max: 100 })),
  yearly: maybe(fc.integer({ min: 1, max: 20 })),
});

/** Times that leave room to midnight; ages that a good backup never has, and that are noticed in half of 10 days. */
const times = fc
  .record({
    limit: maybe(minutes(1, 600)),
    start: maybe(minutes(0, 700)),
    drillTime: maybe(minutes(0, 1439)),
    drillLimit: maybe(minutes(1, 1320)),
    maxAge: maybe(minutes(49 * 60, 70 * 60)),
  })
  .map(({ limit, start, drillTime, drillLimit, maxAge }) => ({
    timeLimit: limit === undefined ? undefined : Duration.minutes(limit),
    time: start === undefined ? undefined : clock(start),
    drill: {
      time: drillTime === undefined ? undefined : clock(drillTime),
      timeLimit: drillLimit === undefined ? undefined : Duration.minutes(drillLimit),
      // the default only where a drill finds the backup of the same day
      maxAge:
        maxAge === undefined && drillTime === undefined && start === undefined && (limit ?? 0) <= 360
          ? undefined
          : Duration.minutes(maxAge ?? 49 * 60),
    },
  }));

/** Valid backups of every kind. */
export const backups: fc.Arbitrary<BackupConfig> = fc
  .record({
    image,
    database: fc.record({
      host: fc.constantFrom('shop-db-ro', '10.0.0.7', 'db.example.com', 'fd00::1'),
      port: maybe(fc.integer({ min: 1, max: 65_535 })),
      databaseName: fc.constantFrom('app', 'Größe', "o'brien"),
      secretName: objectName,
      ca: maybe(secretKey),
    }),
    bucket: fc.record({
      name: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,20}[a-z0-9]$/),
      region,
      endpointUrl: maybe(url),
      credentialsSecretName: maybe(objectName),
    }),
    counts,
    recipients: fc.array(recipient, { minLength: 1, maxLength: 3 }),
    times,
    identity: secretKey,
    drillAccount: maybe(objectName),
    drillCredentials: maybe(objectName),
    tested: fc.constantFrom('drill', 'drill', 'drill and no', 'untested'),
    name: maybe(label),
    lockTimeout: maybe(fc.integer({ min: 1, max: 3600 }).map((seconds) => Duration.seconds(seconds))),
    scratch: maybe(
      fc.record({
        size: maybe(fc.integer({ min: 1, max: 1e6 }).map((size) => Size.mebibytes(size))),
        storageClassName: maybe(objectName),
      }),
    ),
    resources: maybe(resources),
    serviceAccountName: maybe(objectName),
    pushgatewayUrl: maybe(fc.constantFrom('http://push:9091', 'https://push.example.com/prefix')),
    runAsUser: maybe(fc.integer({ min: 1, max: 2_147_483_647 })),
  })
  .map(({ counts: kept, times: { drill, ...schedule }, identity, drillAccount, drillCredentials, tested, ...rest }) => {
    const tried = { ...drill, identity, serviceAccountName: drillAccount, credentialsSecretName: drillCredentials };
    const how = {
      drill: { drill: tried },
      'drill and no': { drill: tried, allowUntestedBackups: false },
      untested: { allowUntestedBackups: true },
    }[tested];
    return { counts: kept, props: { ...rest, ...schedule, ...how } };
  });

const archive = fc
  .record({
    destination: fc.constantFrom('s3://shop-archive', 's3://shop-archive/postgres/', 's3://a.b-c/x/y_z'),
    retention: maybe(fc.integer({ min: 1, max: 365 }).map((days) => Duration.days(days))),
    time: maybe(minutes(0, 1439).map(clock)),
    encryption: maybe(fc.constantFrom('AES256' as const, 'aws:kms' as const)),
    region: maybe(region),
    endpointUrl: maybe(url),
    credentials: fc.oneof(
      fc.constant({}),
      fc.record({ credentialsSecretName: objectName }),
      fc.constant({ roleArn: 'arn:aws:iam::123456789012:role/path/shop-archive' }),
    ),
  })
  .map(({ credentials, ...rest }) => ({ ...rest, ...credentials }));

/** Valid databases of every kind. */
export const databases: fc.Arbitrary<MultiAZDatabaseProps> = fc
  .record({
    image,
    backups: maybe(archive),
    restore: maybe(
      fc.record({
        source: fc.constantFrom('an-original', 'older.one'),
        time: maybe(fc.constant('2026-11-25T02:00:00Z')),
      }),
    ),
    saysBackups: fc.boolean(),
    zones: maybe(fc.integer({ min: 3, max: 9 })),
    allowDataLoss: maybe(fc.boolean()),
    name: maybe(label),
    databaseName: maybe(fc.stringMatching(/^[a-z_]{1,8}[0-9]$/)),
    storage: maybe(
      fc.record({
        size: maybe(fc.integer({ min: 5120, max: 1e6 }).map((size) => Size.mebibytes(size))),
        walSize: maybe(fc.integer({ min: 1024, max: 1e6 }).map((size) => Size.mebibytes(size))),
        storageClassName: maybe(objectName),
      }),
    ),
    resources: maybe(resources),
    parameters: maybe(
      fc.record({ work_mem: fc.constantFrom('64MB'), synchronous_commit: fc.constantFrom('on', 'remote_apply') }),
    ),
    priorityClassName: maybe(objectName),
    operatorNamespace: maybe(label),
    allowUnmonitored: maybe(fc.boolean()),
  })
  .map(({ restore, saysBackups, backups: kept, ...rest }) =>
    kept === undefined
      ? { ...rest, allowNoBackups: true }
      : { ...rest, backups: kept, restoreFrom: restore, allowNoBackups: saysBackups ? false : undefined },
  );
