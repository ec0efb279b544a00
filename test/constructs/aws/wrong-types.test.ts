import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, Lazy, type TerraformStack } from 'cdktf';
import { InvalidPropsError } from 'nines';
import { HAWebTier, type HAWebTierProps, MultiAZNetwork } from 'nines/aws';
import { type TierDraft, tierProps, withValue } from '../../support/breakages';
import { fullExistingNetwork, fullMadeNetwork, fullTier, pathsIn, propsIn } from '../../support/full-props';
import { emptyStack, synth } from '../../support/synth';

// What reaches props past the compiler: out of `process.env.NAME!`, of `Number(…)`, and of all that is `any`:
// `JSON.parse(…)`, `Fn.merge(…)`, plain JavaScript.
const NULL = null;
const NOTHING = [undefined];
const NUMBER_TOKEN = Lazy.numberValue({ produce: () => 1 });
const TEXT_TOKEN = Lazy.stringValue({ produce: () => 'later' });
const LIST_TOKEN = Lazy.listValue({ produce: () => ['later'] });
const OBJECT_TOKEN: unknown = Fn.conditional(true, 'a', 'b');

const provider = new AwsProvider(emptyStack(), 'Own', { region: 'us-east-1', alias: 'own' });

describe('MultiAZNetwork', () => {
  const full = fullMadeNetwork(provider);
  const takenIn = takes(pathsIn(full), (stack, path, value) => {
    new MultiAZNetwork(stack, 'It', withValue(full, path, value));
  });

  test.each<[string, unknown, string[]]>([
    ['null', NULL, []],
    ['NaN', Number.NaN, []],
    ['empty text', '', ['tags.team']],
    ['an empty object', {}, ['tags']],
    ['an empty list', [], []],
    ['a list of nothing', NOTHING, []],
    ['a number token', NUMBER_TOKEN, ['tags.team']],
    ['a text token', TEXT_TOKEN, ['tags.team']],
    ['a list token', LIST_TOKEN, []],
    ['an object token', OBJECT_TOKEN, ['tags.team']],
  ])('refuses %s but where it may stand', (_, value, taken) => {
    expect(takenIn(value)).toEqual(taken);
  });

  test('refuses undefined for what it needs', () => {
    const optional = ['subnets', 'allowNatSinglePointOfFailure', 'provider', 'allowDestroy', 'tags'];
    expect(takenIn(undefined)).toEqual(optional);
  });
});

describe('MultiAZNetwork.fromExisting', () => {
  const full = fullExistingNetwork(provider);
  const takenIn = takes(pathsIn(full), (stack, path, value) => {
    MultiAZNetwork.fromExisting(stack, 'It', withValue(full, path, value));
  });
  const ids = ['vpcId', ...pathsIn(full).filter((path) => path.endsWith('.subnetId'))];

  test.each<[string, unknown, string[]]>([
    ['null', NULL, ['publicSubnets', 'dataSubnets']],
    ['NaN', Number.NaN, []],
    ['empty text', '', []],
    ['an empty object', {}, []],
    ['an empty list', [], ['publicSubnets', 'dataSubnets']],
    ['a list of nothing', NOTHING, []],
    ['a number token', NUMBER_TOKEN, []],
    ['a text token', TEXT_TOKEN, ids],
    ['a list token', LIST_TOKEN, []],
    ['an object token', OBJECT_TOKEN, ids],
  ])('refuses %s but where it may stand', (_, value, taken) => {
    expect(takenIn(value)).toEqual(taken);
  });

  test('refuses undefined for what it needs', () => {
    expect(takenIn(undefined)).toEqual(['publicSubnets', 'dataSubnets', 'provider']);
  });
});

describe('HAWebTier', () => {
  const network = MultiAZNetwork.fromExisting(
    emptyStack({ region: 'us-east-1' }),
    'Network',
    fullExistingNetwork(provider),
  );
  const full = fullTier(provider, network);
  const paths = pathsIn(full).filter((path) => path !== 'healthCheck.protocol'); // the name of a method
  const takenIn = takes(paths, (stack, path, value) => {
    new HAWebTier(stack, 'It', tierWith(full, path, value));
  });
  const passedOn = [
    ...['machineImage', 'instance.type', 'instance.userData'],
    ...['container.image', 'container.command', 'container.command.0'],
    ...['container.environment.LOG_LEVEL', 'container.secrets.DB'],
    ...['certificateArn', 'entrance.accessLogs.bucket', 'entrance.accessLogs.prefix', 'tags.team'],
  ];

  test.each<[string, unknown, string[]]>([
    ['NaN', Number.NaN, []],
    ['empty text', '', ['instance.userData', 'container.command.0', 'container.environment.LOG_LEVEL', 'tags.team']],
    ['an empty object', {}, ['instance', 'container.environment', 'container.secrets', 'timing', 'entrance', 'tags']],
    ['an empty list', [], []],
    ['a list of nothing', NOTHING, []],
    ['a number token', NUMBER_TOKEN, ['tags.team']],
    ['a text token', TEXT_TOKEN, passedOn],
    ['a list token', LIST_TOKEN, ['container.command']],
    ['an object token', OBJECT_TOKEN, passedOn],
  ])('refuses %s but where it may stand', (_, value, taken) => {
    expect(takenIn(value)).toEqual(taken);
  });

  test('refuses null, or takes it as left out', () => {
    const leftOut = takenIn(undefined);
    expect(takenIn(null).filter((path) => !leftOut.includes(path))).toEqual([]);
  });

  test('refuses undefined for what it needs', () => {
    const taken = takenIn(undefined);
    expect(propsIn(full).filter((path) => paths.includes(path) && !taken.includes(path))).toEqual([
      ...['network', 'capacity', 'capacity.peak', 'healthCheck', 'healthCheck.path'],
      ...['machineImage', 'container', 'container.image', 'entrance.accessLogs.bucket'],
    ]);
  });

  test('refuses undefined in what is read by name or by position', () => {
    const read = ['container.command.0', 'container.environment.LOG_LEVEL', 'container.secrets.DB', 'tags.team'];
    const taken = takenIn(undefined);
    expect(read.filter((path) => taken.includes(path))).toEqual([]);
  });
});

const ON_FARGATE = { machineImage: undefined, instance: undefined };

describe('a token that is no text, as of Fn.conditional(…)', () => {
  test.each([
    [
      'a machine image and user data',
      { machineImage: OBJECT_TOKEN, instance: { userData: OBJECT_TOKEN }, container: undefined },
    ],
    ['an image and a secret', { ...ON_FARGATE, container: { image: OBJECT_TOKEN, secrets: { DB: OBJECT_TOKEN } } }],
    [
      'a command and a variable',
      { ...ON_FARGATE, container: { image: 'shop:1', command: OBJECT_TOKEN, environment: { LOG: OBJECT_TOKEN } } },
    ],
    ['a word of a command', { ...ON_FARGATE, container: { image: 'shop:1', command: ['serve', OBJECT_TOKEN] } }],
  ])('reaches Terraform as it is: %s', (_, wrong) => {
    const result = synth(
      (stack) => {
        const full = fullTier(provider, MultiAZNetwork.fromExisting(stack, 'Network', fullExistingNetwork(provider)));
        new HAWebTier(stack, 'It', tierProps({ ...full, ...(wrong as Partial<TierDraft>) }));
      },
      { region: 'us-east-1' },
    );
    const text = JSON.stringify(result);
    expect(text).toContain('true ? ');
    expect(text).not.toMatch(/unresolved|TfToken|\[object|creationStack/);
  });
});

/** Full props with one wrong value, on EC2 or on Fargate, wherever the value belongs. */
function tierWith(full: TierDraft, path: string, value: unknown): HAWebTierProps {
  const { machineImage, instance, container, ...shared } = full;
  const draft: TierDraft = path.startsWith('container')
    ? { ...shared, container }
    : { ...shared, machineImage, instance };
  const isIntent = path === 'capacity' || path === 'healthCheck';
  return isIntent ? withValue(tierProps(draft), path, value) : tierProps(withValue(draft, path, value));
}

/** A function that answers at which paths a value is taken: all others refuse it, and never by any other error. */
function takes(paths: readonly string[], make: (stack: TerraformStack, path: string, value: unknown) => void) {
  const outcome = (path: string, value: unknown): string => {
    try {
      make(emptyStack({ region: 'us-east-1' }), path, value);
      return path;
    } catch (error) {
      return error instanceof InvalidPropsError ? 'refused' : `${path}: ${error}`;
    }
  };
  return (value: unknown) => paths.map((path) => outcome(path, value)).filter((answer) => answer !== 'refused');
}
