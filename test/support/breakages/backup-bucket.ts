import { Duration, Retention, type RetentionCounts } from 'nines';
import type { BackupBucketProps } from 'nines/aws';
import { transition } from '../random-backup-bucket';
import { AWS } from './aws';
import { bucketNames } from './backup-names';
import { BACKUP_REPLICA } from './backup-replica';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { keys, topics } from './data-tier';

type Row = Breakage<BackupBucketProps>;

/** What is judged only beside counts that can be used. */
const BY_COUNTS = ['transitions', 'immutable', 'lockFor', 'lockThatNobodyCanUndo', 'alarmAfter', 'undeleteFor'];

const RETENTIONS: readonly (readonly [what: string, retention: unknown, says: string])[] = [
  [
    'a missing retention',
    undefined,
    'retention must be a Retention, got undefined; write Retention.gfs({ daily: 7, weekly: 4, monthly: 12 })',
  ],
  [
    'counts in place of a retention',
    { daily: 7 },
    'retention must be a Retention, got an object; write Retention.gfs({ daily: 7, weekly: 4, monthly: 12 })',
  ],
  [
    'a retention known only after deployment',
    UNKNOWN.object,
    `retention must be a Retention, got ${TOKEN}; write Retention.gfs({ daily: 7, weekly: 4, monthly: 12 })`,
  ],
  [
    'a retention without daily copies',
    Retention.gfs(JSON.parse('{ "weekly": 4 }') as RetentionCounts),
    'retention.daily must be a whole number from 1 to 36500, got undefined; say how many daily copies to keep',
  ],
  [
    'a count known only after deployment',
    Retention.gfs({ daily: UNKNOWN.number }),
    `retention.daily must be known at synthesis, got ${TOKEN}; write the number itself`,
  ],
  [
    'a count of none in place of no count',
    Retention.gfs({ daily: 7, monthly: 0 }),
    'retention.monthly must be a whole number from 1 to 1200, got 0; leave it out for none',
  ],
  [
    'a tier of which nothing makes copies',
    Retention.gfs(JSON.parse('{ "daily": 7, "hourly": 24 }') as RetentionCounts),
    "retention must name no tier but daily, weekly, monthly, yearly, got 'hourly'; nothing would make its copies",
  ],
  [
    'so few daily copies that an alarm would come too late',
    Retention.gfs({ daily: 2, monthly: 12 }),
    'retention.daily must be at least 3, got 2; with fewer, the last good copy would be gone before an alarm could tell that the next ones are missing',
  ],
];

const RETENTION: readonly Row[] = RETENTIONS.map(([what, retention, says]) => ({
  what,
  set: { retention },
  reads: BY_COUNTS,
  says,
}));

const UNDELETE: readonly Row[] = [
  ['a number', 7, '7'],
  ['of no time', Duration.days(0), '0 seconds'],
  ['of a part of a day', Duration.hours(36), '1 day 12 hours'],
  ['of more than ten years', Duration.days(3651), '3651 days'],
  ['known only after deployment', UNKNOWN.number, TOKEN],
].map(([what, undeleteFor, got]) => ({
  what: `undeleteFor ${what}`,
  set: { undeleteFor, transitions: undefined },
  says: `undeleteFor must be whole days from 1 to 3650, got ${got}; write Duration.days(…)`,
}));

const WATERFALL = 'STANDARD_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE';

/** Transitions in a bucket in which copies live long enough for all of them. */
function moves(what: string, transitions: unknown, says: string | readonly string[]): Row {
  const retention = Retention.gfs({ daily: 2000 });
  return {
    what,
    set: { transitions, retention, undeleteFor: Duration.days(7), lockFor: undefined, alarmAfter: undefined },
    says,
  };
}

const TRANSITIONS: readonly Row[] = [
  moves('transitions as text', 'GLACIER', "transitions must be a list, got 'GLACIER'; write it as in [ … ]"),
  moves(
    'transitions known only after deployment',
    UNKNOWN.object,
    `transitions must be known at synthesis, got ${TOKEN}; write the list itself`,
  ),
  moves(
    'transitions of which one is missing',
    [undefined],
    'transitions[0] must be an object, got undefined; write it as in { … }',
  ),
  moves(
    'a transition that is a token',
    UNKNOWN.list,
    `transitions[0] must be known at synthesis, got ${TOKEN}; write the object itself`,
  ),
  ...['ONEZONE_IA', 'INTELLIGENT_TIERING', 'glacier', undefined].map((storageClass) =>
    moves(
      `a transition to ${storageClass}`,
      [{ storageClass, after: Duration.days(90) }],
      `transitions[0].storageClass must be one of ${WATERFALL}, got ${storageClass && `'${storageClass}'`}; a backup needs no other`,
    ),
  ),
  moves(
    'a transition after a part of a day',
    [transition('STANDARD_IA', 30), { storageClass: 'GLACIER', after: Duration.hours(1500) }],
    'transitions[1].after must be whole days, got 62 days 12 hours; write Duration.days(…)',
  ),
  moves(
    'a transition after a number',
    [{ storageClass: 'GLACIER', after: 90 }],
    'transitions[0].after must be whole days, got 90; write Duration.days(…)',
  ),
  moves(
    'a transition to STANDARD_IA before day 30, which S3 refuses',
    [transition('STANDARD_IA', 29)],
    'transitions[0].after must be at least 30 days for STANDARD_IA, got 29 days; S3 moves nothing there before',
  ),
  moves(
    'a way back',
    [transition('GLACIER', 30), transition('GLACIER_IR', 200)],
    'transitions[1].storageClass must come after GLACIER, got GLACIER_IR; S3 moves objects from STANDARD_IA to GLACIER_IR to GLACIER to DEEP_ARCHIVE, never back',
  ),
  moves(
    'the same class twice',
    [transition('GLACIER', 30), transition('GLACIER', 200)],
    'transitions[1].storageClass must come after GLACIER, got GLACIER; S3 moves objects from STANDARD_IA to GLACIER_IR to GLACIER to DEEP_ARCHIVE, never back',
  ),
  ...(
    [
      ['STANDARD_IA', 30, 'GLACIER_IR', 59, 60, 30],
      ['GLACIER_IR', 4, 'DEEP_ARCHIVE', 93, 94, 90],
      ['GLACIER', 0, 'DEEP_ARCHIVE', 89, 90, 90],
    ] as const
  ).map(([from, day, to, next, earliest, stay]) =>
    moves(
      `a move on from ${from} before it is paid for`,
      [transition(from, day), transition(to, next)],
      `transitions[1].after must be at least ${earliest} days, got ${next} days; ${from} is paid for ${stay} days at the least`,
    ),
  ),
  {
    ...moves(
      'transitions for which no copy lives long enough (mistake 13)',
      [transition('STANDARD_IA', 30), transition('GLACIER_IR', 60), transition('DEEP_ARCHIVE', 150)],
      [
        'transitions[1] must leave 90 days in GLACIER_IR, which are paid for, got 60 days of the 99 that the longest copy is there; lower after, or leave it out',
        'transitions[2] must leave 180 days in DEEP_ARCHIVE, which are paid for, got 150 days of the 99 that the longest copy is there; lower after, or leave it out',
      ],
    ),
    set: {
      transitions: [transition('STANDARD_IA', 30), transition('GLACIER_IR', 60), transition('DEEP_ARCHIVE', 150)],
      retention: Retention.gfs({ daily: 7, monthly: 3 }),
      ...{ undeleteFor: Duration.days(7), lockFor: undefined, alarmAfter: undefined },
    },
  },
];

const LOCKS: readonly Row[] = [
  {
    what: 'immutable as text',
    set: { immutable: 'true', lockFor: undefined, lockThatNobodyCanUndo: undefined },
    says: "immutable must be true or false, got 'true'; compare text, as in process.env.NAME === 'true'",
  },
  {
    what: 'lockThatNobodyCanUndo as text',
    set: { lockThatNobodyCanUndo: 'yes' },
    says: "lockThatNobodyCanUndo must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
  },
  ...[undefined, false].map((immutable) => ({
    what: `lockThatNobodyCanUndo beside immutable: ${immutable}`,
    set: { lockThatNobodyCanUndo: true, immutable, lockFor: undefined },
    reads: ['retention'],
    says: 'lockThatNobodyCanUndo must stand beside immutable: true, got none; add it, or leave the lock out',
  })),
  {
    what: 'lockFor without immutable',
    set: { lockFor: Duration.days(3), immutable: undefined, lockThatNobodyCanUndo: undefined },
    reads: ['retention'],
    says: 'lockFor must stand beside immutable: true, got 3 days alone; add it, or leave lockFor out',
  },
  ...(
    [
      ['a number', 7, '7'],
      ['of no time', Duration.days(0), '0 seconds'],
      ['of a part of a day', Duration.hours(36), '1 day 12 hours'],
      ['longer than S3 locks', Duration.days(36_501), '36501 days'],
    ] as const
  ).map(([what, lockFor, got]) => ({
    what: `lockFor ${what}`,
    set: { lockFor, immutable: true },
    reads: ['retention'],
    says: `lockFor must be whole days from 1 to 36500, got ${got}; write Duration.days(…)`,
  })),
  {
    what: 'a lock that lasts longer than the copies of the shortest tier',
    set: {
      ...{ lockFor: Duration.days(15), immutable: true, transitions: undefined, alarmAfter: undefined },
      retention: Retention.gfs({ daily: 30, weekly: 2 }),
    },
    says: 'lockFor must not be longer than the copies of the shortest tier live (14 days), got 15 days; lower it: S3 would keep every one of them for as long as its lock, and let the writer lock others for longer',
  },
];

/** Hours that are refused beside these counts. */
function alarms(counts: RetentionCounts, most: number, refused: readonly (readonly [unknown, string])[]): Row[] {
  return refused.map(([alarmAfter, got]) => ({
    what: `alarmAfter of ${got} beside ${JSON.stringify(counts)}`,
    set: { alarmAfter, retention: Retention.gfs(counts), transitions: undefined, lockFor: undefined },
    says: `alarmAfter must be whole hours from 25 to ${most}, to sound before half of the shortest tier's life and within a week, got ${got}; write Duration.hours(…)`,
  }));
}

const ALARMS: readonly Row[] = [
  ...alarms({ daily: 3 }, 33, [
    [Duration.hours(24), '1 day'],
    [Duration.hours(34), '1 day 10 hours'],
    [Duration.minutes(1830), '1 day 6 hours 30 minutes'],
    [30, '30'],
    [UNKNOWN.number, TOKEN],
  ]),
  ...alarms({ daily: 30, weekly: 1 }, 81, [[Duration.hours(82), '3 days 10 hours']]),
  ...alarms({ daily: 30 }, 168, [[Duration.hours(169), '7 days 1 hour']]),
];

const HERE = { region: 'us-east-1', by: 'provider' };

/** Ways to break the props of a `BackupBucket`. */
export const BACKUP_BUCKET: readonly Row[] = [
  ...RETENTION,
  ...bucketNames('bucketName'),
  ...UNDELETE,
  ...TRANSITIONS,
  ...LOCKS,
  ...ALARMS,
  ...keys('kmsKeyArn', HERE),
  ...topics('notificationTopicArn', HERE),
  ...BACKUP_REPLICA,
  ...(AWS as readonly Row[]),
];
