import { Duration } from 'nines';
import { follow, only, synth } from '../../../support/synth';
import { GROUP, KEY, network, plain, store, synthStore } from './stores';

const group = only(plain(), GROUP);

describe('SessionStore', () => {
  test('takes only TLS, from the first day', () => {
    expect(group).toMatchObject({ transit_encryption_enabled: true, transit_encryption_mode: 'required' });
  });

  describe('encrypts what it writes to disk', () => {
    test('with a key of ElastiCache, unless said', () => {
      expect(group.at_rest_encryption_enabled).toBe('true');
      expect(group).not.toHaveProperty('kms_key_id');
    });

    test('with yours', () => {
      expect(only(synthStore({ kmsKeyArn: KEY }), GROUP)).toMatchObject({
        at_rest_encryption_enabled: 'true',
        kms_key_id: KEY,
      });
    });
  });

  describe('takes a snapshot every day', () => {
    test('at two, kept for seven days, unless said', () => {
      expect(group).toMatchObject({ snapshot_retention_limit: 7, snapshot_window: '02:00-03:00' });
    });

    test('when and for as long as is said', () => {
      expect(only(synthStore({ snapshotRetention: Duration.days(1) }), GROUP).snapshot_retention_limit).toBe(1);
      const said = synthStore({ snapshotRetention: Duration.days(35), snapshotWindow: '23:30-00:30' });
      expect(only(said, GROUP)).toMatchObject({ snapshot_retention_limit: 35, snapshot_window: '23:30-00:30' });
    });
  });

  test('is maintained on Sundays at four, unless said', () => {
    expect(group.maintenance_window).toBe('sun:04:00-sun:05:00');
    expect(only(synthStore({ maintenanceWindow: 'wed:10:00-wed:12:00' }), GROUP).maintenance_window).toBe(
      'wed:10:00-wed:12:00',
    );
  });

  // In the window, the parameter group of the version before would still be in use when Terraform removes it, and
  // every plan until then would show the change (terraform-provider-aws#18737).
  test('changes when it is deployed, so that the next plan is empty', () => {
    expect(group.apply_immediately).toBe(true);
  });

  test('is in the data subnets, all of them, and closed: its security group has no rule', () => {
    const { block } = follow(plain(), group.subnet_group_name);
    const subnets = (block.subnet_ids as string[]).map((id) => follow(plain(), id).block.id);
    expect(subnets).toEqual(['subnet-0abc3000', 'subnet-0abc3001', 'subnet-0abc3002']);
    const [groupId] = group.security_group_ids as string[];
    expect(follow(plain(), groupId)).toMatchObject({ type: 'aws_security_group', block: { vpc_id: 'vpc-0abc1234' } });
    expect(group.security_group_ids).toHaveLength(1);
    expect(Object.keys(plain().resource).filter((type) => /rule$/.test(type))).toEqual([]);
  });

  test('has a subnet in a new zone as soon as the network has one', () => {
    const wider = synth((stack) => store(stack, { network: network(stack, 4) }));
    const { block } = follow(wider, only(wider, GROUP).subnet_group_name);
    expect(block.subnet_ids).toHaveLength(4);
  });
});
