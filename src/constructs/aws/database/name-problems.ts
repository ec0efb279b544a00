import { isRecord, isTextOf, isToken, shown, wholeNumberProblems } from '../../../validation';
import type { DatabaseEngine } from './capabilities';
import type { Settings } from './props';
import { SECRET_ARN } from './proxy-problems';

// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
const DATABASE_NAME: Readonly<Record<DatabaseEngine, RegExp>> = {
  postgres: /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
  mysql: /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
  mariadb: /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
};
const LONGEST_NAME = { postgres: 63, mysql: 64, mariadb: 64 };

// Users of RDS itself, and words that the engine keeps.
const RESERVED_USERS: Readonly<Record<DatabaseEngine, RegExp>> = {
  postgres: /^(admin|user|public|rdsadmin|rdsrepladmin|rdstopmgr|pg_.*)$/i,
  mysql: /^(rdsadmin|rdsrepladmin)$/i,
  mariadb: /^(rdsadmin|rdsrepladmin)$/i,
};

// Databases that are there from the start, and likely words among those that RDS refuses; it publishes no list.
const RESERVED_NAMES: Readonly<Record<DatabaseEngine, RegExp>> = {
  postgres: /^(rdsadmin|template[01]|all|check|default|end|grant|group|identity|order|table|user)$/i,
  mysql: /^(mysql|sys|information_schema|performance_schema|check|default|grant|group|index|key|order|table)$/i,
  mariadb: /^(mysql|sys|information_schema|performance_schema|check|default|grant|group|index|key|order|table)$/i,
};

/** What RDS would refuse of the database's name. */
export function nameProblems({ databaseName, engine, support }: Settings): string[] {
  if (databaseName === undefined || !support) return [];
  if (isTextOf(DATABASE_NAME[engine], databaseName)) {
    if (isToken(databaseName) || !RESERVED_NAMES[engine].test(databaseName)) return [];
    return [
      `databaseName must not be a word that ${engine} keeps for itself, got ${shown(databaseName)}; take another`,
    ];
  }
  return [
    `databaseName must be at most ${LONGEST_NAME[engine]} letters, digits and _, a letter first, got ` +
      `${shown(databaseName)}; write it as in 'shop'`,
  ];
}

/** What RDS would refuse of the master user. */
export function masterProblems({ master, engine, support }: Settings): string[] {
  const { username, secret } = master;
  const problems: string[] = [];
  if (!isTextOf(/^[A-Za-z][A-Za-z0-9_]{0,15}$/, username)) {
    problems.push(
      `master.username must be at most 16 letters, digits and _, a letter first, got ${shown(username)}; ` +
        "write it as in 'dbadmin'",
    );
  } else if (support && !isToken(username) && RESERVED_USERS[engine].test(username)) {
    problems.push(
      `master.username must not be a word that ${engine} keeps for itself, got ${shown(username)}; take another`,
    );
  }
  if (!secret || !isRecord(secret)) return problems; // none, or refused as a group
  if (!isTextOf(SECRET_ARN, secret.arn)) {
    // the value is not shown: whoever writes the password here by mistake must not find it in a log
    problems.push(
      'master.secret.arn must be the ARN of a secret, got other text; store the password there and give its ARN',
    );
  }
  return [
    ...problems,
    ...wholeNumberProblems(
      'master.secret.version',
      secret.version,
      { min: 1 },
      'raise it whenever the secret has changed',
    ),
  ];
}
