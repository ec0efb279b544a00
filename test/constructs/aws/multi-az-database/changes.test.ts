import { Duration, Size } from 'nines';
import { all, type Block, type Blocks, type Synthesized, synth } from '../../../support/synth';
import {
  type Choices,
  type Choose,
  database,
  EVERYTHING,
  global,
  made,
  network,
  TOPIC,
  TOPOLOGIES,
  withReplica,
} from './databases';

function addresses({ resource }: Synthesized): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`));
}

// Arguments that provider 5.100 cannot change in place ("Forces new resource"), unless Terraform is told to ignore them.
const FIXED: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_db_event_subscription: ['name_prefix'],
  aws_db_instance: ['engine', 'kms_key_id', 'storage_encrypted', 'identifier_prefix', 'username', 'db_name'],
  aws_db_parameter_group: ['name_prefix', 'family', 'description'],
  aws_db_proxy: ['name', 'engine_family', 'vpc_subnet_ids'],
  aws_db_proxy_endpoint: ['db_proxy_endpoint_name', 'vpc_subnet_ids', 'target_role'],
  aws_db_proxy_target: ['db_proxy_name', 'db_instance_identifier', 'db_cluster_identifier', 'target_group_name'],
  aws_db_subnet_group: ['name_prefix'],
  aws_iam_role: ['name_prefix'],
  aws_rds_cluster: [
    ...[
      'engine',
      'kms_key_id',
      'storage_encrypted',
      'storage_type',
      'db_subnet_group_name',
      'cluster_identifier_prefix',
    ],
    ...['availability_zones', 'source_region', 'master_username', 'database_name'],
  ],
  aws_rds_cluster_instance: ['availability_zone', 'engine', 'identifier_prefix', 'db_subnet_group_name'],
  aws_rds_cluster_parameter_group: ['name_prefix', 'family', 'description'],
  aws_rds_global_cluster: ['global_cluster_identifier', 'engine', 'database_name', 'storage_encrypted'],
  aws_security_group: ['name_prefix', 'description', 'vpc_id'],
  terraform_data: ['triggers_replace'],
};

/** What counts of the fixed arguments, by resource. */
function fixed(result: Synthesized): Readonly<Record<string, unknown>> {
  const counted = (block: Block, field: string) => {
    const { ignore_changes: ignored = [] } = (block.lifecycle ?? {}) as { ignore_changes?: string[] };
    return ignored.includes(field) ? undefined : block[field];
  };
  const entries = Object.entries(FIXED).flatMap(([type, fields]) =>
    Object.entries(all(result, type)).map(([id, block]) => [
      `${type}.${id}`,
      fields.map((field) => counted(block, field)),
    ]),
  );
  return Object.fromEntries(entries);
}

/** What a running database must live through, all at once. */
const HARMLESS: Choices = {
  databaseName: 'shop',
  parameters: { max_connections: '500' },
  master: { username: 'other' },
  backups: { retention: Duration.days(30), window: '10:00-11:00' },
  maintenance: { window: 'mon:04:00-mon:05:00' },
  restoreFrom: undefined,
  proxy: true,
  notificationTopicArn: TOPIC,
  tags: { team: 'shop' },
};
const LARGER = {
  instance: { instanceClass: 'db.m7g.xlarge', storage: { size: Size.gibibytes(400), type: 'io2', iops: 3000 } },
  cluster: { instanceClass: 'db.r6gd.xlarge', storage: { size: Size.gibibytes(400), iops: 12_000 } },
  aurora: { instanceClass: 'db.r8g.xlarge' },
} as const;

/** What belongs to the database, without its network. */
function ofTheDatabase(blocks: Blocks): Blocks {
  return Object.fromEntries(
    Object.entries(blocks)
      .map(([type, found]) => [
        type,
        Object.fromEntries(Object.entries(found).filter(([id]) => id.startsWith('Database_'))),
      ])
      .filter(([, found = {}]) => Object.keys(found).length > 0),
  );
}

describe('MultiAZDatabase', () => {
  // Ids and shape are a contract: another id or default replaces or alters live infrastructure.
  test('is made of what it was made of before, with no more than it needs', () => {
    const { resource, data } = synth((stack) => database(stack, { network: network(stack, 'ab') }));
    expect({ resource: ofTheDatabase(resource), data: ofTheDatabase(data) }).toMatchSnapshot();
  });

  describe.each(TOPOLOGIES)('as %s keeps everything', (topology) => {
    const before = made({ topology });

    test('when almost everything about it changes', () => {
      const after = made({ topology, ...HARMLESS, ...LARGER[topology] });
      expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
      expect(fixed(after)).toMatchObject(fixed(before));
    });

    test('when a zone is added, or their order changes', () => {
      const choices = {
        topology,
        zones: topology === 'aurora' ? ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] : undefined,
      };
      const after = made((stack) => ({ ...choices, network: network(stack, 'dcba') }));
      expect(ofTheDatabase(after.resource).aws_rds_cluster_instance).toEqual(
        ofTheDatabase(before.resource).aws_rds_cluster_instance,
      );
      expect(addresses(after)).toEqual(addresses(before));
      expect(fixed(after)).toEqual(fixed(before));
    });

    test('when a copy in another region is added and taken away', () => {
      const copies: Readonly<Record<typeof topology, Choose | undefined>> = {
        instance: withReplica(),
        cluster: undefined,
        aurora: global(),
      };
      const copied = copies[topology];
      if (!copied) return;
      const after = made(copied);
      expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
      expect(fixed(after)).toMatchObject(fixed(before));
    });

    test('when another one is added beside it', () => {
      const after = synth((stack) => {
        const shared = { topology, network: network(stack) };
        database(stack, shared, 'Another');
        database(stack, shared);
      });
      expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
    });
  });

  test.each(Object.entries(EVERYTHING))(
    'lets old and new stand side by side when a part of %s must be replaced (create_before_destroy, name_prefix)',
    (_, choices) => {
      const { resource } = made(choices);
      const types = [
        'aws_db_parameter_group',
        'aws_db_subnet_group',
        'aws_iam_role',
        'aws_rds_cluster_parameter_group',
      ];
      const parts = [...types, 'aws_security_group'].flatMap((type) => Object.values(resource[type] ?? {}));
      expect(parts.length).toBeGreaterThanOrEqual(4);
      for (const one of parts) {
        expect(one).toMatchObject({ lifecycle: { create_before_destroy: true } });
        expect(one.name_prefix).toMatch(/^database-/i);
      }
    },
  );

  test('keeps its proxy when a zone is added', () => {
    const over = (letters: string) => made((stack) => ({ proxy: true, network: network(stack, letters) }));
    expect(fixed(over('abcd'))).toEqual(fixed(over('abc')));
  });
});
