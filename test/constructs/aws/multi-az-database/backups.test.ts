import { TerraformOutput } from 'cdktf';
import { Duration } from 'nines';
import type { MultiAZDatabase } from 'nines/aws';
import { all, emptyStack, follow, only } from '../../../support/synth';
import {
  type Choices,
  type Choose,
  database,
  global,
  ignored,
  KEY,
  made,
  part,
  server,
  synthQuickly,
  TOPOLOGIES,
  withReplica,
} from './databases';

const WINDOW = { instance: 'backup_window', cluster: 'preferred_backup_window', aurora: 'preferred_backup_window' };

describe('MultiAZDatabase', () => {
  describe.each(TOPOLOGIES)('as %s', (topology) => {
    test('can be restored to any second of 14 days by default (backup_retention_period)', () => {
      expect(server({ topology })).toMatchObject({ backup_retention_period: 14, [WINDOW[topology]]: '02:00-03:00' });
    });

    test('keeps its backups as long, and takes them when, it is told', () => {
      const backups = { retention: Duration.days(35), window: '22:30-23:15' };
      expect(server({ topology, backups })).toMatchObject({
        backup_retention_period: 35,
        [WINDOW[topology]]: '22:30-23:15',
      });
    });

    test('tags its snapshots (copy_tags_to_snapshot)', () => {
      expect(server({ topology })).toMatchObject({ copy_tags_to_snapshot: true });
    });

    test('is protected from removal, by Terraform and by AWS', () => {
      expect(server({ topology })).toMatchObject({ deletion_protection: true, lifecycle: { prevent_destroy: true } });
    });

    test('can be removed after a deployment with allowDestroy', () => {
      const one = server({ topology, allowDestroy: true });
      expect(one).toMatchObject({ deletion_protection: false });
      expect(one.lifecycle).not.toHaveProperty('prevent_destroy');
    });

    // skip_final_snapshot false without a name fails at the end of the destroy (terraform#18285, terraform-provider-aws#45697); a name that was used
    // before fails too (terraform#5753); left to chance it would differ from plan to plan
    describe('leaves a last snapshot', () => {
      test('even when it may be removed', () => {
        expect(server({ topology, allowDestroy: true })).toMatchObject({ skip_final_snapshot: false });
      });

      test('under a name that is unique, and the same in every plan', () => {
        const result = made({ topology });
        const type = topology === 'instance' ? 'aws_db_instance' : 'aws_rds_cluster';
        const [, prefix, unique] = /^(.*)(\$\{.*\})$/.exec(String(only(result, type).final_snapshot_identifier)) ?? [];
        expect(prefix).toBe('database-final-');
        expect(follow(result, unique)).toMatchObject({ type: 'terraform_data', attribute: 'id' }); // a UUID in the state
      });

      test('under another name when the server has to be made anew, since the first one is taken', () => {
        const triggers = (choices: Choices) => only(made({ topology, ...choices }), 'terraform_data').triggers_replace;
        const before = triggers({});
        const key = 'arn:aws:kms:eu-west-1:123456789012:key/11111111';
        expect(triggers({ storage: { kmsKeyArn: key } })).not.toEqual(before);
        expect(triggers({ engine: 'mysql' })).not.toEqual(before);
      });
    });

    test('comes with no other reason to name its last snapshot anew', () => {
      const triggers = (choices: Choices) => only(made({ topology, ...choices }), 'terraform_data').triggers_replace;
      expect(
        triggers({ instanceClass: topology === 'cluster' ? 'db.r6gd.large' : 'db.r6g.large', tags: { team: 'shop' } }),
      ).toEqual(triggers({}));
    });
  });

  test('makes a cluster anew for another kind of volume, but not an instance', () => {
    const triggers = (topology: 'instance' | 'cluster', type: 'gp3' | 'io2') =>
      only(made({ topology, storage: type === 'io2' ? { type, iops: 3000 } : {} }), 'terraform_data').triggers_replace;
    expect(triggers('cluster', 'io2')).not.toEqual(triggers('cluster', 'gp3'));
    expect(triggers('instance', 'io2')).toEqual(triggers('instance', 'gp3'));
  });

  // terraform-aws-rds-aurora#275: the protection of the cluster does not cover its instances
  test('protects the instances of an Aurora cluster one by one', () => {
    const { resource } = made(global());
    const instances = Object.values(resource.aws_rds_cluster_instance ?? {});
    expect(instances).toHaveLength(5);
    for (const instance of instances) expect(instance).toMatchObject({ lifecycle: { prevent_destroy: true } });
    const removable = Object.values(made(global({ allowDestroy: true })).resource.aws_rds_cluster_instance ?? {});
    for (const instance of removable) expect(instance).not.toHaveProperty('lifecycle.prevent_destroy');
  });

  describe('is outlived by its automated backups (delete_automated_backups)', () => {
    test.each(['instance', 'aurora'] as const)('as %s', (topology) => {
      expect(server({ topology })).toMatchObject({ delete_automated_backups: false });
    });

    test('but not as a cluster, of which they could not be restored', () => {
      expect(server({ topology: 'cluster' })).not.toHaveProperty('delete_automated_backups');
    });
  });

  test('snapshots a second cluster too, but not a replica: RDS refuses that', () => {
    const { skip_final_snapshot: skipped, final_snapshot_identifier: name } = part(
      made(global()),
      'aws_rds_cluster',
      'Secondary',
    );
    expect(skipped).toBe(false);
    expect(name).toMatch(/^database-final-\$\{terraform_data\.Database_Secondary_/);
    const replica = part(made(withReplica()), 'aws_db_instance', 'Replica');
    expect(replica).toMatchObject({ skip_final_snapshot: true });
    expect(replica).not.toHaveProperty('final_snapshot_identifier');
  });

  describe('that a backup plan takes continuous backups of', () => {
    // AWS Backup sets both in RDS, which then refuses to change them
    test.each([
      ['instance', ['backup_retention_period', 'backup_window']],
      ['aurora', ['backup_retention_period', 'preferred_backup_window']],
    ] as const)('compares neither retention nor window as %s', (topology, fields) => {
      expect(ignored(server({ topology, backups: { continuousByPlan: true } }))).toEqual(
        expect.arrayContaining([...fields]),
      );
      for (const field of fields) expect(ignored(server({ topology }))).not.toContain(field);
    });
  });

  test('is made anew by nothing that happens to its backups', () => {
    const choices: Choose = { backups: { retention: Duration.days(1), window: '10:00-11:00' } };
    expect(only(made(choices), 'terraform_data').triggers_replace).toEqual(
      only(made(), 'terraform_data').triggers_replace,
    );
  });
});

function detailsOf(choices: Choices = {}) {
  return database(emptyStack(), choices).backup;
}

/** What a token in the details points to. */
function resolved(choices: Choices, pick: (built: MultiAZDatabase) => string | undefined) {
  const result = synthQuickly((stack) => {
    new TerraformOutput(stack, 'value', { value: pick(database(stack, choices)) ?? '' });
  });
  return { result, value: String(result.output.value?.value) };
}

describe('MultiAZDatabase tells a backup plan', () => {
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
  test.each([
    ['instance', 'RDS', 'aws_db_instance'],
    ['cluster', 'RDS', 'aws_rds_cluster'],
    ['aurora', 'Aurora', 'aws_rds_cluster'],
  ] as const)('what it is as %s: %s', (topology, kind, type) => {
    expect(detailsOf({ topology }).kind).toBe(kind);
    expect(resolved({ topology }, ({ backup }) => backup.arn).value).toMatch(
      new RegExp(`^\\$\\{${type}\\.\\w+\\.arn\\}$`),
    );
  });

  test('that no backup of a Multi-AZ cluster can be copied, and of the others every one', () => {
    expect(detailsOf({ topology: 'cluster' }).noCopies).toBe('AWS Backup copies no Multi-AZ cluster anywhere');
    expect(detailsOf()).not.toHaveProperty('noCopies');
    expect(detailsOf({ topology: 'aurora' })).not.toHaveProperty('noCopies');
  });

  test('whether it may take continuous backups', () => {
    expect(detailsOf().continuous).toBe(false);
    expect(detailsOf({ backups: { continuousByPlan: true } }).continuous).toBe(true);
  });

  test('whether another account could read a copy: only one that a key of your own encrypts', () => {
    expect(detailsOf().hasOwnKey).toBe(false);
    expect(detailsOf({ storage: { kmsKeyArn: KEY } }).hasOwnKey).toBe(true);
    expect(detailsOf({ topology: 'aurora', storage: { kmsKeyArn: KEY } }).hasOwnKey).toBe(true);
  });

  // without a default VPC a drill fails unless it is told the subnets
  describe('where a drill restores it', () => {
    test.each(['instance', 'cluster', 'aurora'] as const)('beside the original, as %s', (topology) => {
      const { result, value } = resolved({ topology }, ({ backup }) => JSON.stringify(backup.restoreMetadata));
      const [group] = Object.keys(all(result, 'aws_security_group'));
      const [subnets] = Object.keys(all(result, 'aws_db_subnet_group'));
      expect(JSON.parse(value)).toEqual({
        dbSubnetGroupName: `\${aws_db_subnet_group.${subnets}.name}`,
        vpcSecurityGroupIds: `["\${aws_security_group.${group}.id}"]`,
        ...(topology === 'instance' && { dbInstanceClass: 'db.m6g.large' }),
      });
    });
  });

  test('when RDS takes no backups: in its windows; Aurora takes them at any time', () => {
    const windows = { backups: { window: '10:00-11:00' }, maintenance: { window: 'mon:04:00-mon:05:00' } };
    const busy = { daily: '10:00-11:00', weekly: 'mon:04:00-mon:05:00' };
    expect(detailsOf(windows).busy).toEqual(busy);
    expect(detailsOf({ topology: 'cluster', ...windows }).busy).toEqual(busy);
    expect(detailsOf({ topology: 'aurora', ...windows })).not.toHaveProperty('busy');
  });
});
