import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { all, type Block, only, synth } from '../../../support/synth';
import { type Choices, GROUP, network, store, synthStore, TOPIC, USER, USER_GROUP } from './stores';

/** Everything that a store makes, and what a source of connections adds, as pairs of type and block. */
function parts(choices: Choices, provider?: (scope: Construct) => AwsProvider): [string, Block][] {
  const { resource } = synth((stack) => {
    const sessions = store(stack, { ...choices, provider: provider?.(stack) });
    const { securityGroup } = sessions;
    const source = Object.assign(new Construct(stack, 'Servers'), { securityGroup, role: { name: 'servers' } });
    sessions.allowFrom(source);
  });
  return Object.entries(resource).flatMap(([type, blocks]) =>
    Object.values(blocks).map((block): [string, Block] => [type, block]),
  );
}

const KINDS: readonly [string, Choices][] = [
  ['with no more than it needs', {}],
  ['of Redis OSS, in cluster mode', { engine: 'redis', shards: 2 }],
];

describe('SessionStore', () => {
  test.each(KINDS)('hands its provider to everything inside, %s', (_, choices) => {
    const own = (scope: Construct) => new AwsProvider(scope, 'Own', { region: 'eu-west-1', alias: 'own' });
    const made = parts(choices, own);
    expect(made.length).toBeGreaterThan(10);
    for (const [type, { provider }] of made) expect([type, provider]).toEqual([type, 'aws.own']);
  });

  // What AWS keeps no tags for, or the provider sets none on.
  const UNTAGGED = ['aws_iam_role_policy'];

  test.each(KINDS)('tags everything inside that carries tags, by its path and with yours, %s', (_, choices) => {
    for (const [type, { tags }] of parts({ ...choices, tags: { team: 'shop' } })) {
      if (UNTAGGED.includes(type)) continue;
      expect([type, tags]).toEqual([type, expect.objectContaining({ team: 'shop' })]);
    }
  });

  test('is called by its path in the console', () => {
    expect(only(synthStore(), GROUP).tags).toEqual({ Name: 'shop/Sessions' });
    const named = Object.values(synthStore().resource).flatMap((blocks) =>
      Object.values(blocks).map(({ tags }) => (tags as { Name: string }).Name),
    );
    expect(named.every((name) => name.startsWith('shop/Sessions'))).toBe(true);
    expect(new Set(named).size).toBe(named.length); // alarms and users among them
  });

  describe('warns', () => {
    const warnings = (choices: Choices) => synthStore(choices).warnings;
    const NOBODY = 'no notificationTopicArn: alarms and failures are seen only by who looks';

    test('when nobody would hear of an alarm', () => {
      expect(warnings({})).toEqual([NOBODY]);
      expect(warnings({ notificationTopicArn: TOPIC })).toEqual([]);
    });

    test('when it can be removed', () => {
      expect(warnings({ allowDestroy: true, notificationTopicArn: TOPIC })).toEqual([
        'allowDestroy: nothing protects the store from being removed',
      ]);
    });
  });

  // At most 40 characters: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html
  test.each([
    [GROUP, 'replication_group_id', 2],
    [USER, 'user_id', 4],
    [USER_GROUP, 'user_group_id', 2],
  ])('stands in names of its own, in every stack and below every construct: %s', (type, name, count) => {
    const long = 'a-very-long-name-for-what-holds-the-sessions-of-the-shop';
    const result = synth((stack) => {
      const shared: Choices = { network: network(stack), engine: 'redis' };
      for (const scope of ['Blue', 'Green']) store(new Construct(stack, scope), shared, long);
    });
    const found = Object.values(all(result, type)).map((block) => block[name]);
    expect(new Set(found).size).toBe(count);
    for (const id of found) expect(id).toMatch(/^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });
});
