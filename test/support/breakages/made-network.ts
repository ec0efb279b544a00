import type { MultiAZNetworkProps, ZoneRanges } from 'nines/aws';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { BAD_ZONES, FREE_ZONE } from './zones';

type Row = Breakage<MultiAZNetworkProps>;

const CIDR: readonly Row[] = [
  {
    what: 'a cidr known only after deployment',
    set: { cidr: UNKNOWN.text },
    says: `cidr must be known at synthesis, got ${TOKEN}; write the range itself`,
  },
  {
    what: 'a missing cidr',
    set: { cidr: undefined },
    says: "cidr must be an IPv4 range that starts at its first address, got undefined; write it as in '10.20.0.0/16'",
  },
  {
    what: 'a cidr that starts inside its range',
    set: { cidr: '10.20.0.1/16' },
    says: "cidr must be an IPv4 range that starts at its first address, got '10.20.0.1/16'; write it as in '10.20.0.0/16'",
  },
  {
    what: 'a cidr larger than AWS allows',
    set: { cidr: '10.0.0.0/8', subnets: undefined },
    says: "cidr must be from /16 to /21, got '10.0.0.0/8'; AWS allows no larger network",
  },
  {
    what: 'a cidr too small for eight zones',
    set: { cidr: '10.20.0.0/22', subnets: undefined },
    says: "cidr must be from /16 to /21, got '10.20.0.0/22'; take a larger range, or give subnets",
  },
  {
    what: 'a cidr too small for given subnets',
    set: { cidr: '10.20.0.0/26', subnets: {} },
    reads: ['zones'],
    says: ({ zones }) => [
      "cidr must be from /16 to /25, got '10.20.0.0/26'; take a larger range",
      ...zones.map((zone) => `subnets must hold every zone, got none for '${zone}'; add its three ranges`),
    ],
  },
];

const ZONES: readonly Row[] = [
  {
    what: 'zones known only after deployment',
    set: { zones: UNKNOWN.list },
    says: `zones must be known at synthesis, got ${TOKEN}; write the names, as in ['eu-west-1a', 'eu-west-1b']`,
  },
  {
    what: 'zones as text, as environment variables hold them',
    set: { zones: 'us-east-1a,us-east-1b' },
    says: "zones must be a list, got 'us-east-1a,us-east-1b'; write it as in [ … ]",
  },
  ...BAD_ZONES.map(
    (bad): Row => ({
      what: `zones: ${bad.what}`,
      set: ({ zones }) => ({ zones: bad.zones(zones), subnets: undefined, allowNatSinglePointOfFailure: undefined }),
      reads: ['provider'],
      says: ({ zones }) => bad.says('zones', zones),
    }),
  ),
  {
    what: 'a NAT gateway outside of zones',
    set: { allowNatSinglePointOfFailure: FREE_ZONE },
    reads: ['zones'],
    says: ({ zones }) =>
      `allowNatSinglePointOfFailure must be one of zones (${zones.join(', ')}), got '${FREE_ZONE}'; ` +
      'name the zone that gets the gateway',
  },
];

const PLAN = {
  'us-east-1a': { public: '10.64.0.0/24', application: '10.64.64.0/24', data: '10.64.128.0/28' },
  'us-east-1b': { public: '10.64.1.0/24', application: '10.64.65.0/24', data: '10.64.129.0/28' },
};

/** Subnets that are wrong in one place, in a network that is right. */
function subnets(what: string, wrong: unknown, says: string): Row {
  const others = { cidr: '10.64.0.0/16', zones: Object.keys(PLAN), allowNatSinglePointOfFailure: undefined };
  return { what: `subnets: ${what}`, set: { subnets: wrong, ...others }, says };
}

/** Ranges of the first zone, one of them changed. */
function changed(ranges: Readonly<Partial<Record<keyof ZoneRanges, unknown>>>) {
  return { ...PLAN, 'us-east-1a': { ...PLAN['us-east-1a'], ...ranges } };
}

const SUBNETS: readonly Row[] = [
  subnets(
    'known only after deployment',
    UNKNOWN.object,
    `subnets must be known at synthesis, got ${TOKEN}; write the object itself`,
  ),
  subnets('a list', ['10.64.0.0/24'], "subnets must be an object, got '10.64.0.0/24'; write it as in { … }"),
  subnets(
    'none for a zone',
    { ...PLAN, 'us-east-1b': undefined },
    "subnets must hold every zone, got none for 'us-east-1b'; add its three ranges",
  ),
  subnets(
    'for a zone that the network is not in',
    {
      ...PLAN,
      [FREE_ZONE]: { public: '10.64.7.0/24', application: '10.64.71.0/24', data: '10.64.135.0/28' },
    },
    `subnets must hold only zones of the network, got '${FREE_ZONE}'; remove it or add it to zones`,
  ),
  subnets(
    'a range known only after deployment',
    changed({ public: UNKNOWN.text }),
    `subnets['us-east-1a'].public must be known at synthesis, got ${TOKEN}; write the range itself`,
  ),
  subnets(
    'text that is no range',
    changed({ data: '10.64.128.0' }),
    "subnets['us-east-1a'].data must be an IPv4 range that starts at its first address, got '10.64.128.0'; " +
      "write it as in '10.20.0.0/16'",
  ),
  subnets(
    'a range outside of cidr',
    changed({ application: '10.65.0.0/24' }),
    "subnets['us-east-1a'].application must lie inside cidr (10.64.0.0/16), got '10.65.0.0/24'; move it inside",
  ),
  subnets(
    'a public one too small for a load balancer',
    changed({ public: '10.64.0.0/28' }),
    "subnets['us-east-1a'].public must be a /27 or larger, got '10.64.0.0/28'; give it more addresses",
  ),
  subnets(
    'one smaller than AWS makes',
    changed({ data: '10.64.128.0/29' }),
    "subnets['us-east-1a'].data must be a /28 or larger, got '10.64.128.0/29'; give it more addresses",
  ),
  subnets(
    'two that overlap',
    changed({ data: '10.64.64.128/28' }),
    "subnets['us-east-1a'].data must not overlap subnets['us-east-1a'].application (10.64.64.0/24), " +
      "got '10.64.64.128/28'; move one of them",
  ),
];

/** Every way to break a `MultiAZNetwork`. */
export const MADE_NETWORK: readonly Row[] = [...CIDR, ...ZONES, ...SUBNETS, ...AWS];
