import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { TerraformStack } from 'cdktf';
import { Duration, Retention } from 'nines';
import { BackupBucket, BackupPlan } from 'nines/aws';

export const HERE = 'eu-west-1';
export const THERE = 'eu-central-1';
export const RETENTION = Retention.gfs({ daily: 7, weekly: 5, monthly: 12, yearly: 3 });

/** Buckets, alone and with a copy in another region or account, and plans that protect one, with copies there. */
export function backups(stack: TerraformStack, allowDestroy: boolean): void {
  new AwsProvider(stack, 'Aws', { region: HERE });
  const provider = new AwsProvider(stack, 'There', { region: THERE, alias: 'there' });
  const otherAccount = { provider, accountId: '210987654321' }; // moto has them all in one
  const notificationTopicArn = new SnsTopic(stack, 'Topic', { name: 'backups' }).arn;
  const common = { allowDestroy, notificationTopicArn, tags: { team: 'shop' } };

  const bucket = new BackupBucket(stack, 'Copies', {
    ...{ ...common, retention: RETENTION, immutable: true },
    replicateTo: { provider },
  });
  new BackupBucket(stack, 'Usual', { ...common, retention: Retention.gfs({ daily: 30 }) });
  new BackupBucket(stack, 'Elsewhere', { ...common, retention: RETENTION, replicateTo: otherAccount });
  const plan = new BackupPlan(stack, 'Plan', {
    ...{ ...common, retention: RETENTION },
    copyTo: { provider },
    protectTagged: { backup: 'yes' },
    restoreDrill: { validationWindow: Duration.hours(8) },
  });
  plan.protect(bucket);
  new BackupPlan(stack, 'PlanElsewhere', {
    ...{ ...common, retention: RETENTION },
    copyTo: otherAccount,
    protectTagged: { backup: 'elsewhere' },
  });
}
