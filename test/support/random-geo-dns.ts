import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { Duration, HealthCheck, type HttpHealthCheckOptions, type Routing } from 'nines';
import { type GeoEndpoint, type GeoTarget, MultiRegionGeoDNS, type MultiRegionGeoDNSProps } from 'nines/aws';
import { Coverage } from './coverage';
import { REGION } from './random-configs';
import { kindsIn, routings } from './random-routing';

/** A DNS name over regions as a user might write it: valid, and otherwise anything. */
export interface GeoConfig {
  readonly zone: 'made' | 'name' | 'id';
  readonly endpoints: readonly GeoEndpoint[];
  readonly routing: Routing | undefined;
  readonly check: CheckConfig;
  readonly writer: CheckConfig | undefined;
  readonly props: Omit<
    MultiRegionGeoDNSProps,
    'hostedZone' | 'endpoints' | 'routing' | 'healthCheck' | 'writerCheck' | 'switchRegions' | 'usEast1Provider'
  >;
  /** Regions to switch others off in. */
  readonly places: readonly string[];
  /** Whether a provider of its own is handed to the construct. */
  readonly ownProvider: boolean;
}

interface CheckConfig {
  readonly protocol: 'http' | 'https';
  readonly path: string;
  readonly options: HttpHealthCheckOptions;
}

export const GEO_TOPIC = 'arn:aws:sns:us-east-1:123456789012:on-call';
const CONTROL = 'arn:aws:route53-recovery-control::123456789012:controlpanel/0abc/routingcontrol/0def';

/** Props of a config; providers and a zone are made below the scope. */
export function geoProps(scope: Construct, config: GeoConfig): MultiRegionGeoDNSProps {
  const provider = config.ownProvider ? providerOf(scope, REGION, 'own') : undefined;
  const made =
    config.zone === 'made' ? new Route53Zone(scope, 'There', { name: zoneName(scope), provider }) : undefined;
  return {
    ...config.props,
    hostedZone: made ?? (config.zone === 'id' ? 'Z0123456789ABC' : 'example.com'),
    endpoints: config.endpoints,
    routing: config.routing,
    healthCheck: checkOf(config.check),
    writerCheck: config.writer && checkOf(config.writer),
    provider,
    switchRegions: config.places.map((region) => ({ region, provider: providerOf(scope, region) })),
    usEast1Provider: providerOf(scope, 'us-east-1'),
  };
}

/** Records of the regions, which Route 53 wants to be there before an alias of them. */
function recordsThere(scope: Construct, { hostedZone, endpoints, lastResort, provider }: MultiRegionGeoDNSProps) {
  const { zoneId, name } = Object(hostedZone) as Route53Zone;
  const targets = [...endpoints.map(({ target }) => target), ...(lastResort ? [lastResort] : [])];
  return targets.flatMap((one) =>
    'record' in one
      ? Object.entries({ A: '203.0.114.99', AAAA: '2600:1f18::99' }).map(
          ([type, value]) =>
            new Route53Record(scope, `${type}-${one.record}`, {
              ...{ zoneId, name: `${one.record}.${name}`, type, ttl: 60, records: [value], provider },
            }),
        )
      : [],
  );
}

/** A provider of the stack, made once: each is a process of its own to Terraform. */
function providerOf(scope: Construct, region: string, alias = region): AwsProvider {
  const stack = TerraformStack.of(scope);
  const made = stack.node.tryFindChild(`At-${alias}`);
  return made instanceof AwsProvider ? made : new AwsProvider(stack, `At-${alias}`, { region, alias });
}

const zoneName = (scope: Construct) => `${scope.node.id.toLowerCase()}.example.com`;
const checkOf = ({ protocol, path, options }: CheckConfig) => HealthCheck[protocol](path, options);

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildGeoDns(scope: Construct, config: GeoConfig, coverage?: Coverage): MultiRegionGeoDNS {
  const props = geoProps(scope, config);
  coverage?.saw('MultiRegionGeoDNSProps', props);
  for (const { protocol, options } of [config.check, ...(config.writer ? [config.writer] : [])]) {
    coverage?.saw('HttpHealthCheckOptions', options);
    coverage?.saw('HealthCheck', { [protocol]: true });
  }
  for (const endpoint of props.endpoints) {
    coverage?.saw('GeoEndpoint', { ...endpoint, [`target = ${kindOf(endpoint.target)}`]: true });
  }
  if (props.lastResort) coverage?.saw('MultiRegionGeoDNSProps', { [`lastResort = ${kindOf(props.lastResort)}`]: true });
  coverage?.saw('MultiRegionGeoDNSProps', {
    [`hostedZone = ${config.zone === 'made' ? 'HostedZone' : 'string'}`]: true,
  });
  for (const place of props.switchRegions ?? []) coverage?.saw('SwitchRegion', place);
  for (const region of props.checkerRegions ?? []) coverage?.saw('checker', { [region]: true });
  for (const kind of config.routing ? kindsIn(config.routing) : []) coverage?.saw('Routing', { [kind]: true });
  const targets = [...props.endpoints.map(({ target }) => target), ...(props.lastResort ? [props.lastResort] : [])];
  for (const target of targets) coverage?.saw('target', target);
  coverage?.saw('zone', { [config.zone]: true });
  const dns = new MultiRegionGeoDNS(scope, 'Dns', props);
  if (config.zone === 'made') dns.node.addDependency(...recordsThere(scope, props));
  return dns;
}

/** What a kind of target is called in the source. */
function kindOf(one: GeoTarget): string {
  if ('dnsName' in one) return 'LoadBalancerTarget';
  if ('record' in one) return 'RecordTarget';
  return 'address' in one ? 'AddressTarget' : 'CnameTarget';
}

/** Everything that a config may hold. */
export function geoCoverage(): Coverage {
  return new Coverage(
    {
      'constructs/aws/geo-dns/props.ts': ['MultiRegionGeoDNSProps', 'GeoEndpoint', 'EndpointAlarm', 'SwitchRegion'],
      'intent/health-check.ts': ['HttpHealthCheckOptions'],
    },
    [
      ...['HealthCheck.http', 'HealthCheck.https', 'zone.made', 'zone.name', 'zone.id'],
      ...['latency', 'weighted', 'failover', 'geolocation'].map((kind) => `Routing.${kind}`),
      ...['dnsName', 'zoneId', 'record', 'address', 'ipv6Address', 'cname'].map((name) => `target.${name}`),
      ...CHECKERS.map((region) => `checker.${region}`),
    ],
  );
}

const CHECKERS = [
  ...(['us-east-1', 'us-west-1', 'us-west-2', 'eu-west-1'] as const),
  ...(['ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'sa-east-1'] as const),
];
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2', 'sa-east-1', 'eu-central-1'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const path = fc.stringMatching(/^(\/[a-z0-9._-]{1,8}){1,3}$/);
const tags = fc.dictionary(
  word.filter((key) => key !== 'name'),
  word,
  { maxKeys: 3 },
);

const check: fc.Arbitrary<CheckConfig> = fc.record({
  protocol: fc.constantFrom('http', 'https'),
  path,
  options: fc.record({
    port: maybe(fc.integer({ min: 1, max: 65_535 })),
    interval: maybe(fc.constantFrom(Duration.seconds(10), Duration.seconds(30))),
    timeout: maybe(fc.integer({ min: 1, max: 9 }).map((amount) => Duration.seconds(amount))),
    healthyThreshold: maybe(fc.integer({ min: 1, max: 10 })),
    unhealthyThreshold: maybe(fc.integer({ min: 1, max: 10 })),
    live: maybe(path),
    startup: maybe(path),
  }),
});

type Kind = 'balancers' | 'records' | 'addresses' | 'both' | 'names' | 'mixed';

const target = (kind: Kind, position: number): GeoTarget => {
  const address = `203.0.114.${position + 1}`;
  switch (kind) {
    case 'balancers':
      return { dnsName: `web-${position}.elb.amazonaws.com`, zoneId: 'Z32O12XQLNTSW2' };
    case 'records':
      return { record: `r${position}.shop` };
    case 'addresses':
      return { address };
    case 'both':
      return { address, ipv6Address: `2600:1f18::${position + 1}` };
    case 'names':
      return { cname: `web-${position}.elsewhere.example.net` };
    case 'mixed':
      return target(position % 2 === 0 ? 'balancers' : 'both', position);
  }
};

const endpoints = (kind: Kind) =>
  fc
    .record({
      regions: fc.shuffledSubarray(REGIONS, { minLength: 2 }),
      checkHosts: fc.boolean(),
      alarms: fc.boolean(),
      controls: fc.boolean(),
    })
    .map(({ regions, checkHosts, alarms, controls }) =>
      regions.map(
        (region, position): GeoEndpoint => ({
          region,
          target: target(kind, position),
          checkHost: checkHosts ? `origin-${position}.example.com` : undefined,
          alarm: alarms ? { name: 'writer-gone', region } : undefined,
          routingControlArn: controls ? CONTROL : undefined,
        }),
      ),
    );

/** Checks, and the least time in which they and cached answers can be done. */
const times = fc
  .record({
    check,
    writer: maybe(check),
    ttl: maybe(fc.integer({ min: 1, max: 300 })),
    slack: maybe(fc.integer({ min: 0, max: 600 })),
  })
  .map(({ check: app, writer, ttl, slack }) => {
    const seconds = [app, ...(writer ? [writer] : [])].map(
      ({ options: { interval = Duration.seconds(10), unhealthyThreshold = 3 } }) =>
        unhealthyThreshold * (interval.toSeconds() + 6),
    );
    return { check: app, writer, ttl, least: Math.max(...seconds) + Math.max(ttl ?? 60, 60), slack };
  });

/** Valid configs of every kind. */
export const geoConfigs: fc.Arbitrary<GeoConfig> = fc
  .constantFrom<Kind[]>('balancers', 'records', 'addresses', 'both', 'names', 'mixed')
  .chain((kind) => fc.tuple(fc.constant(kind), endpoints(kind)))
  .chain(([kind, drawn]) =>
    fc
      .record({
        zone: fc.constantFrom('made' as const, 'name' as const, 'id' as const),
        routing: maybe(routings(drawn.map(({ region }) => region))),
        times,
        record: kind === 'names' ? fc.constant('shop') : maybe(fc.constantFrom('shop', 'www.shop')),
        checkerRegions: maybe(fc.shuffledSubarray(CHECKERS, { minLength: 3 })),
        hasLastResort: fc.boolean(),
        places: fc.constantFrom<string[][]>([], ['us-west-2'], ['eu-west-1', 'us-west-2']),
        queryLogRetention: maybe(fc.constantFrom(Duration.days(1), Duration.days(90))),
        dnssec: maybe(fc.boolean()),
        notificationTopicArn: maybe(fc.constant(GEO_TOPIC)),
        allowDestroy: maybe(fc.boolean()),
        tags: maybe(tags),
        ownProvider: fc.boolean(),
      })
      .map(({ zone, routing, times: time, hasLastResort, places, ownProvider, ...props }): GeoConfig => {
        const isOurs = ['addresses', 'both', 'names', 'mixed'].includes(kind); // whether TTLs are ours to set
        return {
          ...{ zone, endpoints: drawn, routing, check: time.check, writer: time.writer, places, ownProvider },
          props: {
            ...props,
            ttl: isOurs && time.ttl !== undefined ? Duration.seconds(time.ttl) : undefined,
            detectWithin:
              time.slack === undefined && time.least <= 120
                ? undefined
                : Duration.seconds(time.least + (time.slack ?? 0)),
            lastResort: hasLastResort ? target(kind, 4 + drawn.length) : undefined,
          },
        };
      }),
  );
