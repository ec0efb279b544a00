import { BackupPlan as Plan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Annotations, Lazy, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import { named } from './aws-props';
import { ageAlarm } from './backup-plan/age-alarm';
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
  private readonly region: string | undefined;
  private readonly vault: LockedVault;
  private readonly role: BackupRole;
  private readonly drill: RestoreDrill | undefined;
  private readonly sources = new Map<string, BackupSourceDetails>();

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const settings = withDefaults(props);
    const region = knownRegion(this, props.provider);
    InvalidPropsError.throwIfAny(problemsIn(settings, region), this);
    warnOfLosses(this, settings);
    this.settings = settings;
    this.region = region;
    const partition = partitionOf(region ?? '');

    const vault = {
      ...settings,
      shortestLife: shortestLife(settings),
      unchangeableAfter: settings.lockThatNobodyCanUndoAfter?.toDays(),
    };
    this.vault = new LockedVault(this, 'Vault', vault);
    const { copyTo } = settings;
    const copy = copyTo ? new CopyVault(this, 'Copy', { settings, copyTo, vault, partition }) : undefined;
    this.plan = new Plan(this, 'Resource', {
      name: uniqueName(this, 50),
      rule: tierRules(settings, this.vault.vaultName, copy?.arn),
      dependsOn: [this.vault.lock, ...(copy?.ready ?? [])], // backups that a lock refuses would fail every day
      ...named(this, '', settings),
    });
    this.role = new BackupRole(this, 'Role', { ...settings, planId: id, partition, does: 'backup' });
    if (Object.keys(settings.protectTagged).length > 0) this.role.includeBuckets();
    this.drill = settings.allowUntestedBackups
      ? undefined
      : new RestoreDrill(this, 'RestoreDrill', { ...{ planId: id, settings, partition }, vaultArn: this.vault.arn });
    this.select('Selection', this.plan, () => true, settings.protectTagged);
    ageAlarm(this, this.vault.vaultName, settings);
    if (settings.notificationTopicArn !== undefined) {
      new FailedJobs(this, 'FailedJobs', { settings, vault: this.vault, drillPlanArn: this.drill?.plan.arn });
    }

    this.node.defaultChild = this.plan;
    this.vaultName = this.vault.vaultName;
    this.vaultArn = this.vault.arn;
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
    const { path } = source.node;
    if (this.sources.has(path)) return;
    const details = source.backup;
    const problems = sourceProblems({ path, details, region: regionOf(source) }, this.settings, this.region);
    InvalidPropsError.throwIfAny([...problems, ...this.drillProblems(path)], this);
    this.sources.set(path, details);
    if (details.kind === 'S3') this.role.includeBuckets();
    this.drill?.include(peerId('From', path), details);
    if (details.continuous && !this.node.tryFindChild('Continuous')) this.addContinuousPlan();
  }

  private addContinuousPlan(): void {
    const plan = new Plan(this, 'Continuous', {
      name: uniqueName(this, 39).concat('-continuous'),
      rule: [continuousRule(this.settings, this.vaultName)],
      dependsOn: [this.vault.lock],
      ...named(this, 'Continuous', this.settings),
    });
    this.select('ContinuousSelection', plan, ({ continuous }) => continuous, {});
  }

  /** One selection for all: what has a tag and is named as well is backed up once. */
  private select(
    id: string,
    plan: Plan,
    isSelected: (source: BackupSourceDetails) => boolean,
    tags: Readonly<Record<string, string>>,
  ): void {
    new BackupSelection(this, id, {
      name: id,
      planId: plan.id,
      iamRoleArn: this.role.arn,
      resources: Lazy.listValue({ produce: () => [...this.sources.values()].filter(isSelected).map(({ arn }) => arn) }),
      selectionTag: Object.entries(tags).map(([key, value]) => ({ type: 'STRINGEQUALS', key, value })),
      provider: this.settings.provider,
    });
  }

  private drillProblems(path: string): string[] {
    if (!this.drill || this.sources.size < MOST_DRILLED) return [];
    return [
      `protect must name at most ${MOST_DRILLED} constructs, got ${path} as one more; a drill restores no more of them: make another plan`,
    ];
  }

  /** AWS Backup takes a selection of nothing for everything. */
  private emptyProblems(): string[] {
    if (this.sources.size > 0 || Object.keys(this.settings.protectTagged).length > 0) return [];
    return ['BackupPlan must protect something, got nothing; call protect(…), or give protectTagged'];
  }
}

// https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html#restore-testing-quotas
const MOST_DRILLED = 30;

/** The shortest time for which a backup in the vault lives, in days: a lock fails those of a shorter one. */
function shortestLife(settings: Settings): number {
  return Math.min(...tierDays(settings).map(({ days }) => days), continuousDays(settings));
}

/** The region of what a construct makes in the first place, if it is known. */
function regionOf({ node }: Construct): string | undefined {
  const { defaultChild } = node;
  if (!TerraformResource.isTerraformResource(defaultChild)) return undefined;
  return knownRegion(defaultChild, defaultChild.provider as AwsProvider | undefined);
}

function warnOfLosses(plan: Construct, settings: Settings): void {
  const annotations = Annotations.of(plan);
  warnIfNobodyIsTold(plan, settings);
  if (settings.allowUntestedBackups)
    annotations.addWarning('allowUntestedBackups: nothing shows that a backup can be restored');
  if (settings.allowDestroy) annotations.addWarning('allowDestroy: the vault and all backups in it can be removed');
  if (settings.lockThatNobodyCanUndoAfter) {
    annotations.addWarning('lockThatNobodyCanUndoAfter: what is in the vault is paid for until its time has come');
  }
}
