import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { MultiAZDatabase } from 'nines/aws';
import { emptyStack, problemsOf } from '../../../support/synth';
import { network } from '../session-store/stores';
import { type Choices, emptyPlan, rds, Source } from './plans';

type Details = ConstructorParameters<typeof Source>[2];

/** A plan that copies to another region, or another account. */
const copyTo = (scope: Construct, accountId?: string): Choices => ({
  copyTo: { provider: new AwsProvider(scope, 'There', { region: 'us-east-1', alias: 'there' }), accountId },
});

/** What is wrong with protecting such a source. */
function problems(details: Details, choices: (scope: Construct) => Choices = () => ({})): readonly string[] {
  const stack = emptyStack();
  const backups = emptyPlan(stack, choices(stack));
  const source = new Source(stack, 'Database', details);
  const before = stack.node.findAll().length;
  const found = problemsOf(() => backups.protect(source));
  expect(stack.node.findAll()).toHaveLength(before); // nothing was made of it
  return found;
}

/** That such a source is taken. */
function expectTaken(details: Details, choices: (scope: Construct) => Choices = () => ({})): void {
  const stack = emptyStack();
  const protect = () => emptyPlan(stack, choices(stack)).protect(new Source(stack, 'Database', details));
  expect(protect).not.toThrow();
}

const at = (time: string) => () => ({ time });
const maintenance = (time: string, window = 'sun:04:00-sun:05:00') =>
  `time must not lie in the maintenance window of shop/Database (${window}) or the hour before, got '${time}'; move one of them`;
const backup = (time: string) =>
  `time must not lie in the backup window of shop/Database (02:00-03:00), got '${time}'; move one of them`;

describe('BackupPlan', () => {
  describe('refuses copies', () => {
    const noCopies = 'AWS Backup copies no Multi-AZ cluster anywhere';

    test('of what AWS Backup copies nowhere', () => {
      expect(problems(rds({ noCopies }), (scope) => copyTo(scope))).toEqual([
        'copyTo must not be given for shop/Database, got one; AWS Backup copies no Multi-AZ cluster anywhere: protect it by a ' +
          'plan without copies',
      ]);
      expectTaken(rds({ noCopies }));
    });

    test('into another account, of what only this account can read', () => {
      expect(problems(rds({ hasOwnKey: false }), (scope) => copyTo(scope, '210987654321'))).toEqual([
        'copyTo.accountId must be given for what has a key of its own, got shop/Database without one; ' +
          "no other account can read a copy that the account's own key encrypts: give it a kmsKeyArn",
      ]);
      expectTaken(rds({ hasOwnKey: true }), (scope) => copyTo(scope, '210987654321'));
      expectTaken(rds({ hasOwnKey: false }), (scope) => copyTo(scope));
    });
  });

  // https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html#backup-window
  describe('refuses a time at which RDS takes no backup', () => {
    test.each(['04:00', '04:59', '03:00', '02:01'])('in its maintenance window, or the hour before: %s', (time) => {
      expect(problems(rds(), at(time))).toContain(maintenance(time));
    });

    test.each(['02:00', '02:59', '01:01'])('in the window of its own backups: %s', (time) => {
      expect(problems(rds(), at(time))).toContain(backup(time));
    });

    test.each(['01:00', '05:00', '23:59'])('and takes one beside them: %s', (time) => {
      expectTaken(rds(), at(time));
    });

    test('and takes one that may last until the hour before its maintenance', () => {
      expectTaken(rds({ busy: { daily: '22:00-23:00', weekly: 'sun:04:00-sun:05:00' } }), at('02:00'));
    });

    test('across midnight', () => {
      const busy = { daily: '02:00-03:00', weekly: 'mon:00:30-mon:01:30' };
      expect(problems(rds({ busy }), at('23:00'))).toEqual([maintenance('23:00', busy.weekly)]);
    });

    test('but asks nothing of Aurora, which always takes one', () => {
      expectTaken(rds({ kind: 'Aurora' }), at('04:00'));
      expectTaken(rds({ kind: 'Aurora' }), at('02:00'));
    });

    test('nor of backups whose window AWS Backup has taken over; of maintenance it does', () => {
      expectTaken(rds({ continuous: true }), at('01:30')); // ends half an hour before the maintenance's hour
      expect(problems(rds({ continuous: true }), at('04:00'))).toEqual([maintenance('04:00')]);
    });

    test('by its default, of a database in its default windows: never', () => {
      const stack = emptyStack();
      const build = () => {
        const database = new MultiAZDatabase(stack, 'Database', { network: network(stack), engine: 'postgres' });
        emptyPlan(stack).protect(database);
      };
      expect(build).not.toThrow();
    });
  });

  test('names everything that is wrong with a source at once', () => {
    const details = rds({ noCopies: 'AWS Backup copies it nowhere', hasOwnKey: false });
    const found = problems(details, (scope) => ({ ...copyTo(scope, '210987654321'), time: '02:30' }));
    expect(found).toHaveLength(4);
  });

  // https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html#restore-testing-quotas
  describe('protects thirty constructs', () => {
    function protectMany(count: number, choices: Choices = {}): () => void {
      return () => {
        const stack = emptyStack();
        const backups = emptyPlan(stack, choices);
        for (let one = 1; one <= count; one++) backups.protect(new Source(stack, `Source${one}`));
      };
    }

    test('and no more, since a drill has no room for them', () => {
      expect(protectMany(30)).not.toThrow();
      expect(problemsOf(protectMany(31))).toEqual([
        'protect must name at most 30 constructs, got shop/Source31 as one more; a drill restores no more of them: make another plan',
      ]);
    });

    test('or more without a drill', () => {
      expect(protectMany(31, { allowUntestedBackups: true })).not.toThrow();
    });
  });
});
