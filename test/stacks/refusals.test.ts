import { Fn } from 'cdktf';
import { Availability, Capacity, Duration } from 'nines';
import { WRONG } from '../support/wrong-values';
import { guide, LEAST, shop, shopProblems } from './shop';

const YEARLY = { mtbf: Duration.days(364), mttr: Duration.days(1) };
const servers = (changes: object) => ({ servers: { ...LEAST.servers, ...changes } });

describe('a target that is not met', () => {
  test.each<[string, object, string]>([
    [
      'a database that takes long to update',
      { target: '99.99%', redundancy: { database: 'instance' } },
      "target must not be above what is built, which comes to 99.9844 %, got '99.99%'; " +
        "set redundancy.database to 'cluster' (99.99402 %), or redundancy.database to 'aurora' (99.99304 %)",
    ],
    [
      'one way out to the internet',
      { redundancy: { natInEveryZone: false } },
      "target must not be above what is built, which comes to 99.884 %, got '99.9%'; set redundancy.natInEveryZone to true (99.9846 %)",
    ],
    [
      'several at once',
      { redundancy: { database: 'single', natInEveryZone: false } },
      "target must not be above what is built, which comes to 99.872 %, got '99.9%'; " +
        "set redundancy.natInEveryZone to true and redundancy.database to 'instance' (99.9846 %)",
    ],
    [
      'programs that fail too often',
      { target: '99.95%', records: { programs: Availability.percent('99.9') } },
      "target must not be above what is built, which comes to 99.884 %, got '99.95%'; " +
        'no redundancy in one region is enough, because of programs-eu-west-1 (99.9 %), sessions-takeover-eu-west-1 (99.9981 %), ' +
        'eu-west-1 (99.99869 %): lower the target, better these, or make a MultiRegionApplication',
    ],
  ])('is refused for %s, with what to change', (_, props, problem) => {
    expect(shopProblems(props)).toEqual([problem]);
  });

  test('is refused for a region that fails too often', () => {
    const [problem] = shopProblems({ records: { rates: { region: YEARLY } } });
    expect(problem).toMatch(/no redundancy in one region is enough, because of eu-west-1 \(99\.72\d* %\)/);
  });

  test('says what would do, and that does', () => {
    const redundancy = { database: 'instance' } as const;
    expect(shopProblems({ target: '99.99%', redundancy })[0]).toContain("redundancy.database to 'aurora' (99.99304 %)");
    expect(String(shop({ target: '99.99%', redundancy: { database: 'aurora' } }).availability)).toBe('99.99304 %');
  });

  test('stands in docs/targets.md as it is said', () => {
    const [problem] = shopProblems({ target: '99.99%', redundancy: { database: 'instance' } });
    expect(guide('targets.md')).toContain(`    WebApplicationStack "shop" cannot be built:\n      - ${problem}\n`);
  });
});

describe('WebApplicationStack refuses', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'five nines, which no region has',
      { target: '99.999%' },
      [
        "target must be one of '99%', '99.9%', '99.95%', '99.99%', got '99.999%'; no single region reaches more: make a MultiRegionApplication",
      ],
    ],
    [
      'another target',
      { target: '98%' },
      ["target must be one of '99%', '99.9%', '99.95%', '99.99%', got '98%'; take one of these"],
    ],
    [
      'zones of two regions',
      { zones: ['eu-west-1a', 'eu-west-2b'] },
      ["zones must lie in one region, got 'eu-west-1', 'eu-west-2'; make one stack for each region"],
    ],
    [
      'a zone that is none',
      { zones: ['eu-west-1a', 'eu-west-1'] },
      ["zones must be availability zones of a region, got 'eu-west-1'; write them as in 'eu-west-1a'"],
    ],
    [
      'a zone twice',
      { zones: ['eu-west-1a', 'eu-west-1a'] },
      ["zones must all differ, got 'eu-west-1a', 'eu-west-1a'; name each zone once"],
    ],
    [
      'too few zones for the target',
      { target: '99.95%', zones: ['eu-west-1a', 'eu-west-1b'] },
      ['zones must name at least 3 zones, got 2; add a zone, or lower redundancy.zones'],
    ],
    [
      'more lost zones than there are',
      { redundancy: { lostZones: 2 } },
      ['redundancy.lostZones must be lower than the number of zones (2), got 2; spread over more zones, or lose fewer'],
    ],
    [
      'Aurora in two zones',
      { redundancy: { database: 'aurora' } },
      ["redundancy.zones must be 3 for database 'aurora', got 2; raise it, or take another database"],
    ],
    [
      'a redundancy that is none',
      { redundancy: { zones: 4, lostZones: -1, natInEveryZone: 'yes', sessionReplicas: 0, database: 'oracle' } },
      [
        'redundancy.zones must be a whole number from 2 to 3, got 4; spread over two zones or three',
        'redundancy.lostZones must be a whole number from 0 to 2, got -1; say how many may be lost',
        "redundancy.natInEveryZone must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
        'redundancy.sessionReplicas must be a whole number from 1 to 5, got 0; one node alone loses every session with its zone',
        "redundancy.database must be one of 'single', 'instance', 'cluster', 'aurora', got 'oracle'; take one of these",
      ],
    ],
    [
      'a capacity that says itself which zones it loses',
      servers({ capacity: Capacity.forPeak(4, { tolerateLostZones: 1 }) }),
      ['servers.capacity must not say how many zones may be lost, got one that does; say it in redundancy.lostZones'],
    ],
    [
      'no peak, and no check',
      servers({ capacity: Capacity.forPeak(0), healthCheck: undefined }),
      [
        'servers.capacity.peak must be a whole number of at least 1, got 0; say how many units carry the peak',
        "servers.healthCheck must be a HealthCheck, got undefined; write HealthCheck.http('/ready')",
      ],
    ],
    [
      'a number for a capacity',
      servers({ capacity: 4 }),
      ['servers.capacity must be a Capacity, got 4; write Capacity.forPeak(…)'],
    ],
    [
      'records that are none',
      {
        records: {
          programs: 99.9,
          restoreTime: 4,
          rates: { disk: YEARLY, zone: { mtbf: 1, mttr: Duration.hours(1) }, node: 3 },
        },
      },
      [
        "records.programs must be an Availability, got 99.9; write Availability.percent('99.95')",
        'records.restoreTime must be a Duration, got 4; write Duration.seconds(…)',
        "records.rates must name region, zone, node, got 'disk'; nothing else fails here",
        'records.rates.zone.mtbf must be a Duration, got 1; write Duration.seconds(…)',
        'records.rates.node must be an object, got 3; write it as in { … }',
      ],
    ],
    [
      'text for everything at once',
      {
        zones: 'eu-west-1a',
        network: '10.0.0.0/16',
        servers: 'ami',
        database: 'postgres',
        sessions: true,
        allowDestroy: 'yes',
      },
      [
        "zones must be a list, got 'eu-west-1a'; write it as in [ … ]",
        "network must be an object, got '10.0.0.0/16'; write it as in { … }",
        "servers must be an object, got 'ami'; write it as in { … }",
        "database must be an object, got 'postgres'; write it as in { … }",
        'sessions must be an object, got true; write it as in { … }',
        "allowDestroy must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
      ],
    ],
  ])('%s', (_, props, problems) => {
    expect(shopProblems(props)).toEqual(problems);
  });

  test.each(Object.entries(WRONG))('or takes %s for any prop, and never throws anything else', (_, value) => {
    const refused = Object.keys({ ...LEAST, sessions: 0, backups: 0, redundancy: 0, records: 0 }).filter((prop) => {
      try {
        shop({ [prop]: value });
        return false;
      } catch (error) {
        expect(error).toMatchObject({ name: 'InvalidPropsError' });
        return true;
      }
    });
    expect(refused).toEqual(expect.arrayContaining(['target', 'zones', 'servers', 'database']));
  });

  test('what a group holds, by the construct that it is for', () => {
    expect(shopProblems({ database: { engine: 'oracle' } })[0]).toMatch(/^engine must be one of/);
    expect(shopProblems({ network: { cidr: '10.0.0.0/30' } })[0]).toMatch(/^cidr must/);
    expect(shopProblems({ zones: Fn.split(',', 'a,b') })).toEqual([expect.stringMatching(/^zones must/)]);
  });
});
