import { Token } from 'cdktf';
import { Retention, type RetentionCounts } from 'nines';

/** What is wrong with counts, of whatever type; plain JavaScript and `JSON.parse` check none. */
function problems(counts: unknown): readonly string[] {
  return Retention.gfs(counts as RetentionCounts).problems();
}

describe('Retention', () => {
  test.each([
    { daily: 1 },
    { daily: 36_500, weekly: 5_200, monthly: 1_200, yearly: 100 },
    { daily: 7, weekly: undefined, monthly: 1 },
  ])('takes %j', (counts) => {
    expect(problems(counts)).toEqual([]);
  });

  describe('refuses', () => {
    test.each([
      ['daily', 36_500, 'say how many daily copies to keep'],
      ['weekly', 5_200, 'leave it out for none'],
      ['monthly', 1_200, 'leave it out for none'],
      ['yearly', 100, 'leave it out for none'],
    ])('%s counts that are not whole numbers from 1 to %i', (tier, most, remedy) => {
      for (const [count, shown] of [
        [0, '0'],
        [-1, '-1'],
        [1.5, '1.5'],
        [most + 1, String(most + 1)],
        [Number.NaN, 'NaN'],
        ['7', "'7'"],
        [null, 'null'],
      ]) {
        expect(problems({ daily: 7, [tier ?? '']: count })).toEqual([
          `retention.${tier} must be a whole number from 1 to ${most}, got ${shown}; ${remedy}`,
        ]);
      }
    });

    test.each<[unknown, string]>([
      [{}, 'no counts'],
      [undefined, 'nothing'],
      [{ daily: undefined }, 'a daily count that is not set'],
    ])('%j: a retention without daily copies', (counts) => {
      expect(problems(counts)).toEqual([
        'retention.daily must be a whole number from 1 to 36500, got undefined; say how many daily copies to keep',
      ]);
    });

    test('a count known only after deployment', () => {
      expect(problems({ daily: Token.asNumber('later') })).toEqual([
        'retention.daily must be known at synthesis, got a token, whose value is known only after deployment; write the number itself',
      ]);
    });

    test('a tier of which nothing makes copies, rather than to keep none of it in silence', () => {
      expect(problems({ daily: 7, hourly: 24 })).toEqual([
        "retention must name no tier but daily, weekly, monthly, yearly, got 'hourly'; nothing would make its copies",
      ]);
      expect(problems({ daily: 7, toString: 1 })).toEqual([
        "retention must name no tier but daily, weekly, monthly, yearly, got 'toString'; nothing would make its copies",
      ]);
    });

    test('everything that is wrong at once', () => {
      expect(problems({ weekly: 0, quarterly: 4, monthly: -1 })).toHaveLength(4);
    });
  });
});
