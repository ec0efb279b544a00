import { Duration, inMebibytes } from '../../../units';
import {
  durationProblems,
  flagProblems,
  isRecord,
  objectProblems,
  shown,
  wholeNumberProblems,
} from '../../../validation';
import { fixedResourcesProblems } from '../fixed-resources';
import { imageProblems } from '../image-problems';
import { isPlain, objectNameProblems, ownNameProblems, plainTextProblems, requiredNameProblems } from '../plain-text';
import { memoryProblems } from '../quantities';
import { regionProblems, s3AccessProblems } from '../s3-access-problems';
import { timeOfDayProblems } from '../time-of-day';
import type { MultiAZDatabaseProps, Settings } from './props';

/** Every reason why a database cannot be built with these props, one sentence each. */
export function problemsIn(props: MultiAZDatabaseProps, settings: Settings, name: string): string[] {
  return [
    ...imageProblems('image', settings.image),
    ...archiveProblems(props, settings),
    ...wholeNumberProblems(
      'zones',
      settings.zones,
      { min: 3, max: 9 },
      'of two instances, neither knows whether it is the other one that is lost',
    ),
    ...flagProblems('allowDataLoss', settings.allowDataLoss),
    ...flagProblems('allowUnmonitored', settings.allowUnmonitored),
    ...nameProblems(settings),
    ...storageProblems(props, settings),
    ...fixedResourcesProblems('resources', props.resources, settings.resources),
    ...parameterProblems(settings),
    ...restoreProblems(settings, name),
    ...objectNameProblems('priorityClassName', settings.priorityClassName),
    ...objectNameProblems('operatorNamespace', settings.operatorNamespace),
  ];
}

function archiveProblems({ backups: written }: MultiAZDatabaseProps, settings: Settings): string[] {
  const { backups, allowNoBackups } = settings;
  const wrongFlag = flagProblems('allowNoBackups', allowNoBackups);
  if (wrongFlag.length > 0) return wrongFlag;
  if (written === undefined) {
    if (allowNoBackups) return [];
    return ['backups must say where the archive is, got undefined; give its destination, or set allowNoBackups'];
  }
  if (!isRecord(written) || backups === undefined) return objectProblems('backups', written);
  const { destination, retention, time, encryption, region, credentialsSecretName, roleArn } = backups;
  const days = { min: Duration.days(1), max: Duration.days(365) };
  const wrongRetention = durationProblems('backups.retention', retention, days, 'the operator counts in days');
  return [
    ...(isPlain(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*\/?$/, destination)
      ? []
      : [
          `backups.destination must be a bucket, with folders or without, got ${shown(destination)}; ` +
            "write it as in 's3://shop-archive'",
        ]),
    ...wrongRetention,
    ...(wrongRetention.length === 0 && retention.toSeconds() % 86_400 !== 0
      ? [`backups.retention must be in whole days, got ${shown(retention)}; write Duration.days(…)`]
      : []),
    ...timeOfDayProblems('backups.time', time, '01:00'),
    ...(encryption === undefined || encryption === 'AES256' || encryption === 'aws:kms'
      ? []
      : [
          `backups.encryption must be 'AES256' or 'aws:kms', got ${shown(encryption)}; leave it out for the bucket's own`,
        ]),
    ...(region === undefined ? [] : regionProblems('backups.region', region)),
    ...s3AccessProblems('backups', backups),
    ...(roleArn === undefined || isPlain(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, roleArn)
      ? []
      : [
          `backups.roleArn must be the ARN of a role, got ${shown(roleArn)}; ` +
            "write it as in 'arn:aws:iam::123456789012:role/shop-archive'",
        ]),
    ...(roleArn !== undefined && credentialsSecretName !== undefined
      ? [
          `backups.roleArn must not stand beside credentialsSecretName, got ${shown(roleArn)}; the keys would be used: remove one`,
        ]
      : []),
    ...(allowNoBackups ? ['allowNoBackups must not stand beside backups, got true; remove one of them'] : []),
  ];
}

function nameProblems({ name, databaseName }: Settings): string[] {
  return [
    ...ownNameProblems(name, 40),
    ...(isPlain(/^[a-z_][a-z0-9_]{0,62}$/, databaseName) && !/^(postgres|template[01]|pg_.*)$/.test(databaseName)
      ? []
      : [
          `databaseName must be at most 63 lower-case letters, digits and _, and none of PostgreSQL's own, got ` +
            `${shown(databaseName)}; write it as in 'app'`,
        ]),
  ];
}

function storageProblems({ storage: written }: MultiAZDatabaseProps, { storage }: Settings): string[] {
  if (written !== undefined && !isRecord(written)) return objectProblems('storage', written);
  const wrongSize = volumeProblems('storage.size', storage.size);
  return [
    ...wrongSize,
    ...(written?.walSize === undefined && wrongSize.length > 0
      ? []
      : volumeProblems('storage.walSize', storage.walSize)),
    ...objectNameProblems('storage.storageClassName', storage.storageClassName),
  ];
}

function volumeProblems(prop: string, size: Settings['storage']['size']): string[] {
  const misshapen = memoryProblems(prop, size);
  if (misshapen.length > 0) return misshapen;
  if (inMebibytes(size) >= 1024) return [];
  return [`${prop} must be at least 1 GiB, got ${inMebibytes(size)} MiB; raise it`];
}

/** What may be said of parameters that keep what was acknowledged, in lower case. */
const DURABLE: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
};

function parameterProblems({ parameters }: Settings): string[] {
  const misshapen = objectProblems('parameters', parameters);
  if (misshapen.length > 0) return misshapen;
  return Object.entries(parameters).flatMap(([name, value]) => {
    const prop = `parameters['${name}']`;
    const wrong = plainTextProblems(prop, value);
    if (wrong.length > 0) return wrong;
    const allowed = DURABLE[name.toLowerCase()];
    if (allowed === undefined || allowed.includes(value.toLowerCase())) return [];
    return [`${prop} must be 'on', got ${shown(value)}; without it, acknowledged writes are lost when a server fails`];
  });
}

function restoreProblems({ restoreFrom, backups }: Settings, name: string): string[] {
  if (restoreFrom === undefined) return [];
  const misshapen = objectProblems('restoreFrom', restoreFrom);
  if (misshapen.length > 0) return misshapen;
  const { source, time } = restoreFrom;
  return [
    ...requiredNameProblems('restoreFrom.source', source),
    ...(source === name
      ? [
          `restoreFrom.source must be another than the database itself, got ${shown(source)}; ` +
            'give the new one another name, or it would write over the archive that it reads',
        ]
      : []),
    ...(time === undefined || isPlain(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, time)
      ? []
      : [`restoreFrom.time must be a time (UTC), got ${shown(time)}; write it as in '2026-11-25T02:00:00Z'`]),
    ...(backups === undefined
      ? ['restoreFrom must stand beside backups, got no backups; say where the archive is that holds the original']
      : []),
  ];
}
