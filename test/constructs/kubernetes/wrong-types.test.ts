import { Duration, InvalidPropsError, Retention, Size } from 'nines';
import { DatabaseBackup, type DatabaseBackupProps, MultiAZDatabase, type MultiAZDatabaseProps } from 'nines/kubernetes';
import { withValue } from '../../support/breakages';
import { pathsIn } from '../../support/full-props';
import { emptyChart } from '../../support/kubernetes/manifests';
import { WRONG } from '../../support/wrong-values';
import { DATABASE, RECIPIENT } from './database-backup/backups';

const RESOURCES = { cpu: '1', memory: Size.gibibytes(1) };

const BACKUP: DatabaseBackupProps = {
  ...{ image: 'backup:17', retention: Retention.gfs({ daily: 7 }), recipients: [RECIPIENT], name: 'shop' },
  database: { ...DATABASE, port: 5432 },
  bucket: { name: 'shop-backups', region: 'eu-west-1', endpointUrl: 'https://s3', credentialsSecretName: 's3' },
  drill: {
    ...{
      identity: { secret: 'key', key: 'it' },
      time: '10:00',
      timeLimit: Duration.hours(1),
      maxAge: Duration.hours(30),
    },
    ...{ serviceAccountName: 'reader', credentialsSecretName: 's3' },
  },
  ...{ allowUntestedBackups: false, time: '02:00', timeLimit: Duration.hours(1), lockTimeout: Duration.minutes(1) },
  scratch: { size: Size.gibibytes(1), storageClassName: 'gp3' },
  ...{ resources: RESOURCES, serviceAccountName: 'writer', pushgatewayUrl: 'http://push', runAsUser: 999 },
};

const DATABASE_PROPS: MultiAZDatabaseProps = {
  image: 'pg:17',
  backups: {
    ...{ destination: 's3://shop-archive', retention: Duration.days(7), time: '01:00', encryption: 'AES256' },
    ...{ region: 'eu-west-1', endpointUrl: 'https://s3', credentialsSecretName: 's3' },
  },
  ...{ allowNoBackups: false, zones: 3, allowDataLoss: false, name: 'shop', databaseName: 'app' },
  storage: { size: Size.gibibytes(10), walSize: Size.gibibytes(2), storageClassName: 'gp3' },
  ...{ resources: RESOURCES, parameters: { work_mem: '64MB' } },
  restoreFrom: { source: 'old', time: '2026-11-25T02:00:00Z' },
  ...{ priorityClassName: 'data', operatorNamespace: 'cnpg-system', allowUnmonitored: false },
};

type Build = (props: never) => unknown;
const BUILDS: readonly [name: string, props: object, build: Build][] = [
  ['DatabaseBackup', BACKUP, (props) => new DatabaseBackup(emptyChart(), 'It', props)],
  ['MultiAZDatabase', DATABASE_PROPS, (props) => new MultiAZDatabase(emptyChart(), 'It', props)],
];

/** The paths at which a value is taken: all others refuse it, and never by any other error. */
function takenIn(props: object, build: Build, value: unknown): readonly string[] {
  return pathsIn(props)
    .filter((path) => !path.startsWith('retention'))
    .filter((path) => {
      try {
        build(withValue(props, path, value) as never);
        return true;
      } catch (error) {
        if (error instanceof InvalidPropsError) return false;
        throw new Error(`${path}: ${error}`);
      }
    });
}

describe.each(BUILDS)('%s', (name, props, build) => {
  const EMPTY = {
    DatabaseBackup: ['resources', 'scratch'],
    MultiAZDatabase: ['parameters', 'resources', 'storage'],
  }[name];

  test.each(Object.keys(WRONG).filter((key) => key !== 'null'))('refuses %s but where it may stand', (key) => {
    const expected = {
      'an empty object': EMPTY,
      'empty text': name === 'MultiAZDatabase' ? ['parameters.work_mem'] : [],
    }[key];
    expect([...takenIn(props, build, WRONG[key])].sort()).toEqual(expected ?? []);
  });

  test('refuses null, or takes it as left out', () => {
    const leftOut = takenIn(props, build, undefined);
    expect(takenIn(props, build, null).filter((path) => !leftOut.includes(path))).toEqual([]);
  });

  test('refuses undefined for what it needs', () => {
    const taken = takenIn(props, build, undefined);
    const needed = {
      DatabaseBackup: [
        ...['image', 'recipients', 'recipients.0', 'database', 'database.host', 'database.databaseName'],
        ...['database.secretName', 'database.ca.secret', 'database.ca.key', 'bucket', 'bucket.name', 'bucket.region'],
        ...['drill', 'drill.identity', 'drill.identity.secret', 'drill.identity.key'],
      ],
      MultiAZDatabase: ['image', 'backups', 'backups.destination', 'parameters.work_mem', 'restoreFrom.source'],
    }[name];
    const paths = pathsIn(props).filter((path) => !path.startsWith('retention'));
    expect(paths.filter((path) => !taken.includes(path)).sort()).toEqual([...(needed ?? [])].sort());
  });

  test.each(Object.entries(WRONG))('refuses %s as a retention', (_, value) => {
    const prop = name === 'DatabaseBackup' ? 'retention' : 'backups.destination';
    expect(() => build(withValue(props, prop, value) as never)).toThrow(`${name} "shop/It" cannot be built`);
  });
});
