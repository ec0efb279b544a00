import { Duration, Retention, Size } from 'nines';
import { DATABASE, RECIPIENT } from './backups';

/** Choices that a backup refuses, of whatever type, and how it says so. */
export type Refused = readonly [what: string, choices: Readonly<Record<string, unknown>>, problem: string];

const OBJECT = 'write it in lower-case letters, digits, hyphens and dots';
const BUCKET = { name: 'shop-backups', region: 'eu-west-1' };
const DRILL = { identity: { secret: 'shop-backup-key', key: 'identity' } };
const database = (choices: object) => ({ database: { ...DATABASE, ...choices } });
const bucket = (choices: object) => ({ bucket: { ...BUCKET, ...choices } });
const drill = (choices: object) => ({ drill: { ...DRILL, ...choices } });

const PLACES: readonly Refused[] = [
  [
    'an image without a tag',
    { image: 'postgres' },
    "image must name a tag other than 'latest', or a digest, got 'postgres'; write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  ],
  ['the name of a database', { database: 'app' }, "database must be an object, got 'app'; write it as in { … }"],
  [
    'a URL as host',
    database({ host: 'postgres://shop' }),
    "database.host must be a host name or an address, got 'postgres://shop'; write it as in 'shop-db-ro'",
  ],
  [
    'a port past the last',
    database({ port: 65_536 }),
    'database.port must be a whole number from 1 to 65535, got 65536; give the port that the servers listen on',
  ],
  [
    'a connection string as name',
    database({ databaseName: 'dbname=app' }),
    "database.databaseName must be at most 63 characters without spaces, '=' and '/', got 'dbname=app'; rename the database",
  ],
  [
    'a template',
    database({ databaseName: 'template1' }),
    "database.databaseName must be another than that of a template, got 'template1'; name what holds data",
  ],
  [
    'no Secret',
    database({ secretName: undefined }),
    `database.secretName must be the name of an object, got null; ${OBJECT}`,
  ],
  [
    'a certificate as text',
    database({ ca: '-----BEGIN' }),
    "database.ca must name a Secret and a key, got something else; write it as in { secret: 'shop', key: 'url' }",
  ],
  [
    'a key with a slash',
    database({ ca: { secret: 'ca', key: 'a/b' } }),
    "database.ca.key must be a key of letters, digits, '-', '_' and '.', got 'a/b'; fix it",
  ],
  ['the name of a bucket', { bucket: 'b' }, "bucket must be an object, got 'b'; write it as in { … }"],
  [
    'a bucket with a folder',
    bucket({ name: 's3://backups/shop' }),
    "bucket.name must be 3 to 63 lower-case letters, digits, hyphens and dots, got 's3://backups/shop'; give its name, without s3:// and folders",
  ],
  [
    'a region in capitals',
    bucket({ region: 'Ireland' }),
    "bucket.region must be the name of a region, got 'Ireland'; write it as in 'eu-west-1'",
  ],
  [
    'an endpoint without a protocol',
    bucket({ endpointUrl: 'minio:9000' }),
    "bucket.endpointUrl must be a URL, got 'minio:9000'; write it as in 'https://s3.example.com'",
  ],
  [
    'a Secret with a slash',
    bucket({ credentialsSecretName: 'ns/s3' }),
    `bucket.credentialsSecretName must be the name of an object, got 'ns/s3'; ${OBJECT}`,
  ],
];

const KEYS: readonly Refused[] = [
  ['a number of days', { retention: 7 }, 'retention must be a Retention, got 7; write Retention.gfs({ daily: 7, … })'],
  [
    'no daily copies',
    { retention: Retention.gfs({ daily: 0 }) },
    'retention.daily must be a whole number from 1 to 36500, got 0; say how many daily copies to keep',
  ],
  [
    'one recipient alone',
    { recipients: RECIPIENT },
    `recipients must be a list, got '${RECIPIENT.slice(0, 57)}…'; write it as in [ … ]`,
  ],
  ['no recipient', { recipients: [] }, 'recipients must name a public key, got none; age-keygen makes one'],
  [
    'a public key of SSH',
    { recipients: [RECIPIENT, 'ssh-ed25519 AAAA'] },
    "recipients[1] must be a public key of age, 'age1…', got 'ssh-ed25519 AAAA'; age-keygen -y tells it",
  ],
  [
    'a private key, without showing it',
    { recipients: ['AGE-SECRET-KEY-1QQQ'] },
    "recipients[0] must be a public key of age, 'age1…', got a private key; age-keygen -y tells it",
  ],
  [
    'a private key in place of where it is, without showing it',
    drill({ identity: 'AGE-SECRET-KEY-1QQQ' }),
    "drill.identity must name a Secret and a key, got something else; write it as in { secret: 'shop', key: 'url' }",
  ],
];

const TIMES: readonly Refused[] = [
  ['a time of 24 hours', { time: '24:00' }, "time must be a time of day (UTC), got '24:00'; write it as in '02:00'"],
  [
    'a time of the drill without minutes',
    drill({ time: '10' }),
    "drill.time must be a time of day (UTC), got '10'; write it as in '02:00'",
  ],
  [
    'a limit of a day',
    { timeLimit: Duration.days(1) },
    'timeLimit must be from 1 minute to 23 hours, in whole seconds, got 1 day; a backup has to be over on the day that it began',
  ],
  [
    'a backup that may end on the next day',
    { time: '18:00' },
    'timeLimit must let a backup that starts an hour after 18:00 end by midnight (UTC), got 6 hours; ' +
      'start earlier or lower it, or its copies are of another day than they are due',
  ],
  [
    'a lock timeout of nothing',
    { lockTimeout: Duration.seconds(0) },
    'lockTimeout must be from 1 second to 1 hour, in whole seconds, got 0 seconds; it holds up whoever waits behind it',
  ],
  [
    'a drill of a day',
    drill({ timeLimit: Duration.days(1) }),
    'drill.timeLimit must be from 1 minute to 22 hours, in whole seconds, got 1 day; the next one waits for it',
  ],
  [
    'an age of a minute',
    drill({ maxAge: Duration.minutes(1) }),
    'drill.maxAge must be at least 1 hour, in whole seconds, got 1 minute; a backup a day is made',
  ],
  [
    'an age that every backup has',
    drill({ maxAge: Duration.hours(8) }),
    'drill.maxAge must be at least 9 hours, the age of a backup of 02:00 at a drill of 10:00 when all is well, ' +
      'got 8 hours; raise it, or move the drill',
  ],
  [
    'an age that is noticed when half of the daily copies are gone',
    { retention: Retention.gfs({ daily: 2 }) },
    "drill.maxAge must let the drill fail before half of the life of the shortest tier's copies (2 days) is over, " +
      'got 1 day 6 hours, noticed after 1 day 9 hours; lower it, move the drill, or keep more copies',
  ],
];

const REST: readonly Refused[] = [
  [
    'no drill',
    { drill: undefined },
    'drill must say how backups are tried, got undefined; give it the private key, or set allowUntestedBackups',
  ],
  ['a drill that is text', { drill: 'weekly' }, "drill must be an object, got 'weekly'; write it as in { … }"],
  [
    'a drill of untested backups',
    { allowUntestedBackups: true },
    'allowUntestedBackups must not stand beside a drill, got true; remove one of them',
  ],
  [
    'a flag as text',
    { drill: undefined, allowUntestedBackups: 'no' },
    "allowUntestedBackups must be true or false, got 'no'; compare text, as in process.env.NAME === 'true'",
  ],
  [
    'an account of the drill with a slash',
    drill({ serviceAccountName: 'ns/shop' }),
    `drill.serviceAccountName must be the name of an object, got 'ns/shop'; ${OBJECT}`,
  ],
  [
    'credentials of the drill with a slash',
    drill({ credentialsSecretName: 'ns/s3' }),
    `drill.credentialsSecretName must be the name of an object, got 'ns/s3'; ${OBJECT}`,
  ],
  [
    'a name of 47 letters',
    { name: 'x'.repeat(47) },
    `name must be at most 46 lower-case letters, digits and hyphens, a letter first, got '${'x'.repeat(47)}'; write it as in 'shop'`,
  ],
  ['a size for scratch', { scratch: '20Gi' }, "scratch must be an object, got '20Gi'; write it as in { … }"],
  ['a size as text', { scratch: { size: '20Gi' } }, "scratch.size must be a Size, got '20Gi'; write Size.gibibytes(…)"],
  [
    'a size of nothing',
    { scratch: { size: Size.mebibytes(0) } },
    'scratch.size in MiB must be a whole number of at least 1, got 0; write Size.mebibytes(…)',
  ],
  [
    'a class in capitals',
    { scratch: { storageClassName: 'GP3' } },
    `scratch.storageClassName must be the name of an object, got 'GP3'; ${OBJECT}`,
  ],
  ['resources as text', { resources: 'small' }, "resources must be an object, got 'small'; write it as in { … }"],
  [
    'CPUs in words',
    { resources: { cpu: 'two' } },
    "resources.cpu must be a number of CPUs as Kubernetes writes it, got 'two'; write it as in '500m' or '2'",
  ],
  [
    'an account in capitals',
    { serviceAccountName: 'Shop' },
    `serviceAccountName must be the name of an object, got 'Shop'; ${OBJECT}`,
  ],
  [
    'a gateway with a slash at its end',
    { pushgatewayUrl: 'http://push:9091/' },
    "pushgatewayUrl must be a URL without a slash at its end, got 'http://push:9091/'; write it as in 'http://pushgateway.monitoring:9091'",
  ],
  [
    'root',
    { runAsUser: 0 },
    'runAsUser must be a whole number from 1 to 2147483647, got 0; 0 is root, which PostgreSQL refuses',
  ],
];

/** Every way in which a backup is refused. */
export const REFUSED: readonly Refused[] = [...PLACES, ...KEYS, ...TIMES, ...REST];
