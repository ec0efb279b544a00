import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { namePrefix } from '../naming';
import { alarmActions } from '../notifying-props';
import { ruleDescription } from '../security-rules';
import type { Settings } from './props';

/** What failures are looked for in. */
export interface FailedJobsProps {
  readonly settings: Settings;
  readonly vault: { readonly vaultName: string; readonly arn: string };
  /** ARN of the restore testing plan; none without a drill. */
  readonly drillPlanArn: string | undefined;
}

/** Tells a topic of backups, copies and drills that failed, were given up, or never started. */
export class FailedJobs extends Construct {
  private readonly planId: string;
  private readonly planPath: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FailedJobsProps,
  ) {
    super(scope, id);
    this.planId = scope.node.id;
    this.planPath = scope.node.path;
    const { settings, vault, drillPlanArn } = props;
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
    const failed = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];
    const rules = [
      this.tell('Backups', 'Backup Job State Change', { state: failed, backupVaultName: [vault.vaultName] }),
    ];
    if (settings.copyTo) {
      rules.push(this.tell('Copies', 'Copy Job State Change', { state: failed, sourceBackupVaultArn: [vault.arn] }));
    }
    if (drillPlanArn !== undefined) {
      const drill = { status: ['FAILED', 'ABORTED'], restoreTestingPlanArn: [drillPlanArn] };
      rules.push(this.tell('Drills', 'Restore Job State Change', drill));
    }
    this.untoldAlarm(rules);
  }

  private tell(part: string, detailType: string, detail: object): CloudwatchEventRule {
    const { settings } = this.props;
    const rule = new CloudwatchEventRule(this, part, {
      namePrefix: namePrefix(`${this.planId}-${part}`, 38),
      description: ruleDescription(`${detailType} of ${this.planPath}: failed`),
      eventPattern: JSON.stringify({ source: ['aws.backup'], 'detail-type': [detailType], detail }),
      ...named(this, part, settings),
    });
    new CloudwatchEventTarget(this, `${part}Target`, {
      rule: rule.name,
      arn: settings.notificationTopicArn ?? '',
      provider: settings.provider,
    });
    return rule;
  }

  /** Rings when the topic does not take what it should be told: alarms reach one whose policy lets no events in. */
  private untoldAlarm(rules: readonly CloudwatchEventRule[]): void {
    const { settings, vault } = this.props;
    new CloudwatchMetricAlarm(this, 'UntoldAlarm', {
      alarmName: `${vault.vaultName}-untold`,
      alarmDescription:
        `A failed job of ${this.planPath} could not be told: let events.amazonaws.com publish to ` +
        'the topic (and use its key), then look at the jobs in AWS Backup',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching', // there is a value only when something was to be told
      metricQuery: [
        ...rules.map((rule, position) => ({
          id: `m${position}`,
          metric: {
            namespace: 'AWS/Events',
            metricName: 'FailedInvocations',
            stat: 'Sum',
            period: 300,
            dimensions: { RuleName: rule.name },
          },
        })),
        {
          id: 'untold',
          label: 'Failed jobs that nobody was told of',
          expression: `SUM([${rules.map((_, position) => `FILL(m${position}, 0)`).join(', ')}])`,
          returnData: true,
        },
      ],
      ...alarmActions(settings),
      ...named(this, 'UntoldAlarm', settings),
    });
  }
}
