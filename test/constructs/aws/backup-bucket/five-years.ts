import fc from 'fast-check';
import { Duration, Retention, type RetentionCounts } from 'nines';
import { only, type Synthesized } from '../../../support/synth';
import { built } from './buckets';
import { type Day, daysOf, IS_DUE } from './calendar';
import { DAY, type Life, livesOf, type Readings, refusals, rulesOf } from './s3-lifecycle';

/** As long as a bucket is looked at. */
export const YEARS = 5;

/** Backups of every day of five years, and what S3 then makes of each copy. */
export interface Scenario {
  readonly counts: RetentionCounts;
  readonly undeleteDays: number;
  /** Days that every copy is locked. */
  readonly lockDays: number | undefined;
  readonly firstYear: number;
  /** Times of day, one day after the other and then from the start; seconds, as S3 dates objects. */
  readonly times: readonly number[];
  readonly midnight: Readings['midnight'];
}

const maybe = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });

const counts: fc.Arbitrary<RetentionCounts> = fc.record({
  daily: fc.integer({ min: 3, max: 400 }),
  weekly: maybe(110),
  monthly: maybe(40),
  yearly: maybe(4),
});

const timeOfDay = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) }, // at midnight, to the second
  { weight: 1, arbitrary: fc.constantFrom(1, 86_399) },
  { weight: 8, arbitrary: fc.nat(86_399) },
);

export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    counts,
    undeleteDays: fc.integer({ min: 1, max: 60 }),
    lockPercent: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    firstYear: fc.integer({ min: 1996, max: 2104 }), // with 2000, which has a leap day, and 2100, which has none
    times: fc.array(timeOfDay, { minLength: 1, maxLength: 60 }),
    midnight: fc.constantFrom('same', 'next'),
  })
  .map(({ lockPercent, ...rest }) => ({
    ...rest,
    // at most as long as the shortest tier: daily copies live so many days, weekly ones 7 at least
    lockDays: lockPercent === undefined ? undefined : Math.ceil((lockPercent / 100) * shortestOf(rest.counts)),
  }));

function shortestOf({ daily, weekly = daily, monthly = daily, yearly = daily }: RetentionCounts): number {
  return Math.min(daily, weekly * 7, monthly * 28, yearly * 365);
}

/** What the bucket of a scenario comes to. */
export function bucketOf({ counts: kept, undeleteDays, lockDays }: Scenario): Synthesized {
  const retention = Retention.gfs(kept);
  const undeleteFor = Duration.days(undeleteDays);
  const lock = lockDays === undefined ? {} : { immutable: true, lockFor: Duration.days(lockDays) };
  return built({ retention, undeleteFor, ...lock });
}

/** A copy, beside the day that it is of. */
export interface Copy {
  readonly day: Day;
  readonly life: Life;
}

/** All copies by tier, the oldest first. The writer follows `Retention.dueOn`. */
export function copiesOf(scenario: Scenario, result: Synthesized, late = 0): ReadonlyMap<string, readonly Copy[]> {
  const rules = rulesOf(result);
  expect(refusals(rules)).toEqual([]);
  const lock = scenario.lockDays === undefined ? 0 : lockDaysOf(result) * DAY;
  const retention = Retention.gfs(scenario.counts);
  const tiers = Object.keys(IS_DUE).map((tier) => ({
    tier,
    copies: [] as Copy[],
    lifeOf: livesOf(rules, `${tier}/1.dump`, { midnight: scenario.midnight, late }),
  }));
  daysOf(scenario.firstYear, YEARS).forEach((day, position) => {
    const time = scenario.times[position % scenario.times.length] ?? 0;
    const made = day.number * DAY + time * 1000;
    const due: string[] = retention.dueOn(new Date(made));
    for (const { copies, lifeOf } of tiers.filter(({ tier }) => due.includes(tier))) {
      copies.push({ day, life: lifeOf({ made, lockedUntil: made + lock }) });
    }
  });
  return new Map(tiers.map(({ tier, copies }) => [tier, copies]));
}

function lockDaysOf(result: Synthesized): number {
  const { rule } = only(result, 'aws_s3_bucket_object_lock_configuration') as {
    rule: { default_retention: { days: number } };
  };
  return rule.default_retention.days;
}
