import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Duration, Retention, type RetentionCounts, type RetentionTier } from 'nines';
import {
  BackupBucket,
  type BackupBucketProps,
  type BackupReplica,
  type BackupStorageClass,
  type BackupTransition,
} from 'nines/aws';
import { Coverage } from './coverage';
import { REGION } from './random-configs';

/** Region of the second bucket. */
export const REGION_THERE = 'us-west-2';

/** A bucket, and who may write to it and read from it: valid, and otherwise anything. */
export interface BackupBucketConfig {
  readonly counts: RetentionCounts;
  readonly transitions: readonly { readonly storageClass: BackupStorageClass; readonly day: number }[] | undefined;
  readonly lockDays: number | undefined;
  readonly alarmHours: number | undefined;
  readonly undeleteDays: number | undefined;
  readonly ownKey: boolean;
  readonly tellsTopic: boolean;
  /** Whether a provider of its own is handed to it. */
  readonly ownProvider: boolean;
  readonly replica: ReplicaConfig | undefined;
  readonly writers: readonly GrantConfig[];
  readonly readers: readonly GrantConfig[];
  readonly props: Pick<
    BackupBucketProps,
    'bucketName' | 'immutable' | 'lockThatNobodyCanUndo' | 'allowDestroy' | 'tags'
  >;
}

interface ReplicaConfig {
  readonly ownKey: boolean;
  readonly tellsTopic: boolean;
  readonly props: Pick<BackupReplica, 'accountId' | 'bucketName'>;
}

interface GrantConfig {
  readonly tiers: readonly RetentionTier[] | undefined;
}

/** What must exist in the cloud before a config can be applied; any ARNs will do for `terraform validate`. */
export interface BackupSurroundings {
  readonly kmsKeyArn: string;
  readonly kmsKeyArnThere: string;
  readonly topicArn: string;
  readonly topicArnThere: string;
}

export const BACKUP_SURROUNDINGS: BackupSurroundings = {
  kmsKeyArn: `arn:aws:kms:${REGION}:123456789012:key/0abc1234`,
  kmsKeyArnThere: `arn:aws:kms:${REGION_THERE}:123456789012:key/0abc1234`,
  topicArn: `arn:aws:sns:${REGION}:123456789012:on-call`,
  topicArnThere: `arn:aws:sns:${REGION_THERE}:123456789012:on-call`,
};

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildBackupBucket(
  scope: Construct,
  config: BackupBucketConfig,
  around: BackupSurroundings,
  coverage?: Coverage,
): BackupBucket {
  const props = backupBucketProps(scope, config, around);
  coverage?.saw('BackupBucketProps', props);
  coverage?.saw('RetentionCounts', config.counts);
  for (const transition of props.transitions ?? []) coverage?.saw('BackupTransition', transition);
  const bucket = new BackupBucket(scope, 'Backups', props);
  config.writers.forEach(({ tiers }, position) => {
    bucket.grantWrite(new Job(scope, `Writer${position}`), tiers);
    coverage?.saw('grantWrite', { [tiers ? 'some' : 'all']: true });
  });
  config.readers.forEach(({ tiers }, position) => {
    bucket.grantRead(new Job(scope, `Reader${position}`), tiers);
    coverage?.saw('grantRead', { [tiers ? 'some' : 'all']: true });
  });
  return bucket;
}

/** Props of a config; its providers are made below the scope. */
export function backupBucketProps(
  scope: Construct,
  config: BackupBucketConfig,
  around: BackupSurroundings,
): BackupBucketProps {
  const { lockDays, alarmHours, undeleteDays, ownKey, tellsTopic, ownProvider, replica } = config;
  const name = scope.node.id.toLowerCase();
  return {
    ...config.props,
    retention: Retention.gfs(config.counts),
    transitions: config.transitions?.map(({ storageClass, day }) => ({ storageClass, after: Duration.days(day) })),
    lockFor: lockDays === undefined ? undefined : Duration.days(lockDays),
    alarmAfter: alarmHours === undefined ? undefined : Duration.hours(alarmHours),
    undeleteFor: undeleteDays === undefined ? undefined : Duration.days(undeleteDays),
    kmsKeyArn: ownKey ? undefined : around.kmsKeyArn,
    notificationTopicArn: tellsTopic ? around.topicArn : undefined,
    provider: ownProvider ? new AwsProvider(scope, 'Own', { region: REGION, alias: `${name}_own` }) : undefined,
    replicateTo: replica && {
      ...replica.props,
      provider: new AwsProvider(scope, 'There', { region: REGION_THERE, alias: `${name}_there` }),
      kmsKeyArn: replica.ownKey ? undefined : around.kmsKeyArnThere,
      notificationTopicArn: replica.tellsTopic ? around.topicArnThere : undefined,
    },
  };
}

/** Everything that a config may hold. */
export function backupBucketCoverage(): Coverage {
  return new Coverage(
    {
      'constructs/aws/backup-bucket/props.ts': ['BackupBucketProps', 'BackupTransition'],
      'intent/retention.ts': ['RetentionCounts'],
    },
    ['grantWrite.all', 'grantWrite.some', 'grantRead.all', 'grantRead.some'],
  );
}

class Job extends Construct {
  public readonly role: IamRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const principal = { Service: 'ecs-tasks.amazonaws.com' };
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal };
    this.role = new IamRole(this, 'Role', {
      assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    });
  }
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const tags = fc.dictionary(fc.stringMatching(/^team[a-z]{1,5}$/), word, { maxKeys: 3 });
const bucketName = fc.stringMatching(/^example-[a-z0-9]{1,20}-backups$/);

const counts: fc.Arbitrary<RetentionCounts> = fc.record({
  daily: fc.integer({ min: 3, max: 400 }),
  weekly: maybe(fc.integer({ min: 1, max: 60 })),
  monthly: maybe(fc.integer({ min: 1, max: 40 })),
  yearly: maybe(fc.integer({ min: 1, max: 10 })),
});

const STAYS: readonly (readonly [BackupStorageClass, number])[] = [
  ['STANDARD_IA', 30],
  ['GLACIER_IR', 90],
  ['GLACIER', 90],
  ['DEEP_ARCHIVE', 180],
];

/** Transitions that S3 takes, and for which the longest copy lives long enough. */
const transitionsFor = (longest: number, undeleteDays: number) =>
  fc.subarray([...STAYS]).chain((classes) =>
    fc.array(fc.nat(40), { minLength: classes.length, maxLength: classes.length }).map((waits) => {
      let day = 0;
      const drawn = classes.map(([storageClass, stay], position) => {
        const at = Math.max(day + (waits[position] ?? 0), storageClass === 'STANDARD_IA' ? 30 : 0);
        day = at + stay;
        return { storageClass, day: at, until: day };
      });
      return drawn
        .filter(({ day: at, until }) => at < longest && until <= longest + undeleteDays)
        .map(({ storageClass, day: at }) => ({ storageClass, day: at }));
    }),
  );

const replica: fc.Arbitrary<ReplicaConfig> = fc.record({
  ownKey: fc.boolean(),
  tellsTopic: fc.boolean(),
  props: fc.record({ accountId: maybe(fc.constant('210987654321')), bucketName: maybe(bucketName) }),
});

const grantsOf = (kept: RetentionCounts) => {
  const tiers = Retention.gfs(kept)
    .tiers()
    .map(({ tier }) => tier);
  return fc.array(fc.record({ tiers: maybe(fc.subarray(tiers, { minLength: 1 })) }), { maxLength: 2 });
};

/** Valid configs of every kind. */
export const backupBuckets: fc.Arbitrary<BackupBucketConfig> = fc
  .record({ counts, undeleteDays: maybe(fc.integer({ min: 1, max: 60 })) })
  .chain(({ counts: kept, undeleteDays }) => {
    const lives = Retention.gfs(kept)
      .tiers()
      .map(({ days }) => days);
    const [shortest, longest] = [Math.min(...lives), Math.max(...lives)];
    const alarmHours = fc.integer({ min: 25, max: Math.min(shortest * 12 - 3, 168) });
    return fc.record({
      counts: fc.constant(kept),
      undeleteDays: fc.constant(undeleteDays),
      transitions: maybe(transitionsFor(longest, undeleteDays ?? 7)),
      lockDays: maybe(fc.integer({ min: 1, max: shortest })),
      alarmHours: maybe(alarmHours),
      ownKey: fc.boolean(),
      tellsTopic: fc.boolean(),
      ownProvider: fc.boolean(),
      replica: maybe(replica),
      writers: grantsOf(kept),
      readers: grantsOf(kept),
      props: fc.record({
        bucketName: maybe(bucketName),
        immutable: maybe(fc.boolean()),
        lockThatNobodyCanUndo: maybe(fc.boolean()),
        allowDestroy: maybe(fc.boolean()),
        tags: maybe(tags),
      }),
    });
  })
  .map(withLocksOnlyWhereLocked);

/** What says how to lock stands beside `immutable: true`; elsewhere it is refused, which is tested by itself. */
function withLocksOnlyWhereLocked(config: BackupBucketConfig): BackupBucketConfig {
  if (config.props.immutable === true) return config;
  const { lockThatNobodyCanUndo, ...props } = config.props;
  return {
    ...config,
    lockDays: undefined,
    props: { ...props, ...(lockThatNobodyCanUndo === false && { lockThatNobodyCanUndo }) },
  };
}

/** A transition of a config, as props have it. */
export function transition(storageClass: BackupStorageClass, day: number): BackupTransition {
  return { storageClass, after: Duration.days(day) };
}
