import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Duration } from 'nines';
import { MultiAZNetwork, SessionStore, type SessionStoreProps, type ZonalNetwork } from 'nines/aws';
import { Coverage } from './coverage';
import { existingProps, madeNetwork, type NetworkConfig, REGION } from './random-configs';

/** A session store as a user might write it: valid, and otherwise anything. */
export interface StoreConfig {
  readonly network: NetworkConfig;
  readonly props: Omit<SessionStoreProps, 'network' | 'provider'>;
  /** Who may connect: servers with a role, servers without, a role alone. */
  readonly lets: readonly ('tier' | 'servers' | 'role')[];
  /** Whether a provider of its own is handed to every construct. */
  readonly ownProvider: boolean;
}

/** What must exist in the cloud before a config can be applied; any text will do for `terraform validate`. */
export interface StoreSurroundings {
  readonly kmsKeyArn: string;
  readonly notificationTopicArn: string;
  readonly userGroupId: string;
  readonly roleName: string;
}

export const STORE_AROUND: StoreSurroundings = {
  kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0abc1234-12ab',
  notificationTopicArn: 'arn:aws:sns:us-east-1:123456789012:on-call',
  userGroupId: 'shop-users',
  roleName: 'shop-web',
};

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildStore(
  scope: Construct,
  config: StoreConfig,
  around: StoreSurroundings,
  coverage?: Coverage,
): SessionStore {
  const provider = config.ownProvider
    ? new AwsProvider(scope, 'Aws', { region: REGION, alias: scope.node.id.toLowerCase() })
    : undefined;
  const network = networkOf(scope, config.network, provider);
  const props: SessionStoreProps = { ...storeProps(config, around), network, provider };
  coverage?.saw('SessionStoreProps', props);
  const store = new SessionStore(scope, 'Sessions', props);
  const role = { name: around.roleName };
  for (const source of config.lets) {
    coverage?.saw('SessionStore', { [`lets ${source}`]: true });
    if (source === 'role') store.grantConnect(Object.assign(new Construct(scope, 'Batch'), { role }));
    else store.allowFrom(new Servers(scope, source, network, { provider, role: source === 'tier' ? role : undefined }));
  }
  return store;
}

/** Everything that a config may hold. */
export function storeCoverage(): Coverage {
  return new Coverage({ 'constructs/aws/session-store/props.ts': ['SessionStoreProps'] }, [
    ...['SessionStore.lets tier', 'SessionStore.lets servers', 'SessionStore.lets role'],
  ]);
}

/** Props of a config, with what is around in place of names for it. */
export function storeProps({ props }: StoreConfig, around: StoreSurroundings): StoreConfig['props'] {
  return {
    ...props,
    ...(props.kmsKeyArn !== undefined && { kmsKeyArn: around.kmsKeyArn }),
    ...(props.notificationTopicArn !== undefined && { notificationTopicArn: around.notificationTopicArn }),
    ...(props.userGroupId !== undefined && { userGroupId: around.userGroupId }),
  };
}

class Servers extends Construct {
  public readonly securityGroup: SecurityGroup;
  public readonly role: { readonly name: string } | undefined;

  constructor(
    scope: Construct,
    id: string,
    { vpcId }: ZonalNetwork,
    { provider, role }: { provider: AwsProvider | undefined; role: { readonly name: string } | undefined },
  ) {
    super(scope, id);
    this.securityGroup = new SecurityGroup(this, 'Group', { vpcId, provider });
    this.role = role;
  }
}

function networkOf(scope: Construct, network: NetworkConfig, provider: AwsProvider | undefined): ZonalNetwork {
  if (network.kind === 'made') return new MultiAZNetwork(scope, 'Network', { ...network.props, provider });
  return MultiAZNetwork.fromExisting(scope, 'Network', existingProps(scope, network, provider));
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const tags = fc.dictionary(
  word.filter((key) => key !== 'name'),
  word,
  { maxKeys: 3 },
);

const existingNetwork: fc.Arbitrary<NetworkConfig> = fc.record({
  kind: fc.constant('existing' as const),
  zones: fc.shuffledSubarray(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${REGION}${letter}`),
    { minLength: 2 },
  ),
  tiers: fc.constant(['data' as const]),
  octet: fc.nat(255),
  tokens: fc.boolean(),
});

/** A daily window and a weekly one that do not meet on any day. */
export const windows = fc
  .record({
    start: fc.nat(1439),
    length: fc.integer({ min: 60, max: 240 }),
    gap: fc.nat(300),
    weeklyLength: fc.integer({ min: 60, max: 600 }),
    day: fc.nat(6),
  })
  .map(({ start, length, gap, weeklyLength, day }) => {
    const from = start + length + gap;
    return {
      daily: `${time(start)}-${time(start + length)}`,
      weekly: `${dayAndTime(day, from)}-${dayAndTime(day, from + weeklyLength)}`,
    };
  });

function time(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  return [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
}

function dayAndTime(day: number, minute: number): string {
  const later = (day + Math.floor(minute / 1440)) % 7;
  return `${['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][later]}:${time(minute)}`;
}

const engine = fc.oneof(
  fc.record({
    engine: maybe(fc.constant('valkey' as const)),
    engineVersion: maybe(fc.constantFrom('7.2', '8.0', '8.1', '8.2')),
  }),
  fc.record({ engine: fc.constant('redis' as const), engineVersion: maybe(fc.constantFrom('7.0', '7.1')) }),
);

const parameters = fc.record(
  {
    'maxmemory-policy': fc.constantFrom('volatile-ttl', 'volatile-lru', 'volatile-lfu', 'noeviction'),
    timeout: fc.integer({ min: 20, max: 900 }).map(String),
  },
  { requiredKeys: [] },
);

const props: fc.Arbitrary<StoreConfig['props']> = fc
  .record({
    engine,
    nodeType: maybe(fc.constantFrom('cache.t4g.micro', 'cache.t3.small', 'cache.m6g.large', 'cache.r7g.4xlarge')),
    replicas: maybe(fc.integer({ min: 1, max: 5 })),
    shards: maybe(fc.integer({ min: 1, max: 6 })),
    parameters: maybe(parameters),
    userGroupId: fc.option(fc.constant('users'), { nil: undefined, freq: 3 }),
    snapshotRetention: maybe(fc.integer({ min: 1, max: 35 }).map((days) => Duration.days(days))),
    windows: maybe(windows),
    kmsKeyArn: maybe(fc.constant('key')),
    notificationTopicArn: maybe(fc.constant('topic')),
    allowDestroy: maybe(fc.boolean()),
    tags: maybe(tags),
  })
  .map(({ engine: chosen, windows: both, ...others }) => ({
    ...chosen,
    ...others,
    ...(both && { snapshotWindow: both.daily, maintenanceWindow: both.weekly }),
  }));

/** Valid configs of every kind. */
export const storeConfigs: fc.Arbitrary<StoreConfig> = fc
  .record({
    network: fc.oneof<fc.Arbitrary<NetworkConfig>[]>(madeNetwork, existingNetwork),
    props,
    lets: fc.subarray(['tier', 'servers', 'role'] as const),
    ownProvider: fc.boolean(),
  })
  .map((config) => ({
    ...config,
    lets: config.lets.filter((source) => source !== 'role' || config.props.userGroupId === undefined),
  }));
