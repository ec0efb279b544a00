import { objectProblems, portProblems, shown } from '../../../validation';
import { isPlain, requiredNameProblems } from '../plain-text';
import { regionProblems, s3AccessProblems } from '../s3-access-problems';
import { secretKeyProblems } from '../secret-key-problems';
import type { BackedUpDatabase, BackupStorage } from './prop-parts';

/** Every reason why a database cannot be reached, one sentence each. */
export function databaseProblems(written: unknown, settled: BackedUpDatabase): string[] {
  const none = objectProblems('database', written);
  if (none.length > 0) return none;
  const { host, port, databaseName, secretName, ca } = settled;
  return [
    ...(isPlain(/^[\w.:-]{1,253}$/, host)
      ? []
      : [`database.host must be a host name or an address, got ${shown(host)}; write it as in 'shop-db-ro'`]),
    ...portProblems('database.port', port),
    ...databaseNameProblems(databaseName),
    ...requiredNameProblems('database.secretName', secretName),
    ...(ca === undefined ? [] : secretKeyProblems('database.ca', ca)),
  ];
}

function databaseNameProblems(name: unknown): string[] {
  if (!isPlain(/^[^\s=/]{1,63}$/, name)) {
    return [
      `database.databaseName must be at most 63 characters without spaces, '=' and '/', got ${shown(name)}; ` +
        'rename the database',
    ];
  }
  if (!/^template[01]$/.test(name)) return [];
  return [`database.databaseName must be another than that of a template, got ${shown(name)}; name what holds data`];
}

/** Every reason why nothing can be put into a bucket, one sentence each. */
export function bucketProblems(bucket: BackupStorage): string[] {
  const none = objectProblems('bucket', bucket);
  if (none.length > 0) return none;
  const { name, region } = bucket;
  return [
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    ...(isPlain(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, name)
      ? []
      : [
          `bucket.name must be 3 to 63 lower-case letters, digits, hyphens and dots, got ${shown(name)}; ` +
            'give its name, without s3:// and folders',
        ]),
    ...regionProblems('bucket.region', region),
    ...s3AccessProblems('bucket', bucket),
  ];
}
