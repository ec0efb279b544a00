import { Duration, Size } from 'nines';
import { ARCHIVE } from './databases';

/** Choices that a database refuses, of whatever type, and how it says so. */
export type Refused = readonly [what: string, choices: Readonly<Record<string, unknown>>, problem: string];

const OBJECT = 'write it in lower-case letters, digits, hyphens and dots';
const archive = (choices: object) => ({ backups: { ...ARCHIVE, ...choices } });
const LOST = 'without it, acknowledged writes are lost when a server fails';

const ARCHIVES: readonly Refused[] = [
  [
    'no archive',
    { backups: undefined },
    'backups must say where the archive is, got undefined; give its destination, or set allowNoBackups',
  ],
  [
    'a bucket in place of an archive',
    { backups: 's3://b' },
    "backups must be an object, got 's3://b'; write it as in { … }",
  ],
  [
    'a flag as text',
    { allowNoBackups: 'yes' },
    "allowNoBackups must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
  ],
  [
    'no backups beside an archive',
    { allowNoBackups: true },
    'allowNoBackups must not stand beside backups, got true; remove one of them',
  ],
  [
    'a bucket without a protocol',
    archive({ destination: 'shop-archive' }),
    "backups.destination must be a bucket, with folders or without, got 'shop-archive'; write it as in 's3://shop-archive'",
  ],
  [
    'a retention of an hour',
    archive({ retention: Duration.hours(1) }),
    'backups.retention must be from 1 day to 365 days, in whole seconds, got 1 hour; the operator counts in days',
  ],
  [
    'a retention of a day and a half',
    archive({ retention: Duration.hours(36) }),
    'backups.retention must be in whole days, got 1 day 12 hours; write Duration.days(…)',
  ],
  [
    'a time without minutes',
    archive({ time: '1' }),
    "backups.time must be a time of day (UTC), got '1'; write it as in '01:00'",
  ],
  [
    'another encryption',
    archive({ encryption: 'rot13' }),
    "backups.encryption must be 'AES256' or 'aws:kms', got 'rot13'; leave it out for the bucket's own",
  ],
  [
    'a region in capitals',
    archive({ region: 'Ireland' }),
    "backups.region must be the name of a region, got 'Ireland'; write it as in 'eu-west-1'",
  ],
  [
    'an endpoint without a protocol',
    archive({ endpointUrl: 'minio:9000' }),
    "backups.endpointUrl must be a URL, got 'minio:9000'; write it as in 'https://s3.example.com'",
  ],
  [
    'a Secret with a slash',
    archive({ credentialsSecretName: 'ns/s3' }),
    `backups.credentialsSecretName must be the name of an object, got 'ns/s3'; ${OBJECT}`,
  ],
  [
    'the name of a role',
    archive({ roleArn: 'shop-archive' }),
    "backups.roleArn must be the ARN of a role, got 'shop-archive'; write it as in 'arn:aws:iam::123456789012:role/shop-archive'",
  ],
  [
    'a role beside keys',
    archive({ roleArn: 'arn:aws:iam::123456789012:role/shop', credentialsSecretName: 's3' }),
    "backups.roleArn must not stand beside credentialsSecretName, got 'arn:aws:iam::123456789012:role/shop'; the keys would be used: remove one",
  ],
];

const REST: readonly Refused[] = [
  [
    'an image without a tag',
    { image: 'postgres' },
    "image must name a tag other than 'latest', or a digest, got 'postgres'; write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  ],
  [
    'two zones',
    { zones: 2 },
    'zones must be a whole number from 3 to 9, got 2; of two instances, neither knows whether it is the other one that is lost',
  ],
  [
    'a permission as text',
    { allowDataLoss: 'no' },
    "allowDataLoss must be true or false, got 'no'; compare text, as in process.env.NAME === 'true'",
  ],
  [
    'a switch as text',
    { allowUnmonitored: 'no' },
    "allowUnmonitored must be true or false, got 'no'; compare text, as in process.env.NAME === 'true'",
  ],
  [
    'a name of 41 letters',
    { name: 'x'.repeat(41) },
    `name must be at most 40 lower-case letters, digits and hyphens, a letter first, got '${'x'.repeat(41)}'; write it as in 'shop'`,
  ],
  [
    'a database of PostgreSQL itself',
    { databaseName: 'postgres' },
    "databaseName must be at most 63 lower-case letters, digits and _, and none of PostgreSQL's own, got 'postgres'; write it as in 'app'",
  ],
  ['a size for storage', { storage: '100Gi' }, "storage must be an object, got '100Gi'; write it as in { … }"],
  [
    'a size as text, once',
    { storage: { size: '100Gi' } },
    "storage.size must be a Size, got '100Gi'; write Size.gibibytes(…)",
  ],
  [
    'a log of 16 MiB',
    { storage: { walSize: Size.mebibytes(16) } },
    'storage.walSize must be at least 1 GiB, got 16 MiB; raise it',
  ],
  [
    'a class in capitals',
    { storage: { storageClassName: 'GP3' } },
    `storage.storageClassName must be the name of an object, got 'GP3'; ${OBJECT}`,
  ],
  [
    'memory as text',
    { resources: { memory: '8Gi' } },
    "resources.memory must be a Size, got '8Gi'; write Size.gibibytes(…)",
  ],
  ['parameters as text', { parameters: 'fast' }, "parameters must be an object, got 'fast'; write it as in { … }"],
  [
    'a parameter as a number',
    { parameters: { max_connections: 100 } },
    "parameters['max_connections'] must be text, got 100; put it in quotes, or set what it is read from",
  ],
  ['no fsync', { parameters: { fsync: 'off' } }, `parameters['fsync'] must be 'on', got 'off'; ${LOST}`],
  [
    'pages that may be torn',
    { parameters: { Full_Page_Writes: 'false' } },
    `parameters['Full_Page_Writes'] must be 'on', got 'false'; ${LOST}`,
  ],
  [
    'commits that wait for no standby',
    { parameters: { synchronous_commit: 'local' } },
    `parameters['synchronous_commit'] must be 'on', got 'local'; ${LOST}`,
  ],
  [
    'an original by its name alone',
    { restoreFrom: 'old' },
    "restoreFrom must be an object, got 'old'; write it as in { … }",
  ],
  [
    'an original without a name',
    { restoreFrom: {} },
    `restoreFrom.source must be the name of an object, got null; ${OBJECT}`,
  ],
  [
    'itself as original',
    { restoreFrom: { source: 'shop' } },
    "restoreFrom.source must be another than the database itself, got 'shop'; give the new one another name, or it would write over the archive that it reads",
  ],
  [
    'a time without a zone',
    { restoreFrom: { source: 'old', time: '2026-11-25 02:00' } },
    "restoreFrom.time must be a time (UTC), got '2026-11-25 02:00'; write it as in '2026-11-25T02:00:00Z'",
  ],
  [
    'an original without an archive',
    { backups: undefined, allowNoBackups: true, restoreFrom: { source: 'old' } },
    'restoreFrom must stand beside backups, got no backups; say where the archive is that holds the original',
  ],
  [
    'a priority as a number',
    { priorityClassName: 7 },
    `priorityClassName must be the name of an object, got 7; ${OBJECT}`,
  ],
  [
    'a namespace in capitals',
    { operatorNamespace: 'CNPG' },
    `operatorNamespace must be the name of an object, got 'CNPG'; ${OBJECT}`,
  ],
];

/** Every way in which a database is refused. */
export const REFUSED: readonly Refused[] = [...ARCHIVES, ...REST];
