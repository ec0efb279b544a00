import { BackupRestoreTestingPlan } from '@cdktf/provider-aws/lib/backup-restore-testing-plan';
import { BackupRestoreTestingSelection } from '@cdktf/provider-aws/lib/backup-restore-testing-selection';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import type { BackupSourceDetails } from '../backup-source';
import { uniqueName } from '../naming';
import type { Settings } from './props';
import { BackupRole } from './roles';

/** Hours within which a drill starts, and days of which it takes the newest backup: of a daily one and its delays. */
const START_WINDOW = 24;
const SELECTION_WINDOW = 3;

/**
 * A drill that restores the newest backup of everything protected beside the original, leaves it there to be looked
 * at, and removes it.
 */
export class RestoreDrill extends Construct {
  /** The restore testing plan. */
  public readonly plan: BackupRestoreTestingPlan;

  private readonly role: BackupRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: {
      readonly planId: string;
      readonly settings: Settings;
      readonly vaultArn: string;
      readonly partition: string;
    },
  ) {
    super(scope, id);
    const { settings, vaultArn, planId, partition } = props;
    this.plan = new BackupRestoreTestingPlan(this, 'Resource', {
      name: withUnderscores(uniqueName(this, 50)),
      scheduleExpression: settings.restoreDrill.schedule,
      startWindowHours: START_WINDOW,
      recoveryPointSelection: [
        {
          algorithm: 'LATEST_WITHIN_WINDOW',
          includeVaults: [vaultArn],
          recoveryPointTypes: ['CONTINUOUS', 'SNAPSHOT'],
          selectionWindowDays: SELECTION_WINDOW,
        },
      ],
      ...named(this, '', settings),
    });
    this.role = new BackupRole(this, 'Role', { ...settings, planId, partition, does: 'restore' });
  }

  /**
   * Restores this source in every drill. One selection for each: the provider passes on no change of the ARNs in one.
   *
   * @param id construct id
   */
  public include(id: string, source: BackupSourceDetails): void {
    if (source.kind === 'S3') this.role.includeBuckets();
    const { settings } = this.props;
    const selected = new Construct(this, id);
    new BackupRestoreTestingSelection(selected, 'Resource', {
      name: withUnderscores(uniqueName(selected, 50)),
      restoreTestingPlanName: this.plan.name,
      protectedResourceType: source.kind,
      protectedResourceArns: [source.arn],
      iamRoleArn: this.role.arn,
      validationWindowHours: settings.restoreDrill.validationWindow.toHours(),
      restoreMetadataOverrides: source.restoreMetadata && { ...source.restoreMetadata },
      provider: settings.provider,
    });
  }
}

/** AWS takes no hyphens here. */
function withUnderscores(name: string): string {
  return name.replace(/-/g, '_');
}
