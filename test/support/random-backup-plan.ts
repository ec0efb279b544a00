import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Duration, Retention, type RetentionCounts } from 'nines';
import { BackupPlan, type BackupPlanProps, type BackupSource, type BackupSourceDetails } from 'nines/aws';
import { Coverage } from './coverage';
import { REGION } from './random-configs';

export const OTHER_REGION = 'eu-west-1';

/** A backup plan as a user might write it: valid, and otherwise anything. */
export interface PlanConfig {
  readonly retention: RetentionCounts;
  readonly props: Omit<BackupPlanProps, 'retention' | 'provider' | 'copyTo'>;
  /** Where copies go. */
  readonly copy: { readonly to: 'region' | 'account'; readonly key: boolean } | undefined;
  /** What is protected, beside what is tagged. */
  readonly sources: readonly BackupSourceDetails['kind'][];
  /** Whether a provider of its own is handed to every construct. */
  readonly ownProvider: boolean;
}

/** What must exist in the cloud before a config can be applied; any text will do for `terraform validate`. */
export interface PlanSurroundings {
  readonly kmsKeyArn: string;
  readonly otherKmsKeyArn: string;
  readonly notificationTopicArn: string;
  readonly accountId: string;
}

export const PLAN_AROUND: PlanSurroundings = {
  kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0abc1234-12ab',
  otherKmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/0abc1234-34cd',
  notificationTopicArn: 'arn:aws:sns:us-east-1:123456789012:on-call',
  accountId: '210987654321',
};

/** Builds a config below a scope, and counts which props and arms it used. */
export function buildPlan(
  scope: Construct,
  config: PlanConfig,
  around: PlanSurroundings,
  coverage?: Coverage,
): BackupPlan {
  const provider = config.ownProvider
    ? new AwsProvider(scope, 'Aws', { region: REGION, alias: scope.node.id.toLowerCase() })
    : undefined;
  const props: BackupPlanProps = { ...planProps(scope, config, around), provider };
  coverage?.saw('BackupPlanProps', props);
  coverage?.saw('RetentionCounts', config.retention);
  const plan = new BackupPlan(scope, 'Backups', props);
  for (const [position, kind] of config.sources.entries()) {
    coverage?.saw('BackupPlan', { [`protects ${kind}`]: true });
    plan.protect(new Source(scope, `Source${position}`, { kind, time: props.time ?? '06:00', provider }));
  }
  return plan;
}

/** Everything that a config may hold. */
export function planCoverage(): Coverage {
  return new Coverage(
    { 'constructs/aws/backup-plan/props.ts': ['BackupPlanProps'], 'intent/retention.ts': ['RetentionCounts'] },
    ['BackupPlan.protects S3', 'BackupPlan.protects RDS', 'BackupPlan.protects Aurora'],
  );
}

/** Props of a config, with what is around in place of names for it. */
export function planProps(
  scope: Construct,
  { retention, props, copy }: PlanConfig,
  around: PlanSurroundings,
): Omit<BackupPlanProps, 'provider'> {
  const there =
    copy && new AwsProvider(scope, 'There', { region: OTHER_REGION, alias: `${scope.node.id}-there`.toLowerCase() });
  return {
    ...props,
    retention: Retention.gfs(retention),
    ...(props.kmsKeyArn !== undefined && { kmsKeyArn: around.kmsKeyArn }),
    ...(props.notificationTopicArn !== undefined && { notificationTopicArn: around.notificationTopicArn }),
    copyTo: there && {
      provider: there,
      accountId: copy?.to === 'account' ? around.accountId : undefined,
      kmsKeyArn: copy?.key ? around.otherKmsKeyArn : undefined,
    },
  };
}

/** Something to protect, in windows that the plan keeps out of. */
class Source extends Construct implements BackupSource {
  public readonly backup: BackupSourceDetails;

  constructor(
    scope: Construct,
    id: string,
    { kind, time, provider }: { kind: BackupSourceDetails['kind']; time: string; provider: AwsProvider | undefined },
  ) {
    super(scope, id);
    const [hour = 0] = time.split(':').map(Number);
    const at = (hours: number) => `${String((hour + hours) % 24).padStart(2, '0')}:00`;
    const day = (hours: number) => `${hour + hours < 24 ? 'wed' : 'thu'}:${at(hours)}`;
    const resource = kind === 'Aurora' ? 'cluster' : 'db';
    const bucket = kind === 'S3' ? new S3Bucket(this, 'Resource', { provider }) : undefined;
    this.backup = {
      arn: bucket?.arn ?? `arn:aws:rds:${REGION}:123456789012:${resource}:${id.toLowerCase()}`,
      kind,
      continuous: kind !== 'RDS',
      hasOwnKey: true,
      ...(kind !== 'S3' && {
        restoreMetadata: { dbSubnetGroupName: 'shop', vpcSecurityGroupIds: '["sg-0abc1234"]' },
        busy: { daily: `${at(2)}-${at(3)}`, weekly: `${day(5)}-${day(6)}` },
      }),
    };
  }
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const tags = fc.dictionary(
  word.filter((key) => key !== 'name'),
  word,
  { maxKeys: 3 },
);

const counts = fc.record(
  {
    daily: fc.integer({ min: 1, max: 400 }),
    weekly: fc.integer({ min: 1, max: 200 }),
    monthly: fc.integer({ min: 1, max: 200 }),
    yearly: fc.integer({ min: 1, max: 99 }),
  },
  { requiredKeys: ['daily'] },
);

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const drill = fc.record(
  {
    schedule: fc.constantFrom(
      'cron(0 9 ? * MON *)',
      'cron(30 3 1 * ? *)',
      'cron(0 4 ? * 2-6 2027)',
      'cron(15 10 L * ? *)',
    ),
    validationWindow: fc.integer({ min: 1, max: 168 }).map((hours) => Duration.hours(hours)),
  },
  { requiredKeys: [] },
);

const props: fc.Arbitrary<PlanConfig['props']> = fc
  .record({
    time: maybe(time),
    protectTagged: maybe(fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 })),
    restoreDrill: maybe(drill),
    allowUntestedBackups: maybe(fc.boolean()),
    lockThatNobodyCanUndoAfter: maybe(fc.integer({ min: 3, max: 36_500 }).map((days) => Duration.days(days))),
    kmsKeyArn: maybe(fc.constant('key')),
    notificationTopicArn: maybe(fc.constant('topic')),
    allowDestroy: maybe(fc.boolean()),
    tags: maybe(tags),
  })
  .map((drawn) => ({ ...drawn, restoreDrill: drawn.allowUntestedBackups ? undefined : drawn.restoreDrill }));

/** Valid configs of every kind. */
export const planConfigs: fc.Arbitrary<PlanConfig> = fc
  .record({
    retention: counts,
    props,
    copy: maybe(fc.record({ to: fc.constantFrom('region' as const, 'account' as const), key: fc.boolean() })),
    sources: fc.array(fc.constantFrom('S3' as const, 'RDS' as const, 'Aurora' as const), { maxLength: 3 }),
    ownProvider: fc.boolean(),
  })
  .map((config) => ({
    ...config,
    sources: config.sources.length === 0 && config.props.protectTagged === undefined ? ['S3' as const] : config.sources,
  }));
