import { Token } from 'cdktf';
import type { DatabaseMoment, MultiAZDatabaseProps } from 'nines/aws';
import { ignored, made, server } from './databases';
import { problem } from './refusal';

const TIME = '2026-11-25T02:00:00Z';

function moment(topology: 'instance' | 'aurora', restoreFrom: DatabaseMoment): unknown {
  return server({ topology, restoreFrom }).restore_to_point_in_time;
}

describe('MultiAZDatabase', () => {
  describe.each(['instance', 'aurora'] as const)('as %s', (topology) => {
    const [user, name] = topology === 'instance' ? ['username', 'db_name'] : ['master_username', 'database_name'];

    test('is empty by default, but for the database that is named', () => {
      const one = server({ topology, databaseName: 'shop' });
      expect(one).toMatchObject({ [name]: 'shop', [user]: 'dbadmin' });
      expect(one).not.toHaveProperty('snapshot_identifier');
      expect(one).not.toHaveProperty('restore_to_point_in_time');
      expect(server({ topology })).not.toHaveProperty(name);
    });

    test('is made from a snapshot', () => {
      const one = server({ topology, restoreFrom: { snapshot: 'rds:shop-2026-11-25' } });
      expect(one).toMatchObject({ snapshot_identifier: 'rds:shop-2026-11-25' });
      expect(one).not.toHaveProperty('restore_to_point_in_time');
    });

    // Another user or name than the snapshot's would make it anew at the next plan, and with it what was restored.
    test('keeps user and database of what it is made from', () => {
      for (const restoreFrom of [{ snapshot: 'shop' }, { source: 'shop' }]) {
        const one = server({ topology, restoreFrom, databaseName: 'other', master: { username: 'other' } });
        expect(one).not.toHaveProperty(user);
        expect(one).not.toHaveProperty(name);
        expect(one).toMatchObject({ storage_encrypted: true, manage_master_user_password: true });
      }
    });

    // terraform-aws-rds#591: a snapshot that was named once must not make the database anew when it is named no more.
    // Seen with provider 5.100: the same plan with and without restoreFrom, and no replacement.
    test('forgets what it was made from', () => {
      for (const argument of ['snapshot_identifier', 'restore_to_point_in_time', user, name]) {
        expect(ignored(server({ topology }))).toContain(argument);
        expect(ignored(server({ topology, restoreFrom: { snapshot: 'shop' } }))).toContain(argument);
      }
    });

    test('waits for hours until a large one is restored: given up, Terraform would make it anew', () => {
      expect(server({ topology })).toMatchObject({ timeouts: { create: '6h', update: '6h', delete: '2h' } });
    });
  });

  describe('is made from another database', () => {
    test('as it is now by default', () => {
      expect(moment('instance', { source: 'shop' })).toEqual({
        source_db_instance_identifier: 'shop',
        use_latest_restorable_time: true,
      });
      expect(moment('aurora', { source: 'shop' })).toEqual({
        source_cluster_identifier: 'shop',
        use_latest_restorable_time: true,
        restore_type: 'full-copy', // left out, provider 5.100 sends an empty one
      });
    });

    test('as it was at some time', () => {
      expect(moment('instance', { source: 'shop', time: TIME })).toEqual({
        source_db_instance_identifier: 'shop',
        restore_time: TIME,
      });
      expect(moment('aurora', { source: 'shop', time: TIME })).toEqual({
        source_cluster_identifier: 'shop',
        restore_to_time: TIME,
        restore_type: 'full-copy',
      });
    });

    test('that was removed, by its resource id', () => {
      expect(moment('instance', { source: 'db-ABCDEFGHIJKLMNOPQRSTUVWXY1' })).toMatchObject({
        source_dbi_resource_id: 'db-ABCDEFGHIJKLMNOPQRSTUVWXY1',
      });
      expect(moment('aurora', { source: 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXY1' })).toMatchObject({
        source_cluster_resource_id: 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXY1',
      });
    });

    test('whose name looks nearly like a resource id', () => {
      expect(moment('instance', { source: 'db-shop' })).toMatchObject({ source_db_instance_identifier: 'db-shop' });
      expect(moment('aurora', { source: 'cluster-shop' })).toMatchObject({ source_cluster_identifier: 'cluster-shop' });
    });

    test('that was in a lost region, by the backups that were replicated here', () => {
      const source = 'arn:aws:rds:eu-west-1:123456789012:auto-backup:ab-l7z4tqzt2zeh5mpbqyvxj3s4zjnwz5kbyrv5k7q';
      expect(moment('instance', { source })).toEqual({
        source_db_instance_automated_backups_arn: source,
        use_latest_restorable_time: true,
      });
    });
  });

  test('has the size of its original: RDS refuses a smaller one', () => {
    expect(server({ restoreFrom: { snapshot: 'shop' } })).not.toHaveProperty('allocated_storage');
    expect(server({ restoreFrom: { source: 'shop' } })).toMatchObject({ max_allocated_storage: 1000 });
  });

  // Seen with provider 5.100: after `terraform import` the plan changes it in place
  test('may be one that was restored by hand and imported, whatever its name', () => {
    expect(ignored(server())).toContain('identifier_prefix');
    expect(ignored(server({ topology: 'cluster' }))).toContain('cluster_identifier_prefix');
    expect(ignored(server({ topology: 'aurora' }))).toContain('cluster_identifier_prefix');
  });
});

const LATER = Token.asString({ resolve: () => 'later' });
const EXAMPLE = "write it as in { snapshot: 'shop-2026-11-25' } or { source: 'shop', time: '2026-11-25T02:00:00Z' }";

describe('MultiAZDatabase', () => {
  test.each<[string, object, string]>([
    ['nothing', {}, `restoreFrom must have either snapshot or source, got neither; ${EXAMPLE}`],
    [
      'a snapshot and another database',
      { snapshot: 'shop', source: 'shop' },
      `restoreFrom must have either snapshot or source, got both; ${EXAMPLE}`,
    ],
    [
      'what is no name of a snapshot',
      { snapshot: '' },
      "restoreFrom.snapshot must be an identifier, got ''; write it as RDS shows it",
    ],
    [
      'what is no name of a database',
      { source: 'my shop' },
      "restoreFrom.source must be an identifier, got 'my shop'; write it as RDS shows it",
    ],
    [
      'a day in place of a time',
      { source: 'shop', time: '2026-11-25' },
      "restoreFrom.time must be a time in UTC, got '2026-11-25'; write it as in '2026-11-25T02:00:00Z'",
    ],
    [
      'a local time',
      { source: 'shop', time: '2026-11-25T02:00:00+01:00' },
      "restoreFrom.time must be a time in UTC, got '2026-11-25T02:00:00+01:00'; write it as in '2026-11-25T02:00:00Z'",
    ],
  ])('refuses to be made from %s', (_, restoreFrom, text) => {
    expect(problem({ restoreFrom: restoreFrom as MultiAZDatabaseProps['restoreFrom'] })).toBe(text);
  });

  test.each([
    'shop',
    'rds:shop-2026-11-25-02-00',
    'arn:aws:rds:eu-west-1:123456789012:snapshot:shop-final-1',
    'awsbackup:job-0f1e2d3c',
    LATER,
  ])('takes the snapshot %s', (snapshot) => {
    expect(() => made({ restoreFrom: { snapshot } })).not.toThrow();
  });
});
