import { Construct } from 'constructs';
import { Duration, Retention } from 'nines';
import { BackupBucket, MultiAZDatabase } from 'nines/aws';
import { all, type Block, follow, only, type Synthesized, synth } from '../../../support/synth';
import { network } from '../session-store/stores';
import { type Choices, emptyPlan, plain, plan, rds, Source, synthPlan, VAULT } from './plans';

const DRILL = 'aws_backup_restore_testing_plan';
const DRILLED = 'aws_backup_restore_testing_selection';

const drill = (choices: Choices = {}) => only(synthPlan(choices), DRILL);
const drilled = (result: Synthesized): Block[] => Object.values(all(result, DRILLED));

/** What a drill does with one source. */
function drilledOf(details: ConstructorParameters<typeof Source>[2], choices: Choices = {}): Block {
  const result = synth((stack) => emptyPlan(stack, choices).protect(new Source(stack, 'Source', details)));
  return only(result, DRILLED);
}

/** Managed policies of the role that restores. */
function policiesOf(result: Synthesized): string[] {
  const { address } = follow(result, drilled(result)[0]?.iam_role_arn);
  return Object.values(all(result, 'aws_iam_role_policy_attachment'))
    .filter(({ role }) => String(role).startsWith(`\${${address}.`))
    .map((block) => String(block.policy_arn).split('/').at(-1) ?? '')
    .sort();
}

describe('BackupPlan', () => {
  describe('restores what it protects', () => {
    test('every week, on Mondays at nine, unless said', () => {
      expect(drill().schedule_expression).toBe('cron(0 9 ? * MON *)');
      expect(drill({ restoreDrill: { schedule: 'cron(30 3 1 * ? *)' } }).schedule_expression).toBe(
        'cron(30 3 1 * ? *)',
      );
    });

    test('from its newest backup, of whichever sort, in its own vault', () => {
      const [vault] = Object.keys(all(plain(), VAULT));
      expect(only(plain(), DRILL).recovery_point_selection).toEqual([
        {
          algorithm: 'LATEST_WITHIN_WINDOW',
          include_vaults: [`\${${VAULT}.${vault}.arn}`],
          recovery_point_types: ['CONTINUOUS', 'SNAPSHOT'],
          selection_window_days: 3,
        },
      ]);
    });

    // A backup older than the window is passed over in silence: it must be wider than a day and the start of the drill.
    test('also when it starts as late as it may', () => {
      const { start_window_hours: hours, recovery_point_selection: points } = only(plain(), DRILL);
      const [{ selection_window_days: days = 0 } = {}] = points as { selection_window_days?: number }[];
      expect(hours).toBe(24);
      expect(days * 24).toBeGreaterThan(24 + Number(hours) + 20); // a day between two, which start and end late
    });

    test('and leaves it there for four hours to be looked at, unless said', () => {
      expect(only(plain(), DRILLED).validation_window_hours).toBe(4);
      const longer = synthPlan({ restoreDrill: { validationWindow: Duration.days(7) } });
      expect(only(longer, DRILLED).validation_window_hours).toBe(168);
    });

    test.each(['S3', 'RDS', 'Aurora'] as const)('of the kind %s, by itself', (kind) => {
      expect(drilledOf({ kind, arn: `arn:of:${kind}` })).toMatchObject({
        protected_resource_type: kind,
        protected_resource_arns: [`arn:of:${kind}`], // one: the provider passes on no change of a list
      });
    });

    test('each in a selection of its own', () => {
      const result = synth((stack) => {
        const backups = emptyPlan(stack);
        for (const id of ['Uploads', 'Carts']) backups.protect(new Source(stack, id));
      });
      expect(drilled(result).map(({ protected_resource_arns: arns }) => arns)).toEqual([
        ['arn:aws:s3:::carts'],
        ['arn:aws:s3:::uploads'],
      ]);
      for (const { restore_testing_plan_name: name } of drilled(result)) {
        expect(follow(result, name)).toMatchObject({ type: DRILL, attribute: 'name' });
      }
    });

    test('to where the source says, or AWS Backup infers', () => {
      const restoreMetadata = { dbSubnetGroupName: 'shop', vpcSecurityGroupIds: '["sg-0abc1234"]' };
      expect(drilledOf(rds({ restoreMetadata })).restore_metadata_overrides).toEqual(restoreMetadata);
      expect(drilledOf({})).not.toHaveProperty('restore_metadata_overrides');
    });

    test('not at all only by a name that says what that means', () => {
      const result = synthPlan({ allowUntestedBackups: true });
      expect([all(result, DRILL), all(result, DRILLED)]).toEqual([{}, {}]);
      expect(Object.keys(all(result, 'aws_iam_role'))).toHaveLength(1);
    });
  });

  describe('restores by a role', () => {
    test('of its own, which only AWS Backup may be', () => {
      const { block, address } = follow(plain(), only(plain(), DRILLED).iam_role_arn);
      expect(JSON.parse(String(block.assume_role_policy)).Statement).toMatchObject([
        { Principal: { Service: 'backup.amazonaws.com' } },
      ]);
      expect(block.name_prefix).toBe('Backups-restore-');
      const backups = Object.values(all(plain(), 'aws_backup_selection'));
      for (const { iam_role_arn: arn } of backups) expect(follow(plain(), arn).address).not.toBe(address);
    });

    test('that may restore buckets only when there are any', () => {
      const policies = (details: ConstructorParameters<typeof Source>[2]) =>
        policiesOf(synth((stack) => emptyPlan(stack).protect(new Source(stack, 'Source', details))));
      expect(policies(rds())).toEqual(['AWSBackupServiceRolePolicyForRestores']);
      expect(policies({})).toEqual(['AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Restore']);
    });
  });

  // Without a default VPC, which careful accounts have not, a restore without a subnet group fails.
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
  test.each([
    ['instance', 'RDS'],
    ['cluster', 'RDS'],
    ['aurora', 'Aurora'],
  ] as const)(
    'restores a MultiAZDatabase of the topology %s beside it, in its subnets and security group',
    (topology, kind) => {
      const result = synth((stack) => {
        const database = new MultiAZDatabase(stack, 'Database', {
          network: network(stack),
          engine: 'postgres',
          topology,
        });
        emptyPlan(stack).protect(database);
      });
      const { restore_metadata_overrides: overrides, protected_resource_type: type } = only(result, DRILLED);
      const { dbSubnetGroupName, vpcSecurityGroupIds } = overrides as Record<string, string>;
      expect(type).toBe(kind);
      expect(follow(result, dbSubnetGroupName).type).toBe('aws_db_subnet_group');
      const [group] = JSON.parse(String(vpcSecurityGroupIds)) as string[];
      expect(follow(result, group).type).toBe('aws_security_group');
    },
  );

  test('restores a BackupBucket', () => {
    const result = synth((stack) => {
      const bucket = new BackupBucket(stack, 'Copies', { retention: Retention.gfs({ daily: 7 }) });
      emptyPlan(stack).protect(bucket);
    });
    const [arn] = only(result, DRILLED).protected_resource_arns as string[];
    expect(follow(result, arn)).toMatchObject({ type: 'aws_s3_bucket', attribute: 'arn' });
    expect(only(result, DRILLED).protected_resource_type).toBe('S3');
  });

  // AWS Backup takes letters, digits and `_`, 50 of them; provider and AWS agree on that.
  test('calls its drills by names that AWS Backup takes, each by its own', () => {
    const long = 'A-very-long-name-for-what-holds-everything-that-the-shop-has-ever-sold';
    const result = synth((stack) => {
      const backups = plan(stack, {}, 'Backups-of-a-shop-with-a-name-that-is-too-long-for-a-drill');
      for (const scope of ['Blue', 'Green']) backups.protect(new Source(new Construct(stack, scope), long));
    });
    const names = [...drilled(result), only(result, DRILL)].map(({ name }) => String(name));
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_]{1,50}$/);
    expect(new Set(names).size).toBe(4);
  });
});
