import { all, emptyStack, follow, only, type Synthesized, synth } from '../../../support/synth';
import { GROUP, plain, published, store, synthStore, USER, USER_GROUP } from './stores';

const users = (result: Synthesized) => Object.values(all(result, USER));
const redis = synthStore({ engine: 'redis' });
const engines: [string, Synthesized][] = [
  ['valkey', plain()],
  ['redis', redis],
];

/** The user that clients are. */
const client = (result: Synthesized) => users(result).find(({ user_name: name }) => name !== 'default') ?? {};

/** The rules of the client's access string, left to right, as Redis applies them. */
const rules = String(client(plain()).access_string).split(' ');

describe('SessionStore', () => {
  // terraform-aws-elasticache#65; ElastiCache stores ids in lower case, and IAM wants a name equal to the id
  test.each(engines)('has one user on %s, who authenticates by IAM under one name in lower case', (engine, result) => {
    const { user_id: id, user_name: name, ...user } = client(result);
    expect(user).toMatchObject({ engine, authentication_mode: { type: 'iam' } });
    expect(name).toBe(id);
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(String(name).length).toBeLessThanOrEqual(40);
  });

  test('tells the name of its user', () => {
    expect(published('userName')).toBe(client(plain()).user_name);
  });

  test.each(engines)('holds no password on %s: what stands in Terraform is in its state', (_, { resource }) => {
    expect(JSON.stringify(resource)).not.toMatch(/passwords|auth_token|password_wo/);
  });

  test.each(engines)('lets on %s nobody in but the users of its group', (engine, result) => {
    const group = only(result, GROUP);
    const [groupId, ...others] = group.user_group_ids as string[];
    expect(others).toEqual([]);
    const { block, type } = follow(result, groupId);
    expect({ type, engine: block.engine }).toEqual({ type: USER_GROUP, engine });
    const members = (block.user_ids as string[]).map((id) => follow(result, id).block);
    expect(members.map(({ user_name: name }) => name).sort()).toEqual(
      engine === 'redis' ? ['default', client(result).user_name] : [client(result).user_name],
    );
  });

  // Redis OSS has a user who may do everything without a password, unless the group brings another of that name.
  test('closes the default user of Redis OSS', () => {
    const closed = users(redis).find(({ user_name: name }) => name === 'default');
    expect(closed).toMatchObject({
      access_string: 'off ~keys* -@all +get', // as ElastiCache shows it: the next plan is empty
      authentication_mode: { type: 'no-password-required' },
      engine: 'redis',
    });
    expect(closed?.user_id).not.toBe('default'); // that one is ElastiCache's own
    expect(String(closed?.user_id).length).toBeLessThanOrEqual(40);
  });

  describe('lets its user', () => {
    test('read, write, script, and ask what client libraries ask; nothing that is dangerous, and nothing else', () => {
      expect(rules).toEqual([
        ...['on', '~*', '-@all', '+@read', '+@write', '+@connection', '+@transaction', '+@scripting', '-@dangerous'],
        ...['+info', '+cluster|nodes', '+cluster|shards', '+cluster|slots'],
      ]);
    });

    test('not empty the store: what is dangerous is taken away after it was given', () => {
      const given = rules.lastIndexOf('+@scripting');
      expect(rules.indexOf('-@dangerous')).toBeGreaterThan(given); // FLUSHALL is of @write as well
    });
  });

  describe('with users of your own', () => {
    const own = synthStore({ userGroupId: 'shop-users' });

    test('lets only them in, and makes none', () => {
      expect(only(own, GROUP).user_group_ids).toEqual(['shop-users']);
      expect(users(own)).toEqual([]);
      expect(all(own, USER_GROUP)).toEqual({});
    });

    test('tells no name of a user', () => {
      expect(store(emptyStack(), { userGroupId: 'shop-users' }).userName).toBeUndefined();
    });
  });

  test('has names of its own for a second store beside it', () => {
    const two = [
      client(synthStore()),
      client(synthStoreCalled('Carts')), // another id, another user
    ].map(({ user_id: id }) => id);
    expect(new Set(two).size).toBe(2);
  });
});

function synthStoreCalled(id: string): Synthesized {
  return synth((stack) => store(stack, {}, id));
}
