import fc from 'fast-check';
import { answerDns, type DnsClient, HealthCheck, Routing } from 'nines';
import { type Settings, withDefaults } from '../../../../src/constructs/aws/geo-dns/props';
import { LAST_RESORT, plannedRecords } from '../../../../src/constructs/aws/geo-dns/records';
import { kindsIn, routings } from '../../../support/random-routing';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2', 'sa-east-1'];
const ZONE = 'example.com';
const NAME = 'shop.example.com';

const balancer = (region: string) => `web.${region}.elb.amazonaws.com`;

function settings(regions: readonly string[], routing: Routing, more: Partial<Settings> = {}): Settings {
  return {
    ...withDefaults({
      hostedZone: ZONE,
      record: 'shop',
      endpoints: regions.map((region) => ({ region, target: { dnsName: balancer(region), zoneId: 'Z123' } })),
      healthCheck: HealthCheck.https('/health/ready'),
      routing,
    }),
    ...more,
  };
}

/** Every set of regions but that of none. */
function subsets(regions: readonly string[]): string[][] {
  return Array.from({ length: 2 ** regions.length - 1 }, (_, bits) =>
    regions.filter((__, position) => ((bits + 1) >> position) & 1),
  );
}

const codes = <Code extends string>(...all: readonly Code[]) =>
  fc.constantFrom<(Code | undefined)[]>(...all, undefined);
const clients: fc.Arbitrary<DnsClient> = fc.record({
  continent: codes('AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'),
  country: codes('FR', 'DE', 'US', 'BR', 'JP', 'AS', 'NA', 'TV'),
  state: codes('CA', 'NY', 'WY'),
  latency: fc.dictionary(fc.constantFrom(...REGIONS), fc.integer({ min: 1, max: 400 })),
});

/** How a region can be down, as Route 53 sees it. */
const DOWN: Readonly<Record<string, (region: string) => string[]>> = {
  'its check': (region) => [region],
  'its load balancer': (region) => [balancer(region)],
  both: (region) => [region, balancer(region)],
};

const cases = fc.shuffledSubarray(REGIONS, { minLength: 2 }).chain((regions) =>
  fc.record({
    regions: fc.constant(regions),
    routing: routings(regions),
    asking: fc.array(clients, { minLength: 4, maxLength: 4 }),
    how: fc.constantFrom(...Object.keys(DOWN)),
  }),
);

describe('MultiRegionGeoDNS', () => {
  test('answers every client with a healthy region while one is up, whatever the routing, and whatever else is down', () => {
    const kinds = new Set<string>();
    let asked = 0;
    fc.assert(
      fc.property(cases, ({ regions, routing, asking, how }) => {
        for (const kind of kindsIn(routing)) kinds.add(kind);
        const planned = plannedRecords(settings(regions, routing), ZONE);
        const records = planned.map(({ record }) => record);
        const servedBy = new Map(planned.map(({ record, serves }) => [record, serves ?? '']));
        for (const up of subsets(regions)) {
          const down = regions.filter((region) => !up.includes(region)).flatMap((region) => DOWN[how]?.(region) ?? []);
          for (const client of asking) {
            for (const type of ['A', 'AAAA'] as const) {
              const answers = answerDns(records, { name: NAME, type, client, down });
              const whole = answers.reduce((sum, { share }) => sum + share, 0);
              expect(whole).toBeCloseTo(1, 9);
              for (const { record, healthy } of answers) {
                expect([healthy, up.includes(servedBy.get(record) ?? '')]).toEqual([true, true]);
                asked += 1;
              }
            }
          }
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
    expect([...kinds].sort()).toEqual(['failover', 'geolocation', 'latency', 'weighted']);
    expect(asked).toBeGreaterThan(3000);
  });

  test('answers with the last resort when no region is up, and with no other', () => {
    fc.assert(
      fc.property(cases, ({ regions, routing, asking: [client = {}] }) => {
        const lastResort = { dnsName: 'd111111abcdef8.cloudfront.net', zoneId: 'Z2FDTNDATAQYW2' };
        const planned = plannedRecords(settings(regions, routing, { lastResort }), ZONE);
        const ask = (down: readonly string[]) =>
          answerDns(
            planned.map(({ record }) => record),
            { name: NAME, client, down },
          ).map(({ record }) => planned.find((plan) => plan.record === record)?.serves);
        expect(ask(regions)).toEqual([LAST_RESORT]);
        for (const up of subsets(regions)) {
          const served = ask(regions.filter((region) => !up.includes(region)));
          expect(served.every((by) => by !== undefined && up.includes(by))).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  test('answers as if all were up when nothing is, and there is no last resort', () => {
    const records = plannedRecords(settings(REGIONS, Routing.failover('us-east-1', 'eu-west-1')), ZONE);
    const answers = answerDns(
      records.map(({ record }) => record),
      { name: NAME, down: REGIONS },
    );
    expect(answers).toMatchObject([{ healthy: false, record: { healthCheck: 'us-east-1' } }]);
  });

  test('serves the region of a place first, whoever is nearer', () => {
    const routing = Routing.geolocation({ continents: { EU: 'eu-west-1' }, countries: { BR: 'sa-east-1' } });
    const records = plannedRecords(settings(REGIONS, routing), ZONE).map(({ record }) => record);
    const by = (client: DnsClient, down: readonly string[] = []) =>
      answerDns(records, { name: NAME, client, down }).map(({ record }) => record.healthCheck);
    const near = { latency: { 'us-east-1': 1, 'ap-southeast-2': 2 } };
    expect(by({ continent: 'EU', country: 'FR', ...near })).toEqual(['eu-west-1']);
    expect(by({ continent: 'EU', country: 'FR', ...near }, ['eu-west-1'])).toEqual(['us-east-1']);
    expect(by({ continent: 'SA', country: 'BR', ...near })).toEqual(['sa-east-1']);
    expect(by({ continent: 'SA', country: 'AR', ...near })).toEqual(['us-east-1']);
  });
});
