import { Duration } from '../../../units';
import {
  durationProblems,
  flagProblems,
  hasMember,
  isRecord,
  listProblems,
  objectProblems,
  shown,
  wholeNumberProblems,
} from '../../../validation';
import { fixedResourcesProblems } from '../fixed-resources';
import { imageProblems } from '../image-problems';
import { isPlain, objectNameProblems, ownNameProblems } from '../plain-text';
import { memoryProblems } from '../quantities';
import { secretKeyProblems } from '../secret-key-problems';
import { timeOfDayProblems } from '../time-of-day';
import { bucketProblems, databaseProblems } from './place-problems';
import type { DatabaseBackupProps, Settings } from './props';
import { agesAt, endOfDaysJob } from './schedule';

/** Every reason why a database cannot be backed up with these props, one sentence each. */
export function problemsIn(props: DatabaseBackupProps, settings: Settings): string[] {
  return [
    ...imageProblems('image', settings.image),
    ...databaseProblems(props.database, settings.database),
    ...bucketProblems(settings.bucket),
    ...retentionProblems(settings),
    ...recipientProblems(settings.recipients),
    ...ownNameProblems(settings.name, 46),
    ...scheduleProblems(settings),
    ...drillProblems(props, settings),
    ...scratchProblems(props, settings),
    ...fixedResourcesProblems('resources', props.resources, settings.resources),
    ...objectNameProblems('serviceAccountName', settings.serviceAccountName),
    ...gatewayProblems(settings),
    ...userProblems(settings),
  ];
}

function retentionProblems({ retention }: Settings): string[] {
  if (hasMember(retention, 'problems') && hasMember(retention, 'tiers')) return retention.problems();
  return [`retention must be a Retention, got ${shown(retention)}; write Retention.gfs({ daily: 7, … })`];
}

// 58 characters of bech32 and its checksum: https://github.com/C2SP/C2SP/blob/main/age.md#the-x25519-recipient-type
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;

function recipientProblems(recipients: readonly string[]): string[] {
  const misshapen = listProblems('recipients', recipients);
  if (misshapen.length > 0) return misshapen;
  if (recipients.length === 0) return ['recipients must name a public key, got none; age-keygen makes one'];
  return Array.from(recipients).flatMap((recipient, position) => {
    if (isPlain(RECIPIENT, recipient)) return [];
    // a private key that was taken for the public one must not be found in a log
    const what = isPlain(/^AGE-SECRET-KEY/i, recipient) ? 'a private key' : shown(recipient);
    return [`recipients[${position}] must be a public key of age, 'age1…', got ${what}; age-keygen -y tells it`];
  });
}

function scheduleProblems({ time, timeLimit, lockTimeout }: Settings): string[] {
  const limits = { min: Duration.minutes(1), max: Duration.hours(23) };
  const problems = [
    ...timeOfDayProblems('time', time, '02:00'),
    ...durationProblems('timeLimit', timeLimit, limits, 'a backup has to be over on the day that it began'),
    ...durationProblems(
      'lockTimeout',
      lockTimeout,
      { min: Duration.seconds(1), max: Duration.hours(1) },
      'it holds up whoever waits behind it',
    ),
  ];
  if (problems.length > 0 || endOfDaysJob(time, timeLimit) <= 86_400) return problems;
  return [
    `timeLimit must let a backup that starts an hour after ${time} end by midnight (UTC), got ${shown(timeLimit)}; ` +
      'start earlier or lower it, or its copies are of another day than they are due',
  ];
}

function drillProblems({ drill: written }: DatabaseBackupProps, settings: Settings): string[] {
  const { allowUntestedBackups } = settings;
  const wrongFlag = flagProblems('allowUntestedBackups', allowUntestedBackups);
  if (wrongFlag.length > 0) return wrongFlag;
  if (written === undefined) {
    if (allowUntestedBackups) return [];
    return [
      'drill must say how backups are tried, got undefined; give it the private key, or set allowUntestedBackups',
    ];
  }
  if (!isRecord(written)) return objectProblems('drill', written);
  const { drill } = settings;
  if (drill === undefined) return [];
  const shape = [
    ...secretKeyProblems('drill.identity', drill.identity),
    ...timeOfDayProblems('drill.time', drill.time, '02:00'),
    ...durationProblems(
      'drill.timeLimit',
      drill.timeLimit,
      { min: Duration.minutes(1), max: Duration.hours(22) },
      'the next one waits for it',
    ),
    ...durationProblems('drill.maxAge', drill.maxAge, { min: Duration.hours(1) }, 'a backup a day is made'),
    ...objectNameProblems('drill.serviceAccountName', drill.serviceAccountName),
    ...objectNameProblems('drill.credentialsSecretName', drill.credentialsSecretName),
    ...(allowUntestedBackups
      ? ['allowUntestedBackups must not stand beside a drill, got true; remove one of them']
      : []),
  ];
  return shape.length > 0 ? shape : ageProblems(drill, settings);
}

/** Only what is right by itself is judged with the rest. */
function ageProblems(drill: NonNullable<Settings['drill']>, settings: Settings): string[] {
  const wrongPlan = [...retentionProblems(settings), ...scheduleProblems(settings)];
  if (wrongPlan.length > 0) return [];
  const { usual, noticed } = agesAt(drill, settings);
  if (drill.maxAge.toSeconds() < usual) {
    return [
      `drill.maxAge must be at least ${shown(Duration.seconds(usual))}, the age of a backup of ${settings.time} at a ` +
        `drill of ${drill.time} when all is well, got ${shown(drill.maxAge)}; raise it, or move the drill`,
    ];
  }
  const shortest = Math.min(...settings.retention.tiers().map(({ days }) => days));
  if (noticed <= shortest * 43_200) return [];
  return [
    `drill.maxAge must let the drill fail before half of the life of the shortest tier's copies (${shortest} days) is ` +
      `over, got ${shown(drill.maxAge)}, noticed after ${shown(Duration.seconds(noticed))}; lower it, move the drill, ` +
      'or keep more copies',
  ];
}

function scratchProblems({ scratch: written }: DatabaseBackupProps, { scratch }: Settings): string[] {
  if (written !== undefined && !isRecord(written)) return objectProblems('scratch', written);
  return [
    ...memoryProblems('scratch.size', scratch.size),
    ...objectNameProblems('scratch.storageClassName', scratch.storageClassName),
  ];
}

function gatewayProblems({ pushgatewayUrl }: Settings): string[] {
  if (pushgatewayUrl === undefined || isPlain(/^https?:\/\/[^\s?#]+[^\s?#/]$/, pushgatewayUrl)) return [];
  return [
    `pushgatewayUrl must be a URL without a slash at its end, got ${shown(pushgatewayUrl)}; ` +
      "write it as in 'http://pushgateway.monitoring:9091'",
  ];
}

function userProblems({ runAsUser }: Settings): string[] {
  if (runAsUser === undefined) return [];
  const range = { min: 1, max: 2_147_483_647 };
  return wholeNumberProblems('runAsUser', runAsUser, range, '0 is root, which PostgreSQL refuses');
}
