import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import {
  FloatingAddress,
  KeepalivedPair,
  type KeepalivedPairProps,
  MultiAZNetwork,
  type OverlayOptions,
  type ZonalNetwork,
} from 'nines/aws';
import type { HaproxyOptions } from 'nines/linux';
import { Coverage } from './coverage';
import { existingProps, madeNetwork, type NetworkConfig, REGION } from './random-configs';

/** A pair on EC2 as a user might write it: valid, and otherwise anything. */
export interface PairConfig {
  readonly network: NetworkConfig;
  /** Of an overlay address; an Elastic IP without. */
  readonly overlay: { readonly address: string; readonly options: OverlayOptions | undefined } | undefined;
  readonly props: Omit<KeepalivedPairProps, 'network' | 'address' | 'provider'>;
  /** Who reaches the pair, and whom it reaches. */
  readonly lets: readonly ('servers' | 'range' | 'other')[];
  /** Whether a provider of its own is handed to every construct. */
  readonly ownProvider: boolean;
}

/** What must exist in the cloud; any text will do for `terraform validate`. */
export const PAIR_AROUND = {
  machineImage: 'ami-0abc1234def567890',
  notificationTopicArn: `arn:aws:sns:${REGION}:123456789012:on-call`,
};

/** HAProxy with everything that a pair has to know of it: redirects, rate limits, servers. */
export const PAIR_PROXY: HaproxyOptions = {
  frontends: [{ name: 'web', port: 443, certificates: ['/etc/haproxy/shop.pem'], backend: 'shop' }],
  backends: [
    {
      name: 'shop',
      servers: ['10.64.1.21', '10.64.2.21'].map((address) => ({ name: address, address, port: 8080 })),
      healthCheck: HealthCheck.http('/ready', { port: 8081 }),
      policy: ResiliencePolicy.of({ rateLimit: { requests: 100, per: Duration.seconds(10) } }),
    },
  ],
  maxconn: 5000,
  peersPort: 10_001,
};

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildPair(scope: Construct, config: PairConfig, coverage?: Coverage): KeepalivedPair {
  const provider = config.ownProvider
    ? new AwsProvider(scope, 'Aws', { region: REGION, alias: scope.node.id.toLowerCase() })
    : undefined;
  const network =
    config.network.kind === 'made'
      ? new MultiAZNetwork(scope, 'Network', { ...config.network.props, provider })
      : MultiAZNetwork.fromExisting(scope, 'Network', existingProps(scope, config.network, provider));
  const props = { ...pairProps(config, network), provider };
  coverage?.saw('KeepalivedPairProps', props);
  if (config.overlay?.options) coverage?.saw('OverlayOptions', config.overlay.options);
  const pair = new KeepalivedPair(scope, 'Pair', props);
  for (const one of config.lets) {
    coverage?.saw('KeepalivedPair', { [`lets ${one}`]: true });
    if (one === 'range') pair.allowTo({ cidr: '10.9.0.0/16', port: 5432 });
    if (one === 'servers') pair.allowFrom(new Servers(scope, 'Servers', network, provider));
    if (one === 'other') {
      const other = new KeepalivedPair(scope, 'Other', {
        ...props,
        address: FloatingAddress.overlay('192.168.77.1', { routeTables: { One: 'rtb-0abc1234' } }),
        zones: undefined,
        clients: undefined,
      });
      pair.allowTo(other);
    }
  }
  return pair;
}

/** Everything that a config may hold. */
export function pairCoverage(): Coverage {
  return new Coverage(
    {
      'constructs/aws/keepalived-pair/props.ts': ['KeepalivedPairProps'],
      'constructs/aws/floating-address.ts': ['OverlayOptions'],
    },
    ['KeepalivedPair.lets servers', 'KeepalivedPair.lets range', 'KeepalivedPair.lets other'],
  );
}

/** Props of a config on a network. */
export function pairProps({ overlay, props }: PairConfig, network: ZonalNetwork): KeepalivedPairProps {
  const address =
    overlay === undefined
      ? FloatingAddress.elasticIp()
      : FloatingAddress.overlay(overlay.address, overlay.options ?? {});
  return { ...props, network, address };
}

/** Names of the zones of a config. */
export function zonesOf({ network }: PairConfig): readonly string[] {
  return network.kind === 'made' ? network.props.zones : network.zones;
}

class Servers extends Construct {
  public readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { vpcId }: ZonalNetwork, provider: AwsProvider | undefined) {
    super(scope, id);
    this.securityGroup = new SecurityGroup(this, 'Group', { vpcId, provider });
  }
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const byte = fc.nat(255);
/** What the shell is to read, and Terraform is not. */
const SHELL = `echo "$${'{'}HOME}" %{x} \\ '"`;
const port = fc.integer({ min: 1, max: 65_535 });

const existing: fc.Arbitrary<NetworkConfig> = fc.record({
  kind: fc.constant('existing' as const),
  zones: fc.shuffledSubarray(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${REGION}${letter}`),
    { minLength: 2 },
  ),
  tiers: fc.constant(['public' as const]),
  octet: fc.constant(100),
  tokens: fc.boolean(),
});

const routeTables = fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{1,6}$/), fc.stringMatching(/^rtb-[0-9a-f]{8}$/), {
  minKeys: 1,
  maxKeys: 4,
});

/** Outside of every network that is drawn, which are all in 10.0.0.0/8. */
const overlayAddress = fc.oneof(
  fc.tuple(fc.integer({ min: 16, max: 31 }), byte, byte).map((rest) => `172.${rest.join('.')}`),
  fc.tuple(byte, byte).map((rest) => `192.168.${rest.join('.')}`),
  fc.tuple(fc.integer({ min: 64, max: 127 }), byte, byte).map((rest) => `100.${rest.join('.')}`),
);

const times = fc.record({
  failoverWithin: maybe(fc.integer({ min: 4_000, max: 120_000 }).map((length) => Duration.millis(length))),
  advertInterval: maybe(fc.integer({ min: 1, max: 100 }).map((hundredths) => Duration.millis(hundredths * 10))),
});

const healthCheck = fc
  .record({
    protocol: fc.constantFrom('http' as const, 'https' as const, 'tcp' as const),
    port,
    interval: fc.integer({ min: 2, max: 60 }),
    threshold: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ protocol, port: number, interval, threshold }) => {
    const options = {
      port: number,
      interval: Duration.seconds(interval),
      timeout: Duration.seconds(1),
      unhealthyThreshold: threshold,
    };
    return protocol === 'tcp' ? HealthCheck.tcp(options) : HealthCheck[protocol]('/health?of=all', options);
  });

const proxy = fc.constantFrom(PAIR_PROXY, { ...PAIR_PROXY, maxconn: undefined, peersPort: undefined });

const service = fc.oneof(fc.record({ healthCheck }), fc.record({ proxy }), fc.record({ healthCheck, proxy }));

const props: fc.Arbitrary<PairConfig['props']> = fc
  .record({
    service,
    times,
    machineImage: fc.constant(PAIR_AROUND.machineImage),
    setupCommands: maybe(
      fc.array(fc.constantFrom('apt-get install -y nginx', SHELL, 'set -e\ntrue'), {
        maxLength: 3,
      }),
    ),
    instanceType: maybe(fc.constantFrom('t3.small', 'm6i.large', 'c7gn.xlarge', 'm7i-flex.large', 'i3.metal')),
    interface: maybe(fc.constantFrom('ens5', 'eth0', 'enX0')),
    ports: maybe(fc.uniqueArray(port, { minLength: 1, maxLength: 3 })),
    clients: maybe(fc.subarray(['0.0.0.0/0', '10.9.0.0/16', '192.0.2.7/32'])),
    sessionManager: maybe(fc.boolean()),
    notificationTopicArn: maybe(fc.constant(PAIR_AROUND.notificationTopicArn)),
    allowDestroy: maybe(fc.boolean()),
    tags: maybe(
      fc.dictionary(
        word.filter((key) => key !== 'name'),
        word,
        { maxKeys: 3 },
      ),
    ),
  })
  .map(({ times: both, service: served, ...others }) => ({ ...others, ...both, ...served }));

/** Valid configs of every kind. */
export const pairConfigs: fc.Arbitrary<PairConfig> = fc
  .record({
    network: fc.oneof<fc.Arbitrary<NetworkConfig>[]>(madeNetwork, existing),
    overlay: maybe(fc.record({ address: overlayAddress, options: maybe(fc.record({ routeTables })) })),
    tables: routeTables,
    props,
    choice: maybe(fc.boolean()),
    lets: fc.subarray(['servers', 'range', 'other'] as const),
    ownProvider: fc.boolean(),
  })
  .map(({ choice, tables, ...config }) => {
    const zones = zonesOf({ ...config }).slice(0, 2);
    // what was there before says nothing of its route tables
    const options =
      config.network.kind === 'made' ? config.overlay?.options : (config.overlay?.options ?? { routeTables: tables });
    return {
      ...config,
      overlay: config.overlay && { ...config.overlay, options },
      lets: config.lets.filter((one) => one !== 'servers' || config.overlay !== undefined),
      props: {
        ...config.props,
        ...(choice !== undefined && { zones: choice ? zones : [...zones].reverse() }),
      },
    };
  });
