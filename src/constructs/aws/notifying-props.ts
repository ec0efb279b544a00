import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { isTextOf, isToken, shown } from '../../validation';

/** What every construct takes that has something to say while nobody looks. */
export interface NotifyingProps {
  /**
   * ARN of the SNS topic, in the region of the construct, that is told of alarms, failovers and failed backups.
   *
   * @default - nobody is told, and a warning says so
   */
  readonly notificationTopicArn?: string;
}

/**
 * What AWS would refuse of a topic.
 *
 * @param region where the alarms are, if that is known: CloudWatch refuses a topic of another region
 */
export function topicProblems({ notificationTopicArn: arn }: NotifyingProps, region?: string): string[] {
  if (arn === undefined) return [];
  if (!isTextOf(TOPIC_ARN, arn)) {
    return [
      `notificationTopicArn must be the ARN of an SNS topic, not a FIFO one, got ${shown(arn)}; ` +
        "write it as in 'arn:aws:sns:eu-west-1:123456789012:on-call'",
    ];
  }
  if (region === undefined || isToken(arn) || TOPIC_ARN.exec(arn)?.[1] === region) return [];
  return [
    `notificationTopicArn must be a topic of ${region}, got ${shown(arn)}; CloudWatch tells none of another region`,
  ];
}

const TOPIC_ARN = /^arn:[\w-]+:sns:([\w-]+):\d{12}:[\w-]+$/;

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
