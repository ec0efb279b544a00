import fc from 'fast-check';
import { Duration, Retention, type RetentionCounts } from 'nines';
import type { BackupStorageClass, BackupTransition } from 'nines/aws';
import { built, plain } from './buckets';
import { CHARGED, DAY, livesOf, type Readings, type Rule, refusals, rulesOf } from './s3-lifecycle';

/** What a tier is moved to, and when: `30 STANDARD_IA`. */
function movesOf(rules: readonly Rule[], tier: string): string[] {
  const { transition = [] } = rules.find(({ id }) => id === tier) ?? {};
  return transition.map(({ days, storage_class: storageClass }) => `${days} ${storageClass}`);
}

function rulesFor(counts: RetentionCounts, choices: { undeleteDays?: number; transitions?: BackupTransition[] } = {}) {
  const { undeleteDays, transitions } = choices;
  const undeleteFor = undeleteDays === undefined ? undefined : Duration.days(undeleteDays);
  return rulesOf(built({ retention: Retention.gfs(counts), undeleteFor, transitions }));
}

const to = (storageClass: BackupStorageClass, days: number): BackupTransition => ({
  storageClass,
  after: Duration.days(days),
});

/** Transitions that S3 takes: in its order, none before the last class is paid for. */
const transitions: fc.Arbitrary<BackupTransition[]> = fc
  .subarray(['STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'] as const, { minLength: 1 })
  .chain((classes) =>
    fc.array(fc.nat(60), { minLength: classes.length, maxLength: classes.length }).map((waits) => {
      let day = 0;
      return classes.map((storageClass, position) => {
        day = Math.max(day + (waits[position] ?? 0), storageClass === 'STANDARD_IA' ? 30 : 0);
        const transition = to(storageClass, day);
        day += CHARGED[storageClass] ?? 0;
        return transition;
      });
    }),
  );

describe('BackupBucket', () => {
  describe('moves copies to cheaper storage', () => {
    test('that is read at once, after 30 and 90 days, where they live long enough', () => {
      const rules = rulesOf(plain());
      expect(movesOf(rules, 'daily')).toEqual([]);
      expect(movesOf(rules, 'weekly')).toEqual([]);
      expect(movesOf(rules, 'monthly')).toEqual(['30 STANDARD_IA', '90 GLACIER_IR']);
      expect(movesOf(rules, 'yearly')).toEqual(['30 STANDARD_IA', '90 GLACIER_IR']);
    });

    test('as the user says', () => {
      const rules = rulesFor({ daily: 7, yearly: 1 }, { transitions: [to('GLACIER', 0), to('DEEP_ARCHIVE', 100)] });
      expect(movesOf(rules, 'yearly')).toEqual(['0 GLACIER', '100 DEEP_ARCHIVE']);
      expect(movesOf(rules, 'daily')).toEqual([]);
    });

    test('never, when the user says so', () => {
      expect(movesOf(rulesFor({ daily: 7, yearly: 1 }, { transitions: [] }), 'yearly')).toEqual([]);
    });
  });

  // 30 days that are paid for in STANDARD_IA, from day 30 on, of the days that a copy lives and can be brought back
  test.each([
    { daily: 53, undeleteDays: 7, moves: ['30 STANDARD_IA'] },
    { daily: 52, undeleteDays: 7, moves: [] },
    { daily: 52, undeleteDays: 8, moves: ['30 STANDARD_IA'] },
    { daily: 31, undeleteDays: 29, moves: ['30 STANDARD_IA'] },
    { daily: 30, undeleteDays: 60, moves: [] }, // S3 wants a copy to go after it has moved
    { daily: 173, undeleteDays: 7, moves: ['30 STANDARD_IA', '90 GLACIER_IR'] },
    { daily: 172, undeleteDays: 7, moves: ['30 STANDARD_IA'] },
  ])(
    'moves a copy that lives $daily days, and can be brought back for $undeleteDays, so: $moves',
    ({ daily, undeleteDays, moves }) => {
      expect(movesOf(rulesFor({ daily }, { undeleteDays }), 'daily')).toEqual(moves);
    },
  );

  // requirements, mistake 13: STANDARD_IA for what is deleted sooner than 30 days costs more than STANDARD
  test('charges no copy for a stay in a class that it does not make, whatever is kept and moved', () => {
    const shares = { daily: 3000, weekly: 400, monthly: 100, yearly: 8 };
    const counts = fc.record({
      daily: fc.integer({ min: 3, max: shares.daily }),
      weekly: fc.option(fc.integer({ min: 1, max: shares.weekly }), { nil: undefined }),
      monthly: fc.option(fc.integer({ min: 1, max: shares.monthly }), { nil: undefined }),
      yearly: fc.option(fc.integer({ min: 1, max: shares.yearly }), { nil: undefined }),
    });
    const property = fc.property(
      counts,
      fc.option(transitions, { nil: undefined, freq: 4 }),
      fc.integer({ min: 1, max: 200 }),
      fc.record({
        midnight: fc.constantFrom<Readings['midnight'][]>('same', 'next'),
        late: fc.constantFrom(0, 1, 3 * DAY),
      }),
      fc.oneof(fc.constant(0), fc.nat(DAY - 1)),
      (kept, moved, undeleteDays, readings, time) => {
        const longest = Math.max(kept.daily, (kept.yearly ?? 0) * 365);
        // what no copy lives long enough for is refused when it is said, which is tested by itself
        const fitting = moved?.filter(
          ({ after, storageClass }) =>
            after.toDays() + (CHARGED[storageClass] ?? 0) <= longest + undeleteDays && after.toDays() < longest,
        );
        const rules = rulesFor(kept, { undeleteDays, transitions: fitting });
        expect(refusals(rules)).toEqual([]);
        for (const tier of Object.keys(kept)) {
          const { stays } = livesOf(rules, `${tier}/1.dump`, readings)({ made: time });
          const paidInVain = stays.filter(
            ({ storageClass, from, to: until }) => until - from < (CHARGED[storageClass] ?? Number.NaN) * DAY,
          );
          expect(paidInVain).toEqual([]);
        }
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  // features.md: rotation faster than 30, 90 or 180 days, and objects below 128 KB, cost more in the cheaper classes
  test('leaves copies below 128 KB where they are, as S3 does unless it is told otherwise', () => {
    const rules = plain().resource.aws_s3_bucket_lifecycle_configuration ?? {};
    for (const configuration of Object.values(rules)) {
      expect(configuration.transition_default_minimum_object_size).toBeUndefined();
      expect(JSON.stringify(configuration.rule)).not.toMatch(/object_size/);
    }
  });
});
