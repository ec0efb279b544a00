import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { isTextOf, shown } from '../../validation';

/** What every construct takes that has something to say while nobody looks. */
export interface NotifyingProps {
  /**
   * ARN of the SNS topic, in the region of the construct, that is told of alarms, failovers and failed backups.
   *
   * @default - nobody is told, and a warning says so
   */
  readonly notificationTopicArn?: string;
}

/** What AWS would refuse of a topic. */
export function topicProblems({ notificationTopicArn: arn }: NotifyingProps): string[] {
  if (arn === undefined || isTextOf(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/, arn)) return [];
  return [
    `notificationTopicArn must be the ARN of an SNS topic, not a FIFO one, got ${shown(arn)}; ` +
      "write it as in 'arn:aws:sns:eu-west-1:123456789012:on-call'",
  ];
}

/** Actions of an alarm: the topic hears when it begins and when it ends. */
export function alarmActions({ notificationTopicArn }: NotifyingProps) {
  const actions = notificationTopicArn === undefined ? undefined : [notificationTopicArn];
  return { alarmActions: actions, okActions: actions };
}

/** Says so when an alarm would reach nobody. */
export function warnIfNobodyIsTold(construct: Construct, { notificationTopicArn }: NotifyingProps): void {
  if (notificationTopicArn !== undefined) return;
  Annotations.of(construct).addWarning('no notificationTopicArn: alarms and failures are seen only by who looks');
}
