import { Capacity, Duration } from 'nines';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import type { TierDraft } from './tier-draft';

type Row = Breakage<TierDraft>;

/** Every way to break a capacity. */
export const CAPACITY: readonly Row[] = [
  {
    what: 'a missing capacity',
    set: { capacity: undefined },
    says: 'capacity must be a Capacity, got undefined; write Capacity.forPeak(…)',
  },
  {
    what: 'a peak known only after deployment',
    set: { 'capacity.peak': UNKNOWN.number },
    says: `capacity.peak must be known at synthesis, got ${TOKEN}; write the number itself`,
  },
  {
    what: 'a peak of nothing',
    set: { 'capacity.peak': 0 },
    says: 'capacity.peak must be a whole number of at least 1, got 0; say how many units carry the peak',
  },
  {
    what: 'a peak parsed from nothing',
    set: { 'capacity.peak': Number.NaN },
    says: 'capacity.peak must be a whole number of at least 1, got NaN; say how many units carry the peak',
  },
  {
    what: 'a fraction as the largest size',
    set: { 'capacity.max': 7.5 },
    says: 'capacity.max must be a whole number of at least 1, got 7.5; say how far scaling may go',
  },
  {
    what: 'a largest size below the smallest',
    set: { 'capacity.max': 1 },
    reads: ['capacity.peak', 'capacity.tolerateLostZones', 'capacity.allowOverloadWhenZoneLost', 'network'],
    says: ({ capacity: { peak, ...options }, network: { zones } }) => {
      const { minimum } = Capacity.forPeak(peak, { ...options, max: undefined }).over(zones.length);
      return (
        `capacity.max must be at least the minimum that survives (${minimum} over ${zones.length} zones ` +
        `for a peak of ${peak}), got 1; raise max or lower the peak`
      );
    },
  },
  {
    what: 'a tolerance of three zones',
    set: { 'capacity.tolerateLostZones': 3, 'capacity.allowOverloadWhenZoneLost': undefined },
    says: 'capacity.tolerateLostZones must be 1 or 2, got 3; for none, say allowOverloadWhenZoneLost: true',
  },
  {
    what: 'a tolerance known only after deployment',
    set: { 'capacity.tolerateLostZones': UNKNOWN.number, 'capacity.allowOverloadWhenZoneLost': undefined },
    says: `capacity.tolerateLostZones must be known at synthesis, got ${TOKEN}; write the number itself`,
  },
  {
    what: 'a tolerance of all zones',
    needs: ({ network }) => network.zones.length === 2,
    set: { 'capacity.tolerateLostZones': 2, 'capacity.allowOverloadWhenZoneLost': undefined },
    reads: ['network'],
    says:
      'capacity.tolerateLostZones must be lower than the number of zones (2), got 2; ' +
      'spread over more zones or tolerate fewer',
  },
  {
    what: 'an overload and a tolerance at once',
    set: { 'capacity.allowOverloadWhenZoneLost': true, 'capacity.tolerateLostZones': 1 },
    says:
      'capacity.allowOverloadWhenZoneLost must not stand beside tolerateLostZones, got true and 1; ' +
      'keep one of them',
  },
  {
    what: 'an overload allowed by text',
    set: { 'capacity.allowOverloadWhenZoneLost': 'false' },
    says: "capacity.allowOverloadWhenZoneLost must be true or false, got 'false'; leave it out to survive a lost zone",
  },
  {
    what: 'a safe use of more than all',
    set: { 'capacity.safeUse': 90 },
    says: 'capacity.safeUse must be a number above 0 and at most 1, got 90; 0.9 is the usual share',
  },
  {
    what: 'a safe use known only after deployment',
    set: { 'capacity.safeUse': UNKNOWN.number },
    says: `capacity.safeUse must be known at synthesis, got ${TOKEN}; write the number itself`,
  },
  {
    what: 'servers that answer nothing',
    set: { 'capacity.requestsPerSecond': 0 },
    says: 'capacity.requestsPerSecond must be a number above 0, got 0; measure what one unit answers when fully used',
  },
];

/** Every way to break a health check. */
export const HEALTH_CHECK: readonly Row[] = [
  {
    what: 'a missing health check',
    set: { healthCheck: undefined },
    says: "healthCheck must be a HealthCheck, got undefined; write HealthCheck.http('/health/ready', …)",
  },
  {
    what: 'a health check by TCP',
    set: { 'healthCheck.protocol': 'tcp' },
    reads: ['healthCheck.path'],
    says:
      "healthCheck must be by http or https, got 'tcp'; an application load balancer asks for a path: " +
      "write HealthCheck.http('/health/ready', …)",
  },
  {
    what: 'a missing path',
    set: { 'healthCheck.path': undefined },
    says: "healthCheck.path must start with '/' and hold no spaces, got undefined; write it as in '/health/ready'",
  },
  {
    what: 'a path known only after deployment',
    set: { 'healthCheck.path': UNKNOWN.text },
    says: `healthCheck.path must be known at synthesis, got ${TOKEN}; write the path itself`,
  },
  {
    what: 'a path with letters beyond ASCII',
    set: { 'healthCheck.path': '/santé' },
    says: "healthCheck.path must hold printable ASCII only, got '/santé'; encode the rest, as in '/sant%C3%A9'",
  },
  {
    what: 'a path longer than a load balancer takes',
    set: { 'healthCheck.path': `/${'x'.repeat(1024)}` },
    says: 'healthCheck.path must be at most 1024 characters, got 1025; shorten it',
  },
  {
    what: 'a live path that does not start with a slash',
    set: { 'healthCheck.live': 'live' },
    says: "healthCheck.live must start with '/' and hold no spaces, got 'live'; write it as in '/health/ready'",
  },
  {
    what: 'a startup path with a space',
    set: { 'healthCheck.startup': '/started up' },
    says: "healthCheck.startup must start with '/' and hold no spaces, got '/started up'; write it as in '/health/ready'",
  },
  {
    what: 'a port parsed from nothing',
    set: { 'healthCheck.port': Number.NaN },
    says: 'healthCheck.port must be a whole number from 1 to 65535, got NaN; give the port that the servers listen on',
  },
  {
    what: 'a port known only after deployment',
    set: { 'healthCheck.port': UNKNOWN.number },
    says: `healthCheck.port must be known at synthesis, got ${TOKEN}; write the number itself`,
  },
  {
    what: 'a port out of range',
    set: { 'healthCheck.port': 65_536 },
    says: 'healthCheck.port must be a whole number from 1 to 65535, got 65536; give the port that the servers listen on',
  },
  {
    what: 'an interval as a bare number',
    set: { 'healthCheck.interval': 10 },
    reads: ['healthCheck.timeout'],
    says: 'healthCheck.interval must be a Duration, got 10; write Duration.seconds(…)',
  },
  {
    what: 'an interval that no platform knows',
    set: { 'healthCheck.interval': Duration.millis(7500), 'healthCheck.timeout': Duration.seconds(2) },
    says: 'healthCheck.interval must be at least 1 second, in whole seconds, got 7.5 seconds; give a longer interval',
  },
  {
    what: 'an interval shorter than a load balancer knows',
    set: { 'healthCheck.interval': Duration.seconds(4), 'healthCheck.timeout': Duration.seconds(2) },
    says:
      'healthCheck.interval must be from 5 seconds to 5 minutes, in whole seconds, got 4 seconds; ' +
      'an application load balancer allows no other',
  },
  {
    what: 'a timeout that no platform knows',
    set: { 'healthCheck.timeout': Duration.millis(2500), 'healthCheck.interval': undefined },
    says: 'healthCheck.timeout must be at least 1 second, in whole seconds, got 2.5 seconds; give a longer timeout',
  },
  {
    what: 'a timeout longer than a load balancer waits',
    set: { 'healthCheck.timeout': Duration.seconds(121), 'healthCheck.interval': Duration.minutes(5) },
    says:
      'healthCheck.timeout must be from 2 seconds to 2 minutes, in whole seconds, got 2 minutes 1 second; ' +
      'an application load balancer allows no other',
  },
  {
    what: 'a timeout as long as the interval',
    set: { 'healthCheck.timeout': Duration.seconds(10), 'healthCheck.interval': Duration.seconds(10) },
    says:
      'healthCheck.timeout must be shorter than interval (10 seconds), got 10 seconds; ' +
      'lower timeout or raise interval',
  },
  ...['healthyThreshold', 'unhealthyThreshold'].flatMap((threshold): Row[] => [
    {
      what: `no answers as ${threshold}`,
      set: { [`healthCheck.${threshold}`]: 0 },
      says: `healthCheck.${threshold} must be a whole number of at least 1, got 0; count answers in a row`,
    },
    {
      what: `more answers than a load balancer counts as ${threshold}`,
      set: { [`healthCheck.${threshold}`]: 11 },
      says:
        `healthCheck.${threshold} must be a whole number from 2 to 10, got 11; ` +
        'an application load balancer allows no other',
    },
  ]),
];
