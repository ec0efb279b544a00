import { Duration, HealthCheck, Routing } from 'nines';
import type { GeoEndpoint, MultiRegionGeoDNSProps } from 'nines/aws';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { topics } from './data-tier';
import { HOSTED_ZONE, LABEL } from './hosted-zone';

type Row = Breakage<MultiRegionGeoDNSProps>;

const balancer = (region: string): GeoEndpoint => ({
  region,
  target: { dnsName: `web.${region}.elb.amazonaws.com`, zoneId: 'Z32O12XQLNTSW2' },
});
const EU = balancer('eu-west-1');
const US = balancer('us-east-1');

/** What else has to be left out when endpoints are others. */
const ALONE = { routing: undefined, lastResort: undefined, ttl: undefined, switchRegions: undefined };

const endpoints = (what: string, endpointsOf: readonly unknown[], says: string | readonly string[]): Row => ({
  ...{ what, says },
  set: { endpoints: endpointsOf, ...ALONE },
  reads: ['record', 'hostedZone', 'detectWithin', 'healthCheck', 'writerCheck'],
});
/** The first endpoint otherwise. */
const first = (what: string, changed: object, says: string | readonly string[]): Row =>
  endpoints(what, [{ ...EU, ...changed }, US], says);
/** The first target another one. */
const target = (what: string, changed: unknown, says: string | readonly string[]): Row =>
  first(what, { target: changed }, says);

const aTarget = (got: string) =>
  `endpoints[0].target must be a load balancer, { record }, { address } or { cname }, got ${got}; give one of them`;
const anAddress = (got: string, prop = 'address', kind = 'IPv4') =>
  `endpoints[0].target.${prop} must be a public ${kind} address, got '${got}'; checkers of Route 53 have to reach it`;

const TARGETS: readonly Row[] = [
  target('a target that is text', 'web.elb.amazonaws.com', aTarget("'web.elb.amazonaws.com'")),
  target('a target that is missing', undefined, aTarget('undefined')),
  target('a target of no kind', {}, aTarget('an object')),
  target(
    'a target of two kinds',
    { address: '203.0.114.1', cname: 'eu.example.net' },
    aTarget('an object with address and cname'),
  ),
  target('a load balancer by its ARN', { dnsName: 'arn:aws:elasticloadbalancing:…', zoneId: 'Z32O12XQLNTSW2' }, [
    "endpoints[0].target.dnsName must be the DNS name of a load balancer, got 'arn:aws:elasticloadbalancing:…'; pass HAWebTier's loadBalancer",
  ]),
  target('a load balancer without its zone', { dnsName: 'web.elb.amazonaws.com' }, [
    "endpoints[0].target.zoneId must be the id of the load balancer's own zone, got undefined; pass HAWebTier's loadBalancer",
  ]),
  target(
    'records by a name that is known only after deployment',
    { record: UNKNOWN.text },
    `endpoints[0].target.record must be a name below the zone's, known at synthesis and without '*', got ${TOKEN}; write it as in 'shop'`,
  ),
  ...[
    '10.0.0.1',
    '192.168.1.1',
    '172.16.4.4',
    '127.0.0.1',
    '169.254.1.1',
    '224.0.0.1',
    '300.1.1.1',
    '1.2.3',
    'web',
  ].map((address) => target(`${address} as an address`, { address }, anAddress(address))),
  ...['::1', 'fe80::1', 'fd00::1', '203.0.114.1', '2600:::1'].map((ipv6Address) =>
    target(
      `${ipv6Address} as an IPv6 address`,
      { address: '203.0.114.1', ipv6Address },
      anAddress(ipv6Address, 'ipv6Address', 'IPv6'),
    ),
  ),
  target(
    'another name that is none',
    { cname: 'https://eu.example.net' },
    "endpoints[0].target.cname must be the name of a host, got 'https://eu.example.net'; write it as in 'eu.example.com'",
  ),
  endpoints(
    'names beside load balancers',
    [{ region: 'eu-west-1', target: { cname: 'eu.example.net' } }, US],
    'endpoints must all have a cname, as must lastResort, or none, got 1 of 2; DNS lets nothing stand beside a CNAME',
  ),
  {
    ...endpoints(
      'names in the name of the zone itself',
      ['eu-west-1', 'us-east-1'].map((region) => ({ region, target: { cname: `${region}.example.net` } })),
      'record must be given where targets are names, got undefined; DNS allows no CNAME for the name of the zone itself',
    ),
    needs: ({ record }) => record === undefined,
  },
  endpoints(
    'IPv6 of some addresses only',
    [
      { region: 'eu-west-1', target: { address: '203.0.114.1', ipv6Address: '2600:1f18::1' } },
      { region: 'us-east-1', target: { address: '203.0.114.2' } },
    ],
    'endpoints must all have an ipv6Address, as must lastResort, or none, got 1 of 2; clients that find IPv6 would not be led to the others',
  ),
  {
    what: 'a last resort that is none',
    set: {
      lastResort: 'sorry.example.com',
      endpoints: [EU, US],
      routing: undefined,
      ttl: undefined,
      switchRegions: undefined,
    },
    reads: ['record', 'hostedZone', 'detectWithin', 'healthCheck', 'writerCheck'],
    says: "lastResort must be a load balancer, { record }, { address } or { cname }, got 'sorry.example.com'; give one of them",
  },
];

const ENDPOINTS: readonly Row[] = [
  endpoints(
    'a single region',
    [EU],
    'endpoints must be at least 2, got 1; with one region there is nothing to fail over to',
  ),
  endpoints('no region', [], 'endpoints must be at least 2, got 0; with one region there is nothing to fail over to'),
  endpoints(
    'a region that is named twice',
    [EU, US, EU],
    ["endpoints must name each region once, got 'eu-west-1' again; one load balancer per region is enough"],
  ),
  {
    what: 'endpoints known only after deployment',
    set: { endpoints: UNKNOWN.list, ...ALONE },
    says: `endpoints must be known at synthesis, got ${TOKEN}; write the list itself`,
  },
  {
    what: 'endpoints by region',
    set: { endpoints: { 'eu-west-1': EU }, ...ALONE },
    says: 'endpoints must be a list, got an object; write it as in [ … ]',
  },
  endpoints(
    'an endpoint that is text',
    ['eu-west-1', US],
    ["endpoints[0] must be an object, got 'eu-west-1'; write it as in { … }"],
  ),
  first('a zone in place of a region', { region: 'eu-west-1a' }, [
    "endpoints[0].region must be an AWS region, got 'eu-west-1a'; write it as in 'eu-west-1'",
  ]),
  first('a region known only after deployment', { region: UNKNOWN.text }, [
    `endpoints[0].region must be known at synthesis, got ${TOKEN}; write the region itself`,
  ]),
  first('a host to check that is a URL', { checkHost: 'https://eu.example.com/' }, [
    "endpoints[0].checkHost must be the name of a host, got 'https://eu.example.com/'; write it as in 'eu.example.com'",
  ]),
  {
    // Route 53 would look the name up, and check whatever region it is answered
    what: 'a host to check that leads to all regions',
    set: {
      endpoints: [{ ...EU, checkHost: 'Shop.example.com' }, US],
      record: 'shop',
      hostedZone: 'example.com',
      ...ALONE,
    },
    reads: ['detectWithin', 'healthCheck', 'writerCheck'],
    says: "endpoints[0].checkHost must lead to this region alone, got 'Shop.example.com', which leads to all of them; give it a name of its own",
  },
  first('an alarm by its name alone', { alarm: 'writer-gone' }, [
    "endpoints[0].alarm must be an object, got 'writer-gone'; write it as in { … }",
  ]),
  first('an alarm without a name or a region', { alarm: {} }, [
    'endpoints[0].alarm.name must be the name of an alarm, got undefined; give its name, not its ARN',
    "endpoints[0].alarm.region must be an AWS region, got undefined; write it as in 'eu-west-1'",
  ]),
  first('a routing control by its name', { routingControlArn: 'eu-on' }, [
    "endpoints[0].routingControlArn must be the ARN of a routing control, got 'eu-on'; write it as in 'arn:aws:route53-recovery-control::123456789012:controlpanel/…/routingcontrol/…'",
  ]),
];

const ROUTING: readonly Row[] = [
  {
    what: 'a routing that is text',
    set: { routing: 'latency' },
    says: "routing must be a Routing, got 'latency'; write Routing.latency(), or another",
  },
  {
    what: 'a routing that was never made',
    set: { routing: null, endpoints: 'eu-west-1' },
    says: "endpoints must be a list, got 'eu-west-1'; write it as in [ … ]",
  },
  {
    what: 'a routing to a region without an endpoint',
    set: { routing: Routing.latency({ 'ap-south-1': 'ap-south-1' }) },
    reads: ['endpoints', 'lastResort'],
    says: [
      "routing must be a region of an endpoint, got 'ap-south-1'; add an endpoint there, or name another",
      "routing['ap-south-1'] must be a region of an endpoint, got 'ap-south-1'; add an endpoint there, or name another",
    ],
  },
  {
    what: 'branches inside branches, deeper than names of DNS are long',
    set: ({ endpoints: [one] }) => {
      const region = one?.region ?? '';
      const deep = [1, 2, 3, 4, 5, 6].reduce<Routing>(
        (inner) => Routing.latency({ [region]: inner }),
        Routing.weighted({ [region]: 1 }),
      );
      return { routing: deep };
    },
    reads: ['endpoints', 'lastResort', 'record', 'hostedZone'],
    says: ({ endpoints: [one], record, hostedZone }) => {
      const region = one?.region ?? '';
      const zone = typeof hostedZone === 'string' ? hostedZone : hostedZone.name;
      const zoneName = /^Z|Token/.test(zone) ? 'example.com' : zone;
      const label = `_1-${`${region}-`.repeat(6)}weighted`;
      const name = [label, ...(record ? [record] : []), zoneName].join('.');
      return `routing must be shallow enough for names of DNS (63 characters to a dot, 255 in all), got '${name.slice(0, 57)}…'; put fewer branches inside each other`;
    },
  },
];

const checks = (prop: 'healthCheck' | 'writerCheck'): readonly Row[] => {
  const row = (what: string, check: unknown, says: string | readonly string[]): Row => ({
    ...{ what: `${prop}: ${what}`, set: { [prop]: check }, says },
  });
  return [
    row(
      'a path alone',
      '/health',
      `${prop} must be a HealthCheck, got '/health'; write HealthCheck.https('/health/ready')`,
    ),
    row('a connection alone', HealthCheck.tcp({ port: 443 }), [
      `${prop} must be by https or http, got 'tcp'; a load balancer takes connections also when no server is left: write HealthCheck.https('/health/ready')`,
    ]),
    row('every 20 seconds', HealthCheck.https('/', { interval: Duration.seconds(20) }), [
      `${prop}.interval must be 10 or 30 seconds, got 20 seconds; Route 53 knows no other, and 10 finds out sooner`,
    ]),
    row('11 bad answers', HealthCheck.https('/', { unhealthyThreshold: 11 }), [
      `${prop}.unhealthyThreshold must be a whole number from 1 to 10, got 11; Route 53 allows no other`,
    ]),
    row('a path of more than 255 characters', HealthCheck.https(`/${'x'.repeat(255)}`), [
      `${prop}.path must be at most 255 characters, got 256; shorten it`,
    ]),
    row(
      'a path that is none, and bad times',
      HealthCheck.https('health', { interval: Duration.millis(500), unhealthyThreshold: 0 }),
      [
        `${prop}.path must start with '/' and hold no spaces, got 'health'; write it as in '/health/ready'`,
        `${prop}.interval must be at least 1 second, in whole seconds, got 0.5 seconds; give a longer interval`,
        `${prop}.unhealthyThreshold must be a whole number of at least 1, got 0; count answers in a row`,
        `${prop}.timeout must be shorter than interval (0.5 seconds), got 5 seconds; lower timeout or raise interval`,
      ],
    ),
  ];
};

const TIMES: readonly Row[] = [
  {
    what: 'a promise that checks and cached answers take longer than',
    set: {
      detectWithin: Duration.seconds(100),
      healthCheck: HealthCheck.https('/'),
      writerCheck: undefined,
      endpoints: [EU, US],
      ...ALONE,
    },
    says:
      'detectWithin must be at least the 1 minute 48 seconds that it takes (checks 48 seconds, then cached answers 1 minute), ' +
      'got 1 minute 40 seconds; raise it, or lower healthCheck.unhealthyThreshold',
  },
  {
    what: 'a TTL too long for the promise',
    set: {
      ttl: Duration.minutes(5),
      detectWithin: undefined,
      healthCheck: HealthCheck.https('/', { interval: Duration.seconds(30), unhealthyThreshold: 1 }),
      writerCheck: undefined,
      endpoints: ['eu-west-1', 'us-east-1'].map((region, position) => ({
        region,
        target: { address: `203.0.114.${position}` },
      })),
      routing: undefined,
      lastResort: undefined,
      switchRegions: undefined,
    },
    says:
      'detectWithin must be at least the 5 minutes 36 seconds that it takes (checks 36 seconds, then cached answers 5 minutes), ' +
      'got 2 minutes; raise it, or lower healthCheck.interval or ttl',
  },
  {
    what: 'a promise that is a number',
    set: { detectWithin: 90 },
    reads: ['ttl', 'endpoints'],
    says: 'detectWithin must be a Duration, got 90; write Duration.seconds(…)',
  },
  {
    what: 'a promise of no time',
    set: { detectWithin: Duration.seconds(0) },
    reads: ['ttl', 'endpoints'],
    says: 'detectWithin must be from 1 second to 1 day, in whole seconds, got 0 seconds; say within which time clients are to be elsewhere',
  },
  {
    what: 'a TTL of no time',
    set: { ttl: Duration.seconds(0) },
    reads: ['detectWithin', 'endpoints'],
    says: 'ttl must be from 1 second to 1 day, in whole seconds, got 0 seconds; 60 seconds or less are usual',
  },
  {
    what: 'a TTL of load balancers',
    set: { endpoints: [EU, US], ...ALONE, ttl: Duration.seconds(30) },
    reads: ['detectWithin', 'healthCheck', 'writerCheck', 'record', 'hostedZone'],
    says: 'ttl must be left out where no target is an address or another name, got 30 seconds; AWS gives answers of load balancers 60 seconds',
  },
];

const CHECKERS: readonly Row[] = [
  {
    what: 'two regions to check from',
    set: { checkerRegions: ['us-east-1', 'eu-west-1'] },
    says: "checkerRegions must be at least 3, each named once, got 'us-east-1', 'eu-west-1'; with fewer, one that is cut off takes healthy regions out",
  },
  {
    what: 'a region to check from that is named twice',
    set: { checkerRegions: ['us-east-1', 'eu-west-1', 'us-east-1'] },
    says: "checkerRegions must be at least 3, each named once, got 'us-east-1', 'eu-west-1', 'us-east-1'; with fewer, one that is cut off takes healthy regions out",
  },
  {
    what: 'a region that Route 53 does not check from',
    set: { checkerRegions: ['us-east-1', 'eu-west-1', 'eu-central-1'] },
    says: "checkerRegions must be of us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1, got 'eu-central-1'; take one of these",
  },
  {
    what: 'regions to check from as text',
    set: { checkerRegions: 'us-east-1' },
    says: "checkerRegions must be a list, got 'us-east-1'; write it as in [ … ]",
  },
];

const at = (region: string) => ({ fqn: `aws.${region}`, region });

const SWITCHES: readonly Row[] = [
  {
    what: 'a switch in the region that it switches',
    set: ({ endpoints: [one] }) => ({ switchRegions: [{ region: one?.region, provider: at(one?.region ?? '') }] }),
    reads: ['endpoints', 'lastResort'],
    says: ({ endpoints: [one] }) =>
      `switchRegions must hold another region than ${one?.region}, got only that; it is what may be down: name one more`,
  },
  {
    what: 'a switch by the name of its region',
    set: { switchRegions: ['us-west-2'] },
    says: "switchRegions[0] must be an object, got 'us-west-2'; write it as in { … }",
  },
  {
    what: 'a switch region that is no list',
    set: { switchRegions: { region: 'us-west-2' } },
    says: 'switchRegions must be a list, got an object; write it as in [ … ]',
  },
  {
    what: 'a switch by a provider of another region',
    set: { switchRegions: [{ region: 'us-west-2', provider: at('us-west-1') }] },
    says: "switchRegions[0].provider must be a provider of us-west-2, got one of 'us-west-1'; make one with that region and an alias",
  },
  {
    what: 'a switch without a region or a provider',
    set: { switchRegions: [{}] },
    says: [
      "switchRegions[0].region must be an AWS region, got undefined; write it as in 'eu-west-1'",
      'switchRegions[0].provider must be an AwsProvider, got undefined; pass the provider itself, not its name',
    ],
  },
];

const US_EAST_1: readonly Row[] = [
  {
    what: 'a provider of another region for us-east-1',
    set: { usEast1Provider: at('eu-west-1') },
    says: "usEast1Provider must be a provider of us-east-1, got one of 'eu-west-1'; make one with that region and an alias",
  },
  {
    what: 'the name of the provider of us-east-1',
    set: { usEast1Provider: 'aws.virginia' },
    says: "usEast1Provider must be an AwsProvider, got 'aws.virginia'; pass the provider itself, not its name",
  },
  {
    what: 'logs and keys that nothing leads to us-east-1 for',
    set: { usEast1Provider: undefined, provider: at('eu-west-1'), queryLogRetention: Duration.days(30), dnssec: true },
    says: 'usEast1Provider must be given for queryLogRetention and dnssec, got undefined; Route 53 takes logs and keys of us-east-1 only',
  },
  {
    what: 'a log that is kept for a time of no period',
    set: { queryLogRetention: Duration.days(2) },
    says: "queryLogRetention must be one of CloudWatch's periods (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 2 days; take the next longer one",
  },
  {
    what: 'dnssec as text',
    set: { dnssec: 'yes' },
    says: "dnssec must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
  },
];

/** Every way to break a `MultiRegionGeoDNS`. */
export const GEO_DNS: readonly Row[] = [
  ...HOSTED_ZONE,
  ...LABEL,
  ...ENDPOINTS,
  ...TARGETS,
  ...ROUTING,
  ...checks('healthCheck'),
  ...checks('writerCheck'),
  ...TIMES,
  ...CHECKERS,
  ...SWITCHES,
  ...US_EAST_1,
  ...topics<MultiRegionGeoDNSProps>('notificationTopicArn', { region: 'us-east-1', by: 'usEast1Provider' }),
  ...AWS,
];
