import { Duration, Retention } from 'nines';
import { only } from '../../../support/synth';
import { built, builtTwice, type Choices, plain } from './buckets';
import { DAY, livesOf, refusals, rulesOf } from './s3-lifecycle';

const daysOf = (choices: Choices) =>
  Object.fromEntries(
    rulesOf(built(choices)).map(({ id, filter, expiration }) => [`${id} ${filter[0].prefix}`, expiration?.[0]?.days]),
  );

const MADE = Date.UTC(2026, 1, 1, 10, 30);
const days = (from: number, to: number) => (to - from) / DAY;

describe('BackupBucket', () => {
  describe('rotates', () => {
    // requirements, mistake 3: what is documented as daily, weekly and monthly copies was all deleted after 30 days
    test('each folder by its own count (mistake 3)', () => {
      const retention = Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 });
      expect(daysOf({ retention })).toEqual({
        'daily daily/': 7,
        'weekly weekly/': 28,
        'monthly monthly/': 366,
        'yearly yearly/': 1096,
        'remains ': undefined,
      });
    });

    test('only the folders that are kept', () => {
      expect(Object.keys(daysOf({ retention: Retention.gfs({ daily: 14, monthly: 3 }) }))).toEqual([
        'daily daily/',
        'monthly monthly/',
        'remains ',
      ]);
    });

    test('by rules that are on, and that S3 takes', () => {
      expect(rulesOf(plain()).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'Enabled'));
      expect(refusals(rulesOf(plain()))).toEqual([]);
    });

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days
    test('a copy of 1 February, 10:30, away at the end of its seventh day, and for good a week later', () => {
      const life = livesOf(rulesOf(plain()), 'daily/1.dump', { midnight: 'same', late: 0 })({ made: MADE });
      expect(new Date(life.hidden)).toEqual(new Date('2026-02-09T00:00Z'));
      expect(new Date(life.gone)).toEqual(new Date('2026-02-16T00:00Z'));
      expect(new Date(life.forgotten)).toEqual(new Date('2026-02-16T00:00Z'));
    });
  });

  test('lets what was deleted or overwritten be brought back for 7 days, or for as long as undeleteFor says', () => {
    const kept = (choices: Choices) => {
      const { hidden, gone } = livesOf(rulesOf(built(choices)), 'daily/1.dump', { midnight: 'same', late: 0 })({
        made: MADE,
      });
      return days(hidden, gone);
    };
    expect(kept({})).toBe(7);
    expect(kept({ undeleteFor: Duration.days(30) })).toBe(30);
  });

  // The number would be of every copy, and each has one version: all of them would stay for ever.
  test('keeps no number of old versions', () => {
    expect(JSON.stringify(rulesOf(plain()))).not.toContain('newer_noncurrent_versions');
  });

  // Bills of buckets go up by parts of uploads that nobody sees (CKV_AWS_300).
  test('removes what is left of uploads that were given up, after a week', () => {
    const remains = rulesOf(plain()).find(({ id }) => id === 'remains');
    expect(remains?.filter).toEqual([{ prefix: '' }]);
    expect(remains?.abort_incomplete_multipart_upload).toEqual([{ days_after_initiation: 7 }]);
  });

  // terraform-provider-aws#41199: beside days, S3 refuses it, and two configurations of one bucket overwrite each other
  test('removes delete markers without a copy by a rule of its own, in one configuration', () => {
    const sweeping = rulesOf(plain()).filter(({ expiration }) => expiration?.[0]?.expired_object_delete_marker);
    expect(sweeping.map(({ id, expiration }) => ({ id, expiration }))).toEqual([
      { id: 'remains', expiration: [{ expired_object_delete_marker: true }] },
    ]);
    expect(only(plain(), 'aws_s3_bucket_lifecycle_configuration').rule).toHaveLength(5);
  });

  // S3 does not replicate the delete markers that its rules make.
  test('rotates the second bucket by itself', () => {
    const configurations = builtTwice().resource.aws_s3_bucket_lifecycle_configuration ?? {};
    const [one, other] = Object.values(configurations);
    expect(one?.rule).toEqual(other?.rule);
    expect(one?.bucket).not.toBe(other?.bucket);
  });
});
