import { Availability, Capacity, Duration, HealthCheck } from 'nines';
import { WRONG } from '../../support/wrong-values';
import { application, computed, HOME, LEAST, OTHER, problems, region, withStrategy } from './shop';

const [HOME_REGION, OTHER_REGION] = [region(HOME, 0), region(OTHER, 1)];

describe('MultiRegionApplication refuses', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'one region',
      { regions: [HOME_REGION] },
      ['regions must be at least 2, got 1; add one, or make a WebApplicationStack'],
    ],
    [
      'a region twice',
      { regions: [HOME_REGION, HOME_REGION] },
      ["regions must all differ, got 'eu-west-1' more than once; name each region once"],
    ],
    [
      'zones that are none, of the region that has them',
      { regions: [HOME_REGION, { ...OTHER_REGION, zones: ['eu-central-1'] }] },
      ["regions[1].zones must be availability zones of a region, got 'eu-central-1'; write them as in 'eu-west-1a'"],
    ],
    [
      'what all regions have in common, once',
      { servers: { ...LEAST.servers, capacity: Capacity.forPeak(0) } },
      ['servers.capacity.peak must be a whole number of at least 1, got 0; say how many units carry the peak'],
    ],
    [
      'a strategy that is none',
      withStrategy('cold' as 'hot-standby'),
      [
        "recovery.strategy must be one of 'backup-restore', 'pilot-light', 'warm-standby', 'hot-standby', got 'cold'; take one of these",
      ],
    ],
    [
      'a target that is none',
      { target: '99.9999%' },
      ["target must be one of '99%', '99.9%', '99.95%', '99.99%', '99.999%', got '99.9999%'; take one of these"],
    ],
    [
      'an active region that is none',
      withStrategy('warm-standby', { active: 'us-east-1' }),
      ["recovery.active must be one of the regions (eu-west-1, eu-central-1), got 'us-east-1'; name one"],
    ],
    [
      'part of a standby that is not warm, and more of it than the whole',
      withStrategy('hot-standby', { standbyPeak: 2 }),
      ["recovery.standbyPeak must stand beside strategy 'warm-standby', got 2; leave it out"],
    ],
    [
      'more of a standby than the whole',
      withStrategy('warm-standby', { standbyPeak: 5 }),
      ['recovery.standbyPeak must be a whole number from 1 to 4, got 5; the whole peak is a hot standby'],
    ],
    [
      'a restored database without its backups',
      withStrategy('backup-restore', { active: OTHER }),
      [
        "recovery.restoreFrom must be the ARN of copied backups or of a snapshot in eu-central-1, got undefined; the runbook says how to come by it: 'arn:aws:rds:eu-central-1:…:auto-backup:…'",
      ],
    ],
    [
      'a third region beside copied backups',
      { ...withStrategy('backup-restore'), regions: [HOME_REGION, OTHER_REGION, region('eu-north-1', 2)] },
      [
        "regions must be two with strategy 'backup-restore', got 3; copies do not say whose they are: name two, or take another strategy",
      ],
    ],
    [
      'a restored database from what lies in another region',
      withStrategy('backup-restore', { restoreFrom: `arn:aws:rds:${OTHER}:123456789012:snapshot:back` }),
      [
        "recovery.restoreFrom must be the ARN of copied backups or of a snapshot in eu-west-1, got 'arn:aws:rds:eu-central-1:123456789012:snapshot:back'; the runbook says how to come by it: 'arn:aws:rds:eu-west-1:…:auto-backup:…'",
      ],
    ],
    [
      'what a global database does not take: burstable instances, an upgrade of one member',
      {
        database: {
          ...LEAST.database,
          instanceClass: 'db.t4g.medium',
          maintenance: { allowMajorVersionUpgrade: true },
        },
      },
      [
        "database.instanceClass must not be a burstable one in a global database, got 'db.t4g.medium'; take one as in 'db.r7g.large'",
        'database.maintenance.allowMajorVersionUpgrade must not stand beside a global database, got true; it is upgraded through the global database: leave it out',
      ],
    ],
    [
      'backups that nothing is restored from',
      withStrategy('warm-standby', { restoreFrom: 'arn:aws:rds:eu-central-1:123456789012:auto-backup:ab-1' }),
      [
        "recovery.restoreFrom must stand beside strategy 'backup-restore', got 'arn:aws:rds:eu-central-1:123456789012:auto-backup:ab-1'; leave it out",
      ],
    ],
    [
      'what Aurora cannot do: another topology, no minor version, a password of RDS',
      {
        database: { engine: 'postgres', engineVersion: '17' },
        redundancy: { database: 'instance' },
        regions: [HOME_REGION, { ...OTHER_REGION, databaseSecret: undefined }],
      },
      [
        "redundancy.database must be 'aurora' with strategy 'hot-standby', got 'instance'; only a global database changes sides and back without being made anew",
        "database.engineVersion must name the minor version of a global database, got '17'; write it as in '17.5', or '8.0.mysql_aurora.3.08.0'",
        'regions[1].databaseSecret must be a secret of the region, got undefined; a global database takes no password that RDS manages itself: make one, and let Secrets Manager replicate it',
      ],
    ],
    [
      'copied backups of a cluster',
      withStrategy('backup-restore', {}, { redundancy: { database: 'cluster' } }),
      [
        "redundancy.database must be 'instance' or 'single' with strategy 'backup-restore', got 'cluster'; RDS copies backups of nothing else: take one of these, or another strategy",
      ],
    ],
    [
      'a check that is none',
      { dns: { ...LEAST.dns, healthCheck: '/health' } },
      ["dns.healthCheck must be a HealthCheck, got '/health'; write HealthCheck.https('/ready')"],
    ],
    [
      'times that are none',
      withStrategy('hot-standby', { rto: 10, decision: '5 minutes' } as object),
      [
        'recovery.rto must be a Duration, got 10; write Duration.seconds(…)',
        "recovery.decision must be a Duration, got '5 minutes'; write Duration.seconds(…)",
      ],
    ],
    [
      'objectives that the strategy does not meet, with the cheapest one that does',
      withStrategy('backup-restore', { rto: Duration.hours(1), rpo: Duration.minutes(5) }),
      [
        "recovery.rto must be at least the 4 hours 7 minutes that strategy 'backup-restore' comes to, got 1 hour; take 'pilot-light', or allow more",
        "recovery.rpo must be at least the 10 minutes that strategy 'backup-restore' comes to, got 5 minutes; take 'pilot-light', or allow more",
      ],
    ],
    [
      'objectives that no strategy meets',
      withStrategy('hot-standby', { rpo: Duration.seconds(0) }),
      [
        "recovery.rpo must be at least the 1 minute that strategy 'hot-standby' comes to, got 0 seconds; no strategy does better: allow more",
      ],
    ],
  ])('%s', (_, props, expected) => {
    expect(problems(props)).toEqual(expected);
  });

  test('an RTO shorter than it takes to notice', () => {
    const [problem] = problems(
      withStrategy('hot-standby', { rto: Duration.seconds(30), decision: Duration.seconds(0) }),
    );
    expect(problem).toMatch(
      /^recovery\.rto must be at least the 5 minutes that strategy 'hot-standby' comes to, got 30 seconds/,
    );
  });

  test('five nines of published rates, with what costs the most', () => {
    expect(problems({ target: '99.999%' })).toEqual([
      "target must not be above what is built, which comes to 99.99462 %, got '99.999%'; better sessions-takeover-eu-west-1 (99.9981 %), " +
        'database-takeover-eu-west-1 (99.999052 %), database-system-update-eu-west-1 (99.999238 %): a proxy before the database, ' +
        'faster checks, no session store, rates of your own in records; or lower the target',
    ]);
  });

  test.each(Object.entries(WRONG))('or takes %s for any prop, and never throws anything else', (_, value) => {
    const props = [...Object.keys(LEAST), 'recovery', 'target', 'sessions', 'backups', 'redundancy', 'records'];
    const refused = props.filter((prop) => {
      try {
        application({ ...LEAST, [prop]: value });
        return false;
      } catch (error) {
        expect(error).toMatchObject({ name: 'InvalidPropsError' });
        return true;
      }
    });
    expect(refused).toEqual(expect.arrayContaining(['regions', 'dns', 'servers', 'database', 'target']));
  });
});

describe('five nines', () => {
  const check = HealthCheck.http('/ready', {
    ...{ port: 8080, interval: Duration.seconds(5), timeout: Duration.seconds(2), unhealthyThreshold: 2 },
  });
  const five = {
    ...LEAST,
    target: '99.999%',
    sessions: false,
    servers: { ...LEAST.servers, healthCheck: check },
    database: { ...LEAST.database, proxy: true },
    records: { rates: { zone: { mtbf: Duration.days(1825), mttr: Duration.hours(4) } } },
  } as const;

  test('are met without sessions in a store, behind a proxy, by fast checks, with zones that the team knows to fail less', () => {
    const { availability } = computed(five).analysis;
    expect(availability.meets(Availability.percent('99.999'))).toBe(true);
    expect(String(availability)).toBe('99.999121 %');
  });

  test.each<[string, object]>([
    ['sessions in a store', { sessions: undefined }],
    ['no proxy', { database: LEAST.database }],
    ['slow checks', { servers: LEAST.servers }],
    ['published rates of zones', { records: {} }],
  ])('are missed with %s', (_, change) => {
    expect(problems({ ...five, ...change })).toEqual([
      expect.stringMatching(/^target must not be above what is built/),
    ]);
  });
});
