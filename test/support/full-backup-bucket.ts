import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, Retention } from 'nines';
import type { BackupBucketProps } from 'nines/aws';
import { BACKUP_SURROUNDINGS, transition } from './random-backup-bucket';

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
type Full<Props> = Props extends Duration | Retention | AwsProvider | string | number | boolean
  ? Props
  : { readonly [Prop in keyof Props]-?: Full<NonNullable<Props[Prop]>> };

export function fullBackupBucket(provider: AwsProvider, there: AwsProvider): Full<BackupBucketProps> {
  return {
    retention: Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 }),
    bucketName: 'example-shop-backups',
    undeleteFor: Duration.days(7),
    transitions: [transition('STANDARD_IA', 30)] as Full<BackupBucketProps['transitions'] & {}>,
    immutable: true,
    lockFor: Duration.days(7),
    lockThatNobodyCanUndo: false,
    kmsKeyArn: BACKUP_SURROUNDINGS.kmsKeyArn,
    replicateTo: {
      provider: there,
      accountId: '210987654321',
      bucketName: 'example-shop-backups-replica',
      kmsKeyArn: BACKUP_SURROUNDINGS.kmsKeyArnThere,
      notificationTopicArn: BACKUP_SURROUNDINGS.topicArnThere,
    },
    alarmAfter: Duration.hours(30),
    notificationTopicArn: BACKUP_SURROUNDINGS.topicArn,
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}
