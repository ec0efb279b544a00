import { Duration } from 'nines';
import type { ZonalNetwork } from 'nines/aws';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { CAPACITY, HEALTH_CHECK } from './intent';
import { SERVERS } from './servers';
import type { TierDraft } from './tier-draft';

type Row = Breakage<TierDraft>;

const onFargate = ({ container }: TierDraft) => container !== undefined;
const onEc2 = ({ container }: TierDraft) => container === undefined;
const mayFaceInternet = ({ network }: TierDraft) => network.publicSubnets.length > 0;

/** The same network, had it been made in another region. */
function abroad({ zones, ...network }: ZonalNetwork): ZonalNetwork {
  return { ...network, zones: zones.map((zone) => zone.replace('us-east-1', 'eu-west-1')) };
}

const PLACE: readonly Row[] = [
  {
    what: 'a machine image beside a container',
    needs: onFargate,
    set: { machineImage: 'ami-0abc1234' },
    says: 'exactly one of machineImage and container must be given, got machineImage and container; remove one',
  },
  {
    what: 'neither machine image nor container',
    needs: onEc2,
    set: { machineImage: undefined },
    says: 'exactly one of machineImage and container must be given, got none; give one',
  },
  {
    what: 'a missing network',
    set: { network: undefined },
    reads: ['capacity'], // nothing to plan over
    says: 'network must be a MultiAZNetwork, got undefined; make one, or use MultiAZNetwork.fromExisting',
  },
  {
    what: 'zones in place of a network',
    set: { network: { zones: ['us-east-1a', 'us-east-1b'] } },
    reads: ['capacity'],
    says: 'network must be a MultiAZNetwork, got an object; make one, or use MultiAZNetwork.fromExisting',
  },
  {
    what: 'a network of another region than that of the provider',
    set: ({ network }) => ({ network: abroad(network), certificateArn: undefined }),
    reads: ['capacity', 'entrance.internal', 'provider'],
    says:
      "network.zones must lie in the region of the provider (us-east-1), got 'eu-west-1'; " +
      'change the zones, or pass the provider of their region',
  },
  {
    what: 'a network of one zone',
    set: ({ network }) => ({
      network: { ...network, zones: network.zones.slice(0, 1) },
      capacity: { peak: 1, allowOverloadWhenZoneLost: true },
      'entrance.internal': true,
    }),
    reads: ['certificateArn'],
    says: ({ network }) =>
      `network.zones must name at least 2 availability zones, got '${network.zones[0]}'; add a zone of the same region`,
  },
  {
    what: 'a network without servers in one of its zones',
    set: ({ network }) => ({ network: { ...network, applicationSubnets: network.applicationSubnets.slice(1) } }),
    reads: ['entrance.internal'],
    says: ({ network: { zones } }) =>
      `network.applicationSubnets must be one in each of the zones (${zones.join(', ')}), got ` +
      `'${zones.slice(1).join("', '")}'; a load balancer takes one subnet per zone`,
  },
  {
    what: 'a network in which a subnet for servers is missing',
    set: ({ network }) => ({ network: { ...network, applicationSubnets: [undefined] } }),
    reads: ['entrance.internal'],
    says: ({ network: { zones } }) =>
      `network.applicationSubnets must be one in each of the zones (${zones.join(', ')}), got undefined; ` +
      'a load balancer takes one subnet per zone',
  },
  {
    what: 'a network whose load balancer would miss a zone',
    needs: mayFaceInternet,
    set: ({ network }) => ({
      network: { ...network, publicSubnets: network.publicSubnets.slice(1) },
      'entrance.internal': undefined,
    }),
    says: ({ network: { zones } }) =>
      `network.publicSubnets must be one in each of the zones (${zones.join(', ')}), got ` +
      `'${zones.slice(1).join("', '")}'; a load balancer takes one subnet per zone`,
  },
  {
    what: 'a network without public subnets for a tier that faces the internet',
    set: ({ network }) => ({ network: { ...network, publicSubnets: [] }, 'entrance.internal': undefined }),
    says:
      'network must have publicSubnets for a load balancer that faces the internet, got none; ' +
      'add them, or set entrance.internal: true',
  },
  {
    what: 'a port out of range',
    set: { port: 0 },
    says: 'port must be a whole number from 1 to 65535, got 0; give the port that the servers listen on',
  },
];

/** A duration out of range, as every one of the timing is refused. */
function wrong(
  prop: string,
  value: Duration,
  got: string,
  bounds: string,
  remedy: string,
  more: Partial<Row> = {},
): Row {
  return {
    what: `${got} as timing.${prop}`,
    set: { [`timing.${prop}`]: value },
    says: `timing.${prop} must be ${bounds}, in whole seconds, got ${got}; ${remedy}`,
    ...more,
  };
}

const HOUR = 'from 1 second to 1 hour';
const halfSecond = Duration.millis(500);
const day = Duration.days(1);

const TIMING: readonly Row[] = [
  {
    what: 'timing as text',
    set: { timing: 'fast' },
    says: "timing must be an object, got 'fast'; write it as in { … }",
  },
  {
    what: 'a bare number as timing.startup',
    set: { 'timing.startup': 60 },
    says: 'timing.startup must be a Duration, got 60; write Duration.seconds(…)',
  },
  wrong('startup', day, '1 day', HOUR, 'say how long the slowest start takes'),
  wrong('longestRequest', halfSecond, '0.5 seconds', HOUR, 'move longer work to a queue', { reads: ['timing.drain'] }),
  {
    what: 'a longest request of a day, which the drain follows',
    set: { 'timing.longestRequest': day, 'timing.drain': undefined },
    says: `timing.longestRequest must be ${HOUR}, in whole seconds, got 1 day; move longer work to a queue`,
  },
  wrong('drain', day, '1 day', HOUR, 'a load balancer drains for an hour at most', {
    reads: ['timing.longestRequest'],
  }),
  {
    what: 'a drain shorter than the longest request',
    set: { 'timing.drain': Duration.seconds(29), 'timing.longestRequest': undefined },
    says:
      'timing.drain must not be shorter than longestRequest (30 seconds), got 29 seconds; ' +
      'raise drain, or requests are cut off whenever a server is replaced',
  },
  {
    what: 'a drain in thirds of a second, shorter than the longest request',
    set: { 'timing.drain': Duration.minutes(1 / 7), 'timing.longestRequest': undefined },
    says: [
      `timing.drain must be ${HOUR}, in whole seconds, got ${60 / 7} seconds; a load balancer drains for an hour at most`,
      `timing.drain must not be shorter than longestRequest (30 seconds), got ${60 / 7} seconds; ` +
        'raise drain, or requests are cut off whenever a server is replaced',
    ],
  },
  wrong(
    'shutdown',
    Duration.seconds(121),
    '2 minutes 1 second',
    'from 1 second to 2 minutes',
    'Fargate kills a task 120 seconds after SIGTERM',
    { needs: onFargate, reads: ['container'] },
  ),
  wrong('shutdown', day, '1 day', HOUR, 'stop faster', { needs: onEc2, reads: ['container'] }),
  wrong(
    'slowStart',
    Duration.seconds(29),
    '29 seconds',
    'from 30 seconds to 15 minutes',
    'a load balancer allows no other; leave it out for none',
  ),
  {
    what: 'a slow start parsed from nothing',
    set: { 'timing.slowStart': Number.NaN },
    says: 'timing.slowStart must be a Duration, got NaN; write Duration.seconds(…)',
  },
];

const ENTRANCE: readonly Row[] = [
  {
    what: 'entrance as text',
    needs: mayFaceInternet,
    set: { entrance: 'internal' },
    reads: ['network'],
    says: "entrance must be an object, got 'internal'; write it as in { … }",
  },
  {
    what: 'an entrance whose face is known only after deployment',
    set: { 'entrance.internal': UNKNOWN.object },
    says: `entrance.internal must be true or false, got ${TOKEN}; compare text, as in process.env.NAME === 'true'`,
  },
  {
    what: 'a cookie that lives for more than a week',
    set: { 'entrance.stickiness': Duration.days(8) },
    says:
      'entrance.stickiness must be from 1 second to 7 days, in whole seconds, got 8 days; ' +
      'a cookie lives a week at most',
  },
  {
    what: 'the name of a bucket in place of access logs',
    set: { 'entrance.accessLogs': 'logs' },
    says: [
      "entrance.accessLogs must be an object, got 'logs'; write it as in { … }",
      'entrance.accessLogs.bucket must be the name of a bucket, got undefined; fix the name',
    ],
  },
  {
    what: 'a bucket of access logs read from an environment variable that is not set',
    set: { 'entrance.accessLogs.bucket': undefined },
    says: 'entrance.accessLogs.bucket must be the name of a bucket, got undefined; fix the name',
  },
  {
    what: 'a prefix of access logs that starts with a slash',
    set: { 'entrance.accessLogs.prefix': '/web', 'entrance.accessLogs.bucket': 'logs' },
    says: "entrance.accessLogs.prefix must not start or end with '/' nor hold 'AWSLogs', got '/web'; fix it",
  },
  {
    what: 'a certificate of another region',
    set: { certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0abc1234' },
    reads: ['network'],
    says:
      'certificateArn must lie in the region of the tier (us-east-1), got ' +
      "'arn:aws:acm:eu-west-1:123456789012:certificate/0abc1234'; a load balancer takes no other: request one there",
  },
  {
    what: 'a certificate that is no ARN',
    set: { certificateArn: 'shop.example.com' },
    says:
      "certificateArn must be the ARN of a certificate, got 'shop.example.com'; " +
      "write it as in 'arn:aws:acm:eu-west-1:…'",
  },
];

/** Every way to break an `HAWebTier`. */
export const TIER: readonly Row[] = [
  ...PLACE,
  ...CAPACITY,
  ...HEALTH_CHECK,
  ...TIMING,
  ...ENTRANCE,
  ...SERVERS,
  ...AWS,
];
