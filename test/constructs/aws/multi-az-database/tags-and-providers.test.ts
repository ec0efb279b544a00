import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { all, type Block, type Blocks } from '../../../support/synth';
import { type Choices, type Choose, EVERYTHING, made, network, TOPIC } from './databases';

function blocksOf(choices: Choose) {
  const { resource, data, ephemeral } = made(choices);
  const listed = (kind: Blocks) =>
    Object.entries(kind).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => ({ type, id, block: block as Block })),
    );
  return [...listed(resource), ...listed(data), ...listed(ephemeral)].filter(({ id }) => id.startsWith('Database_'));
}

function withMore(choices: Choose, more: (stack: Parameters<Exclude<Choose, Choices>>[0]) => Choices): Choose {
  return (stack) => ({ ...(typeof choices === 'function' ? choices(stack) : choices), ...more(stack) });
}

/** What AWS cannot tag, and what lives in the state alone. */
const TAGLESS = [
  'aws_db_instance_automated_backups_replication',
  'aws_db_proxy_default_target_group',
  'aws_db_proxy_target',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_kms_key',
  'aws_rds_engine_version',
  'aws_secretsmanager_secret_version',
  'terraform_data',
];

describe('MultiAZDatabase', () => {
  describe.each(Object.entries(EVERYTHING))('as %s', (_, choices) => {
    test('hands its provider to all that it makes here, and that of the other region to the rest', () => {
      const second = withMore(choices, (stack) => {
        const provider = new AwsProvider(stack, 'Second', { region: 'eu-west-1', alias: 'second' });
        return { provider, network: network(stack, 'abc', { provider }) };
      });
      const strangers = blocksOf(second)
        .filter(({ type }) => type !== 'terraform_data')
        .filter(({ id, block }) => {
          const there = /^Database_(Replica|Secondary|ReplicatedBackups)/.test(id);
          return block.provider !== (there ? 'aws.there' : 'aws.second');
        });
      expect(strangers.map(({ type, id }) => `${type}.${id}`)).toEqual([]);
    });

    test('uses the provider of the stack by default', () => {
      const named = blocksOf(choices).filter(
        ({ block }) => ![undefined, 'aws.there'].includes(block.provider as string),
      );
      expect(named).toEqual([]);
    });

    test('puts its tags on all that can carry some, and its path as a name; a rule has a description', () => {
      const wrong = blocksOf(withMore(choices, () => ({ tags: { team: 'shop' } })))
        .filter(({ type }) => !TAGLESS.includes(type))
        .filter(({ id, type, block }) => {
          const path = `shop/${id.replace(/_[0-9A-F]{8}$/, '').replaceAll('_', '/')}`;
          const name = type.endsWith('gress_rule') ? undefined : path;
          const { team, Name } = (block.tags ?? {}) as { team?: string; Name?: string };
          return team !== 'shop' || Name !== name;
        });
      expect(wrong.map(({ type, id }) => `${type}.${id}`)).toEqual([]);
    });
  });

  // The longest names of RDS, less what Terraform adds: 63 for an instance or an Aurora cluster, 52 for a Multi-AZ cluster
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
  test.each(['Database', 'A-very-long-name-'.repeat(8), 'Dätabase_1', '42', 'sg-x', 'Ünïcode'])(
    'names what it makes after its id %s, as RDS takes it',
    (id) => {
      const longest = { instance: 63, cluster: 52, aurora: 63 };
      for (const topology of ['instance', 'cluster', 'aurora'] as const) {
        const result = made({ topology, notificationTopicArn: TOPIC }, id);
        const prefixes = [
          ...Object.values(all(result, 'aws_db_instance')).map((block) => block.identifier_prefix),
          ...Object.values(all(result, 'aws_rds_cluster')).map((block) => block.cluster_identifier_prefix),
          ...Object.values(all(result, 'aws_rds_cluster_instance')).map((block) => block.identifier_prefix),
        ].map(String);
        for (const prefix of prefixes) {
          expect(prefix).toMatch(/^[a-z](-?[a-z0-9])*-$/);
          expect(prefix.length + 26).toBeLessThanOrEqual(longest[topology]);
        }
        const groups = ['aws_db_subnet_group', 'aws_db_event_subscription', 'aws_db_parameter_group'];
        for (const { name_prefix: prefix } of groups.flatMap((type) => Object.values(all(result, type)))) {
          expect(prefix).toMatch(/^[a-z](-?[a-z0-9])*-$/);
          expect(String(prefix).length + 26).toBeLessThanOrEqual(255);
        }
        for (const { name_prefix: prefix } of Object.values(all(result, 'aws_iam_role'))) {
          expect(String(prefix).length + 26).toBeLessThanOrEqual(64);
        }
      }
    },
  );
});
