import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Capacity, type CapacityOptions, Duration, HealthCheck, type HttpHealthCheckOptions, Size } from 'nines';
import {
  type AddressPlan,
  type ExistingNetworkProps,
  type FargateCpu,
  HAWebTier,
  type HAWebTierProps,
  MultiAZNetwork,
  type MultiAZNetworkProps,
  type WebTierContainer,
  type WebTierEntrance,
  type WebTierInstance,
  type ZonalNetwork,
} from 'nines/aws';
import { fargateMemory } from '../../src/constructs/aws/web-tier/fargate-sizes';
import type { Coverage } from './coverage';

/** A network and one or two tiers in it, as a user might write them: valid, and otherwise anything. */
export interface Config {
  readonly network: NetworkConfig;
  readonly web: TierConfig;
  /** A second tier, internal, that the first one may reach. */
  readonly api: TierConfig | undefined;
  /** Addresses outside that the first tier may reach. */
  readonly range: { readonly cidr: string; readonly port: number } | undefined;
  /** Whether a provider of its own is handed to every construct. */
  readonly ownProvider: boolean;
}

export type NetworkConfig =
  | { readonly kind: 'made'; readonly props: MultiAZNetworkProps }
  | {
      readonly kind: 'existing';
      readonly zones: readonly string[];
      readonly tiers: readonly ('public' | 'data')[];
      readonly octet: number;
      readonly tokens: boolean;
    };

interface CheckConfig {
  readonly protocol: 'http' | 'https';
  readonly path: string;
  readonly options: HttpHealthCheckOptions;
}

export interface TierConfig {
  readonly capacity: { readonly peak: number; readonly options: CapacityOptions };
  readonly check: CheckConfig;
  readonly certificate: boolean;
  readonly props: Omit<HAWebTierProps, 'network' | 'capacity' | 'healthCheck' | 'certificateArn' | 'provider'>;
}

/** What must exist in the cloud before a config can be applied; any text will do for `terraform validate`. */
export interface Surroundings {
  readonly certificateArn: string;
  readonly machineImage: string;
}

export const REGION = 'us-east-1'; // six zones, the most of any region that moto knows

/** Builds a config below a scope, and counts which props and arms it used. */
export function build(scope: Construct, config: Config, around: Surroundings, coverage?: Coverage): HAWebTier {
  const provider = config.ownProvider
    ? new AwsProvider(scope, 'Aws', { region: REGION, alias: scope.node.id.toLowerCase() })
    : undefined;
  const network = buildNetwork(scope, config.network, provider, coverage);
  const tier = (id: string, { capacity, check, certificate, props }: TierConfig) => {
    coverage?.saw('CapacityOptions', capacity.options);
    coverage?.saw('HttpHealthCheckOptions', check.options);
    coverage?.saw('HealthCheck', { [check.protocol]: true });
    const all: HAWebTierProps = {
      ...props,
      ...(props.machineImage !== undefined && { machineImage: around.machineImage }),
      network,
      provider,
      capacity: Capacity.forPeak(capacity.peak, capacity.options),
      healthCheck: HealthCheck[check.protocol](check.path, check.options),
      certificateArn: certificate ? around.certificateArn : undefined,
    };
    coverage?.saw('HAWebTierProps', all);
    return new HAWebTier(scope, id, all);
  };
  const web = tier('Web', config.web);
  if (config.api) {
    web.allowTo(tier('Api', config.api));
    coverage?.saw('HAWebTier', { 'allowTo(construct)': true, allowFrom: true });
  }
  if (config.range) {
    web.allowTo(config.range);
    coverage?.saw('HAWebTier', { 'allowTo(range)': true });
    coverage?.saw('AddressRange', config.range);
  }
  return web;
}

function buildNetwork(
  scope: Construct,
  network: NetworkConfig,
  provider: AwsProvider | undefined,
  coverage: Coverage | undefined,
): ZonalNetwork {
  if (network.kind === 'made') {
    const props = { ...network.props, provider };
    coverage?.saw('MultiAZNetworkProps', props);
    return new MultiAZNetwork(scope, 'Network', props);
  }
  const props = existingProps(scope, network, provider);
  coverage?.saw('ExistingNetworkProps', props);
  return MultiAZNetwork.fromExisting(scope, 'Network', props);
}

/** Props of a network that is there already; with tokens, it is made below the scope. */
export function existingProps(
  scope: Construct,
  { zones, tiers, octet, tokens }: Extract<NetworkConfig, { kind: 'existing' }>,
  provider: AwsProvider | undefined,
): ExistingNetworkProps {
  const there = new Construct(scope, 'There');
  const vpc = tokens ? new Vpc(there, 'Vpc', { cidrBlock: `10.${octet}.0.0/16`, provider }).id : 'vpc-0abc1234';
  const subnets = (tier: number) =>
    zones.map((zone, position) => {
      const third = tier * 8 + position;
      if (!tokens) return { zone, subnetId: `subnet-0000${(third + 16).toString(16)}ab` };
      const cidrBlock = `10.${octet}.${third}.0/24`;
      const made = new Subnet(there, `S${third}`, { vpcId: vpc, cidrBlock, availabilityZone: zone, provider });
      return { zone, subnetId: made.id };
    });
  return {
    vpcId: vpc,
    applicationSubnets: subnets(0),
    publicSubnets: tiers.includes('public') ? subnets(1) : undefined,
    dataSubnets: tiers.includes('data') ? subnets(2) : undefined,
    provider,
  };
}

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Duration.seconds(amount));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const path = fc.stringMatching(/^(\/[a-z0-9._-]{1,8}){1,3}$/);
const tags = fc.dictionary(fc.stringMatching(/^[a-z][a-z:/-]{2,9}$/), word, { maxKeys: 3 }).map(withoutReserved);

/** `aws:`, and a `name` beside the `Name` that nines sets, are refused; that is tested by itself. */
function withoutReserved(drawn: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(drawn).filter(([key]) => key !== 'name' && !key.startsWith('aws:')));
}

const zones = fc.shuffledSubarray(
  ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${REGION}${letter}`),
  { minLength: 2 },
);

const cidr = fc
  .record({ bits: fc.integer({ min: 16, max: 21 }), second: fc.integer({ min: 0, max: 255 }), third: fc.nat(255) })
  .map(({ bits, second, third }) => `10.${second}.${third - (third % 2 ** (24 - bits))}.0/${bits}`);

export const madeNetwork: fc.Arbitrary<Extract<NetworkConfig, { kind: 'made' }>> = fc
  .record({
    zones,
    cidr,
    explicit: maybe(fc.integer({ min: 24, max: 27 })),
    oneNat: fc.boolean(),
    allowDestroy: maybe(fc.boolean()),
    tags: maybe(tags),
  })
  .map(({ zones: names, cidr: planned, explicit, oneNat, allowDestroy, tags: drawn }) => ({
    kind: 'made' as const,
    props: {
      cidr: explicit === undefined ? planned : '10.64.0.0/16',
      zones: names,
      subnets: explicit === undefined ? undefined : explicitRanges(names, explicit),
      allowNatSinglePointOfFailure: oneNat ? names[0] : undefined,
      allowDestroy,
      tags: drawn,
    },
  }));

function explicitRanges(names: readonly string[], bits: number): AddressPlan {
  return Object.fromEntries(
    names.map((zone, position) => [
      zone,
      {
        public: `10.64.${position}.0/${bits}`,
        application: `10.64.${position + 64}.0/24`,
        data: `10.64.${position + 128}.0/28`,
      },
    ]),
  );
}

export const existingNetwork: fc.Arbitrary<Extract<NetworkConfig, { kind: 'existing' }>> = fc.record({
  kind: fc.constant('existing' as const),
  zones,
  tiers: fc.subarray(['public', 'data'] as const),
  octet: fc.nat(255),
  tokens: fc.boolean(),
});

const capacity = (count: number) =>
  fc
    .record({
      peak: fc.integer({ min: 1, max: 20 }),
      tolerance: fc.constantFrom('default', 'one', 'overload', ...(count > 2 ? (['two'] as const) : [])),
      above: maybe(fc.integer({ min: 0, max: 30 })),
      safeUse: maybe(fc.double({ min: 0.05, max: 1, noNaN: true })),
      requestsPerSecond: maybe(fc.double({ min: 0.01, max: 5000, noNaN: true })),
    })
    .map(({ peak, tolerance, above, safeUse, requestsPerSecond }) => {
      const options: CapacityOptions = {
        tolerateLostZones: tolerance === 'one' ? 1 : tolerance === 'two' ? 2 : undefined,
        allowOverloadWhenZoneLost: tolerance === 'overload' ? true : tolerance === 'one' ? false : undefined,
        safeUse,
        requestsPerSecond,
      };
      const { minimum } = Capacity.forPeak(peak, options).over(count);
      return { peak, options: { ...options, max: above === undefined ? undefined : minimum + above } };
    });

const check: fc.Arbitrary<CheckConfig> = fc
  .record({
    protocol: fc.constantFrom('http', 'https'),
    path,
    port: maybe(port),
    interval: maybe(fc.integer({ min: 5, max: 300 })),
    timeout: maybe(fc.integer({ min: 2, max: 120 })),
    healthyThreshold: maybe(fc.integer({ min: 2, max: 10 })),
    unhealthyThreshold: maybe(fc.integer({ min: 2, max: 10 })),
    live: maybe(path),
    startup: maybe(path),
  })
  .map(({ protocol, path: ready, interval, timeout, ...rest }) => {
    const longest = (interval ?? 10) - 1;
    const fits = timeout === undefined ? (longest < 5 ? longest : undefined) : Math.min(timeout, longest);
    return {
      protocol,
      path: ready,
      options: {
        ...rest,
        interval: interval === undefined ? undefined : Duration.seconds(interval),
        timeout: fits === undefined ? undefined : Duration.seconds(fits),
      },
    };
  });

const timing = fc
  .record({
    startup: maybe(seconds(1, 900)),
    longestRequest: maybe(fc.integer({ min: 1, max: 600 })),
    beyond: maybe(fc.integer({ min: 0, max: 300 })),
    shutdown: maybe(seconds(1, 120)),
    slowStart: maybe(seconds(30, 900)),
  })
  .map(({ startup, longestRequest, beyond, shutdown, slowStart }) => ({
    startup,
    shutdown,
    slowStart,
    longestRequest: longestRequest === undefined ? undefined : Duration.seconds(longestRequest),
    drain: beyond === undefined ? undefined : Duration.seconds((longestRequest ?? 30) + beyond),
  }));

const container: fc.Arbitrary<WebTierContainer> = fc
  .record({
    image: fc.constantFrom<string>(
      'registry.example.com:5000/shop/web:1.4.2',
      'nginx:1.29',
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/web:7',
      `public.ecr.aws/nginx/nginx@sha256:${'0123456789abcdef'.repeat(4)}`,
    ),
    cpu: maybe(fc.constantFrom<FargateCpu>(256, 512, 1024, 2048, 4096, 8192, 16384)),
    size: maybe(fc.nat()),
    architecture: maybe(fc.constantFrom('X86_64' as const, 'ARM64' as const)),
    command: maybe(fc.array(word, { minLength: 1, maxLength: 3 })),
    environment: maybe(
      fc.dictionary(fc.stringMatching(/^[A-Z]{1,4}$/), fc.string({ unit: 'grapheme' }), { maxKeys: 4 }),
    ),
    secrets: maybe(
      fc.constantFrom<Record<string, string>>(
        { zz_db: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::' },
        {
          zz_key: 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/key',
          zz_a: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf',
        },
      ),
    ),
    logRetention: maybe(fc.constantFrom(1, 30, 400).map((days) => Duration.days(days))),
  })
  .map(({ size, ...rest }) => {
    const sizes = fargateMemory(rest.cpu ?? 512);
    const memory = size === undefined ? undefined : sizes[size % sizes.length];
    return { ...rest, memory: memory === undefined ? undefined : Size.mebibytes(memory) };
  });

const instance: fc.Arbitrary<WebTierInstance> = fc.record({
  type: maybe(fc.constantFrom('t3.small', 'm6i.large', 'c7i-flex.large', 'm7i.metal-24xl')),
  userData: maybe(fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => `#!/bin/sh\n# ${text}\n`)),
  volumeSize: maybe(fc.integer({ min: 8, max: 16_384 }).map((gibibytes) => Size.gibibytes(gibibytes))),
});

const entrance = (internal: boolean, choice: fc.Arbitrary<boolean | undefined>): fc.Arbitrary<WebTierEntrance> =>
  fc.record({
    internal: internal ? fc.constant(true) : choice,
    stickiness: maybe(seconds(1, 604_800)),
    accessLogs: maybe(fc.record({ bucket: fc.constant('shop-access-logs'), prefix: maybe(word) })),
  });

/** A tier over `count` zones; `internal` when nothing else will do. */
const tier = (count: number, internal: boolean): fc.Arbitrary<TierConfig> =>
  fc
    .record({
      capacity: capacity(count),
      check,
      certificate: fc.boolean(),
      onFargate: fc.boolean(),
      container,
      instance: maybe(instance),
      port: maybe(port),
      timing: maybe(timing),
      entrance: internal ? entrance(true, fc.constant(true)) : maybe(entrance(false, maybe(fc.boolean()))),
      allowDestroy: maybe(fc.boolean()),
      tags: maybe(tags),
    })
    .map(({ capacity: size, check: asked, certificate, onFargate, container: image, instance: machine, ...props }) => ({
      capacity: size,
      check: asked,
      certificate,
      props: onFargate ? { ...props, container: image } : { ...props, machineImage: 'ami', instance: machine },
    }));

/** Valid configs of every kind. */
export const configs: fc.Arbitrary<Config> = fc
  .oneof({ weight: 3, arbitrary: madeNetwork }, { weight: 1, arbitrary: existingNetwork })
  .chain((network) => {
    const count = (network.kind === 'made' ? network.props.zones : network.zones).length;
    const closed = network.kind === 'existing' && !network.tiers.includes('public');
    return fc.record({
      network: fc.constant(network),
      web: tier(count, closed),
      api: fc.option(tier(count, true), { nil: undefined, freq: 3 }),
      range: maybe(fc.record({ cidr: fc.constant('10.9.0.0/16'), port })),
      ownProvider: fc.boolean(),
    });
  });
