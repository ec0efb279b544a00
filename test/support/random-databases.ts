import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { Duration, Size } from 'nines';
import {
  type DatabaseEngine,
  type DatabaseStorage,
  type DatabaseTopology,
  MultiAZDatabase,
  type MultiAZDatabaseProps,
  MultiAZNetwork,
  type RegionalReplica,
  type ReplicatedBackups,
  type ZonalNetwork,
} from 'nines/aws';
import type { Coverage } from './coverage';

export const REGION = 'us-east-1'; // six zones, the most of any region that moto knows
export const OTHER_REGION = 'us-west-2';

/** A database and its networks, as a user might write them: valid, and otherwise anything. */
export interface DatabaseConfig {
  /** Letters of the zones of the network. */
  readonly letters: readonly string[];
  /** Whether a provider of its own is handed to every construct. */
  readonly ownProvider: boolean;
  /** Whether the networks are made, or there already. */
  readonly makesNetworks: boolean;
  readonly copy: CopyConfig | undefined;
  readonly props: Omit<MultiAZDatabaseProps, 'network' | 'provider' | 'regionLoss'>;
}

/** What is kept in the other region. */
export interface CopyConfig {
  readonly keep: 'backups' | 'read replica' | 'global database';
  readonly letters: readonly string[];
  readonly zones: readonly string[] | undefined;
  readonly hasKey: boolean;
  readonly hasTopic: boolean;
}

/** What must exist in the cloud before a config can be applied; any ARN will do for `terraform validate`. */
export interface DatabaseSurroundings {
  readonly secretArn: string;
  readonly topicArn: string;
  readonly kmsKeyArn: string;
  readonly topicArnThere: string;
  readonly kmsKeyArnThere: string;
}

export const AROUND: DatabaseSurroundings = {
  secretArn: `arn:aws:secretsmanager:${REGION}:123456789012:secret:db-AbCdEf`,
  topicArn: `arn:aws:sns:${REGION}:123456789012:on-call`,
  kmsKeyArn: `arn:aws:kms:${REGION}:123456789012:key/0f1e2d3c`,
  topicArnThere: `arn:aws:sns:${OTHER_REGION}:123456789012:on-call`,
  kmsKeyArnThere: `arn:aws:kms:${OTHER_REGION}:123456789012:key/4b5a6978`,
};

/** Roots of the props that a config may use, for a {@link Coverage}. */
export const DATABASE_ROOTS = {
  'constructs/aws/database/props.ts': ['MultiAZDatabaseProps'],
  'constructs/aws/database/prop-parts.ts': [
    ...['DatabaseMoment', 'DatabaseProxyUsers', 'DatabaseSnapshot'],
    ...['RegionalReplica', 'ReplicatedBackups'],
  ],
};

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildDatabase(
  scope: Construct,
  config: DatabaseConfig,
  around: DatabaseSurroundings,
  coverage?: Coverage,
  networks: NetworkMaker = networkIn,
): MultiAZDatabase {
  const props = databaseProps(scope, config, around, networks);
  see(coverage, props);
  return new MultiAZDatabase(scope, 'Database', props);
}

/** The props of a config, with the networks and providers that it needs below a scope. */
export function databaseProps(
  scope: Construct,
  { letters, ownProvider, makesNetworks, copy, props }: DatabaseConfig,
  around: DatabaseSurroundings,
  networks: NetworkMaker = networkIn,
): MultiAZDatabaseProps {
  const alias = scope.node.id.toLowerCase();
  const provider = ownProvider ? new AwsProvider(scope, 'Aws', { region: REGION, alias }) : undefined;
  const place = (id: string, region: string, of: readonly string[], own: AwsProvider | undefined) =>
    networks(scope, id, { region, letters: of, provider: own, makes: makesNetworks });
  const { storage, master, proxy } = props;
  return {
    ...props,
    network: place('Network', REGION, letters, provider),
    provider,
    storage: storage?.kmsKeyArn === undefined ? storage : { ...storage, kmsKeyArn: around.kmsKeyArn },
    master: master?.secret ? { ...master, secret: { ...master.secret, arn: around.secretArn } } : master,
    proxy: typeof proxy === 'object' ? { userSecretArns: proxy.userSecretArns.map(() => around.secretArn) } : proxy,
    notificationTopicArn: props.notificationTopicArn && around.topicArn,
    regionLoss: copy && regionLoss(copy),
  };

  function regionLoss({
    keep,
    hasKey,
    hasTopic,
    zones,
    letters: there,
  }: CopyConfig): ReplicatedBackups | RegionalReplica {
    const other = new AwsProvider(scope, 'There', { region: OTHER_REGION, alias: `${alias}-there` });
    const kmsKeyArn = hasKey ? around.kmsKeyArnThere : undefined;
    if (keep === 'backups') return { keep, provider: other, kmsKeyArn };
    const network = place('NetworkThere', OTHER_REGION, there, other);
    const notificationTopicArn = hasTopic ? around.topicArnThere : undefined;
    return { keep, provider: other, kmsKeyArn, network, zones, notificationTopicArn };
  }
}

function see(coverage: Coverage | undefined, props: MultiAZDatabaseProps): void {
  const { regionLoss, restoreFrom, proxy } = props;
  coverage?.saw('MultiAZDatabaseProps', props);
  if (regionLoss) {
    const arm = regionLoss.keep === 'backups' ? 'ReplicatedBackups' : 'RegionalReplica';
    coverage?.saw('MultiAZDatabaseProps', { [`regionLoss = ${arm}`]: true });
    coverage?.saw(arm, regionLoss);
  }
  if (restoreFrom) {
    const arm = 'snapshot' in restoreFrom ? 'DatabaseSnapshot' : 'DatabaseMoment';
    coverage?.saw('MultiAZDatabaseProps', { [`restoreFrom = ${arm}`]: true });
    coverage?.saw(arm, restoreFrom);
  }
  if (typeof proxy === 'object') {
    coverage?.saw('MultiAZDatabaseProps', { 'proxy = DatabaseProxyUsers': true });
    coverage?.saw('DatabaseProxyUsers', proxy);
  }
}

/** Makes, or describes, a network with data subnets in zones of these letters. */
export type NetworkMaker = (
  scope: Construct,
  id: string,
  place: { region: string; letters: readonly string[]; provider: AwsProvider | undefined; makes: boolean },
) => ZonalNetwork;

const networkIn: NetworkMaker = (scope, id, place) => {
  const { region, letters, provider, makes } = place;
  const zones = letters.map((letter) => `${region}${letter}`);
  if (makes) return new MultiAZNetwork(scope, id, { cidr: '10.20.0.0/16', zones, provider, allowDestroy: true });
  const subnets = (tier: number) => zones.map((zone) => ({ zone, subnetId: `subnet-0000${tier}0a${zone.slice(-1)}` }));
  const props = { vpcId: 'vpc-0abc1234', applicationSubnets: subnets(1), dataSubnets: subnets(3), provider };
  return MultiAZNetwork.fromExisting(scope, id, props);
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const tags = fc.dictionary(fc.stringMatching(/^t[a-z:/-]{2,9}$/), word, { maxKeys: 3 });
const parameters = fc.dictionary(fc.stringMatching(/^p_[a-z]{1,8}$/), fc.string({ unit: 'grapheme' }), { maxKeys: 3 });
const gibibytes = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Size.gibibytes(amount));

/** Letters of zones, and zones chosen of them; none where nothing has to be. */
function place(region: string, all: string, topology: DatabaseTopology) {
  const fewest = topology === 'cluster' ? 3 : 2;
  const letters = fc.shuffledSubarray([...all], { minLength: fewest });
  return letters.chain((drawn) => {
    const names = drawn.map((letter) => `${region}${letter}`);
    const most = topology === 'aurora' ? Math.min(3, names.length) : names.length;
    const some = fc.shuffledSubarray(names, { minLength: fewest, maxLength: most });
    return fc.record({ letters: fc.constant(drawn), zones: names.length > most ? some : maybe(some) });
  });
}

const VERSIONS: Readonly<Record<DatabaseTopology, Readonly<Partial<Record<DatabaseEngine, readonly string[]>>>>> = {
  instance: { postgres: ['14', '16.9', '18'], mysql: ['8.0', '8.4.5'], mariadb: ['10.11', '11.8.3'] },
  cluster: { postgres: ['15', '17.5'], mysql: ['8.0.39', '8.4'] },
  aurora: { postgres: ['16', '17.4'], mysql: ['8.0', '8.0.mysql_aurora.3.10.0', '8.4'] },
};
const CLASSES: Readonly<Record<DatabaseTopology, readonly string[]>> = {
  instance: ['db.m7g.large', 'db.t4g.micro', 'db.x2iedn.xlarge'],
  cluster: ['db.r6gd.xlarge', 'db.c6gd.medium', 'db.x2iedn.xlarge'],
  aurora: ['db.r8g.large', 'db.x2g.large', 'db.t4g.medium'],
};

function storage(topology: DatabaseTopology): fc.Arbitrary<DatabaseStorage> {
  const key = maybe(fc.constant(AROUND.kmsKeyArn));
  if (topology === 'aurora') return fc.record({ kmsKeyArn: key });
  const general = maybe(gibibytes(topology === 'instance' ? 20 : 100, 65_536)).chain((size) => {
    const takesIops = size !== undefined && size.toGibibytes() >= 400;
    const iops = takesIops ? maybe(fc.integer({ min: 12_000, max: 64_000 })) : fc.constant(undefined);
    return fc.record({ size: fc.constant(size), type: maybe(fc.constant('gp3' as const)), iops, kmsKeyArn: key });
  });
  const provisioned = gibibytes(100, 2000).chain((size) =>
    fc.record({
      size: fc.constant(size),
      type: fc.constant('io2' as const),
      iops: fc.integer({ min: 1000, max: 100_000 }),
      kmsKeyArn: key,
    }),
  );
  const drawn: fc.Arbitrary<DatabaseStorage> = fc.oneof(general, provisioned);
  if (topology === 'cluster') return drawn;
  return drawn.chain((one) => {
    const least = Math.ceil((one.size?.toGibibytes() ?? 100) * 1.1);
    return least > 65_536 ? fc.constant(one) : maybe(gibibytes(least, 65_536)).map((max) => ({ ...one, max }));
  });
}

const backupWindows = fc.constantFrom('00:00-00:30', '02:00-03:59', '23:30-01:15');
const maintenanceWindows = fc.constantFrom('sun:04:00-sun:04:30', 'fri:22:00-fri:23:00', 'wed:05:00-wed:21:00');

const kinds: fc.Arbitrary<{ topology: DatabaseTopology; engine: DatabaseEngine }> = fc.constantFrom(
  ...(Object.entries(VERSIONS) as [DatabaseTopology, object][]).flatMap(([topology, engines]) =>
    (Object.keys(engines) as DatabaseEngine[]).map((engine) => ({ topology, engine })),
  ),
);

const copies: Readonly<Record<DatabaseTopology, readonly (CopyConfig['keep'] | undefined)[]>> = {
  instance: [undefined, 'backups', 'read replica'],
  cluster: [undefined],
  aurora: [undefined, 'global database'],
};

/** Valid databases of every kind. */
export const databaseConfigs: fc.Arbitrary<DatabaseConfig> = kinds
  .chain(({ topology, engine }) =>
    fc.record({
      topology: fc.constant(topology),
      engine: fc.constant(engine),
      keep: fc.constantFrom(...copies[topology]),
      proxy: fc.constantFrom(undefined, false, true, { userSecretArns: [] }, { userSecretArns: [AROUND.secretArn] }),
      blueGreen: fc.boolean(),
    }),
  )
  .chain(({ topology, engine, keep, proxy, blueGreen }) => {
    const follows = keep === 'read replica' || keep === 'global database';
    const blueGreenUpdate = blueGreen && topology === 'instance' && !proxy && !follows;
    const ownPassword = follows || blueGreenUpdate;
    const classes = CLASSES[topology].filter((name) => keep !== 'global database' || !name.startsWith('db.t'));
    const secret = fc.record({ arn: fc.constant(AROUND.secretArn), version: fc.integer({ min: 1, max: 99 }) });
    const isCluster = topology === 'cluster';
    return fc
      .record({
        place: place(REGION, 'abcdef', topology),
        there: place(OTHER_REGION, 'abcd', topology),
        ownProvider: fc.boolean(),
        makesNetworks: fc.boolean(),
        hasKey: fc.boolean(),
        hasTopic: fc.boolean(),
        says: fc.boolean(),
        engineVersion: maybe(fc.constantFrom(...(VERSIONS[topology][engine] ?? []))),
        instanceClass: maybe(fc.constantFrom(...classes)),
        storage: maybe(storage(topology)),
        databaseName: maybe(word.map((name) => `db_${name}`)),
        parameters: maybe(parameters),
        username: maybe(word.map((name) => `u_${name}`)),
        secret: ownPassword ? secret : maybe(secret),
        retention: maybe(fc.integer({ min: 1, max: 35 }).map((days) => Duration.days(days))),
        backupWindow: maybe(backupWindows),
        continuousByPlan: isCluster ? maybe(fc.constant(false)) : maybe(fc.boolean()),
        window: maybe(maintenanceWindows),
        allowMajorVersionUpgrade: follows ? maybe(fc.constant(false)) : maybe(fc.boolean()),
        restoreFrom: isCluster ? fc.constant(undefined) : maybe(restoreFrom(topology)),
        hasTopicHere: fc.boolean(),
        allowDestroy: maybe(fc.boolean()),
        tags: maybe(tags),
      })
      .map((drawn) => ({
        letters: drawn.place.letters,
        ownProvider: drawn.ownProvider,
        makesNetworks: drawn.makesNetworks,
        copy: keep && { keep, ...drawn.there, hasKey: drawn.hasKey, hasTopic: drawn.hasTopic },
        props: {
          engine,
          topology: topology === 'instance' && !drawn.says ? undefined : topology,
          zones: drawn.place.zones,
          engineVersion: drawn.engineVersion,
          instanceClass: drawn.instanceClass,
          storage: drawn.storage,
          databaseName: drawn.databaseName,
          parameters: drawn.parameters,
          master: (drawn.username ?? drawn.secret) ? { username: drawn.username, secret: drawn.secret } : undefined,
          backups: { retention: drawn.retention, window: drawn.backupWindow, continuousByPlan: drawn.continuousByPlan },
          maintenance: {
            window: drawn.window,
            allowMajorVersionUpgrade: drawn.allowMajorVersionUpgrade,
            blueGreenUpdate: blueGreenUpdate || (drawn.says ? false : undefined),
          },
          restoreFrom: drawn.restoreFrom,
          proxy,
          notificationTopicArn: drawn.hasTopicHere ? AROUND.topicArn : undefined,
          allowDestroy: drawn.allowDestroy,
          tags: drawn.tags,
        },
      }));
  });

function restoreFrom(topology: DatabaseTopology): fc.Arbitrary<NonNullable<MultiAZDatabaseProps['restoreFrom']>> {
  const resource = topology === 'aurora' ? 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXY1' : 'db-ABCDEFGHIJKLMNOPQRSTUVWXY1';
  return fc.oneof(
    fc.record({ snapshot: fc.constantFrom('shop-final', `arn:aws:rds:${REGION}:123456789012:snapshot:shop`) }),
    fc.record({
      source: fc.constantFrom('shop', resource),
      time: maybe(fc.constant('2026-11-25T02:00:00Z')),
    }),
  );
}
