import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type App, Lazy, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { MultiAZDatabase } from 'nines/aws';
import {
  all,
  type Block,
  emptyStack,
  follow,
  problemsOf,
  type Synthesized,
  synth,
  synthApp,
} from '../../../support/synth';
import { network } from '../session-store/stores';
import { type Choices, emptyPlan, plain, plan, planOf, rds, SELECTION, Source, synthPlan } from './plans';

/** The selection of the plan by tiers, or of the continuous one. */
function selection(result: Synthesized, name: 'Selection' | 'ContinuousSelection' = 'Selection'): Block {
  const found = Object.values(all(result, SELECTION)).filter((block) => block.name === name);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

/** Managed policies of a role, without the partition. */
function policiesOf(result: Synthesized, roleArn: unknown): string[] {
  const { address } = follow(result, roleArn);
  return Object.values(all(result, 'aws_iam_role_policy_attachment'))
    .filter(({ role }) => String(role).startsWith(`\${${address}.`))
    .map((block) => String(block.policy_arn).replace(/^arn:aws:iam::aws:policy\//, ''))
    .sort();
}

const USUAL = 'service-role/AWSBackupServiceRolePolicyForBackup';
const S3 = 'AWSBackupServiceRolePolicyForS3Backup';

const protecting = (...sources: [string, ReturnType<typeof rds>][]) =>
  synth((stack) => {
    const backups = emptyPlan(stack);
    for (const [id, details] of sources) backups.protect(new Source(stack, id, details));
  });

describe('BackupPlan', () => {
  describe('backs up', () => {
    test('what it is told to protect, all in one selection', () => {
      const result = protecting(['Uploads', {}], ['Database', rds()], ['Carts', {}]);
      expect(selection(result).resources).toEqual([
        'arn:aws:s3:::uploads',
        'arn:aws:rds:eu-west-1:123456789012:db:shop',
        'arn:aws:s3:::carts',
      ]);
      expect(selection(result).selection_tag).toEqual([]);
    });

    test('a construct once, however often it is said', () => {
      const result = synth((stack) => {
        const [backups, uploads] = [emptyPlan(stack), new Source(stack, 'Uploads')];
        backups.protect(uploads);
        backups.protect(uploads);
      });
      expect(selection(result).resources).toEqual(['arn:aws:s3:::uploads']);
    });

    test('what has one of the tags', () => {
      const result = synth((stack) => emptyPlan(stack, { protectTagged: { backup: 'daily', tier: 'data' } }));
      expect(selection(result)).toMatchObject({
        selection_tag: [
          { type: 'STRINGEQUALS', key: 'backup', value: 'daily' },
          { type: 'STRINGEQUALS', key: 'tier', value: 'data' },
        ],
      });
      expect(selection(result).resources ?? []).toEqual([]);
    });

    // https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html#assigning-resources-quotas
    test('what has one of thirty tags', () => {
      const tags = Object.fromEntries(Array.from({ length: 30 }, (_, count) => [`key-${count}`, 'x']));
      expect(selection(synthPlan({ protectTagged: tags })).selection_tag).toHaveLength(30);
    });

    test('both, in one selection: what is tagged and named is backed up once', () => {
      const result = synthPlan({ protectTagged: { backup: 'daily' } });
      expect(selection(result)).toMatchObject({
        resources: ['arn:aws:s3:::backupsuploads'],
        selection_tag: [{ key: 'backup', value: 'daily' }],
      });
    });
  });

  test('backs up by each of its plans what that one is for', () => {
    for (const [name, kind] of [
      ['Selection', 'tiers'],
      ['ContinuousSelection', 'continuous'],
    ] as const) {
      expect(follow(plain(), selection(plain(), name).plan_id).block).toBe(planOf(plain(), kind));
    }
  });

  // An empty selection is everything in the region. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
  test('refuses to protect nothing', () => {
    expect(() => synth((stack) => emptyPlan(stack))).toThrow(
      'BackupPlan must protect something, got nothing; call protect(…), or give protectTagged',
    );
  });

  describe('acts as a role', () => {
    test('of its own, which only AWS Backup may be', () => {
      const { block } = follow(plain(), selection(plain()).iam_role_arn);
      expect(JSON.parse(String(block.assume_role_policy)).Statement).toEqual([
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } },
      ]);
      expect(block).toMatchObject({ name_prefix: 'Backups-backup-', lifecycle: { create_before_destroy: true } });
    });

    const policies = (result: Synthesized) => policiesOf(result, selection(result).iam_role_arn);

    test('that may back up buckets only when there are any', () => {
      expect(policies(protecting(['Database', rds()]))).toEqual([USUAL]);
      expect(policies(protecting(['Database', rds()], ['Uploads', {}], ['Carts', {}]))).toEqual([S3, USUAL]);
    });

    test('or when there may be some among what is tagged', () => {
      const tagged = synth((stack) => emptyPlan(stack, { protectTagged: { backup: 'daily' } }));
      expect(policies(tagged)).toEqual([S3, USUAL]);
    });

    test('with the policies of its partition', () => {
      const china = synth((stack) => plan(stack), { region: 'cn-north-1' });
      const arns = Object.values(all(china, 'aws_iam_role_policy_attachment')).map(({ policy_arn: arn }) => arn);
      expect(arns).toHaveLength(4);
      for (const arn of arns) expect(arn).toMatch(/^arn:aws-cn:iam::aws:policy\//);
    });
  });

  describe('refuses what AWS Backup would never see', () => {
    const inAnotherRegion = (choices: Choices = {}) =>
      problemsOf(() => {
        const stack = emptyStack();
        const there = new AwsProvider(stack, 'There', { region: 'us-east-1', alias: 'there' });
        emptyPlan(stack, choices).protect(new Source(stack, 'Uploads', { provider: there }));
      });

    test('something of another region', () => {
      expect(inAnotherRegion()).toEqual([
        "provider must be one of the region of shop/Uploads (us-east-1), got one of 'eu-west-1'; AWS Backup sees nothing of " +
          'another region: protect it by a plan there',
      ]);
    });

    test('but not what is in the same one, or in one that is unknown', () => {
      const build = (planRegion: string, sourceRegion: string) => () =>
        synth((stack) => {
          const provider = (id: string, region: string) =>
            new AwsProvider(stack, id, { region, alias: id.toLowerCase() });
          const backups = emptyPlan(stack, { provider: provider('Here', planRegion) });
          backups.protect(new Source(stack, 'Uploads', { provider: provider('There', sourceRegion) }));
        });
      const later = Lazy.stringValue({ produce: () => 'eu-west-1' });
      expect(build('us-east-1', 'us-east-1')).not.toThrow();
      expect(build('us-east-1', later)).not.toThrow();
      expect(build(later, 'us-east-1')).not.toThrow();
      expect(build('us-east-1', 'eu-west-1')).toThrow(/provider must be one of the region/);
    });

    test('nor what says nothing of where it is', () => {
      const build = () =>
        synth((stack) => {
          const table = Object.assign(new Construct(stack, 'Table'), { backup: new Source(stack, 'Uploads').backup });
          emptyPlan(stack).protect(table);
        });
      expect(build).not.toThrow();
    });
  });

  test('protects a database of another stack, which its stack then waits for', () => {
    let stacks: Readonly<Record<string, TerraformStack>> = {};
    const { plans = NOTHING } = synthApp((app) => {
      stacks = { data: stack(app, 'data'), plans: stack(app, 'plans') };
      const database = new MultiAZDatabase(here(stacks.data), 'Database', {
        network: network(here(stacks.data)),
        engine: 'postgres',
      });
      emptyPlan(here(stacks.plans)).protect(database);
    });
    expect(selection(plans).resources).toEqual([expect.stringMatching(/remote_state.*data.*Database.*arn/)]);
    expect(here(stacks.plans).dependencies.map(({ node }) => node.id)).toEqual(['data']);
    expect(here(stacks.data).dependencies).toEqual([]);
  });
});

const NOTHING: Synthesized = { resource: {}, data: {}, output: {}, provider: {}, warnings: [] };

function stack(app: App, id: string): TerraformStack {
  const one = new TerraformStack(app, id);
  new AwsProvider(one, 'Aws', { region: 'eu-west-1' });
  return one;
}

function here(one: TerraformStack | undefined): TerraformStack {
  if (!one) throw new Error('no such stack');
  return one;
}
