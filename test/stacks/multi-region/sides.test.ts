import { all, only } from '../../support/synth';
import { shapeOf, stackOf } from './shape';
import { applied, HOME, OTHER, region, withStrategy } from './shop';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

describe('an application of which another region serves, or may', () => {
  test('turns sides when another region is written down as active', () => {
    const { stacks, shop } = applied(withStrategy('pilot-light', { active: OTHER }));
    expect(shapeOf(stacks[`shop-${OTHER}`])).toMatchObject({ servers: [6, 12, undefined], follows: 'shop-global' });
    expect(shapeOf(stacks[`shop-${HOME}`])).toMatchObject({ servers: [0, 12, 0], follows: 'shop-global' });
    expect(shop.dns?.served({ latency: { [HOME]: 1, [OTHER]: 2 } })).toEqual([{ by: OTHER, share: 1 }]);
  });

  test('lets home follow, once another region writes: what RDS took back stays, what is gone is made anew', () => {
    const { stacks, shop } = applied(withStrategy('hot-standby', { active: OTHER }));
    const home = only(stackOf(stacks, HOME), 'aws_rds_cluster');
    expect(home).toMatchObject({
      ...{ global_cluster_identifier: 'shop-global', source_region: OTHER, enable_global_write_forwarding: true },
      lifecycle: {
        ignore_changes: expect.arrayContaining(['source_region', 'master_username', 'master_password_wo_version']),
      },
    });
    // off while it wrote, so that it has to be turned on
    expect(home.lifecycle).not.toMatchObject({
      ignore_changes: expect.arrayContaining(['enable_global_write_forwarding']),
    });
    for (const own of ['master_username', 'manage_master_user_password', 'database_name', 'master_password_wo']) {
      expect(home).not.toHaveProperty(own);
    }
    expect(only(stackOf(stacks, HOME), 'aws_rds_global_cluster')).toMatchObject({
      global_cluster_identifier: 'shop-global',
    });
    expect(shop.runbook).toContain(`# shop: when ${OTHER} is lost`);
    const writes = only(stackOf(applied(withStrategy('hot-standby')).stacks, HOME), 'aws_rds_cluster');
    expect(writes.lifecycle).toMatchObject({
      ignore_changes: expect.arrayContaining(['enable_global_write_forwarding']), // on, since it followed
    });
  });

  test('encrypts what follows with a key of its own region, which Aurora asks for', () => {
    for (const strategy of ['pilot-light', 'warm-standby', 'hot-standby'] as const) {
      const other = stackOf(applied(withStrategy(strategy)).stacks, OTHER);
      const { kms_key_id: key, lifecycle } = only(other, 'aws_rds_cluster');
      // a cluster that was made with that key, unsaid, must not be made anew
      expect(lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(['kms_key_id']) });
      expect(key).toMatch(/^\$\{data\.aws_kms_key\.Database_GlobalKey_\w+\.arn\}$/);
      expect(Object.values(other.data.aws_kms_key ?? {})).toContainEqual(
        expect.objectContaining({ key_id: 'alias/aws/rds' }),
      );
    }
  });

  test('copies the backups of the region that serves, wherever that is', () => {
    const restoreFrom = `arn:aws:rds:${OTHER}:123456789012:auto-backup:ab-0f1e2d3c`;
    const { stacks } = applied(withStrategy('backup-restore', { active: OTHER, restoreFrom }));
    const sources = (region: string) =>
      Object.values(all(stackOf(stacks, region), 'aws_db_instance_automated_backups_replication')).map(
        ({ source_db_instance_arn }) => String(source_db_instance_arn).split(':')[3],
      );
    expect(sources(HOME)).toEqual([OTHER]);
    expect(sources(OTHER)).toEqual([HOME]); // those that it was restored from
    const { content } = only(stackOf(stacks, HOME), 'aws_ssm_document');
    expect(JSON.parse(String(content)).mainSteps[0].inputs).toEqual({
      ...{ Service: 'rds', Api: 'DescribeDBInstanceAutomatedBackups' },
      DBInstanceAutomatedBackupsArn: expect.stringMatching(/^\$\{aws_db_instance_automated_backups_replication\./),
    });
  });

  test('restores home from a snapshot of the other region, or from copies, which stay until that is over', () => {
    const at = (what: string) => {
      const restoreFrom = `arn:aws:rds:${HOME}:123456789012:${what}`;
      return stackOf(applied(withStrategy('backup-restore', { restoreFrom })).stacks, HOME);
    };
    const snapshot = at('snapshot:back');
    expect(only(snapshot, 'aws_db_instance')).toMatchObject({
      snapshot_identifier: `arn:aws:rds:${HOME}:123456789012:snapshot:back`,
    });
    expect(shapeOf(snapshot).copies).toBe(0);
    const copies = at('auto-backup:ab-0f1e2d3c');
    expect(only(copies, 'aws_db_instance').restore_to_point_in_time).toMatchObject({
      source_db_instance_automated_backups_arn: `arn:aws:rds:${HOME}:123456789012:auto-backup:ab-0f1e2d3c`,
    });
    expect(shapeOf(copies).copies).toBe(1);
  });

  test('lets its documents change what belongs to the application, and nothing else', () => {
    const other = stackOf(applied(withStrategy('warm-standby')).stacks, OTHER);
    const texts = Object.values(all(other, 'aws_iam_role_policy')).map(({ policy }) => String(policy));
    const own = texts.find((text) => text.includes('rds:FailoverGlobalCluster')) ?? '';
    const { Statement: statements } = JSON.parse(own) as { Statement: readonly Statement[] };
    const any = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(any.filter((action) => !action.includes(':Describe'))).toEqual([]);
    const [ofData, ofServers] = statements;
    expect(ofData?.Resource).toEqual([
      expect.stringMatching(/:rds::.*:global-cluster:shop-global$/),
      expect.stringMatching(/:rds:\*:.*:cluster:shop-database$/),
    ]);
    expect(ofServers).toMatchObject({
      Action: ['autoscaling:UpdateAutoScalingGroup'],
      Resource: [expect.stringMatching(/^\$\{aws_autoscaling_group\.\w+\.arn\}$/)],
    });
    const trust = Object.values(all(other, 'aws_iam_role'))
      .map(({ assume_role_policy }) => String(assume_role_policy))
      .find((text) => text.includes('ssm.amazonaws.com'));
    expect(trust).toMatch(/"StringEquals":\{"aws:SourceAccount":"\$\{data\.aws_caller_identity\./);
  });

  test('says how to switch the lost region off, in a region that is not lost with it', () => {
    const { shop } = applied(withStrategy('pilot-light'));
    const { off, on } = shop.dns?.switches.get(HOME) ?? {};
    expect(off).toContain('--region us-east-1 ');
    for (const command of [off, on]) expect(shop.runbook).toContain(`       ${command}\n`);
    const regions = [region(HOME, 0), region('us-east-1', 1)];
    const american = applied(withStrategy('pilot-light', {}, { regions }));
    expect(american.stacks['shop-dns']?.provider.aws).toEqual([
      { region: 'us-east-1' },
      { region: HOME, alias: 'switches' },
    ]);
    expect(american.shop.dns?.switches.get('us-east-1')?.off).toContain(`--region ${HOME} `);
    expect(american.shop.dns?.switches.get(HOME)?.off).toContain('--region us-east-1 ');
  });

  test('restores where backups were kept, once that region is written down', () => {
    const restoreFrom = `arn:aws:rds:${OTHER}:123456789012:auto-backup:ab-0f1e2d3c`;
    const { stacks } = applied(withStrategy('backup-restore', { active: OTHER, restoreFrom }));
    expect(shapeOf(stacks[`shop-${OTHER}`])).toMatchObject({ servers: [6, 12, undefined], database: 'instance' });
    expect(JSON.stringify(stacks[`shop-${OTHER}`])).toContain(restoreFrom);
    expect(shapeOf(stacks[`shop-${HOME}`]).servers).toEqual([0, 12, 0]);
    expect(JSON.stringify(stacks['shop-dns']?.resource)).toContain(`${OTHER}.shop.example.com`);
  });
});
