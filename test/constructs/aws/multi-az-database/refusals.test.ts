import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Token } from 'cdktf';
import { Duration } from 'nines';
import type { ZonalNetwork } from 'nines/aws';
import { emptyStack, problemsOf } from '../../../support/synth';
import { type Choices, database, made, network, TOPOLOGIES } from './databases';
import { problem, problems, type Refused } from './refusal';

const LATER = Token.asString({ resolve: () => 'later' });

/** Zones of a network as a user might write it, with data subnets in some of them. */
function zonesOf(letters: string, data = letters): ZonalNetwork {
  const subnets = (of: string) =>
    [...of].map((letter) => ({ zone: `eu-west-1${letter}`, subnetId: `subnet-${letter}` }));
  return {
    vpcId: 'vpc-0abc1234',
    zones: [...letters].map((letter) => `eu-west-1${letter}`),
    applicationSubnets: subnets(letters),
    publicSubnets: [],
    dataSubnets: subnets(data),
  };
}

const NETWORK: readonly Refused[] = [
  [
    'a network without data subnets',
    { network: zonesOf('abc', '') },
    "network must have dataSubnets in at least 2 zones for topology 'instance', got 0; add them",
  ],
  [
    'data subnets in one zone alone',
    { network: zonesOf('abc', 'a') },
    "network must have dataSubnets in at least 2 zones for topology 'instance', got 1; add a zone, or take another topology",
  ],
  [
    'a cluster over two zones: it is three servers in three',
    { topology: 'cluster', network: zonesOf('ab') },
    "network must have dataSubnets in at least 3 zones for topology 'cluster', got 2; add a zone, or take another topology",
  ],
  [
    'a cluster in two of three zones',
    { topology: 'cluster', network: zonesOf('abc'), zones: ['eu-west-1a', 'eu-west-1b'] },
    "network must have dataSubnets in at least 3 zones for topology 'cluster', got 2; add a zone, or take another topology",
  ],
  [
    'Aurora over four zones: its volume lies in three, and its instances can stand in no fourth',
    { topology: 'aurora', network: zonesOf('abcd') },
    "zones must name 2 or 3 zones for topology 'aurora', got 4; " +
      'choose those that its volume lies in, for good: it cannot be moved to others',
  ],
  [
    'zones that the network has not',
    { network: zonesOf('abc'), zones: ['eu-west-1a', 'eu-west-1d'] },
    'zones must be zones of network with a data subnet (eu-west-1a, eu-west-1b, eu-west-1c), each once, ' +
      "got 'eu-west-1a', 'eu-west-1d'; leave it out for all of them",
  ],
  [
    'a zone twice',
    { network: zonesOf('abc'), zones: ['eu-west-1a', 'eu-west-1a', 'eu-west-1b'] },
    'zones must be zones of network with a data subnet (eu-west-1a, eu-west-1b, eu-west-1c), each once, ' +
      "got 'eu-west-1a', 'eu-west-1a', 'eu-west-1b'; leave it out for all of them",
  ],
  [
    'zones that are known later',
    { network: zonesOf('abc'), zones: Token.asList({ resolve: () => [] }) },
    'zones must be known at synthesis, got a token, whose value is known only after deployment; write the names itself',
  ],
];

const ENGINE: readonly Refused[] = [
  [
    'MariaDB as a cluster',
    { topology: 'cluster', engine: 'mariadb' },
    "engine must be one of 'postgres', 'mysql' with topology 'cluster', got 'mariadb'; take one of these, or another topology",
  ],
  [
    'MariaDB as Aurora',
    { topology: 'aurora', engine: 'mariadb' },
    "engine must be one of 'postgres', 'mysql' with topology 'aurora', got 'mariadb'; take one of these, or another topology",
  ],
  [
    'a version that is known later: the family of the parameters follows from it',
    { engineVersion: LATER },
    'engineVersion must be known at synthesis, got a token, whose value is known only after deployment; write the version itself',
  ],
];

const VERSIONS = [
  ['instance', 'postgres', '13', 'postgres', '17'],
  ['instance', 'postgres', '9.6', 'postgres', '17'],
  ['instance', 'postgres', '17.', 'postgres', '17'],
  ['instance', 'postgres', 'latest', 'postgres', '17'],
  ['instance', 'mysql', '5.7', 'mysql', '8.4'],
  ['instance', 'mysql', '8', 'mysql', '8.4'],
  ['instance', 'mariadb', '10.6', 'mariadb', '11.4'], // has no IAM authentication
  ['aurora', 'mysql', '5.7', 'aurora-mysql', '8.0'],
  ['aurora', 'mysql', '8.0.36', 'aurora-mysql', '8.0'],
] as const;

const CLASSES = [
  ['instance', 'm6g.large', 'db.m6g.large'],
  ['instance', 'db.m6g', 'db.m6g.large'],
  ['cluster', 'db.m6g.large', 'db.m6gd.large'], // has no disk of its own
  ['cluster', 'db.t4g.medium', 'db.m6gd.large'],
  ['aurora', 'db.m6g.large', 'db.r7g.large'],
  ['aurora', 'db.t4g.micro', 'db.r7g.large'],
  // a reader that scales by itself may be too small to take over: cloudposse/terraform-aws-rds-cluster#256, terraform-aws-rds-aurora#388
  ['aurora', 'db.serverless', 'db.r7g.large'],
] as const;

const BACKUPS: readonly Refused[] = [
  [
    'no retention: RDS would keep no backups',
    { backups: { retention: Duration.days(0) } },
    'backups.retention must be from 1 day to 35 days, in whole seconds, got 0 seconds; RDS keeps backups from 1 to 35 days',
  ],
  [
    'more retention than RDS has',
    { backups: { retention: Duration.days(36) } },
    'backups.retention must be from 1 day to 35 days, in whole seconds, got 36 days; RDS keeps backups from 1 to 35 days',
  ],
  [
    'half days of retention',
    { backups: { retention: Duration.hours(36) } },
    'backups.retention must be in whole days, got 1 day 12 hours; write Duration.days(…)',
  ],
  [
    'backups during maintenance: RDS says so only when it is asked to',
    { backups: { window: '04:30-05:30' } },
    "maintenance.window must not overlap backups.window ('04:30-05:30'), got 'sun:04:00-sun:05:00'; move one of them",
  ],
  [
    'a short window for backups',
    { backups: { window: '02:00-02:29' } },
    "backups.window must be a time of day (UTC) of at least 30 minutes, got '02:00-02:29'; write it as in '02:00-03:00'",
  ],
];

const PARAMETERS: readonly Refused[] = [
  [
    'TLS switched off',
    { parameters: { 'rds.force_ssl': '0' } },
    "parameters must not hold 'rds.force_ssl', got '0'; nines sets it, so that nothing travels in clear",
  ],
  [
    'TLS switched off for MySQL',
    { engine: 'mysql', parameters: { require_secure_transport: 'OFF' } },
    "parameters must not hold 'require_secure_transport', got 'OFF'; nines sets it, so that nothing travels in clear",
  ],
  [
    'what is no name of a parameter',
    { parameters: { 'max connections': '5' } },
    "parameters must have names of parameters, got 'max connections'; write it as in 'max_connections'",
  ],
];

describe('MultiAZDatabase', () => {
  test('names every problem at once, its own path, and builds nothing before', () => {
    const stack = emptyStack();
    const build = () =>
      database(stack, {
        network: zonesOf('abc', 'a'),
        engineVersion: '9.6',
        instanceClass: 'large',
        storage: { kmsKeyArn: 'alias/mine' },
        databaseName: '1',
        master: { username: 'admin' },
        parameters: { 'rds.force_ssl': '0' },
        backups: { retention: Duration.days(0) },
        notificationTopicArn: 'on-call',
        tags: { 'aws:team': 'shop' },
      });
    expect(problemsOf(build).map((text) => text.split(' must ')[0])).toEqual([
      'engineVersion',
      'instanceClass',
      'network',
      'storage.kmsKeyArn',
      'databaseName',
      'master.username',
      'parameters',
      'backups.retention',
      'notificationTopicArn',
      'tags',
    ]);
    expect(stack.node.tryFindChild('Database')?.node.children).toEqual([]);
  });

  test('throws an error that reads as a list', () => {
    expect(() => database(emptyStack(), { databaseName: '1', engineVersion: '9' }, 'Main')).toThrow(
      'MultiAZDatabase "shop/Main" cannot be built:\n' +
        "  - engineVersion must be a version of postgres that AWS still takes, got '9'; write it as in '17'\n" +
        "  - databaseName must be at most 63 letters, digits and _, a letter first, got '1'; write it as in 'shop'",
    );
  });

  test.each([...NETWORK, ...ENGINE, ...BACKUPS, ...PARAMETERS])('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each(VERSIONS)('refuses as %s of %s version %s', (topology, engine, engineVersion, name, usual) => {
    expect(problem({ topology, engine, engineVersion })).toBe(
      `engineVersion must be a version of ${name} that AWS still takes, got '${engineVersion}'; write it as in '${usual}'`,
    );
  });

  test.each(CLASSES)('refuses as %s class %s', (topology, instanceClass, usual) => {
    expect(problem({ topology, instanceClass })).toBe(
      `instanceClass must be a class that topology '${topology}' runs on, got '${instanceClass}'; write it as in '${usual}'`,
    );
  });

  test('refuses a version that is no text, as 17 is', () => {
    const engineVersion = 17 as unknown as string;
    expect(problem({ engineVersion })).toBe(
      "engineVersion must be a version of postgres that AWS still takes, got 17; write it as in '17'",
    );
  });

  test('takes a class that is known later', () => {
    for (const topology of TOPOLOGIES) expect(() => made({ topology, instanceClass: LATER })).not.toThrow();
  });

  test.each([
    'db.m5d.large',
    'db.m6id.large',
    'db.m6idn.xlarge',
    'db.r6idn.32xlarge',
    'db.x2iedn.xlarge',
    'db.c6gd.medium',
    'db.m8gd.large',
  ])('takes class %s as a cluster', (instanceClass) => {
    expect(() => made({ topology: 'cluster', instanceClass })).not.toThrow();
  });

  test.each(['db.r6i.large', 'db.r8g.large', 'db.x2g.large', 'db.t3.medium', 'db.t4g.large'])(
    'takes class %s as Aurora',
    (instanceClass) => {
      expect(() => made({ topology: 'aurora', instanceClass })).not.toThrow();
    },
  );

  test('refuses a network of another region than its provider', () => {
    const far: Choices = { provider: new AwsProvider(emptyStack(), 'Far', { region: 'us-east-1', alias: 'far' }) };
    expect(problems({ ...far, network: zonesOf('abc') })).toEqual([
      "network.zones must lie in the region of the provider (us-east-1), got 'eu-west-1'; " +
        'change the zones, or pass the provider of their region',
    ]);
  });

  test('takes two or three of many zones as Aurora', () => {
    for (const zones of [
      ['a', 'd'],
      ['b', 'c', 'd'],
    ]) {
      const names = zones.map((letter) => `eu-west-1${letter}`);
      expect(() =>
        made((stack) => ({ topology: 'aurora', network: network(stack, 'abcd'), zones: names })),
      ).not.toThrow();
    }
  });

  test('runs over many zones as an instance or a cluster', () => {
    for (const topology of ['instance', 'cluster'] as const) {
      expect(() => made((stack) => ({ topology, network: network(stack, 'abcdef') }))).not.toThrow();
    }
  });
});
