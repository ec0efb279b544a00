import type { Construct } from 'constructs';
import { Retention } from 'nines';
import { type BackedUpDatabase, DatabaseBackup, type DatabaseBackupProps } from 'nines/kubernetes';
import { allOf, emptyChart, type Manifest, synthChart } from '../../../support/kubernetes/manifests';
import { problemsOf } from '../../../support/synth';

export const RECIPIENT = `age1${'q'.repeat(58)}`;
export const SECOND_RECIPIENT = `age1${'p'.repeat(58)}`;
/** Name of the objects of a plain backup. */
export const NAME = 'shop-backup-c8652150';

export const DATABASE: BackedUpDatabase = {
  host: 'shop-db-ro',
  databaseName: 'app',
  secretName: 'shop-db-app',
  ca: { secret: 'shop-db-ca', key: 'ca.crt' },
};

/** What may be changed about a backup. */
export type Choices = Partial<DatabaseBackupProps>;

/** A backup with no more than it needs. */
export function backup(scope: Construct, choices: Choices = {}): DatabaseBackup {
  return new DatabaseBackup(scope, 'Backup', {
    image: 'registry.example.com/database-backup:17',
    database: DATABASE,
    bucket: { name: 'shop-backups', region: 'eu-west-1' },
    retention: Retention.gfs({ daily: 7, weekly: 4, monthly: 12 }),
    recipients: [RECIPIENT, SECOND_RECIPIENT],
    drill: { identity: { secret: 'shop-backup-key', key: 'identity' } },
    ...choices,
  });
}

/** Manifests of a backup with these choices. */
export function manifestsOf(choices: Choices = {}): readonly Manifest[] {
  return synthChart((chart) => backup(chart, choices));
}

/** The CronJob of the backup, or that of the drill. */
export function cronJobOf(which: 'backup' | 'drill', choices: Choices = {}) {
  const jobs = allOf(manifestsOf(choices), 'CronJob');
  const found = jobs.find(({ metadata }) => metadata.name.endsWith('-drill') === (which === 'drill'));
  if (!found) throw new Error(`no ${which} among ${jobs.map(({ metadata }) => metadata.name)}`);
  return found.spec;
}

/** The pod of the backup, or that of the drill. */
export function podOf(which: 'backup' | 'drill', choices: Choices = {}) {
  return cronJobOf(which, choices).jobTemplate.spec.template.spec;
}

/** Variables of the container: what each is set to, or where it comes from. */
export function variablesOf(which: 'backup' | 'drill', choices: Choices = {}): Readonly<Record<string, unknown>> {
  const [{ env }] = podOf(which, choices).containers;
  return Object.fromEntries(
    env.map(({ name, value, valueFrom }: { name: string; value?: string; valueFrom?: { secretKeyRef: object } }) => [
      name,
      value ?? valueFrom?.secretKeyRef,
    ]),
  );
}

/** All problems of a backup with these choices, which may be of any type. */
export function problemsWith(choices: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsOf(() => backup(emptyChart(), choices as Choices));
}
