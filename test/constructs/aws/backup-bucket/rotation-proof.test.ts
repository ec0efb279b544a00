import fc from 'fast-check';
import type { RetentionCounts } from 'nines';
import { type Day, daysOf, IS_DUE } from './calendar';
import { bucketOf, type Copy, copiesOf, scenarios, YEARS } from './five-years';
import { DAY, rulesOf } from './s3-lifecycle';

const RUNS = 20;

/** How many copies there are, right after each midnight and right before the next, in the order of the days. */
function counted(days: readonly Day[], copies: readonly Copy[]) {
  let made = 0;
  let hidden = 0;
  const at = (instant: number) => {
    while ((copies[made]?.life.made ?? Number.POSITIVE_INFINITY) <= instant) made++;
    while ((copies[hidden]?.life.hidden ?? Number.POSITIVE_INFINITY) <= instant) hidden++;
    return { made, there: made - hidden };
  };
  return days.map(({ number }) => ({ asDayBegins: at(number * DAY), asDayEnds: at((number + 1) * DAY - 1) }));
}

describe('the rotation that Terraform gets, over five years of daily backups at any time of day', () => {
  test('keeps on no day fewer copies of a tier than promised, and one more at most', () => {
    const property = fc.property(scenarios, (scenario) => {
      const copies = copiesOf(scenario, bucketOf(scenario));
      const days = daysOf(scenario.firstYear, YEARS);
      for (const [tier, made] of copies) {
        const promised = scenario.counts[tier as keyof RetentionCounts] ?? 0;
        const due = days.filter((day) => promised > 0 && IS_DUE[tier]?.(day)); // every Sunday, every first of a month, …
        expect(made.length).toBe(due.length);
        expect(made.find(({ day }, position) => day.number !== due[position]?.number)).toBeUndefined();
        expect(made.find(({ life }, position) => life.hidden < (made[position - 1]?.life.hidden ?? 0))).toBeUndefined();

        const wrong = counted(days, made).find(({ asDayBegins, asDayEnds }) => {
          // Those that are there are the last ones, since the oldest goes first. A copy that was made at midnight sharp may
          // go at midnight too, before the one of that day is there.
          const fewest = Math.min(promised, asDayBegins.made) - (scenario.midnight === 'same' ? 1 : 0);
          return (
            asDayBegins.there < fewest ||
            asDayEnds.there < Math.min(promised, asDayEnds.made) ||
            Math.max(asDayBegins.there, asDayEnds.there) > (promised === 0 ? 0 : promised + 1)
          );
        });
        expect(wrong).toBeUndefined();
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });

  test('leaves nothing of any copy: no old version, no delete marker, with a lock or without', () => {
    const late = fc.integer({ min: 0, max: 10 * DAY });
    const property = fc.property(scenarios, late, (scenario, delay) => {
      const result = bucketOf(scenario);
      const rules = new Map(rulesOf(result).map(({ id, expiration }) => [id, expiration?.[0]?.days]));
      for (const [tier, made] of copiesOf(scenario, result, delay)) {
        // its days, the days to bring it back, a midnight after each, and what S3 is late with each of three steps
        const longest = ((rules.get(tier) ?? 0) + scenario.undeleteDays + 2) * DAY + 3 * delay;
        expect(made.find(({ life }) => life.forgotten - life.made > longest)).toBeUndefined();
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });

  test('lets a copy be brought back for as long as undeleteFor, and no day longer than that', () => {
    const property = fc.property(scenarios, (scenario) => {
      for (const made of copiesOf(scenario, bucketOf(scenario)).values()) {
        const hours = made.map(({ life }) => life.gone - life.hidden);
        const shortest = scenario.undeleteDays * DAY;
        expect(hours.find((hidden) => hidden < shortest || hidden > shortest + DAY)).toBeUndefined();
      }
    });
    fc.assert(property, { numRuns: 10 });
  });
});
