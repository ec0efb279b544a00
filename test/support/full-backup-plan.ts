import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, Retention } from 'nines';
import type { BackupCopy, BackupPlanProps, RestoreDrillProps } from 'nines/aws';
import { PLAN_AROUND } from './random-backup-plan';

type Full = Required<Omit<BackupPlanProps, 'copyTo' | 'restoreDrill'>> & {
  readonly copyTo: Required<BackupCopy>;
  readonly restoreDrill: Required<RestoreDrillProps>;
};

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
export function fullPlan(provider: AwsProvider, there: AwsProvider): Full {
  return {
    retention: Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 }),
    time: '06:00',
    protectTagged: { backup: 'daily' },
    copyTo: { provider: there, accountId: PLAN_AROUND.accountId, kmsKeyArn: PLAN_AROUND.otherKmsKeyArn },
    restoreDrill: { schedule: 'cron(0 9 ? * MON *)', validationWindow: Duration.hours(4) },
    allowUntestedBackups: false,
    lockThatNobodyCanUndoAfter: Duration.days(30),
    kmsKeyArn: PLAN_AROUND.kmsKeyArn,
    notificationTopicArn: PLAN_AROUND.notificationTopicArn,
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}
