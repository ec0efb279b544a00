import { BackupPlan as Plan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { Annotations, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import { named } from './aws-props';
import { CopyVault, FailedJobs, RestoreDrill } from './backup-plan/options';
import { problemsIn } from './backup-plan/problems';
import { type BackupPlanProps, type Settings, withDefaults } from './backup-plan/props';
import { BackupRole } from './backup-plan/roles';
import { continuousDays, continuousRule, tierDays, tierRules } from './backup-plan/rules';
import { sourceProblems } from './backup-plan/source-problems';
import { LockedVault } from './backup-plan/vault';
import type { BackupSource, BackupSourceDetails } from './backup-source';
import { partitionOf } from './iam';
import { uniqueName } from './naming';
import { knownRegion } from './network/zones';
import { warnIfNobodyIsTold } from './notifying-props';
import { peerId } from './security-rules';

/**
 * Backups by AWS Backup, in a vault from which nobody deletes one before its time, and a drill that restores them.
 *
 * See `examples/shop.ts`.
 */
export class BackupPlan extends Construct {
  /** Name of the vault. */
  public readonly vaultName: string;
  /** ARN of the vault. */
  public readonly vaultArn: string;
  /** ARN of the second vault; none without `copyTo`. */
  public readonly copyVaultArn: string | undefined;
  /** The plan for backups by tier. */
  public readonly plan: Plan;

  private readonly settings: Settings;
  private readonly role: BackupRole;
  private readonly drill: RestoreDrill | undefined;
  private readonly sources: BackupSourceDetails[] = [];

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const settings = withDefaults(props);
    const region = knownRegion(this, props.provider);
    InvalidPropsError.throwIfAny(problemsIn(settings, region), this);
    warnOfLosses(this, settings);
    this.settings = settings;
    const partition = partitionOf(region ?? '');

    const vault = {
      ...settings,
      days: range(settings),
      unchangeableAfter: settings.lockThatNobodyCanUndoAfter?.toDays(),
    };
    const { vaultName, arn: vaultArn } = new LockedVault(this, 'Vault', vault);
    const copy = settings.copyTo ? new CopyVault(this, 'Copy', { settings, vault, partition }) : undefined;
    this.plan = new Plan(this, 'Resource', {
      name: uniqueName(this, 50),
      rule: tierRules(settings, vaultName, copy?.arn),
      ...named(this, '', settings),
    });
    this.role = new BackupRole(this, 'Role', { ...settings, planId: id, partition, does: 'backup' });
    this.drill = settings.allowUntestedBackups
      ? undefined
      : new RestoreDrill(this, 'RestoreDrill', { ...{ planId: id, settings, partition }, vaultArn });
    this.select('Selection', this.plan, () => this.sources, settings.protectTagged);
    if (settings.notificationTopicArn !== undefined) {
      const drillPlanArn = this.drill?.plan.arn;
      new FailedJobs(this, 'FailedJobs', { planId: id, settings, vault: { vaultName, arn: vaultArn }, drillPlanArn });
    }

    this.node.defaultChild = this.plan;
    this.vaultName = vaultName;
    this.vaultArn = vaultArn;
    this.copyVaultArn = copy?.arn;
    this.node.addValidation({ validate: () => this.emptyProblems() });
  }

  /**
   * Backs up a construct, and restores it in every drill.
   *
   * @param source a `MultiAZDatabase`, a `BackupBucket`, or whatever says what AWS Backup has to know of it
   * @throws InvalidPropsError when AWS Backup would refuse it: copies of a Multi-AZ cluster, a time in its windows
   */
  public protect(source: BackupSource & Construct): void {
    const details = source.backup;
    if (this.sources.includes(details)) return;
    InvalidPropsError.throwIfAny(sourceProblems(source.node.path, details, this.settings), this);
    this.sources.push(details);
    if (details.kind === 'S3') this.role.includeBuckets();
    this.drill?.include(peerId('From', source.node.path), details);
    if (details.continuous && !this.node.tryFindChild('Continuous')) this.addContinuousPlan();
  }

  private addContinuousPlan(): void {
    const plan = new Plan(this, 'Continuous', {
      name: uniqueName(this, 39).concat('-continuous'),
      rule: [continuousRule(this.settings, this.vaultName)],
      ...named(this, 'Continuous', this.settings),
    });
    this.select('ContinuousSelection', plan, () => this.sources.filter(({ continuous }) => continuous), {});
  }

  private select(
    id: string,
    plan: Plan,
    sources: () => readonly BackupSourceDetails[],
    tags: Readonly<Record<string, string>>,
  ): void {
    new BackupSelection(this, id, {
      name: id,
      planId: plan.id,
      iamRoleArn: this.role.arn,
      resources: Lazy.listValue({ produce: () => sources().map(({ arn }) => arn) }),
      selectionTag: Object.entries(tags).map(([key, value]) => ({ type: 'STRINGEQUALS', key, value })),
      provider: this.settings.provider,
    });
  }

  /** AWS Backup takes a selection of nothing for everything. */
  private emptyProblems(): string[] {
    if (this.sources.length > 0 || Object.keys(this.settings.protectTagged).length > 0) return [];
    return ['BackupPlan must protect something, got nothing; call protect(…), or give protectTagged'];
  }
}

/** The shortest and the longest that a backup in the vault lives, in days. */
function range(settings: Settings): { min: number; max: number } {
  const days = [...tierDays(settings).map((tier) => tier.days), continuousDays(settings)];
  return { min: Math.min(...days), max: Math.max(...days) };
}

function warnOfLosses(plan: Construct, settings: Settings): void {
  const annotations = Annotations.of(plan);
  warnIfNobodyIsTold(plan, settings);
  if (settings.allowUntestedBackups)
    annotations.addWarning('allowUntestedBackups: nothing shows that a backup can be restored');
  if (settings.allowDestroy) annotations.addWarning('allowDestroy: an empty vault can be removed');
  if (settings.lockThatNobodyCanUndoAfter) {
    annotations.addWarning('lockThatNobodyCanUndoAfter: what is in the vault is paid for until its time has come');
  }
}
