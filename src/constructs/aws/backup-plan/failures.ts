import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { namePrefix } from '../naming';
import type { Settings } from './props';

/** Tells a topic of backups, copies and drills that failed, were given up, or never started. */
export class FailedJobs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly planId: string;
      readonly settings: Settings;
      readonly vault: { readonly vaultName: string; readonly arn: string };
      readonly drillPlanArn: string | undefined;
    },
  ) {
    super(scope, id);
    const { planId, settings, vault, drillPlanArn } = props;
    const failed = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];
    const tell = (part: string, detailType: string, detail: object) => {
      const rule = new CloudwatchEventRule(this, part, {
        namePrefix: namePrefix(`${planId}-${part}`, 38),
        description: `${detailType} of ${scope.node.path}: failed`,
        eventPattern: JSON.stringify({ source: ['aws.backup'], 'detail-type': [detailType], detail }),
        ...named(this, part, settings),
      });
      new CloudwatchEventTarget(this, `${part}Target`, {
        rule: rule.name,
        arn: settings.notificationTopicArn ?? '',
        provider: settings.provider,
      });
    };
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
    tell('Backups', 'Backup Job State Change', { state: failed, backupVaultName: [vault.vaultName] });
    if (settings.copyTo) tell('Copies', 'Copy Job State Change', { state: failed, sourceBackupVaultArn: [vault.arn] });
    if (drillPlanArn !== undefined) {
      tell('Drills', 'Restore Job State Change', {
        status: ['FAILED', 'ABORTED'],
        restoreTestingPlanArn: [drillPlanArn],
      });
    }
  }
}
