import fc from 'fast-check';
import { Retention, type RetentionCounts } from 'nines';

const DAY = 86_400_000;

/** Days that the tiers of a retention live. */
function daysOf(counts: RetentionCounts) {
  return Object.fromEntries(
    Retention.gfs(counts)
      .tiers()
      .map(({ tier, days }) => [tier, days]),
  );
}

describe('Retention', () => {
  describe('lets a copy live for the longest time in which so many are taken', () => {
    test.each<[RetentionCounts, object]>([
      [{ daily: 1 }, { daily: 1 }],
      [
        { daily: 7, weekly: 4 },
        { daily: 7, weekly: 28 },
      ],
      [
        { daily: 7, monthly: 1 },
        { daily: 7, monthly: 31 },
      ],
      [
        { daily: 7, monthly: 2 },
        { daily: 7, monthly: 62 },
      ], // July and August
      [
        { daily: 7, monthly: 3 },
        { daily: 7, monthly: 92 },
      ], // July to September
      [
        { daily: 7, monthly: 6 },
        { daily: 7, monthly: 184 },
      ], // July to December
      [
        { daily: 7, monthly: 12 },
        { daily: 7, monthly: 366 },
      ], // with 29 February
      [
        { daily: 7, monthly: 24 },
        { daily: 7, monthly: 731 },
      ],
      [
        { daily: 7, yearly: 1 },
        { daily: 7, yearly: 366 },
      ],
      [
        { daily: 7, yearly: 3 },
        { daily: 7, yearly: 1096 },
      ],
      [
        { daily: 7, yearly: 5 },
        { daily: 7, yearly: 1827 },
      ], // two leap days
      [
        { daily: 7, yearly: 100 },
        { daily: 7, yearly: 36_525 },
      ],
    ])('%j: %j days', (counts, days) => {
      expect(daysOf(counts)).toEqual(days);
    });

    // Every row of so many months within the 400 years after which the calendar repeats itself, one day of which is longest.
    test('that any row of months of the calendar takes', () => {
      const firsts = Array.from({ length: 4800 + 1200 }, (_, month) => Date.UTC(2000, month, 1) / DAY);
      const property = fc.property(fc.integer({ min: 1, max: 1200 }), (monthly) => {
        const rows = firsts.slice(0, 4800).map((first, month) => (firsts[month + monthly] ?? Number.NaN) - first);
        expect(daysOf({ daily: 1, monthly }).monthly).toBe(Math.max(...rows));
      });
      fc.assert(property, { numRuns: 50 });
    });
  });

  test('tells of each tier how many are kept, the most frequent first', () => {
    expect(Retention.gfs({ yearly: 1, monthly: 2, weekly: 3, daily: 4 }).tiers()).toEqual([
      { tier: 'daily', keep: 4, days: 4 },
      { tier: 'weekly', keep: 3, days: 21 },
      { tier: 'monthly', keep: 2, days: 62 },
      { tier: 'yearly', keep: 1, days: 366 },
    ]);
  });

  test('has no tier that is not asked for', () => {
    expect(daysOf({ daily: 5, weekly: undefined })).toEqual({ daily: 5 });
  });

  describe('is due', () => {
    const all = Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 });

    // the daily copy last: an alarm waits for it, and it tells that the others are there
    test.each([
      ['2026-02-03T10:00Z', ['daily']],
      ['2026-02-02T00:00Z', ['daily']], // a Monday
      ['2026-02-08T00:00Z', ['weekly', 'daily']], // a Sunday, from its first second
      ['2026-02-08T23:59:59Z', ['weekly', 'daily']], // to its last
      ['2026-04-01T12:00Z', ['monthly', 'daily']],
      ['2026-03-31T23:59:59Z', ['daily']],
      ['2026-02-01T10:00Z', ['monthly', 'weekly', 'daily']], // a Sunday and a first
      ['2027-01-01T10:00Z', ['yearly', 'monthly', 'daily']],
      ['2023-01-01T10:00Z', ['yearly', 'monthly', 'weekly', 'daily']],
      ['2026-12-31T23:30:00-02:00', ['yearly', 'monthly', 'daily']], // it is the first of January in UTC
    ])('at %s for %j, in the order to write them', (instant, tiers) => {
      expect(all.dueOn(new Date(instant))).toEqual(tiers);
    });

    test('for no tier that is not kept', () => {
      expect(Retention.gfs({ daily: 7, yearly: 1 }).dueOn(new Date('2023-01-01T10:00Z'))).toEqual(['yearly', 'daily']);
      expect(Retention.gfs({ daily: 7, weekly: undefined }).dueOn(new Date('2026-02-08T10:00Z'))).toEqual(['daily']);
    });

    test('at no time that is none', () => {
      const refused = () => all.dueOn(new Date('yesterday'));
      expect(refused).toThrow(RangeError);
      expect(refused).toThrow('instant must be a time, got Invalid Date');
    });
  });

  test('keeps the counts that it was given, whatever becomes of the object that held them', () => {
    const counts = { daily: 7, weekly: 4 };
    const retention = Retention.gfs(counts);
    counts.daily = 1;
    expect(retention.counts).toEqual({ daily: 7, weekly: 4 });
  });
});
