import type { NotifyingProps } from 'nines/aws';
import type { Breakage } from './breakage';

/** Ways to break the topic of whatever has something to say. */
export const TOPIC: readonly Breakage<NotifyingProps>[] = [
  {
    what: 'the address of a person in place of a topic',
    set: { notificationTopicArn: 'ops@example.com' },
    says:
      "notificationTopicArn must be the ARN of an SNS topic, not a FIFO one, got 'ops@example.com'; " +
      "write it as in 'arn:aws:sns:eu-west-1:123456789012:on-call'",
  },
  {
    what: 'a FIFO topic, which takes no alarms',
    set: { notificationTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call.fifo' },
    says:
      "notificationTopicArn must be the ARN of an SNS topic, not a FIFO one, got 'arn:aws:sns:eu-west-1:123456789012:on-call.fifo'; " +
      "write it as in 'arn:aws:sns:eu-west-1:123456789012:on-call'",
  },
];

/** The alias of a key in place of the key, whose ARN AWS wants. */
export function keyAlias<Props>(prop: string, set: Breakage<Props>['set'] = { [prop]: ALIAS }): Breakage<Props> {
  return {
    what: `an alias of a key as ${prop}`,
    set,
    says: `${prop} must be the ARN of a KMS key, got '${ALIAS}'; write it as in 'arn:aws:kms:eu-west-1:123456789012:key/…'`,
  };
}

export const ALIAS = 'alias/shop';
