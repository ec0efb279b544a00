import { shown, wholeNumberProblems } from '../validation';

/** A kind of backup copy, by how often it is taken. */
export type RetentionTier = 'daily' | 'weekly' | 'monthly' | 'yearly';

/** How many copies of each kind to keep. */
export interface RetentionCounts {
  /** Daily copies to keep: how far back any single day can be restored. Whole, at least 1. */
  readonly daily: number;

  /**
   * Weekly copies to keep, those of Sundays.
   *
   * @default - no weekly copies
   */
  readonly weekly?: number;

  /**
   * Monthly copies to keep, those of the first of a month.
   *
   * @default - no monthly copies
   */
  readonly monthly?: number;

  /**
   * Yearly copies to keep, those of the first of January.
   *
   * @default - no yearly copies
   */
  readonly yearly?: number;
}

/** What one tier of a {@link Retention} comes to. */
export interface RetentionTierPlan {
  /** Which tier. */
  readonly tier: RetentionTier;
  /** Copies that are there on every day, once so many were taken. */
  readonly keep: number;
  /** Whole days that a copy lives: the longest time in which `keep` copies are taken. */
  readonly days: number;
}

/**
 * How long backups are kept, said by how many: grandfather, father, son.
 *
 * Every tier that is due on a day (UTC) gets a copy of its own, so that no rule has to choose which daily copy
 * outlives the others, and age alone decides. Months and years differ in length; a copy lives as long as the longest
 * row of them, so that there is never one too few.
 */
export class Retention {
  /**
   * Keeps so many daily, weekly, monthly and yearly copies.
   *
   * @param counts whole numbers of at least 1. The construct that is given this refuses anything else.
   */
  public static gfs(counts: RetentionCounts): Retention {
    return new Retention(counts);
  }

  /** Counts, as written. */
  public readonly counts: RetentionCounts;

  private constructor(counts: RetentionCounts) {
    this.counts = { ...counts };
  }

  /** The tiers that are kept, the most frequent first, and how long their copies live. */
  public tiers(): RetentionTierPlan[] {
    const { daily, weekly, monthly, yearly } = this.counts;
    const plan = (tier: RetentionTier, keep: number | undefined, days: (keep: number) => number) =>
      keep === undefined ? [] : [{ tier, keep, days: days(keep) }];
    return [
      ...plan('daily', daily, (keep) => keep),
      ...plan('weekly', weekly, (keep) => keep * 7),
      ...plan('monthly', monthly, longestMonths),
      ...plan('yearly', yearly, (keep) => longestMonths(keep * 12)),
    ];
  }

  /**
   * The tiers that get a copy on the day (UTC) of an instant, in the order to write them: the daily one last. When it
   * has arrived, which is what a `BackupBucket` waits for, the others have too.
   *
   * @param instant any time of that day
   * @throws RangeError when it is no time at all
   */
  public dueOn(instant: Date): RetentionTier[] {
    if (Number.isNaN(instant.getTime())) throw new RangeError(`instant must be a time, got ${instant}`);
    const isFirst = instant.getUTCDate() === 1;
    const due: Readonly<Record<RetentionTier, boolean>> = {
      daily: true,
      weekly: instant.getUTCDay() === 0,
      monthly: isFirst,
      yearly: isFirst && instant.getUTCMonth() === 0,
    };
    return TIERS.filter((tier) => this.counts[tier] !== undefined && due[tier]).reverse();
  }

  /** What is wrong with these counts, one sentence each; none when they can be used. */
  public problems(): string[] {
    const given = Object.entries(this.counts).filter(([, count]) => count !== undefined);
    const others = given.map(([tier]) => tier).filter((tier) => !TIERS.some((known) => known === tier));
    return [
      ...TIERS.flatMap((tier) => this.countProblems(tier)),
      ...others.map(
        (tier) =>
          `retention must name no tier but ${TIERS.join(', ')}, got ${shown(tier)}; nothing would make its copies`,
      ),
    ];
  }

  private countProblems(tier: RetentionTier): string[] {
    const count = this.counts[tier];
    if (count === undefined && tier !== 'daily') return [];
    const remedy = tier === 'daily' ? 'say how many daily copies to keep' : 'leave it out for none';
    return wholeNumberProblems(`retention.${tier}`, count, { min: 1, max: MOST[tier] }, remedy);
  }
}

const TIERS: readonly RetentionTier[] = ['daily', 'weekly', 'monthly', 'yearly'];

// A hundred years, which is as long as S3 locks an object.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
const MOST: Readonly<Record<RetentionTier, number>> = { daily: 36_500, weekly: 5_200, monthly: 1_200, yearly: 100 };

/** Days of the longest row of so many months: 31 for one, 62 for two (July and August), 366 for twelve. */
function longestMonths(count: number): number {
  // A row is longest where every fourth year is a leap year, as from 1904 to 2096; every start within four years.
  const starts = Array.from({ length: 48 }, (_, month) => month);
  const days = (start: number) => (Date.UTC(1904, start + count, 1) - Date.UTC(1904, start, 1)) / 86_400_000;
  return Math.max(...starts.map(days));
}
