import { Duration, Retention } from 'nines';
import { all, emptyStack, only, problemsOf } from '../../../support/synth';
import { backups, built, type Choices, plain } from './buckets';

function lockOf(choices: Choices) {
  return only(built({ immutable: true, ...choices }), 'aws_s3_bucket_object_lock_configuration').rule;
}

const lock = (mode: 'GOVERNANCE' | 'COMPLIANCE', days: number) => ({ default_retention: { mode, days } });

describe('BackupBucket', () => {
  test('locks nothing unless it is told to', () => {
    expect(plain().resource).not.toHaveProperty('aws_s3_bucket_object_lock_configuration');
    expect(built({ immutable: false }).resource).not.toHaveProperty('aws_s3_bucket_object_lock_configuration');
  });

  describe('locks every copy', () => {
    test('as long as one of the shortest tier lives', () => {
      expect(lockOf({})).toEqual(lock('GOVERNANCE', 7));
      const weekly = Retention.gfs({ daily: 30, weekly: 2 });
      expect(lockOf({ retention: weekly })).toEqual(lock('GOVERNANCE', 14));
    });

    test('as long as the user says', () => {
      expect(lockOf({ lockFor: Duration.days(3) })).toEqual(lock('GOVERNANCE', 3));
    });

    // features.md, terraform-aws-s3-bucket#67: a copied example made buckets that nobody could delete for five years
    test('so that nobody can undo it only when the user says so in these words', () => {
      expect(lockOf({ lockThatNobodyCanUndo: true })).toEqual(lock('COMPLIANCE', 7));
      expect(lockOf({ lockThatNobodyCanUndo: false })).toEqual(lock('GOVERNANCE', 7));
    });
  });

  // features.md, terraform-aws-s3-bucket#380, terraform-provider-aws#36529: `object_lock_enabled` makes the bucket anew
  test('locks a bucket that is there already without making it anew', () => {
    const [before, after] = [plain(), built({ immutable: true })].map((result) => all(result, 'aws_s3_bucket'));
    expect(after).toEqual(before);
    expect(Object.values(before ?? {})[0]).not.toHaveProperty('object_lock_enabled');
  });

  // features.md: a lock beyond the expiry silently accumulates versions
  test('refuses a lock that lasts longer than the copies of the shortest tier', () => {
    const refused = (retention: Retention, days: number) =>
      problemsOf(() => backups(emptyStack(), { retention, immutable: true, lockFor: Duration.days(days) }));
    const sentence = (shortest: number, days: number) => [
      `lockFor must not be longer than the copies of the shortest tier live (${shortest} days), got ${days} days; ` +
        'lower it: S3 would keep every one of them for as long as its lock, and let the writer lock others for longer',
    ];
    expect(refused(Retention.gfs({ daily: 7, monthly: 12 }), 8)).toEqual(sentence(7, 8));
    expect(refused(Retention.gfs({ daily: 30, weekly: 2 }), 15)).toEqual(sentence(14, 15));
    expect(lockOf({ retention: Retention.gfs({ daily: 30, weekly: 2 }), lockFor: Duration.days(14) })).toEqual(
      lock('GOVERNANCE', 14),
    );
  });
});
