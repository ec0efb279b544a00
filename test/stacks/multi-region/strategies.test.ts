import { Duration } from 'nines';
import { downtimeText } from 'nines/availability';
import { MultiRegionApplication, type RecoveryStep, type RegionStrategy, STRATEGIES } from 'nines/stacks';
import { all } from '../../support/synth';
import { addressesIn, testStacks } from './separation';
import { shapeOf } from './shape';
import { applied, computed, HOME, LEAST, OTHER, region, withStrategy } from './shop';

const NAMES = Object.keys(STRATEGIES) as RegionStrategy[];
const BUILT = new Map(NAMES.map((strategy) => [strategy, applied(withStrategy(strategy))]));

/** A client that is nearer to the other region. */
const NEAR_OTHER = { latency: { [OTHER]: 10, [HOME]: 30 } };

function built(strategy: RegionStrategy) {
  const found = BUILT.get(strategy);
  if (!found) throw new Error(strategy);
  return found;
}

for (const [strategy, each] of BUILT) testStacks(strategy, each);

test('one application is a contract: its stacks, and the ids in them', () => {
  expect(addressesIn(built('warm-standby'))).toMatchSnapshot();
});

describe('a strategy', () => {
  test.each<[RegionStrategy, object]>([
    ['backup-restore', { servers: undefined, database: 'none', sessions: 0, copies: 1, plans: 0 }],
    ['pilot-light', { servers: [0, 12, 0], database: 'aurora', follows: 'shop-global', forwards: false, sessions: 3 }],
    ['warm-standby', { servers: [3, 12, undefined], database: 'aurora', follows: 'shop-global', forwards: false }],
    ['hot-standby', { servers: [6, 12, undefined], database: 'aurora', follows: 'shop-global', forwards: true }],
  ])('of %s keeps that in the other region, and all of it at home', (strategy, shape) => {
    const { stacks } = built(strategy);
    expect(shapeOf(stacks[`shop-${OTHER}`])).toMatchObject(shape);
    expect(shapeOf(stacks[`shop-${HOME}`])).toMatchObject({
      ...{ servers: [6, 12, undefined], sessions: 3, copies: 0, plans: 1, follows: 'nothing' },
      database: strategy === 'backup-restore' ? 'instance' : 'aurora',
    });
  });

  test('leads clients to the nearest region when hot, to the first that works when not, to one with backups alone', () => {
    const policies = (strategy: RegionStrategy) => {
      const stack = built(strategy).stacks['shop-dns'];
      const records = Object.values(stack ? all(stack, 'aws_route53_record') : {});
      return {
        latency: records.some((record) => record.latency_routing_policy),
        failover: records.some((record) => record.failover_routing_policy),
      };
    };
    expect(policies('hot-standby').latency).toBe(true);
    expect(policies('warm-standby')).toMatchObject({ failover: true });
    expect(policies('pilot-light')).toMatchObject({ failover: true });
    expect(policies('backup-restore')).toEqual({ latency: false, failover: false });
    const alias = JSON.stringify(built('backup-restore').stacks['shop-dns']?.resource);
    expect(alias).toContain(`${HOME}.shop.example.com`);
    const { dns } = built('warm-standby').shop;
    expect(dns?.served(NEAR_OTHER)).toEqual([{ by: HOME, share: 1 }]);
    expect(dns?.served(NEAR_OTHER, [HOME])).toEqual([{ by: OTHER, share: 1 }]);
  });

  test('names of every region what cannot leave it: image, certificate, secret, key, topic', () => {
    const keys = [HOME, OTHER].map((name) => `arn:aws:kms:${name}:123456789012:key/0f1e2d3c`);
    const regions = [HOME, OTHER].map((name, place) => ({ ...region(name, place), kmsKeyArn: keys[place] }));
    const { stacks, shop } = applied(withStrategy('warm-standby', {}, { regions }));
    for (const [place, name] of [HOME, OTHER].entries()) {
      const text = JSON.stringify(stacks[`shop-${name}`]);
      expect(text).toContain(`ami-0abc1234def56789${place}`);
      expect(text).toContain(`arn:aws:acm:${name}:`);
      expect(text).toContain(keys[place]);
      expect(text).toContain(`arn:aws:sns:${name}:`);
    }
    expect(shop.regions.get(HOME)?.database?.secretArn).toContain(`secretsmanager:${HOME}`);
  });

  test.each<[RegionStrategy, string, string]>([
    ['backup-restore', '4.12 hours', '10 minutes'],
    ['pilot-light', '10.2 minutes', '1 minute'],
    ['warm-standby', '10 minutes', '1 minute'],
    ['hot-standby', '10 minutes', '1 minute'],
  ])('of %s is back after %s, and loses %s', (strategy, rto, rpo) => {
    const { shop } = built(strategy);
    expect([downtimeText(shop.rto), downtimeText(shop.rpo)]).toEqual([rto, rpo]);
  });

  test('comes to what its steps come to, done one by one as soon as those before are over', () => {
    for (const strategy of NAMES) {
      const { shop } = built(strategy);
      expect(shop.rto.toSeconds()).toBe(clockOf(shop.steps).over);
    }
  });

  test('takes as long as decisions, restores, starts and checks do', () => {
    const back = (strategy: RegionStrategy, change: object = {}) =>
      computed({ ...withStrategy(strategy, { decision: Duration.minutes(30) }), ...change }).rto.toSeconds();
    for (const strategy of NAMES) expect(back(strategy) - built(strategy).shop.rto.toSeconds()).toBe(25 * 60);
    const restores = { records: { restoreTime: Duration.hours(1) } };
    expect(back('backup-restore') - back('backup-restore', restores)).toBe(3 * 3600);
    const starts = { servers: { ...LEAST.servers, timing: { startup: Duration.minutes(20) } } };
    expect(back('pilot-light', starts) - back('pilot-light')).toBe(17 * 60);
    expect(back('warm-standby', starts)).toBe(back('warm-standby'));
  });

  test('runs as many servers in a warm standby as were said, and half of the peak when none were', () => {
    const standby = (standbyPeak?: number) => {
      const { stacks } = applied(withStrategy('warm-standby', { standbyPeak }));
      return shapeOf(stacks[`shop-${OTHER}`]).servers;
    };
    expect(standby()).toEqual([3, 12, undefined]);
    expect(standby(4)).toEqual([6, 12, undefined]);
    expect(standby(1)).toEqual([3, 12, undefined]);
  });

  test('changes sides without Terraform: nothing of a member that a failover turns round is compared', () => {
    const { stacks } = built('hot-standby');
    const clusters = [HOME, OTHER].map(
      (name) => Object.values(stacks[`shop-${name}`]?.resource.aws_rds_cluster ?? {})[0],
    );
    for (const cluster of clusters) {
      expect(cluster?.cluster_identifier).toBe('shop-database');
      expect(cluster?.lifecycle).toMatchObject({
        prevent_destroy: true,
        ignore_changes: expect.arrayContaining([
          'global_cluster_identifier',
          'engine_version',
          'replication_source_identifier',
        ]),
      });
    }
    const [home, other] = clusters;
    expect([home?.master_username, home?.engine_version]).toEqual(['dbadmin', '17.5']);
    expect(other).toMatchObject({ source_region: HOME, engine_version: '17.5' });
    expect(other?.lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(['source_region']) });
    for (const own of ['master_username', 'manage_master_user_password', 'database_name', 'master_password_wo']) {
      expect(other).not.toHaveProperty(own);
    }
    const global = Object.values(stacks[`shop-${HOME}`]?.resource.aws_rds_global_cluster ?? {});
    expect(global).toEqual([
      expect.objectContaining({
        ...{ global_cluster_identifier: 'shop-global', force_destroy: true, deletion_protection: true },
        lifecycle: { prevent_destroy: true, ignore_changes: ['source_db_cluster_identifier'] },
      }),
    ]);
  });

  test('protects nothing when it may go', () => {
    for (const strategy of ['backup-restore', 'hot-standby'] as const) {
      const { stacks } = applied(withStrategy(strategy, {}, { allowDestroy: true }));
      expect(JSON.stringify(stacks)).not.toContain('prevent_destroy');
      expect(JSON.stringify(stacks)).not.toContain('"deletion_protection":true');
    }
  });

  test('gives every alarm of a region a name of its own, and tells how far the data is behind', () => {
    const other = built('pilot-light').stacks[`shop-${OTHER}`];
    if (!other) throw new Error('no such stack');
    const alarms = Object.values(all(other, 'aws_cloudwatch_metric_alarm'));
    const names = alarms.map(({ alarm_name }) =>
      String(alarm_name).replace(/^\$\{aws_rds_cluster[^}]*\}/, 'shop-database'),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(alarms.find(({ metric_name }) => metric_name === 'AuroraGlobalDBReplicationLag')).toMatchObject({
      ...{ threshold: 60_000, alarm_actions: [`arn:aws:sns:${OTHER}:123456789012:on-call`] },
    });
  });

  test('stops tasks on Fargate, too', () => {
    const regions = LEAST.regions.map(({ machineImage, ...rest }) => rest);
    const container = { image: 'registry.example.com/shop:1.4.2' };
    const servers = { ...LEAST.servers, container };
    const { stacks } = applied(withStrategy('pilot-light', {}, { regions, servers }));
    const other = stacks[`shop-${OTHER}`];
    if (!other) throw new Error('no such stack');
    expect(Object.values(all(other, 'aws_ecs_service'))[0]).toMatchObject({ desired_count: 0 });
    expect(Object.values(all(other, 'aws_appautoscaling_target'))[0]).toMatchObject({ min_capacity: 0 });
    for (const { content } of Object.values(all(other, 'aws_ssm_document'))) {
      const { mainSteps: steps } = JSON.parse(String(content)) as { mainSteps: { inputs: { ResourceId?: string } }[] };
      expect(steps[0]?.inputs).toMatchObject({
        ...{ Api: 'RegisterScalableTarget', MinCapacity: 6 },
        ResourceId: expect.stringMatching(/^\$\{aws_appautoscaling_target\.\w+\.resource_id\}$/),
      });
    }
    const policies = Object.values(all(other, 'aws_iam_role_policy')).map(({ policy }) => String(policy));
    expect(policies.join()).toMatch(/"ecs:UpdateService"\],"Resource":\["\$\{aws_ecs_service\.\w+\.id\}"\]/);
    expect(policies.join()).toMatch(
      /RegisterScalableTarget"\],"Resource":\["\$\{aws_appautoscaling_target\.\w+\.arn\}"\]/,
    );
    expect(JSON.stringify(stacks)).not.toContain('TfToken'); // what cdktf could not resolve
  });
});

describe('a region that is killed in the model', () => {
  test.each<[RegionStrategy, boolean, string]>([
    ['backup-restore', false, '4.12 hours'],
    ['pilot-light', false, '10.2 minutes'],
    ['warm-standby', true, '1.8 minutes'],
    ['hot-standby', true, '1.8 minutes'],
  ])(
    'with %s: what runs goes on by itself: %s; it answers after %s, and all is back as stated',
    (strategy, goesOn, after) => {
      const { shop } = built(strategy);
      const loss = shop.whenLost(HOME);
      expect([loss.answersByItself, loss.writesByItself]).toEqual([goesOn, false]);
      expect(downtimeText(loss.answersAfter)).toBe(after);
      expect(loss.rto.toSeconds()).toBe(shop.rto.toSeconds());
      expect(loss.rpo.toSeconds()).toBe(shop.rpo.toSeconds());
      const clock = clockOf(loss.steps);
      expect([clock.answers, clock.over]).toEqual([loss.answersAfter.toSeconds(), shop.rto.toSeconds()]);
    },
  );

  test.each(NAMES)('with %s takes all of its own with it, and nothing of the other', (strategy) => {
    const { falls, stands } = built(strategy).shop.whenLost(HOME);
    expect(falls).toEqual(expect.arrayContaining([HOME, `${HOME}a`, `servers-${HOME}`, `database-${HOME}`]));
    expect(falls.filter((part) => part.includes(OTHER))).toEqual([]);
    const left = strategy === 'backup-restore' ? `copied-backups-${OTHER}` : `database-${OTHER}`;
    expect(stands).toContain(left);
    expect(stands).toContain(OTHER);
  });

  test('that does not write costs its own clients the time of DNS, and with a standby nobody anything', () => {
    const hot = built('hot-standby').shop.whenLost(OTHER);
    expect(hot).toMatchObject({ answersByItself: true, writesByItself: true, steps: [] });
    expect(hot.rto.toSeconds()).toBe(built('hot-standby').shop.dns?.detectionTime.toSeconds());
    const warm = built('warm-standby').shop.whenLost(OTHER);
    expect([warm.rto.toSeconds(), warm.rpo.toSeconds(), warm.writesByItself]).toEqual([0, 0, true]);
  });

  test('must be one of them', () => {
    const { shop } = built('hot-standby');
    expect(() => shop.whenLost('us-east-1')).toThrow(
      new RangeError(`region must be one of ${HOME}, ${OTHER}, got 'us-east-1'; name one`),
    );
  });

  test('is noticed as soon as GeoDNS says', () => {
    for (const strategy of ['warm-standby', 'hot-standby'] as const) {
      const { shop } = built(strategy);
      expect(shop.whenLost(HOME).answersAfter.toSeconds()).toBe(shop.dns?.detectionTime.toSeconds());
    }
  });
});

describe('the availability of all regions', () => {
  test('is masked by the other region but for what is shorter than DNS', () => {
    const { analysis, availability } = built('hot-standby').shop;
    expect(String(availability)).toBe('99.99462 %');
    expect(analysis.ifDown(HOME).availability.failingShare).toBeLessThan(0.001);
    expect(analysis.ifDown(HOME, OTHER).availability.failingShare).toBe(1);
    expect(analysis.singlePointsOfFailure()).not.toContain(HOME);
  });

  test('is the lower, the longer a takeover takes', () => {
    const at = (strategy: RegionStrategy, minutes: number) =>
      computed(withStrategy(strategy, { decision: Duration.minutes(minutes) })).analysis.availability.failingShare;
    expect(at('hot-standby', 60)).toBeGreaterThan(at('hot-standby', 5));
    // nobody fails over for what is repaired sooner
    expect(at('hot-standby', 60 * 24)).toBeCloseTo(at('hot-standby', 60 * 48), 9);
  });

  test('counts a third region', () => {
    const three = [region(HOME, 0), region(OTHER, 1), region('eu-north-1', 2)];
    const { stacks, shop } = applied(withStrategy('hot-standby', {}, { regions: three }));
    expect(Object.keys(stacks).sort()).toEqual(['shop-dns', `shop-${OTHER}`, 'shop-eu-north-1', `shop-${HOME}`].sort());
    expect(shop.analysis.ifDown(HOME, OTHER).availability.failingShare).toBeLessThan(0.01);
    expect(shop).toBeInstanceOf(MultiRegionApplication);
  });
});

/** Seconds after which clients are answered, and all steps are over: minute by minute, as people and machines would do them. */
function clockOf(steps: readonly RecoveryStep[]): { readonly answers: number; readonly over: number } {
  const done = new Map<string, number>();
  const begun = new Map<string, number>();
  for (let now = 0; done.size < steps.length; now++) {
    for (const { name, lasts } of steps) {
      const start = begun.get(name);
      if (start !== undefined && !done.has(name) && now - start >= lasts.toSeconds()) done.set(name, now);
    }
    for (const { name, after } of steps) {
      if (!begun.has(name) && after.every((earlier) => done.has(earlier))) begun.set(name, now);
    }
    if (now > 100_000) throw new Error('it never ends');
  }
  return { answers: done.get('answers') ?? 0, over: Math.max(...done.values()) };
}
