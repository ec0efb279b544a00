import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, Lazy } from 'cdktf';
import { InvalidPropsError } from 'nines';
import { MultiAZDatabase, type MultiAZDatabaseProps } from 'nines/aws';
import { withValue } from '../../../support/breakages';
import { plainNetwork } from '../../../support/breakages/plain-network';
import { type FullDatabase, fullDatabase } from '../../../support/full-database';
import { pathsIn } from '../../../support/full-props';
import { OTHER_REGION, REGION } from '../../../support/random-databases';
import { emptyStack } from '../../../support/synth';

// What reaches props past the compiler: out of `process.env.NAME!`, of `Number(…)`, and of all that is `any`:
// `JSON.parse(…)`, `Fn.merge(…)`, plain JavaScript.
const NUMBER_TOKEN = Lazy.numberValue({ produce: () => 1 });
const TEXT_TOKEN = Lazy.stringValue({ produce: () => 'later' });
const LIST_TOKEN = Lazy.listValue({ produce: () => ['later'] });
const OBJECT_TOKEN: unknown = Fn.conditional(true, 'a', 'b');

const stack = emptyStack({ region: REGION });
const full = fullDatabase(
  {
    here: new AwsProvider(stack, 'Own', { region: REGION, alias: 'own' }),
    there: new AwsProvider(stack, 'There', { region: OTHER_REGION, alias: 'there' }),
  },
  { here: plainNetwork(REGION, 'ab'), there: plainNetwork(OTHER_REGION, 'ab') },
);
const paths = pathsIn({ ...full, network: 0, regionLoss: { ...full.regionLoss, network: 0 } });

/** The paths at which a value is taken: all others refuse it, and never by any other error. */
function takenAt(value: unknown): string[] {
  const outcome = (path: string): string => {
    try {
      new MultiAZDatabase(emptyStack({ region: REGION }), 'It', propsWith(path, value));
      return path;
    } catch (error) {
      return error instanceof InvalidPropsError ? 'refused' : `${path}: ${error}`;
    }
  };
  return paths.map(outcome).filter((answer) => answer !== 'refused');
}

/** Full props with one wrong value: made from a snapshot or another database, wherever the value belongs. */
function propsWith(path: string, value: unknown): MultiAZDatabaseProps {
  const { restoreFrom, ...rest } = full;
  const { snapshot, source, time } = restoreFrom;
  const isMoment = path.startsWith('restoreFrom.') && path !== 'restoreFrom.snapshot';
  const props = { ...rest, restoreFrom: isMoment ? { source, time } : { snapshot } };
  return withValue(props as unknown as MultiAZDatabaseProps & FullDatabase, path, value);
}

const PASSED_ON = [
  ...['instanceClass', 'storage.kmsKeyArn', 'databaseName', 'parameters.max_connections'],
  ...['master.username', 'master.secret.arn', 'restoreFrom.snapshot', 'restoreFrom.source', 'restoreFrom.time'],
  ...['regionLoss.kmsKeyArn', 'regionLoss.notificationTopicArn', 'proxy.userSecretArns.0'],
  ...['tags.team', 'notificationTopicArn'],
];

describe('MultiAZDatabase', () => {
  test('takes full props', () => {
    expect(takenAt(undefined)).toContain('databaseName');
  });

  test.each<[string, unknown, string[]]>([
    ['NaN', Number.NaN, []],
    ['a number', 42, ['master.secret.version']],
    ['empty text', '', ['parameters.max_connections', 'tags.team']],
    ['text', 'some text', ['parameters.max_connections', 'tags.team']],
    ['an empty object', {}, ['storage', 'parameters', 'backups', 'maintenance', 'tags']],
    ['an empty list', [], ['proxy.userSecretArns']],
    ['a list of nothing', [undefined], []],
    ['a number token', NUMBER_TOKEN, ['tags.team']],
    ['a text token', TEXT_TOKEN, PASSED_ON],
    ['a list token', LIST_TOKEN, []],
    ['an object token', OBJECT_TOKEN, PASSED_ON],
    ['a function', () => 'x', []],
  ])('refuses %s but where it may stand', (_, value, taken) => {
    expect(takenAt(value)).toEqual(taken);
  });

  test('refuses null, or takes it as left out', () => {
    const leftOut = takenAt(undefined);
    expect(takenAt(null).filter((path) => !leftOut.includes(path))).toEqual([]);
  });

  test('refuses undefined for what it needs, and in what is read by name or by position', () => {
    const taken = takenAt(undefined);
    expect(paths.filter((path) => !taken.includes(path))).toEqual([
      ...['network', 'zones.0', 'zones.1', 'engine'],
      'storage.size', // the usual one takes no iops
      'parameters.max_connections',
      // RDS would manage the password itself, which excludes a replica
      ...['master', 'master.secret', 'master.secret.arn', 'master.secret.version'],
      ...['restoreFrom.snapshot', 'restoreFrom.source'],
      ...['regionLoss.keep', 'regionLoss.provider', 'regionLoss.network', 'regionLoss.zones.0', 'regionLoss.zones.1'],
      ...['proxy.userSecretArns', 'proxy.userSecretArns.0', 'tags.team'],
    ]);
  });
});
