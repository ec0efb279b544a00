import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Retention } from '../../../intent';
import { Duration } from '../../../units';
import type { AwsProps } from '../aws-props';
import type { NotifyingProps } from '../notifying-props';

/** Choices for a `BackupPlan`. */
export interface BackupPlanProps extends AwsProps, NotifyingProps {
  /** How many daily, weekly, monthly and yearly backups to keep. */
  readonly retention: Retention;

  /**
   * When backups start (UTC); what cannot start then is tried again for eight hours. Not in the windows of the databases
   * that it protects.
   *
   * @default '06:00'
   */
  readonly time?: string;

  /**
   * ARN of the SNS topic, in the region of the plan, that is told of failed backups, copies and drills, and of backups
   * that do not come. Its policy, and that of its key if it has one, must let `events.amazonaws.com` in.
   *
   * @default - nobody is told, and a warning says so
   */
  readonly notificationTopicArn?: string;

  /**
   * Backs up whatever in the region has one of these tags, beside what `protect` names. No drill restores it.
   *
   * @default - only what `protect` names
   */
  readonly protectTagged?: Readonly<Record<string, string>>;

  /**
   * A second vault that gets a copy of every backup.
   *
   * @default - none
   */
  readonly copyTo?: BackupCopy;

  /**
   * Restores the newest backups once a week, to see that they can be restored.
   *
   * @default - on Mondays; what was restored is there for 4 hours to be looked at
   */
  readonly restoreDrill?: RestoreDrillProps;

  /**
   * Leaves the drill out: that the backups can be restored is then a hope.
   *
   * @default false
   */
  readonly allowUntestedBackups?: boolean;

  /**
   * Time after which nobody can take the lock of the vault away any more, not even the root user or AWS (compliance mode);
   * whole days, at least 3. Backups then stay, and are paid for, until their time has come, and the shortest of
   * `retention` is there for ever.
   *
   * @default - who holds the permission can take the lock away (governance mode)
   */
  readonly lockThatNobodyCanUndoAfter?: Duration;

  /**
   * ARN of the KMS key that encrypts the vault.
   *
   * @default - a key of its own
   */
  readonly kmsKeyArn?: string;
}

/** The second vault of a `BackupPlan`, in another region or another account of the same organization. */
export interface BackupCopy {
  /** Provider of the other region, or of the other account. */
  readonly provider: AwsProvider;

  /**
   * Id of the other account, 12 digits. The organization must allow backups across accounts, and the keys of what is
   * protected must let that account use them.
   *
   * @default - the same account
   */
  readonly accountId?: string;

  /**
   * ARN of the KMS key there.
   *
   * @default - a key of its own
   */
  readonly kmsKeyArn?: string;
}

/** The restore drill of a `BackupPlan`. */
export interface RestoreDrillProps {
  /**
   * When it starts, as a cron expression of AWS (UTC).
   *
   * @default 'cron(0 9 ? * MON *)'
   */
  readonly schedule?: string;

  /**
   * How long what was restored is there to be looked at before it is removed, from 1 to 168 hours, whole.
   *
   * @default Duration.hours(4)
   */
  readonly validationWindow?: Duration;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `BackupPlan`, settled. */
export function withDefaults(props: BackupPlanProps) {
  return {
    ...props,
    time: props.time ?? '06:00',
    protectTagged: props.protectTagged ?? {},
    restoreDrill: {
      schedule: props.restoreDrill?.schedule ?? 'cron(0 9 ? * MON *)',
      validationWindow: props.restoreDrill?.validationWindow ?? Duration.hours(4),
    },
    writtenDrill: props.restoreDrill,
    allowUntestedBackups: props.allowUntestedBackups ?? false,
  };
}
