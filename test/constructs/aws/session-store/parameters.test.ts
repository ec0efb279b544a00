import { follow, only, type Synthesized } from '../../../support/synth';
import { type Choices, GROUP, PARAMETERS, plain, synthStore } from './stores';

/** The parameters of a store, by name. */
function parameters(result: Synthesized): Record<string, string> {
  const { parameter } = only(result, PARAMETERS) as { parameter: { name: string; value: string }[] };
  return Object.fromEntries(parameter.map(({ name, value }) => [name, value]));
}

/** The parameter group of a store with these choices. */
const group = (choices: Choices) => only(synthStore(choices), PARAMETERS);

describe('SessionStore', () => {
  test('ends the session first, when it is full, that would end first anyway', () => {
    expect(parameters(plain())).toEqual({ 'maxmemory-policy': 'volatile-ttl' });
  });

  test('takes another policy, and other parameters, in the order of their names', () => {
    const result = synthStore({ parameters: { timeout: '300', 'maxmemory-policy': 'noeviction' } });
    expect(only(result, PARAMETERS).parameter).toEqual([
      { name: 'maxmemory-policy', value: 'noeviction' },
      { name: 'timeout', value: '300' },
    ]);
  });

  test('keeps its policy beside other parameters', () => {
    expect(parameters(synthStore({ parameters: { timeout: '300' } }))).toEqual({
      'maxmemory-policy': 'volatile-ttl',
      timeout: '300',
    });
  });

  test('says in its parameters that it is in cluster mode, as ElastiCache asks, and only then', () => {
    expect(parameters(synthStore({ shards: 2 }))).toEqual({
      'cluster-enabled': 'yes',
      'maxmemory-policy': 'volatile-ttl',
    });
    expect(parameters(plain())).not.toHaveProperty('cluster-enabled');
  });

  test('uses its own parameter group', () => {
    expect(follow(plain(), only(plain(), GROUP).parameter_group_name).type).toBe(PARAMETERS);
  });

  describe('has parameters of the family', () => {
    test.each<[Choices, string]>([
      [{}, 'valkey8'],
      [{ engineVersion: '8.2' }, 'valkey8'],
      [{ engineVersion: '7.2' }, 'valkey7'],
      [{ engine: 'redis' }, 'redis7'],
      [{ engine: 'redis', engineVersion: '7.0' }, 'redis7'],
    ])('of %j: %s', (choices, family) => {
      expect(group(choices).family).toBe(family);
    });
  });

  // The old group is in use until the store has the new one: both must be there for a while, under two names.
  describe('has another group of another name, made before the old one goes', () => {
    const names = (
      [
        {},
        { engineVersion: '7.2' },
        { engine: 'redis' },
        { shards: 2 },
        { engineVersion: '7.2', shards: 2 },
      ] as Choices[]
    ).map((choices) => group(choices).name);

    test('for every family and mode', () => {
      expect(new Set(names).size).toBe(names.length);
      expect(only(plain(), PARAMETERS).lifecycle).toEqual({ create_before_destroy: true });
    });

    test('and for nothing else, since values change in place', () => {
      expect(group({ engineVersion: '8.1' }).name).toBe(names[0]);
      expect(group({ shards: 7 }).name).toBe(names[3]);
      const changed = group({ parameters: { timeout: '300' }, tags: { team: 'shop' } });
      expect(changed).toMatchObject({ name: names[0], description: only(plain(), PARAMETERS).description });
    });
  });
});
