import { Size } from 'nines';
import {
  CLASSES,
  type DatabaseFeature,
  type DatabaseTopology,
  ENGINES,
  EXCLUSIONS,
  FEATURES,
} from '../../../../src/constructs/aws/database/capabilities';
import { type Choices, type Choose, elsewhere, made, network, SECRET, TOPOLOGIES } from './databases';
import { problems, type Refused } from './refusal';

const own = { master: { secret: SECRET } };

/** Props that ask for each feature; a password of one's own beside them, where that is another question. */
const ASKING: Readonly<Record<DatabaseFeature, Choose>> = {
  'storage autoscaling': { ...own, storage: { max: Size.gibibytes(500) } },
  'replicated backups': (stack) => ({ ...own, regionLoss: { keep: 'backups', provider: elsewhere(stack).provider } }),
  'cross-region read replica': (stack) => ({ ...own, regionLoss: { keep: 'read replica', ...elsewhere(stack) } }),
  'global database': (stack) => ({ ...own, regionLoss: { keep: 'global database', ...elsewhere(stack) } }),
  'blue/green updates': { ...own, maintenance: { blueGreenUpdate: true } },
  'major version upgrade': { ...own, maintenance: { allowMajorVersionUpgrade: true } },
  'managed secret': {},
  proxy: { ...own, proxy: true },
  'continuous backups by AWS Backup': { ...own, backups: { continuousByPlan: true } },
  'restore by Terraform': { ...own, restoreFrom: { snapshot: 'shop' } },
};

/** Choices of two features at once. */
function both([one, other]: readonly [DatabaseFeature, DatabaseFeature]): Choose {
  return (stack) => {
    const [first, second] = [one, other].map((feature): Choices => {
      const choices = ASKING[feature];
      return typeof choices === 'function' ? choices(stack) : choices;
    });
    const isManaged = one === 'managed secret' || other === 'managed secret';
    return {
      topology: FEATURES[one].topologies.find((topology) => FEATURES[other].topologies.includes(topology)),
      ...first,
      ...second,
      maintenance: { ...first?.maintenance, ...second?.maintenance },
      master: isManaged ? undefined : own.master,
    };
  };
}

const FEATURE_NAMES = Object.keys(FEATURES) as DatabaseFeature[];

// What RDS refuses is written here once more: a row that is lost from the tables must not take its test along.
const LACKING: Readonly<Record<DatabaseTopology, readonly DatabaseFeature[]>> = {
  instance: ['global database'],
  cluster: [
    ...(['storage autoscaling', 'replicated backups', 'cross-region read replica', 'global database'] as const),
    ...(['blue/green updates', 'continuous backups by AWS Backup', 'restore by Terraform'] as const),
  ],
  aurora: ['storage autoscaling', 'replicated backups', 'cross-region read replica', 'blue/green updates'],
};
const PAIRS: readonly (readonly [DatabaseFeature, DatabaseFeature])[] = [
  ['managed secret', 'cross-region read replica'],
  ['managed secret', 'global database'],
  ['managed secret', 'blue/green updates'],
  ['proxy', 'blue/green updates'],
  ['cross-region read replica', 'blue/green updates'],
  ['major version upgrade', 'cross-region read replica'],
  ['major version upgrade', 'global database'],
];

describe('what RDS can do', () => {
  const rows = [
    ...Object.values(FEATURES),
    ...EXCLUSIONS,
    ...Object.values(CLASSES),
    ...Object.values(ENGINES).flatMap((engines) => Object.values(engines)),
  ];

  test('stands in rows that all say where it is said', () => {
    for (const { source } of rows) {
      expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|registry\.terraform\.io|github\.com\/hashicorp)\//);
    }
  });

  test('names pairs once, of features that could meet', () => {
    for (const [one, other] of PAIRS) {
      expect(FEATURES[one].topologies.some((topology) => FEATURES[other].topologies.includes(topology))).toBe(true);
    }
    expect(EXCLUSIONS.map(({ features }) => features)).toEqual(PAIRS);
  });

  test.each(TOPOLOGIES)('has a class for %s that it runs on', (topology) => {
    expect(CLASSES[topology].usual).toMatch(CLASSES[topology].like);
  });

  test('takes of each engine the version that is used', () => {
    for (const support of Object.values(ENGINES).flatMap((engines) => Object.values(engines))) {
      expect(support.version).toMatch(support.versions);
    }
  });
});

describe('MultiAZDatabase', () => {
  const cases = TOPOLOGIES.flatMap((topology) => FEATURE_NAMES.map((feature) => ({ topology, feature })));

  test.each(cases.filter(({ topology, feature }) => !LACKING[topology].includes(feature)))(
    'has as $topology: $feature',
    ({ topology, feature }) => {
      expect(() => made(withTopology(topology, ASKING[feature]))).not.toThrow();
    },
  );

  test.each(cases.filter(({ topology, feature }) => LACKING[topology].includes(feature)))(
    'refuses as $topology: $feature',
    ({ topology, feature }) => {
      expect(problems(withTopology(topology, ASKING[feature]))).toEqual([
        expect.stringContaining(`, got '${topology}', for which there is no ${feature}; `),
      ]);
    },
  );

  test.each(PAIRS.map((pair) => [...pair, pair] as const))('refuses %s beside %s', (_, __, pair) => {
    expect(problems(both(pair))).toEqual([
      expect.stringMatching(/ must not stand beside .*, got both, which RDS refuses; /),
    ]);
  });

  const COULD_MEET = FEATURE_NAMES.flatMap((one, position) =>
    FEATURE_NAMES.slice(position + 1).map((other): [DatabaseFeature, DatabaseFeature] => [one, other]),
  )
    .filter(([one, other]) =>
      FEATURES[one].topologies.some((topology) => FEATURES[other].topologies.includes(topology)),
    )
    .filter((pair) => !PAIRS.some((excluded) => pair.every((feature) => excluded.includes(feature))))
    .filter(([one, other]) => !(isKept(one) && isKept(other))); // one prop says which of these is kept

  test.each(COULD_MEET.map((pair) => [...pair, pair] as const))('has %s beside %s', (_, __, pair) => {
    expect(() => made(both(pair))).not.toThrow();
  });

  const SAID: readonly Refused[] = [
    [
      'storage autoscaling of a cluster',
      { topology: 'cluster', storage: { max: Size.gibibytes(500) } },
      "storage.max must go with topology 'instance', got 'cluster', for which there is no storage autoscaling; " +
        'leave it out, or change topology',
    ],
    [
      'replicated backups of Aurora',
      (stack) => ({ topology: 'aurora', regionLoss: { keep: 'backups', provider: elsewhere(stack).provider } }),
      "regionLoss.keep: 'backups' must go with topology 'instance', got 'aurora', for which there is no replicated backups; " +
        'keep something else, or change topology',
    ],
    [
      'blue/green updates of Aurora',
      { topology: 'aurora', ...own, maintenance: { blueGreenUpdate: true } },
      "maintenance.blueGreenUpdate must go with topology 'instance', got 'aurora', for which there is no blue/green updates; " +
        'leave blueGreenUpdate out, or change topology',
    ],
    [
      'continuous backups of a cluster',
      { topology: 'cluster', backups: { continuousByPlan: true } },
      "backups.continuousByPlan must go with topology 'instance' or 'aurora', got 'cluster', for which there is no " +
        'continuous backups by AWS Backup; leave it out, or change topology',
    ],
    [
      'the restore of a cluster (terraform-provider-aws#26773)',
      { topology: 'cluster', restoreFrom: { snapshot: 'shop' } },
      "restoreFrom must go with topology 'instance' or 'aurora', got 'cluster', for which there is no restore by Terraform; " +
        'restore it by hand and import it, or change topology',
    ],
    [
      'a replica of a database whose password RDS manages',
      (stack) => ({ regionLoss: { keep: 'read replica', ...elsewhere(stack) } }),
      "a password that RDS manages itself must not stand beside regionLoss.keep: 'read replica', got both, which RDS refuses; " +
        'give master.secret, or keep something else',
    ],
    [
      'blue/green updates behind a proxy',
      { ...own, proxy: true, maintenance: { blueGreenUpdate: true } },
      'proxy must not stand beside maintenance.blueGreenUpdate, got both, which RDS refuses; ' +
        'leave the proxy out, or leave blueGreenUpdate out',
    ],
    [
      'a major upgrade of a database with a replica, which keeps its version',
      (stack) => ({
        ...own,
        maintenance: { allowMajorVersionUpgrade: true },
        regionLoss: { keep: 'read replica', ...elsewhere(stack) },
      }),
      "maintenance.allowMajorVersionUpgrade must not stand beside regionLoss.keep: 'read replica', got both, which RDS refuses; " +
        'leave allowMajorVersionUpgrade out, or keep something else',
    ],
  ];

  test.each(SAID)('says of %s what to do', (_, choices, text) => {
    expect(problems(choices)).toEqual([text]);
  });

  test('asks for no feature by what is switched off', () => {
    const off: Choices = {
      topology: 'cluster',
      proxy: false,
      backups: { continuousByPlan: false },
      maintenance: { blueGreenUpdate: false, allowMajorVersionUpgrade: false },
    };
    expect(() => made(off)).not.toThrow();
  });
});

function isKept(feature: DatabaseFeature): boolean {
  return ['replicated backups', 'cross-region read replica', 'global database'].includes(feature);
}

function withTopology(topology: DatabaseTopology, choices: Choose): Choose {
  return (stack) => ({
    network: network(stack),
    ...(typeof choices === 'function' ? choices(stack) : choices),
    topology,
  });
}
