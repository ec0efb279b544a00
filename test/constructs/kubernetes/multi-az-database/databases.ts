import type { Construct } from 'constructs';
import { MultiAZDatabase, type MultiAZDatabaseProps } from 'nines/kubernetes';
import { emptyChart, type Manifest, only, synthChart } from '../../../support/kubernetes/manifests';
import { problemsOf } from '../../../support/synth';

/** What may be changed about a database. */
export type Choices = Partial<MultiAZDatabaseProps>;

export const ARCHIVE = { destination: 's3://shop-archive' };

/** A database with no more than it needs. */
export function database(scope: Construct, choices: Choices = {}, id = 'Database'): MultiAZDatabase {
  return new MultiAZDatabase(scope, id, {
    image: 'ghcr.io/cloudnative-pg/postgresql:17.6',
    backups: ARCHIVE,
    name: 'shop',
    ...choices,
  });
}

/** Manifests of a database with these choices. */
export function manifestsOf(choices: Choices = {}): readonly Manifest[] {
  return synthChart((chart) => database(chart, choices));
}

/** The spec of the one object of a kind. */
export function specOf(kind: string, choices: Choices = {}) {
  return only(manifestsOf(choices), kind).spec;
}

/** All problems of a database with these choices, which may be of any type. */
export function problemsWith(choices: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsOf(() => database(emptyChart(), choices as Choices));
}
