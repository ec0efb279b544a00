import { Duration } from 'nines';
import { follow, only } from '../../../support/synth';
import {
  type Choices,
  type Choose,
  elsewhere,
  ignored,
  KEY_THERE,
  made,
  part,
  published,
  SECRET,
  withReplica,
} from './databases';

/** Backups of an instance, replicated to eu-central-1. */
function backups(more: Choices = {}, kmsKeyArn?: string): Choose {
  return (stack) => ({ regionLoss: { keep: 'backups', provider: elsewhere(stack).provider, kmsKeyArn }, ...more });
}

describe('MultiAZDatabase', () => {
  test('keeps nothing in another region by default', () => {
    const { resource } = made();
    expect(resource).not.toHaveProperty('aws_db_instance_automated_backups_replication');
    expect(Object.keys(resource.aws_db_instance ?? {})).toHaveLength(1);
    const there = Object.values(resource)
      .flatMap((blocks) => Object.values(blocks))
      .filter((block) => 'provider' in block);
    expect(there).toEqual([]);
  });

  describe('keeps backups in another region', () => {
    const type = 'aws_db_instance_automated_backups_replication';

    test('from there, as long as here', () => {
      const result = made(backups());
      const replication = only(result, type);
      expect(replication).toMatchObject({ provider: 'aws.there', retention_period: 14 });
      expect(follow(result, replication.source_db_instance_arn)).toMatchObject({
        type: 'aws_db_instance',
        attribute: 'arn',
      });
      expect(only(made(backups({ backups: { retention: Duration.days(35) } })), type)).toMatchObject({
        retention_period: 35,
      });
    });

    // terraform-aws-rds#428: a key of the other region is needed
    test("encrypted by a key of that region: the account's own, or yours", () => {
      const result = made(backups());
      const { type: source, block } = follow(result, only(result, type).kms_key_id);
      expect([source, block]).toEqual(['aws_kms_key', { key_id: 'alias/aws/rds', provider: 'aws.there' }]);
      expect(only(made(backups({}, KEY_THERE)), type)).toMatchObject({ kms_key_id: KEY_THERE });
      expect(made(backups({}, KEY_THERE)).data.aws_kms_key).toBeUndefined();
    });

    // Another retention is another replication; what was copied stays for its time, and nothing must forbid the change.
    test('that may be replicated anew', () => {
      expect(only(made(backups()), type)).not.toHaveProperty('lifecycle');
    });
  });

  describe('keeps a read replica in another region', () => {
    test('with a standby, backups and protection of its own, ready to be promoted', () => {
      const result = made(withReplica());
      const replica = part(result, 'aws_db_instance', 'Replica');
      expect(replica).toMatchObject({
        provider: 'aws.there',
        multi_az: true,
        instance_class: 'db.m6g.large',
        storage_encrypted: true,
        storage_type: 'gp3',
        max_allocated_storage: 1000,
        backup_retention_period: 14,
        delete_automated_backups: false,
        deletion_protection: true,
        lifecycle: { prevent_destroy: true },
        maintenance_window: 'wed:04:00-wed:05:00',
        iam_database_authentication_enabled: true,
        performance_insights_enabled: true,
        monitoring_interval: 60,
      });
      const { block, attribute } = follow(result, replica.replicate_source_db);
      expect([block, attribute]).toEqual([part(result, 'aws_db_instance', 'Database_Instance'), 'arn']);
    });

    // A key is of one region: without one there, RDS refuses the replica of an encrypted instance.
    test("encrypted by a key of that region: the account's own, or yours", () => {
      const result = made(withReplica());
      const { block } = follow(result, part(result, 'aws_db_instance', 'Replica').kms_key_id);
      expect(block).toEqual({ key_id: 'alias/aws/rds', provider: 'aws.there' });
      const yours: Choose = (stack) => ({
        master: { secret: SECRET },
        regionLoss: { keep: 'read replica', kmsKeyArn: KEY_THERE, ...elsewhere(stack) },
      });
      expect(part(made(yours), 'aws_db_instance', 'Replica')).toMatchObject({ kms_key_id: KEY_THERE });
    });

    // Not refused at the plan, but by RDS: these come from the original.
    test('and leaves to the original what RDS takes from it', () => {
      const replica = part(made(withReplica({ databaseName: 'shop' })), 'aws_db_instance', 'Replica');
      for (const argument of ['username', 'db_name', 'allocated_storage', 'engine', 'engine_version', 'password_wo']) {
        expect(replica).not.toHaveProperty(argument);
      }
    });

    test('in subnets, a security group and with parameters of its own there', () => {
      const result = made(withReplica());
      const replica = part(result, 'aws_db_instance', 'Replica');
      const [group] = replica.vpc_security_group_ids as string[];
      for (const reference of [replica.db_subnet_group_name, group, replica.parameter_group_name]) {
        expect(follow(result, reference).block).toMatchObject({ provider: 'aws.there' });
      }
      const { subnet_ids: subnets } = part(result, 'aws_db_subnet_group', 'Replica');
      expect((subnets as string[]).map((subnet) => follow(result, subnet).block.provider)).toEqual([
        'aws.there',
        'aws.there',
      ]);
    });

    test('in the zones there that are chosen', () => {
      const choices: Choose = (stack) => {
        const { provider, network: there } = elsewhere(stack, 'abc');
        const zones = ['eu-central-1a', 'eu-central-1c'];
        return { master: { secret: SECRET }, regionLoss: { keep: 'read replica', provider, network: there, zones } };
      };
      const result = made(choices);
      const { subnet_ids: subnets } = part(result, 'aws_db_subnet_group', 'Replica');
      expect((subnets as string[]).map((subnet) => follow(result, subnet).block.id)).toEqual([
        'subnet-0abc300a',
        'subnet-0abc300c',
      ]);
    });

    test('that stays when it was promoted by hand: nothing wants it to follow again', () => {
      expect(ignored(part(made(withReplica()), 'aws_db_instance', 'Replica'))).toEqual([
        'identifier_prefix',
        'replicate_source_db',
      ]);
    });

    test('that can be removed after a deployment with allowDestroy', () => {
      const replica = part(made(withReplica({ allowDestroy: true })), 'aws_db_instance', 'Replica');
      expect(replica).toMatchObject({ deletion_protection: false });
      expect(replica.lifecycle).not.toHaveProperty('prevent_destroy');
    });

    test('and says where it is', () => {
      expect(published(withReplica(), ({ copy }) => ({ writes: copy?.endpoint, reads: copy?.readerEndpoint }))).toEqual(
        {
          writes: 'aws_db_instance.address',
          reads: 'aws_db_instance.address',
        },
      );
    });
  });
});
