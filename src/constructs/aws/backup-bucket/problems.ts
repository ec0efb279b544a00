import { Duration } from '../../../units';
import { flagProblems, hasMember, isDuration, isTextOf, isToken, objectProblems, shown } from '../../../validation';
import { awsProblems } from '../aws-props';
import { keyProblems } from '../encryption-key';
import { partitionOf } from '../iam';
import { topicProblems } from '../notifying-props';
import { retentionShapeProblems } from '../retention-problems';
import { shortestLife } from './lifecycle';
import type { BackupReplica, Settings } from './props';
import { transitionProblems } from './transition-problems';

/**
 * Every reason why these backups could not be kept as they should, one sentence each.
 *
 * @param region region of the provider, if it is known
 */
export function problemsIn(settings: Settings, region: string | undefined): string[] {
  const retention = retentionProblems(settings);
  return [
    ...retention,
    ...bucketNameProblems('bucketName', settings.bucketName),
    ...wholeDays('undeleteFor', settings.undeleteFor, Duration.days(3650)),
    ...(retention.length === 0
      ? [...transitionProblems(settings), ...lockProblems(settings), ...alarmProblems(settings)]
      : []),
    ...flagProblems('immutable', settings.immutable),
    ...flagProblems('lockThatNobodyCanUndo', settings.lockThatNobodyCanUndo),
    ...keyProblems('kmsKeyArn', settings.kmsKeyArn, region),
    ...replicaProblems(settings, region),
    ...topicProblems(settings, region),
    ...awsProblems(settings),
  ];
}

/** Fewest daily copies: an alarm after more than a day still comes before half of them are gone. */
const FEWEST_DAILY = 3;

function retentionProblems({ retention }: Settings): string[] {
  const problems = retentionShapeProblems(retention);
  if (problems.length > 0) return problems;
  const { daily } = retention.counts;
  if (daily >= FEWEST_DAILY) return [];
  return [
    `retention.daily must be at least ${FEWEST_DAILY}, got ${daily}; with fewer, the last good copy would be gone ` +
      'before an alarm could tell that the next ones are missing',
  ];
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET_NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3|-an)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** What S3 would refuse of a bucket's name. */
export function bucketNameProblems(prop: string, name: unknown): string[] {
  if (name === undefined || isTextOf(BUCKET_NAME, name)) return [];
  return [
    `${prop} must be 3 to 63 lower-case letters, digits, hyphens and dots, without the beginnings and ends that S3 keeps ` +
      `for itself, got ${shown(name)}; write it as in 'example-shop-backups'`,
  ];
}

const DAY = Duration.days(1).toMilliseconds();

/** What is wrong with a time in whole days, from one to `max`. */
function wholeDays(prop: string, value: unknown, max: Duration): string[] {
  const days = isDuration(value) ? value.toMilliseconds({ integral: false }) / DAY : Number.NaN;
  if (Number.isInteger(days) && days >= 1 && days <= max.toDays()) return [];
  return [`${prop} must be whole days from 1 to ${max.toDays()}, got ${shown(value)}; write Duration.days(…)`];
}

function lockProblems({ immutable, lockFor, lockThatNobodyCanUndo, retention }: Settings): string[] {
  const shortest = shortestLife(retention);
  const problems: string[] = [];
  if (lockThatNobodyCanUndo === true && immutable !== true) {
    problems.push('lockThatNobodyCanUndo must stand beside immutable: true, got none; add it, or leave the lock out');
  }
  if (lockFor === undefined) return problems;
  if (immutable !== true) {
    problems.push(
      `lockFor must stand beside immutable: true, got ${shown(lockFor)} alone; add it, or leave lockFor out`,
    );
  }
  const range = wholeDays('lockFor', lockFor, Duration.days(36_500));
  if (range.length > 0 || lockFor.toDays() <= shortest) return [...problems, ...range];
  return [
    ...problems,
    `lockFor must not be longer than the copies of the shortest tier live (${shortest} days), got ${shown(lockFor)}; ` +
      'lower it: S3 would keep every one of them for as long as its lock, and let the writer lock others for longer',
  ];
}

const HOUR = Duration.hours(1).toMilliseconds();
/** As far as an alarm looks back. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_LOOK = 7 * 24;
/** Hours by which the alarm may sound late, see `AgeAlarm`; it must still sound before half of the shortest life. */
const LATEST = 2;

function alarmProblems({ alarmAfter, retention }: Settings): string[] {
  const hours = isDuration(alarmAfter) ? alarmAfter.toMilliseconds({ integral: false }) / HOUR : Number.NaN;
  const most = Math.min(shortestLife(retention) * 12 - LATEST - 1, LONGEST_LOOK);
  if (Number.isInteger(hours) && hours > 24 && hours <= most) return [];
  return [
    `alarmAfter must be whole hours from 25 to ${most}, to sound before half of the shortest tier's life and within a week, ` +
      `got ${shown(alarmAfter)}; write Duration.hours(…)`,
  ];
}

function replicaProblems({ replicateTo }: Settings, region: string | undefined): string[] {
  if (replicateTo === undefined) return [];
  const misshapen = objectProblems('replicateTo', replicateTo);
  if (misshapen.length > 0) return misshapen;
  const { provider, accountId, bucketName, kmsKeyArn } = replicateTo;
  if (!hasMember(provider, 'fqn')) {
    return [
      `replicateTo.provider must be an AwsProvider, got ${shown(provider)}; make one for the other region, with an alias`,
    ];
  }
  const there = isToken(provider.region) ? undefined : provider.region;
  return [
    ...regionProblems(replicateTo, there, region),
    ...(accountId === undefined || isTextOf(/^\d{12}$/, accountId)
      ? []
      : [`replicateTo.accountId must be 12 digits, got ${shown(accountId)}; write it in quotes, as in '123456789012'`]),
    ...bucketNameProblems('replicateTo.bucketName', bucketName),
    ...keyProblems('replicateTo.kmsKeyArn', kmsKeyArn, there),
    ...topicProblems(replicateTo, there).map((problem) => `replicateTo.${problem}`),
  ];
}

function regionProblems({ accountId }: BackupReplica, there: string | undefined, here: string | undefined): string[] {
  if (there === undefined || here === undefined) return [];
  if (partitionOf(there) !== partitionOf(here)) {
    return [
      `replicateTo.provider must be one of the same partition (${partitionOf(here)}), got ${shown(there)}; ` +
        'S3 replicates to no other',
    ];
  }
  if (accountId !== undefined || there !== here) return [];
  return [
    `replicateTo.provider must be one of another region, or accountId another account, got ${shown(there)} again; ` +
      'a copy beside the original is lost with it',
  ];
}
