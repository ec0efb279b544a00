import { Availability, Capacity, Duration } from 'nines';
import { copies, kOfN, serviceLevels } from 'nines/availability';
import { type AvailabilityTarget, FAILURE_RATES, TARGETS } from 'nines/stacks';
import { OFFLINE_UPDATE, PLANNED_WORK, perYear, RESTORABLE, TAKEOVERS } from '../../src/stacks/failure-rates';
import { computed, LEAST, shop } from './shop';

const failing = (target: AvailabilityTarget) => computed({ target }).availability.failingShare;

/** Shares of the time, worked out here: 22.8 hours of three events in 200 years, 1 in 1000 for a zone, 15 minutes in 4.3 months. */
const REGION = 7.6 / ((200 * 8760) / 3 + 7.6);
const ZONE = 0.001;
const NODE = 0.25 / (4.3 * 730 + 0.25);
const NODES_A_YEAR = 8760 / (4.3 * 730 + 0.25);
const ZONES_A_YEAR = 8760 / 4000;
const seconds = (count: number) => count / 31_536_000;

describe('the availability of a stack', () => {
  test('at 99 % is the product of all its parts, none of which it can miss', () => {
    const moments = [
      (NODES_A_YEAR + ZONES_A_YEAR) * seconds(120), // sessions
      ZONES_A_YEAR * seconds(90), // a lost zone is asked
      NODES_A_YEAR * seconds(30), // a failed server is asked
      4 * seconds(600), // engine
      4 * seconds(600), // operating system
    ];
    const parts = [REGION, ZONE, ZONE, ...Array(4).fill(NODE), NODE, NODE ** 2, ...moments];
    expect(failing('99%')).toBeCloseTo(1 - parts.reduce((works, share) => works * (1 - share), 1), 12);
  });

  test('at 99.9 % waits for takeovers and updates, and for both zones at once', () => {
    const moments = [
      (NODES_A_YEAR + ZONES_A_YEAR) * seconds(120),
      (NODES_A_YEAR + ZONES_A_YEAR) * seconds(120),
      ZONES_A_YEAR * seconds(90),
      NODES_A_YEAR * seconds(30),
      4 * seconds(600),
      4 * seconds(120),
    ];
    const always = [REGION, ...moments].reduce((works, share) => works * (1 - share), 1);
    // with both zones: 4 of 8 servers, one of 2 nodes twice; with one: all 4, and the one node of each
    const servers = kOfN(4, copies(8, Availability.failing(NODE))).failingShare;
    const both = (1 - ZONE) ** 2 * (1 - servers) * (1 - NODE ** 2) ** 2;
    const one = 2 * ZONE * (1 - ZONE) * (1 - NODE) ** 6;
    expect(failing('99.9%')).toBeCloseTo(1 - always * (both + one), 12);
  });

  test('at 99.99 % is what a minute for every takeover and update leaves', () => {
    const moments = [
      (NODES_A_YEAR + ZONES_A_YEAR) * seconds(120),
      (NODES_A_YEAR + ZONES_A_YEAR) * seconds(60),
      ZONES_A_YEAR * seconds(90),
      NODES_A_YEAR * seconds(30),
      8 * seconds(60),
    ];
    const leading = [REGION, ...moments].reduce((sum, share) => sum + share, 0);
    const twoZones = 3 * ZONE ** 2;
    expect(failing('99.99%') / (leading + twoZones)).toBeCloseTo(1, 1);
    expect(String(computed({ target: '99.99%' }).availability)).toBe('99.99304 %');
  });

  test('says what happens if this falls', () => {
    const high = computed({ target: '99.99%' });
    const alone = high.singlePointsOfFailure().map((part) => part.replace('-eu-west-1', ''));
    expect(alone.sort()).toEqual([
      ...['database-engine-update', 'database-system-update', 'database-takeover', 'eu-west-1'],
      ...['failed-server-is-asked', 'lost-zone-is-asked', 'sessions-takeover'],
    ]);
    expect(high.ifDown('eu-west-1a').availability.failingShare).toBeLessThan(0.01);
    expect(high.ifDown('eu-west-1a', 'eu-west-1b').availability.failingShare).toBe(1);
    expect(computed({ target: '99%' }).ifDown('eu-west-1a').availability.failingShare).toBe(1);
    const two = { zones: 3, lostZones: 2, database: 'instance' } as const;
    // an Aurora volume takes no write with two zones lost, however many servers are left; an instance does in one of its two
    const aurora = computed({ redundancy: { ...two, database: 'aurora' } });
    expect(aurora.ifDown('eu-west-1b', 'eu-west-1c').availability.failingShare).toBe(1);
    expect(computed({ redundancy: two }).ifDown('eu-west-1b', 'eu-west-1c').availability.failingShare).toBeLessThan(
      0.01,
    );
  });

  test('loses servers of other zones with the zone of the only NAT gateway, and no others', () => {
    const analysis = computed({ target: '99%', redundancy: { lostZones: 1, database: 'instance' } });
    expect(analysis.ifDown('eu-west-1a').availability.failingShare).toBe(1);
    expect(analysis.ifDown('eu-west-1b').availability.failingShare).toBeLessThan(0.01);
  });

  test('counts a Multi-AZ cluster as down when two of its three nodes are', () => {
    const analysis = computed({ target: '99.99%', redundancy: { database: 'cluster' } });
    const down = (...parts: string[]) => analysis.ifDown(...parts).availability.failingShare === 1;
    expect(down('database-eu-west-1a')).toBe(false);
    expect(down('database-eu-west-1a', 'database-eu-west-1c')).toBe(true);
  });

  test('follows the records of the team', () => {
    const programs = Availability.percent('99.95');
    expect(computed({ records: { programs } }).availability.failingShare).toBeCloseTo(failing('99.9%') + 0.0005, 6);
    const rates = { region: { mtbf: Duration.days(3650), mttr: Duration.hours(1) } };
    const better = computed({ records: { rates } }).availability.failingShare;
    expect(better).toBeCloseTo(failing('99.9%') - REGION + 1 / 87_600, 7);
  });

  test('follows how soon the health check notices', () => {
    const { healthCheck } = LEAST.servers;
    const slow = Object.assign(Object.create(Object.getPrototypeOf(healthCheck)), healthCheck, {
      unhealthyThreshold: 9,
    });
    const { availability } = computed({ servers: { ...LEAST.servers, healthCheck: slow } });
    const more = (NODES_A_YEAR + ZONES_A_YEAR) * seconds(60);
    expect(availability.failingShare - failing('99.9%')).toBeCloseTo(more, 8);
  });

  test('falls as servers are added that the peak needs too, and not as spare ones are', () => {
    const at = (peak: number) =>
      computed({ servers: { ...LEAST.servers, capacity: Capacity.forPeak(peak) } }).availability.failingShare;
    expect(at(40)).toBeGreaterThan(at(4));
    const spare = computed({ redundancy: { zones: 3, lostZones: 2 } }).availability.failingShare;
    expect(spare).toBeLessThan(computed({ redundancy: { zones: 3, lostZones: 1 } }).availability.failingShare);
  });
});

describe('the rates', () => {
  const sources = [
    ...Object.values(FAILURE_RATES).flatMap((rate) => rate.sources),
    ...[...Object.values(TAKEOVERS), ...Object.values(PLANNED_WORK), OFFLINE_UPDATE, RESTORABLE].map(
      ({ source }) => source,
    ),
  ];

  test('say where they come from, each of them', () => {
    expect(sources.filter((source) => !/^https:\/\/\S+$/.test(source))).toEqual([]);
    expect(Object.values(FAILURE_RATES).filter((rate) => rate.sources.length === 0)).toEqual([]);
  });

  test('are those that are written down', () => {
    const shares = Object.entries(FAILURE_RATES).map(([part, rate]) => [
      part,
      Availability.ofRepairs(rate).failingShare,
    ]);
    expect(Object.fromEntries(shares)).toEqual({
      region: expect.closeTo(REGION, 9),
      zone: expect.closeTo(ZONE, 12),
      node: expect.closeTo(NODE, 12),
    });
    expect(perYear(FAILURE_RATES.node)).toBeCloseTo(NODES_A_YEAR, 9);
    expect(perYear(FAILURE_RATES.zone)).toBeCloseTo(ZONES_A_YEAR, 9);
  });

  test('take the zone from the promise of one zone in the catalog', () => {
    const promised = serviceLevels().find(({ id }) => id === 'aws/elb-single-az');
    expect(Availability.ofRepairs(FAILURE_RATES.zone).failingShare).toBeCloseTo(
      promised?.availability.failingShare ?? 0,
      12,
    );
    expect(FAILURE_RATES.zone.sources).toContain(promised?.source);
  });
});

describe('the contractual floor', () => {
  test.each<[AvailabilityTarget, string]>([
    ['99%', '99.47 %'], // one database: 99.5 %
    ['99.9%', '99.92 %'],
    ['99.95%', '99.92 %'],
    ['99.99%', '99.96 %'],
  ])('at %s is the product of the service levels, %s', (target, floor) => {
    expect(String(shop({ target }).contractualFloor)).toBe(floor);
  });

  test('of containers is that of Fargate, of a cluster that of a cluster', () => {
    const { machineImage, ...servers } = LEAST.servers;
    const container = { image: 'registry.example.com/shop:1.4.2' };
    const stack = shop({ target: '99.99%', servers: { ...servers, container }, redundancy: { database: 'cluster' } });
    expect(String(stack.contractualFloor)).toBe('99.92 %');
    expect(machineImage).toBeDefined();
  });

  test('is never taken for the computed availability: every target says both', () => {
    for (const target of Object.keys(TARGETS) as AvailabilityTarget[]) {
      const { availability, contractualFloor } = shop({ target });
      expect(String(availability)).not.toBe(String(contractualFloor));
    }
  });
});
