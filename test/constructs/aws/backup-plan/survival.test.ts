import fc from 'fast-check';
import { Retention, type RetentionCounts } from 'nines';
import { tierRules } from '../../../../src/constructs/aws/backup-plan/rules';
import { firings } from './schedule';

// AWS Backup, as far as it decides what is there on a day. It knows the calendar and the rules that were emitted.
// https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
//  - Rules whose start windows overlap give one backup, under the rule with the longest retention.
//  - A backup starts at any time in its start window, and is there at any time in its completion window after that.
//  - Its life counts from its start; when that is over it is deleted at any time in the next eight hours.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DELETED_WITHIN = 8 * HOUR;

interface Backup {
  /** Start of the day on which it was due. */
  readonly day: number;
  readonly rule: string;
  readonly there: number;
  readonly gone: number;
}

type Rules = ReturnType<typeof tierRules>;

/** What AWS Backup makes of rules, with a whim for each delay. */
function simulate(rules: Rules, from: number, to: number, whim: () => number): Backup[] {
  const due = rules.flatMap((rule) =>
    firings(String(rule.schedule), from, to).map((at) => ({ rule, at, until: at + (rule.startWindow ?? 0) * MINUTE })),
  );
  const life = ({ rule }: (typeof due)[number]) => rule.lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY;
  // the longest life first; the order of equal ones is AWS's, and does not matter: they are the same
  const byLife = [...due].sort((a, b) => life(b) - life(a));
  const taken: typeof due = [];
  const byStart = new Map<number, boolean>();
  for (const one of byLife) {
    // all start at one time of the day, so overlapping windows are equal ones; the test below holds that
    if (byStart.has(one.at)) continue;
    byStart.set(one.at, true);
    taken.push(one);
  }
  return taken.map(({ rule, at }) => {
    const start = at + whim() * (rule.startWindow ?? 0) * MINUTE;
    const there = start + whim() * (rule.completionWindow ?? 0) * MINUTE;
    const expires = start + (rule.lifecycle?.deleteAfter ?? 0) * DAY;
    const gone = expires + whim() * DELETED_WITHIN;
    return { day: Math.floor(at / DAY) * DAY, rule: rule.ruleName, there, gone };
  });
}

const IS_DUE: Readonly<Record<keyof RetentionCounts, (date: Date) => boolean>> = {
  daily: () => true,
  weekly: (date) => date.getUTCDay() === 0,
  monthly: (date) => date.getUTCDate() === 1,
  yearly: (date) => date.getUTCDate() === 1 && date.getUTCMonth() === 0,
};

/** The fewest that are there of a tier at any time, from when the `keep`th of them was there. */
function fewest(backups: readonly Backup[], tier: keyof RetentionCounts, keep: number, end: number): number {
  const ofTier = backups.filter(({ day }) => IS_DUE[tier](new Date(day)));
  const first = ofTier.map(({ there }) => there).sort((a, b) => a - b)[keep - 1] ?? Number.POSITIVE_INFINITY;
  const changes = ofTier
    .flatMap(({ there, gone }) => [
      { at: there, by: 1 },
      { at: gone, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let [count, least] = [0, Number.POSITIVE_INFINITY];
  for (const { at, by } of changes) {
    count += by;
    if (at >= first && at < end) least = Math.min(least, count);
  }
  return least;
}

/** The most that are there of what one rule took, at any time. */
function most(backups: readonly Backup[], rule: string): number {
  const changes = backups
    .filter((backup) => backup.rule === rule)
    .flatMap(({ there, gone }) => [
      { at: there, by: 1 },
      { at: gone, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let [count, highest] = [0, 0];
  for (const { by } of changes) {
    count += by;
    highest = Math.max(highest, count);
  }
  return highest;
}

const counts = fc.record(
  {
    daily: fc.integer({ min: 1, max: 60 }),
    weekly: fc.integer({ min: 1, max: 20 }),
    monthly: fc.integer({ min: 1, max: 24 }),
    yearly: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['daily'] },
);

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

/** Whims: always at once, always at the last moment, by turns, or anything in between. */
const whims = fc.oneof(
  fc.constantFrom([0], [1], [0, 1], [1, 0], [0, 0, 0, 1, 1, 0], [1, 1, 1, 0, 0, 0]),
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 60 }),
);

/** The rules of a plan, as Terraform gets them; the vault's name plays no part. */
function rulesFor(kept: RetentionCounts, at: string): Rules {
  return tierRules({ retention: Retention.gfs(kept), time: at } as Parameters<typeof tierRules>[0], 'vault', undefined);
}

describe('BackupPlan', () => {
  const property = fc.property(
    counts,
    time,
    whims,
    fc.integer({ min: 2024, max: 2030 }), // leap days at every distance
    (kept, at, delays, year) => {
      const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 7, 0, 1)];
      let next = 0;
      const whim = () => delays[next++ % delays.length] ?? 0;
      const backups = simulate(rulesFor(kept, at), from, to, whim);
      for (const [tier, keep] of Object.entries(kept) as [keyof RetentionCounts, number][]) {
        if (keep === undefined) continue;
        expect([tier, Math.min(keep, fewest(backups, tier, keep, to))]).toEqual([tier, keep]);
        expect(most(backups, tier)).toBeLessThanOrEqual(keep + 2); // what is paid for: a spare, and one that is being deleted
      }
    },
  );

  test('has never fewer than promised, and hardly more, in seven years, whatever AWS Backup does within its rules', () => {
    fc.assert(property, { seed: Number(process.env.NINES_SEED ?? 2026), numRuns: 60 });
  });

  test('starts what is due on one day at one time, so that AWS Backup takes one backup of it, not several', () => {
    const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
    const rules = rulesFor({ daily: 7, weekly: 4, monthly: 12, yearly: 1 }, '06:00');
    const windows = rules.flatMap(({ schedule, startWindow = 0 }) =>
      firings(String(schedule), from, to).map((start) => ({ start, end: start + startWindow * MINUTE })),
    );
    for (const { start, end } of windows) {
      const meeting = windows.filter((other) => other.start < end && start < other.end);
      expect(new Set(meeting.map((other) => other.start))).toEqual(new Set([start]));
    }
    expect(simulate(rules, from, to, () => 0)).toHaveLength(365);
  });

  test('keeps what is due for several tiers as long as the longest of them', () => {
    const backups = simulate(
      rulesFor({ daily: 30, weekly: 2, monthly: 12 }, '06:00'),
      Date.UTC(2026, 1, 1),
      Date.UTC(2026, 1, 9),
      () => 0,
    );
    const rules = backups.sort((a, b) => a.day - b.day).map(({ rule }) => rule);
    // the first of February 2026 is a Sunday; daily ones live 31 days, weekly ones 15
    expect(rules).toEqual(['monthly', 'daily', 'daily', 'daily', 'daily', 'daily', 'daily', 'daily']);
  });
});
