import { Duration, Size } from 'nines';
import type { MultiAZDatabaseProps } from 'nines/aws';
import { AROUND, OTHER_REGION, REGION } from '../random-databases';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { keys, topics } from './data-tier';
import { DATABASE_COPY } from './database-copy';
import { DATABASE_FEATURES } from './database-features';
import { plainNetwork, plainProvider } from './plain-network';

type Row = Breakage<MultiAZDatabaseProps>;

const isAurora = ({ topology }: MultiAZDatabaseProps) => topology === 'aurora';
const hasVolume = (props: MultiAZDatabaseProps) => !isAurora(props);
const fewest = ({ topology }: MultiAZDatabaseProps) => (topology === 'cluster' ? 3 : 2);
const there = ({ network }: MultiAZDatabaseProps) => network.dataSubnets.map(({ zone }) => zone).join(', ');

const MISSING = 'make one, or use MultiAZNetwork.fromExisting';

const NETWORK: readonly Row[] = [
  {
    what: 'a missing network',
    set: { network: undefined, zones: undefined },
    says: `network must be a MultiAZNetwork, got undefined; ${MISSING}`,
  },
  {
    what: 'a network by its id',
    set: { network: 'vpc-0abc1234', zones: undefined },
    says: `network must be a MultiAZNetwork, got 'vpc-0abc1234'; ${MISSING}`,
  },
  {
    what: 'a network without data subnets',
    set: { network: plainNetwork(REGION, 'abc', ''), zones: undefined },
    reads: ['topology', 'provider'],
    says: ({ topology = 'instance' }) =>
      `network must have dataSubnets in at least ${topology === 'cluster' ? 3 : 2} zones for topology '${topology}', got 0; add them`,
  },
  {
    what: 'a network with data subnets in one zone',
    set: { network: plainNetwork(REGION, 'abc', 'a'), zones: undefined },
    reads: ['topology', 'provider'],
    says: (props) =>
      `network must have dataSubnets in at least ${fewest(props)} zones for topology '${props.topology ?? 'instance'}', got 1; ` +
      'add a zone, or take another topology',
  },
  {
    what: 'a network of another region than its provider',
    set: { provider: plainProvider('eu-west-1') },
    reads: ['network', 'zones', 'topology'],
    says:
      `network.zones must lie in the region of the provider (eu-west-1), got '${REGION}'; ` +
      'change the zones, or pass the provider of their region',
  },
  {
    what: 'zones known only after deployment',
    set: { zones: UNKNOWN.list },
    reads: ['network', 'topology', 'provider'],
    says: `zones must be known at synthesis, got ${TOKEN}; write the names itself`,
  },
  ...(
    [
      ['as text', 'us-east-1a', "'us-east-1a'"],
      ['that the network has not', ['us-east-1a', 'us-east-1z'], "'us-east-1a', 'us-east-1z'"],
    ] as const
  ).map(
    ([how, zones, got]): Row => ({
      what: `zones ${how}`,
      set: { zones },
      reads: ['network', 'topology', 'provider'],
      says: (props) =>
        `zones must be zones of network with a data subnet (${there(props)}), each once, got ${got}; leave it out for all of them`,
    }),
  ),
  {
    what: 'Aurora over more zones than its volume lies in',
    needs: (props) => isAurora(props) && props.network.dataSubnets.length > 3,
    set: { zones: undefined },
    reads: ['network', 'topology', 'provider'],
    says: ({ network }) =>
      `zones must name 2 or 3 zones for topology 'aurora', got ${network.dataSubnets.length}; ` +
      'choose those that its volume lies in, for good: it cannot be moved to others',
  },
];

/** What else is judged by the engine, or by the topology. */
const BY_ENGINE = ['engineVersion', 'databaseName', 'master', 'parameters'];

const ENGINE: readonly Row[] = [
  {
    what: 'an unknown topology',
    set: { topology: 'serverless' },
    reads: [...BY_ENGINE, ...['engine', 'instanceClass', 'storage', 'network', 'zones', 'provider', 'backups']].concat([
      'restoreFrom',
      'regionLoss',
      'proxy',
      'maintenance',
      'notificationTopicArn',
    ]),
    needs: ({ regionLoss, storage }) => !regionLoss && !storage,
    says: "topology must be one of 'instance', 'cluster', 'aurora', got 'serverless'; see its documentation",
  },
  {
    what: 'an engine that is none of RDS',
    set: { engine: 'sqlite', engineVersion: undefined },
    reads: ['topology', 'databaseName', 'master', 'parameters'],
    says: ({ topology = 'instance' }) =>
      `engine must be one of 'postgres', 'mysql'${topology === 'instance' ? ", 'mariadb'" : ''} with topology '${topology}', ` +
      "got 'sqlite'; take one of these, or another topology",
  },
  {
    what: 'MariaDB where there is none',
    needs: ({ topology = 'instance' }) => topology !== 'instance',
    set: { engine: 'mariadb', engineVersion: undefined },
    reads: ['topology', 'databaseName', 'master', 'parameters'],
    says: ({ topology }) =>
      `engine must be one of 'postgres', 'mysql' with topology '${topology}', got 'mariadb'; take one of these, or another topology`,
  },
  {
    what: 'a version known only after deployment',
    set: { engineVersion: UNKNOWN.text },
    reads: ['engine', 'topology'],
    says: `engineVersion must be known at synthesis, got ${TOKEN}; write the version itself`,
  },
  {
    what: 'a version that AWS takes no more',
    needs: ({ engine, topology = 'instance' }) => engine === 'postgres' && topology !== 'aurora',
    set: { engineVersion: '9.6' },
    reads: ['engine', 'topology'],
    says: "engineVersion must be a version of postgres that AWS still takes, got '9.6'; write it as in '17'",
  },
  {
    what: 'a class of servers in place of one of databases',
    set: { instanceClass: 'm6g.large' },
    reads: ['topology', 'regionLoss'],
    says: ({ topology = 'instance' }) =>
      `instanceClass must be a class that topology '${topology}' runs on, got 'm6g.large'; ` +
      `write it as in '${{ instance: 'db.m6g.large', cluster: 'db.m6gd.large', aurora: 'db.r7g.large' }[topology]}'`,
  },
];

const HERE = { region: REGION, by: 'network' };

/** What is wrong with one prop of the storage, in a volume that is right but for that. */
function volume(what: string, storage: Readonly<Record<string, unknown>>, says: Row['says'], needs = hasVolume): Row {
  const changes = { size: undefined, max: undefined, type: undefined, iops: undefined, ...storage };
  const [first = ''] = Object.keys(storage);
  const rest = Object.entries(changes).filter(([key]) => key !== first);
  const set = Object.fromEntries([[first, storage[first]], ...rest].map(([key, value]) => [`storage.${key}`, value]));
  return { what, set, reads: ['topology'], says, needs };
}

const STORAGE: readonly Row[] = [
  {
    what: 'storage as text',
    set: { storage: '100 GiB' },
    reads: ['topology'],
    says: "storage must be an object, got '100 GiB'; write it as in { … }",
  },
  volume('a size without a unit', { size: 100 }, 'storage.size must be a Size, got 100; write Size.gibibytes(…)'),
  volume(
    'a size smaller than there is',
    { size: Size.gibibytes(19) },
    ({ topology = 'instance' }) =>
      `storage.size in GiB must be a whole number from ${topology === 'cluster' ? 100 : 20} to 65536, got 19; write Size.gibibytes(…)`,
  ),
  volume(
    'a largest size without a unit',
    { max: 500 },
    'storage.max must be a Size, got 500; write Size.gibibytes(…)',
    ({ topology = 'instance' }) => topology === 'instance',
  ),
  volume(
    'no room to grow',
    { max: Size.gibibytes(100) },
    'storage.max must be at least a tenth above size (100 GiB), got 100 GiB; raise max',
    ({ topology = 'instance' }) => topology === 'instance',
  ),
  volume(
    'a kind of volume of before',
    { type: 'gp2' },
    "storage.type must be 'gp3' or 'io2', got 'gp2'; gp3 is the usual one",
  ),
  volume(
    'io2 without operations per second',
    { type: 'io2' },
    'storage.iops must be given with io2, got none; say how many operations per second',
  ),
  volume(
    'operations per second of a small gp3',
    { iops: 5000 },
    'storage.iops must be left out below 400 GiB of gp3, got 5000; it has 3000 there',
  ),
  volume(
    'operations per second known only after deployment',
    { iops: UNKNOWN.number, type: 'io2' },
    `storage.iops must be known at synthesis, got ${TOKEN}; write the number itself`,
  ),
  volume(
    'a size of what grows by itself',
    { size: Size.gibibytes(100) },
    "storage.size must be left out with topology 'aurora', got an object; its volume grows by itself",
    isAurora,
  ),
  ...keys('storage.kmsKeyArn', HERE),
];

function elsewhere(prop: string): string {
  return `${prop} must be in the region of what uses it (${REGION}), got one in ${OTHER_REGION}; make one there`;
}

const NAMES: readonly Row[] = [
  {
    what: 'a name that no database has',
    set: { databaseName: 'my shop' },
    reads: ['engine', 'topology'],
    says: ({ engine }) =>
      `databaseName must be at most ${engine === 'postgres' ? 63 : 64} letters, digits and _, a letter first, got 'my shop'; ` +
      "write it as in 'shop'",
  },
  {
    what: 'a name that the engine keeps for itself',
    set: { databaseName: 'order' },
    reads: ['engine', 'topology'],
    says: ({ engine }) => `databaseName must not be a word that ${engine} keeps for itself, got 'order'; take another`,
  },
  {
    what: 'a master as text',
    set: { master: 'dbadmin' },
    reads: ['regionLoss', 'maintenance.blueGreenUpdate'],
    needs: ({ regionLoss, maintenance }) =>
      !maintenance?.blueGreenUpdate && (!regionLoss || regionLoss.keep === 'backups'),
    says: "master must be an object, got 'dbadmin'; write it as in { … }",
  },
  {
    what: 'a user that no database has',
    set: { 'master.username': 'db-admin' },
    reads: ['engine', 'topology'],
    says: "master.username must be at most 16 letters, digits and _, a letter first, got 'db-admin'; write it as in 'dbadmin'",
  },
  {
    what: 'a user that the engine keeps for itself',
    set: { 'master.username': 'rdsadmin' },
    reads: ['engine', 'topology'],
    says: ({ engine }) =>
      `master.username must not be a word that ${engine} keeps for itself, got 'rdsadmin'; take another`,
  },
  {
    what: 'a secret as text',
    set: { 'master.secret': AROUND.secretArn },
    says: `master.secret must be an object, got '${AROUND.secretArn.slice(0, 57)}…'; write it as in { … }`,
  },
  {
    what: 'a password in place of a secret',
    needs: ({ master }) => master?.secret !== undefined,
    set: { 'master.secret.arn': 'hunter2' },
    says: 'master.secret.arn must be the ARN of a secret, got other text; store the password there and give its ARN',
  },
  {
    what: 'no secret where the region is not known',
    needs: ({ master }) => master?.secret !== undefined,
    set: { network: undefined, zones: undefined, 'master.secret.arn': AROUND.secretArn.replace(REGION, OTHER_REGION) },
    says: `network must be a MultiAZNetwork, got undefined; ${MISSING}`,
  },
  {
    what: 'a secret of another region',
    needs: ({ master }) => master?.secret !== undefined,
    set: { 'master.secret.arn': AROUND.secretArn.replace(REGION, OTHER_REGION) },
    reads: ['network'],
    says: elsewhere('master.secret.arn'),
  },
  {
    what: 'a version of a secret known only after deployment',
    needs: ({ master }) => master?.secret !== undefined,
    set: { 'master.secret.version': UNKNOWN.number },
    says: `master.secret.version must be known at synthesis, got ${TOKEN}; write the number itself`,
  },
  {
    what: 'no version of a secret',
    needs: ({ master }) => master?.secret !== undefined,
    set: { 'master.secret.version': 0 },
    says: 'master.secret.version must be a whole number of at least 1, got 0; raise it whenever the secret has changed',
  },
];

const PARAMETERS: readonly Row[] = [
  {
    what: 'parameters as a list',
    set: { parameters: ['max_connections'] },
    says: "parameters must be an object, got 'max_connections'; write it as in { … }",
  },
  {
    what: 'parameters known only after deployment',
    set: { parameters: UNKNOWN.object },
    says: `parameters must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'TLS switched off',
    needs: ({ engine }) => engine === 'postgres',
    set: { parameters: { 'rds.force_ssl': '0' } },
    reads: ['engine', 'topology'],
    says: "parameters must not hold 'rds.force_ssl', got '0'; nines sets it, so that nothing travels in clear",
  },
  {
    what: 'a parameter that is none',
    set: { parameters: { 'Max Connections': '5' } },
    says: "parameters must have names of parameters, got 'Max Connections'; write it as in 'max_connections'",
  },
  {
    what: 'a number in place of the text of a parameter',
    set: { parameters: { max_connections: 500 } },
    says: "parameters['max_connections'] must be text, got 500; put it in quotes",
  },
];

const WINDOWS: readonly Row[] = [
  {
    what: 'a time of backups that is none',
    set: { 'backups.window': '2:00-3:00' },
    reads: ['maintenance.window'],
    says: "backups.window must be a time of day (UTC) of at least 30 minutes, got '2:00-3:00'; write it as in '02:00-03:00'",
  },
  {
    what: 'a time of maintenance that is none',
    set: { 'maintenance.window': 'Sunday' },
    reads: ['backups.window'],
    says:
      "maintenance.window must be a time of the week (UTC) from 30 minutes to a day, got 'Sunday'; " +
      "write it as in 'sun:04:00-sun:05:00'",
  },
  {
    what: 'maintenance during backups',
    set: { 'maintenance.window': 'mon:06:00-mon:07:00', 'backups.window': '06:30-07:30' },
    says: "maintenance.window must not overlap backups.window ('06:30-07:30'), got 'mon:06:00-mon:07:00'; move one of them",
  },
];

const UPKEEP: readonly Row[] = [
  {
    what: 'backups as text',
    set: { backups: '14 days' },
    reads: ['maintenance.window'],
    says: "backups must be an object, got '14 days'; write it as in { … }",
  },
  {
    what: 'a retention without a unit',
    set: { 'backups.retention': 14 },
    says: 'backups.retention must be a Duration, got 14; write Duration.seconds(…)',
  },
  {
    what: 'a retention longer than RDS has',
    set: { 'backups.retention': Duration.days(36) },
    says: 'backups.retention must be from 1 day to 35 days, in whole seconds, got 36 days; RDS keeps backups from 1 to 35 days',
  },
  {
    what: 'a retention of half days',
    set: { 'backups.retention': Duration.hours(36) },
    says: 'backups.retention must be in whole days, got 1 day 12 hours; write Duration.days(…)',
  },
  {
    what: 'maintenance as text',
    set: { maintenance: 'on Sundays' },
    reads: ['backups.window'],
    says: "maintenance must be an object, got 'on Sundays'; write it as in { … }",
  },
  ...['backups.continuousByPlan', 'maintenance.allowMajorVersionUpgrade', 'maintenance.blueGreenUpdate', 'proxy'].map(
    (prop): Row => ({
      what: `${prop} as text, as environment variables hold it`,
      set: { [prop]: 'false' },
      reads: prop === 'proxy' ? ['maintenance.blueGreenUpdate'] : [],
      needs: ({ maintenance }) => prop !== 'proxy' || !maintenance?.blueGreenUpdate,
      says: `${prop} must be true or false, got 'false'; compare text, as in process.env.NAME === 'true'`,
    }),
  ),
];

const PROXY: readonly Row[] = [
  {
    what: 'users of the proxy as text',
    set: { proxy: { userSecretArns: AROUND.secretArn } },
    says: `proxy.userSecretArns must be a list, got '${AROUND.secretArn.slice(0, 57)}…'; write it as in [ … ]`,
  },
  {
    what: 'users of the proxy known only after deployment',
    set: { proxy: { userSecretArns: UNKNOWN.list } },
    says: `proxy.userSecretArns must be known at synthesis, got ${TOKEN}; write the list itself`,
  },
  {
    what: 'a password of a user in place of a secret',
    set: { proxy: { userSecretArns: ['hunter2'] } },
    says: 'proxy.userSecretArns must be ARNs of secrets, got other text; store the user and password there',
  },
  {
    what: 'the secret of a user in another region',
    set: { proxy: { userSecretArns: [AROUND.secretArn.replace(REGION, OTHER_REGION)] } },
    reads: ['network'],
    says: elsewhere('proxy.userSecretArns'),
  },
  {
    what: 'more users of the proxy than it has room for',
    set: { proxy: { userSecretArns: Array.from({ length: 200 }, () => AROUND.secretArn) } },
    says: 'proxy.userSecretArns must be at most 199, got 200; use IAM authentication for more',
  },
].map(
  (row): Row => ({
    ...row,
    reads: [...(row.reads ?? []), 'maintenance.blueGreenUpdate'],
    needs: ({ maintenance }) => !maintenance?.blueGreenUpdate,
  }),
);

const isRestorable = ({ topology }: MultiAZDatabaseProps) => topology !== 'cluster';
const EXAMPLE = "write it as in { snapshot: 'shop-2026-11-25' } or { source: 'shop', time: '2026-11-25T02:00:00Z' }";

const RESTORE: readonly Row[] = (
  [
    ['by its bare name', 'shop', `restoreFrom must have either snapshot or source, got neither; ${EXAMPLE}`],
    ['twice', { snapshot: 'a', source: 'b' }, `restoreFrom must have either snapshot or source, got both; ${EXAMPLE}`],
    ['by no name', { snapshot: '' }, "restoreFrom.snapshot must be an identifier, got ''; write it as RDS shows it"],
    ['from no name', { source: 42 }, 'restoreFrom.source must be an identifier, got 42; write it as RDS shows it'],
    [
      'at no time',
      { source: 'shop', time: 'now' },
      "restoreFrom.time must be a time in UTC, got 'now'; write it as in '2026-11-25T02:00:00Z'",
    ],
  ] as const
).map(
  ([how, restoreFrom, says]): Row => ({
    what: `a restore ${how}`,
    needs: isRestorable,
    set: { restoreFrom },
    reads: ['topology'],
    says,
  }),
);

/** Every way to break a database. */
export const DATABASE: readonly Row[] = [
  ...[
    ...NETWORK,
    ...ENGINE,
    ...STORAGE,
    ...NAMES,
    ...PARAMETERS,
    ...WINDOWS,
    ...UPKEEP,
    ...PROXY,
    ...RESTORE,
    ...topics('notificationTopicArn', HERE),
  ],
  ...[...DATABASE_COPY, ...DATABASE_FEATURES, ...AWS],
];
