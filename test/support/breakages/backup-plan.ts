import { Duration, Retention } from 'nines';
import type { BackupPlanProps } from 'nines/aws';
import { OTHER_REGION } from '../random-backup-plan';
import { REGION } from '../random-configs';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { keys, topics } from './data-tier';

type Row = Breakage<BackupPlanProps>;

const notRetention = (got: string) =>
  `retention must be a Retention, got ${got}; write Retention.gfs({ daily: 7, weekly: 4, monthly: 12 })`;

const RETENTION: readonly Row[] = [
  { what: 'a missing retention', set: { retention: undefined }, says: notRetention('undefined') },
  { what: 'a retention that is no Retention', set: { retention: { daily: 7 } }, says: notRetention('an object') },
  {
    what: 'a retention of nothing',
    set: { retention: Retention.gfs({ daily: 0, weekly: 1.5 }) },
    says: [
      'retention.daily must be a whole number from 1 to 36500, got 0; say how many daily copies to keep',
      'retention.weekly must be a whole number from 1 to 5200, got 1.5; leave it out for none',
    ],
  },
  {
    what: 'a retention longer than AWS Backup keeps anything',
    set: { retention: Retention.gfs({ daily: 36_500, monthly: 1, yearly: 100 }) },
    says: [
      'retention.daily must come to at most 36500 days in AWS Backup, got 36500 (36501 days); keep fewer',
      'retention.yearly must come to at most 36500 days in AWS Backup, got 100 (36526 days); keep fewer',
    ],
  },
];

const TIME: readonly Row[] = [
  ...['24:00', '6:00', '06:60', '06:00:00'].map(
    (time): Row => ({
      what: `${time} as a time`,
      set: { time },
      says: `time must be a time of day (UTC), got '${time}'; write it as in '06:00'`,
    }),
  ),
  {
    what: 'a time known only after deployment',
    set: { time: UNKNOWN.text },
    says: `time must be a time of day (UTC), got ${TOKEN}; write it as in '06:00'`,
  },
];

const TAGS: readonly Row[] = [
  {
    what: 'tags to protect as a list',
    set: { protectTagged: ['backup'] },
    says: "protectTagged must be an object, got 'backup'; write it as in { … }",
  },
  {
    what: 'tags to protect known only after deployment',
    set: { protectTagged: UNKNOWN.object },
    says: `protectTagged must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'a tag to protect that is no text',
    set: { protectTagged: { backup: true } },
    says: "protectTagged['backup'] must be text, got true; put it in quotes",
  },
  {
    what: 'a tag to protect without a key',
    set: { protectTagged: { '': 'daily' } },
    says: "protectTagged must have keys that are known at synthesis, got ''; write the key itself",
  },
  {
    what: 'more tags to protect than a selection holds',
    set: { protectTagged: Object.fromEntries(Array.from({ length: 31 }, (_, count) => [`key-${count}`, 'x'])) },
    says: 'protectTagged must be at most 30 tags, got 31; make another plan for the others',
  },
];

const SAME = { fqn: 'aws.same', region: REGION };

const COPY: readonly Row[] = [
  {
    what: 'the name of a region to copy to',
    set: { copyTo: 'eu-west-1' },
    says: "copyTo must be an object, got 'eu-west-1'; write it as in { … }",
  },
  {
    what: 'copies to nowhere',
    set: { copyTo: {} },
    says: 'copyTo.provider must be an AwsProvider, got undefined; make one for the other region, with an alias',
  },
  {
    what: 'the name of the provider to copy to',
    set: { 'copyTo.provider': 'aws.there' },
    needs: ({ copyTo }) => copyTo !== undefined && copyTo.accountId === undefined && copyTo.kmsKeyArn === undefined,
    says: "copyTo.provider must be an AwsProvider, got 'aws.there'; make one for the other region, with an alias",
  },
  {
    what: 'copies beside the originals',
    set: { copyTo: { provider: SAME } },
    reads: ['provider'],
    says:
      `copyTo.provider must be one of another region, or accountId another account, got '${REGION}' again; ` +
      'a copy beside the original is lost with it',
  },
  {
    what: 'an account that is none',
    set: { 'copyTo.accountId': '12345' },
    needs: ({ copyTo }) => copyTo !== undefined,
    says: "copyTo.accountId must be 12 digits, got '12345'; write it in quotes, as in '123456789012'",
  },
  ...keys<BackupPlanProps>('copyTo.kmsKeyArn', {
    ...{ region: OTHER_REGION, by: 'copyTo.provider' },
    needs: ({ copyTo }) => copyTo !== undefined,
  }),
];

const schedule = (got: string) =>
  `restoreDrill.schedule must be a cron expression of AWS, got '${got}'; write it as in 'cron(0 9 ? * MON *)'`;
const validationWindow = (got: string) =>
  `restoreDrill.validationWindow must be whole hours from 1 to 168, got ${got}; write Duration.hours(…)`;

const DRILL: readonly Row[] = [
  {
    what: 'a schedule in place of a drill',
    set: { restoreDrill: 'cron(0 9 ? * MON *)', allowUntestedBackups: undefined },
    says: "restoreDrill must be an object, got 'cron(0 9 ? * MON *)'; write it as in { … }",
  },
  // the second leaves open no day, the third both, the last has five fields, as everywhere but at AWS
  ...['rate(7 days)', 'cron(0 9 * * MON *)', 'cron(0 9 ? * ? *)', 'cron(0 9 * * 1)'].map(
    (text): Row => ({
      what: `a drill at ${text}`,
      set: { 'restoreDrill.schedule': text, allowUntestedBackups: undefined },
      says: schedule(text),
    }),
  ),
  ...(
    [
      [Duration.hours(0), '0 seconds'],
      [Duration.hours(169), '7 days 1 hour'],
      [Duration.minutes(90), '1 hour 30 minutes'],
    ] as const
  ).map(
    ([window, text]): Row => ({
      what: `a drill that leaves ${text} to look at it`,
      set: { 'restoreDrill.validationWindow': window, allowUntestedBackups: undefined },
      says: validationWindow(text),
    }),
  ),
  {
    what: 'a drill that leaves a number to look at it',
    set: { 'restoreDrill.validationWindow': 4, allowUntestedBackups: undefined },
    says: validationWindow('4'),
  },
  {
    what: 'a drill that is left out',
    set: { allowUntestedBackups: true, restoreDrill: {} },
    says: 'allowUntestedBackups must not stand beside restoreDrill, got both; keep one of them',
  },
  {
    what: 'allowUntestedBackups as text',
    set: { allowUntestedBackups: 'yes' },
    says: "allowUntestedBackups must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
  },
];

const LOCK: readonly Row[] = [
  ...(
    [
      [Duration.days(2), '2 days'],
      [Duration.days(36_501), '36501 days'],
      [Duration.hours(84), '3 days 12 hours'],
    ] as const
  ).map(
    ([time, text]): Row => ({
      what: `a lock for ever after ${text}`,
      set: { lockThatNobodyCanUndoAfter: time },
      says: `lockThatNobodyCanUndoAfter must be whole days from 3 to 36500, got ${text}; write Duration.days(…)`,
    }),
  ),
  {
    what: 'a lock for ever after a number',
    set: { lockThatNobodyCanUndoAfter: 3 },
    says: 'lockThatNobodyCanUndoAfter must be whole days from 3 to 36500, got 3; write Duration.days(…)',
  },
];

const HERE = { region: REGION, by: 'provider' };

/** Every way to break a `BackupPlan`. */
export const BACKUP_PLAN: readonly Row[] = [
  ...RETENTION,
  ...TIME,
  ...TAGS,
  ...COPY,
  ...DRILL,
  ...LOCK,
  ...keys('kmsKeyArn', HERE),
  ...topics('notificationTopicArn', HERE),
  ...AWS,
];
