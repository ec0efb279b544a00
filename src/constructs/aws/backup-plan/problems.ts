import { flagProblems, hasMember, isDuration, isTextOf, isToken, objectProblems, shown } from '../../../validation';
import { awsProblems } from '../aws-props';
import { keyProblems } from '../encryption-key';
import { topicProblems } from '../notifying-props';
import { retentionShapeProblems } from '../retention-problems';
import type { Settings } from './props';
import { LONGEST_LIFE, tierDays } from './rules';

/**
 * Every reason why AWS Backup would refuse a plan of these props, one sentence each.
 *
 * @param region region of the provider, if it is known
 */
export function problemsIn(settings: Settings, region: string | undefined): string[] {
  const { time, lockThatNobodyCanUndoAfter, allowUntestedBackups, writtenDrill } = settings;
  return [
    ...retentionProblems(settings),
    ...(isKnown(TIME, time) ? [] : [`time must be a time of day (UTC), got ${shown(time)}; write it as in '06:00'`]),
    ...tagProblems(settings),
    ...copyProblems(settings, region),
    ...drillProblems(settings),
    ...flagProblems('allowUntestedBackups', allowUntestedBackups),
    ...(allowUntestedBackups === true && writtenDrill !== undefined
      ? ['allowUntestedBackups must not stand beside restoreDrill, got both; keep one of them']
      : []),
    ...(lockThatNobodyCanUndoAfter === undefined
      ? []
      : wholeUnits('lockThatNobodyCanUndoAfter', lockThatNobodyCanUndoAfter, 'days', 3, 36_500)),
    ...keyProblems('kmsKeyArn', settings.kmsKeyArn, region),
    ...topicProblems(settings, region),
    ...awsProblems(settings),
  ];
}

function retentionProblems(settings: Settings): string[] {
  const problems = retentionShapeProblems(settings.retention);
  if (problems.length > 0) return problems;
  return tierDays(settings)
    .filter(({ days }) => days > LONGEST_LIFE)
    .map(
      ({ tier, days }) =>
        `retention.${tier} must come to at most ${LONGEST_LIFE} days in AWS Backup, got ${settings.retention.counts[tier]} ` +
        `(${days} days); keep fewer`,
    );
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
// One of the days, of the month or of the week, must be left open.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
const FIELD = '[0-9A-Z*,/#-]+';
const CRON = new RegExp(`^cron\\((${FIELD} ){2}(${FIELD} ${FIELD} \\?|\\? ${FIELD} ${FIELD}) ${FIELD}\\)$`);

function isKnown(form: RegExp, value: unknown): boolean {
  return typeof value === 'string' && form.test(value);
}

// https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html#assigning-resources-quotas
const MOST_TAGS = 30;

function tagProblems({ protectTagged }: Settings): string[] {
  const misshapen = objectProblems('protectTagged', protectTagged);
  if (misshapen.length > 0) return misshapen;
  const entries = Object.entries(protectTagged);
  return [
    ...(entries.length > MOST_TAGS
      ? [`protectTagged must be at most ${MOST_TAGS} tags, got ${entries.length}; make another plan for the others`]
      : []),
    ...entries.flatMap(([key, value]) => {
      if (key === '' || isToken(key)) {
        return [`protectTagged must have keys that are known at synthesis, got ${shown(key)}; write the key itself`];
      }
      return isTextOf(/^/, value)
        ? []
        : [`protectTagged['${key}'] must be text, got ${shown(value)}; put it in quotes`];
    }),
  ];
}

function copyProblems({ copyTo }: Settings, region: string | undefined): string[] {
  if (copyTo === undefined) return [];
  const misshapen = objectProblems('copyTo', copyTo);
  if (misshapen.length > 0) return misshapen;
  const { provider, accountId, kmsKeyArn } = copyTo;
  if (!hasMember(provider, 'fqn')) {
    return [
      `copyTo.provider must be an AwsProvider, got ${shown(provider)}; make one for the other region, with an alias`,
    ];
  }
  const there = isToken(provider.region) ? undefined : provider.region;
  const isSame = accountId === undefined && there !== undefined && there === region;
  return [
    ...(isSame
      ? [
          `copyTo.provider must be one of another region, or accountId another account, got ${shown(there)} again; a copy beside the original is lost with it`,
        ]
      : []),
    ...(accountId === undefined || isTextOf(/^\d{12}$/, accountId)
      ? []
      : [`copyTo.accountId must be 12 digits, got ${shown(accountId)}; write it in quotes, as in '123456789012'`]),
    ...keyProblems('copyTo.kmsKeyArn', kmsKeyArn, there),
  ];
}

function drillProblems({ restoreDrill: { schedule, validationWindow }, writtenDrill }: Settings): string[] {
  const misshapen = writtenDrill === undefined ? [] : objectProblems('restoreDrill', writtenDrill);
  if (misshapen.length > 0) return misshapen;
  return [
    ...(isTextOf(CRON, schedule)
      ? []
      : [
          `restoreDrill.schedule must be a cron expression of AWS, got ${shown(schedule)}; write it as in 'cron(0 9 ? * MON *)'`,
        ]),
    ...wholeUnits('restoreDrill.validationWindow', validationWindow, 'hours', 1, 168),
  ];
}

const UNITS = { hours: 3_600_000, days: 86_400_000 };

function wholeUnits(prop: string, value: unknown, unit: 'hours' | 'days', min: number, max: number): string[] {
  const count = isDuration(value) ? value.toMilliseconds({ integral: false }) / UNITS[unit] : Number.NaN;
  if (Number.isInteger(count) && count >= min && count <= max) return [];
  return [`${prop} must be whole ${unit} from ${min} to ${max}, got ${shown(value)}; write Duration.${unit}(…)`];
}
