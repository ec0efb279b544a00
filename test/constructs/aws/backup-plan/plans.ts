import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import { Retention } from 'nines';
import { BackupPlan, type BackupPlanProps, type BackupSource, type BackupSourceDetails } from 'nines/aws';
import { all, type Block, only, type Synthesized, synth } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
export const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0abc1234-12ab';

/** What is kept unless a test says otherwise. */
export const KEPT = Retention.gfs({ daily: 7, weekly: 4, monthly: 12 });

/** Something to protect, as whoever wants may write it: a bucket unless said. */
export class Source extends Construct implements BackupSource {
  public readonly backup: BackupSourceDetails;

  constructor(
    scope: Construct,
    id: string,
    { provider, ...details }: Partial<BackupSourceDetails> & { provider?: AwsProvider } = {},
  ) {
    super(scope, id);
    this.node.defaultChild = new S3Bucket(this, 'Resource', { provider });
    this.backup = {
      arn: `arn:aws:s3:::${id.toLowerCase()}`,
      kind: 'S3',
      continuous: true,
      hasOwnKey: true,
      ...details,
    };
  }
}

/** Details of a database on RDS in the default windows, or what is changed of it. */
export function rds(changes: Partial<BackupSourceDetails> = {}): Partial<BackupSourceDetails> {
  return {
    arn: 'arn:aws:rds:eu-west-1:123456789012:db:shop',
    kind: 'RDS',
    continuous: false,
    busy: { daily: '02:00-03:00', weekly: 'sun:04:00-sun:05:00' },
    ...changes,
  };
}

/** What may be changed about a plan. */
export type Choices = Partial<BackupPlanProps>;

/** A plan that protects nothing yet. */
export function emptyPlan(scope: Construct, choices: Choices = {}, id = 'Backups'): BackupPlan {
  return new BackupPlan(scope, id, { retention: KEPT, ...choices });
}

/** A plan with no more than it needs, which protects a bucket. */
export function plan(scope: Construct, choices: Choices = {}, id = 'Backups'): BackupPlan {
  const made = emptyPlan(scope, choices, id);
  made.protect(new Source(scope, `${id}Uploads`));
  return made;
}

/** What a plan with these choices comes to. */
export function synthPlan(choices: Choices = {}): Synthesized {
  return synth((stack) => {
    plan(stack, choices);
  });
}

let plainOne: Synthesized | undefined;

/** What a plan with no more than it needs comes to; made once per file, since most tests look at it. */
export function plain(): Synthesized {
  plainOne ??= synthPlan();
  return plainOne;
}

export const PLAN = 'aws_backup_plan';
export const SELECTION = 'aws_backup_selection';
export const VAULT = 'aws_backup_vault';
export const LOCK = 'aws_backup_vault_lock_configuration';

/** The plans of a stack, by what their names end in: `continuous`, or nothing. */
export function planOf(result: Synthesized, kind: 'tiers' | 'continuous'): Block {
  const isContinuous = ({ name }: Block) => /-continuous$/.test(String(name));
  const found = Object.values(all(result, PLAN)).filter((block) => isContinuous(block) === (kind === 'continuous'));
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

/** A rule of a plan, as Terraform gets it. */
export interface Rule {
  readonly rule_name: string;
  readonly schedule: string;
  readonly start_window: number;
  readonly completion_window: number;
  readonly target_vault_name: string;
  readonly enable_continuous_backup?: boolean;
  readonly lifecycle: { readonly delete_after: number };
  readonly copy_action?: readonly {
    readonly destination_vault_arn: string;
    readonly lifecycle: { readonly delete_after: number };
  }[];
}

/** The rules of a plan. */
export function rulesOf(result: Synthesized, kind: 'tiers' | 'continuous' = 'tiers'): readonly Rule[] {
  return planOf(result, kind).rule as readonly Rule[];
}

/** The lock of the only vault. */
export const lockOf = (result: Synthesized) => only(result, LOCK);
