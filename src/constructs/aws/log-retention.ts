import { isDuration, shown } from '../../validation';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const LOG_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The problem of a time that CloudWatch does not keep logs for, as a list of none or one. */
export function logRetentionProblems(prop: string, retention: unknown): string[] {
  const days = isDuration(retention) ? retention.toDays({ integral: false }) : undefined;
  if (days !== undefined && LOG_DAYS.includes(days)) return [];
  return [
    `${prop} must be one of CloudWatch's periods (${LOG_DAYS.join(', ')} days), got ${shown(retention)}; take the next longer one`,
  ];
}
