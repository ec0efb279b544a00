import { all, emptyStack, follow, only } from '../../../support/synth';
import {
  type Choices,
  type Choose,
  database,
  global,
  ignored,
  made,
  network,
  part,
  published,
  server,
  TOPOLOGIES,
} from './databases';

describe('MultiAZDatabase', () => {
  test('is an instance with a standby in another zone by default (multi_az)', () => {
    const result = made();
    expect(only(result, 'aws_db_instance')).toMatchObject({ multi_az: true, instance_class: 'db.m6g.large' });
    expect(all(result, 'aws_rds_cluster')).toEqual({});
  });

  test('leaves the zone of an instance to RDS: named, a failover would look like a reason to make it anew', () => {
    expect(server()).not.toHaveProperty('availability_zone');
  });

  test('is a writer and two readable standbys of one class as a cluster', () => {
    const result = made({ topology: 'cluster' });
    expect(only(result, 'aws_rds_cluster')).toMatchObject({
      engine: 'postgres',
      db_cluster_instance_class: 'db.m6gd.large',
      allocated_storage: 100,
      storage_type: 'gp3',
    });
    expect(all(result, 'aws_rds_cluster_instance')).toEqual({}); // RDS makes them
    expect(all(result, 'aws_db_instance')).toEqual({});
  });

  test.each(TOPOLOGIES)('runs as %s in the data subnets of every zone', (topology) => {
    const result = made({ topology });
    const { subnet_ids: subnets } = only(result, 'aws_db_subnet_group') as { subnet_ids: string[] };
    expect(subnets.map((subnet) => follow(result, subnet).block.id)).toEqual([
      'subnet-0abc300a',
      'subnet-0abc300b',
      'subnet-0abc300c',
    ]);
    const { db_subnet_group_name: group } = server({ topology });
    expect(follow(result, group)).toMatchObject({ type: 'aws_db_subnet_group', attribute: 'name' });
  });

  test.each(TOPOLOGIES)('runs as %s in the zones that are chosen, and in no other', (topology) => {
    const zones = ['eu-west-1d', 'eu-west-1a', 'eu-west-1b'];
    const result = made((stack) => ({ topology, zones, network: network(stack, 'abcd') }));
    const { subnet_ids: subnets } = only(result, 'aws_db_subnet_group') as { subnet_ids: string[] };
    expect(subnets.map((subnet) => follow(result, subnet).block.id)).toEqual([
      'subnet-0abc300a',
      'subnet-0abc300b',
      'subnet-0abc300d',
    ]);
  });

  test('cannot be reached from the internet (publicly_accessible)', () => {
    expect(server()).toMatchObject({ publicly_accessible: false });
    for (const instance of Object.values(all(made({ topology: 'aurora' }), 'aws_rds_cluster_instance'))) {
      expect(instance).toMatchObject({ publicly_accessible: false });
    }
  });

  test.each([
    ['instance', 'db.r7g.xlarge', 'instance_class'],
    ['cluster', 'db.r6gd.xlarge', 'db_cluster_instance_class'],
  ] as const)('is of the class that is chosen as %s', (topology, instanceClass, argument) => {
    expect(server({ topology, instanceClass })).toMatchObject({ [argument]: instanceClass });
  });

  describe('publishes', () => {
    test.each([
      ['instance', { writes: 'aws_db_instance.address', reads: undefined }], // its standby cannot be read
      ['cluster', { writes: 'aws_rds_cluster.endpoint', reads: 'aws_rds_cluster.reader_endpoint' }],
      ['aurora', { writes: 'aws_rds_cluster.endpoint', reads: 'aws_rds_cluster.reader_endpoint' }],
    ] as const)('the hosts of %s', (topology, hosts) => {
      expect(published({ topology }, (built) => ({ writes: built.endpoint, reads: built.readerEndpoint }))).toEqual(
        hosts,
      );
    });

    test.each([
      ['postgres', 5432],
      ['mysql', 3306],
      ['mariadb', 3306],
    ] as const)('the port of %s', (engine, port) => {
      expect(database(emptyStack(), { engine }).port).toBe(port);
    });

    test('what it is made of to those who reach past it', () => {
      const instance = database(emptyStack());
      expect(instance.node.defaultChild).toBe(instance.instance);
      expect(instance.instance?.terraformResourceType).toBe('aws_db_instance');
      const aurora = database(emptyStack(), { topology: 'aurora' });
      expect(aurora.node.defaultChild).toBe(aurora.cluster);
      expect(aurora.cluster?.terraformResourceType).toBe('aws_rds_cluster');
      expect([instance.cluster, instance.globalCluster, instance.copy]).toEqual([undefined, undefined, undefined]);
      expect([aurora.instance, aurora.globalCluster, aurora.copy]).toEqual([undefined, undefined, undefined]);
    });
  });

  // A cluster that AWS spread over more zones than were named was made anew by every apply: terraform-provider-aws#31558, #29149
  test('never compares the zones of an Aurora volume (availability_zones)', () => {
    expect(ignored(server({ topology: 'aurora' }))).toContain('availability_zones');
    const copies = made(global());
    for (const name of ['Cluster', 'Secondary']) {
      expect(ignored(part(copies, 'aws_rds_cluster', `Database_${name}`))).toContain('availability_zones');
    }
  });
});

/** The instances of the first cluster, by the letter of their zone. */
function instances(choices: Choose = { topology: 'aurora' }, of = 'Database_Cluster') {
  const found = Object.entries(all(made(choices), 'aws_rds_cluster_instance')).filter(([id]) => id.startsWith(of));
  return Object.fromEntries(found.map(([id, block]) => [/InstanceZone([A-Z])/.exec(id)?.[1] ?? id, block]));
}

function over(letters: string, more: Choices = {}): Choose {
  return (stack) => ({ topology: 'aurora', network: network(stack, letters), ...more });
}

describe('MultiAZDatabase as Aurora', () => {
  // terraform-aws-rds-aurora#298, aws-cdk#30618: left to Aurora, a reader may stand in the zone of the writer
  test('has one instance pinned in each zone, all of one class', () => {
    const found = instances();
    expect(Object.entries(found).map(([zone, one]) => [zone, one.availability_zone, one.instance_class])).toEqual([
      ['A', 'eu-west-1a', 'db.r7g.large'],
      ['B', 'eu-west-1b', 'db.r7g.large'],
      ['C', 'eu-west-1c', 'db.r7g.large'],
    ]);
  });

  test('has instances of the class that is chosen, none smaller than another: whichever takes over carries the load', () => {
    for (const instance of Object.values(instances({ topology: 'aurora', instanceClass: 'db.r8g.xlarge' }))) {
      expect(instance).toMatchObject({ instance_class: 'db.r8g.xlarge' });
    }
  });

  // An instance cannot stand in a fourth zone: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
  test('keeps its volume in the zones of its instances (availability_zones)', () => {
    const zones = (choices: Choose) => Object.values(all(made(choices), 'aws_rds_cluster'))[0]?.availability_zones;
    expect(zones(over('abc'))).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
    expect(zones(over('ab'))).toEqual(['eu-west-1a', 'eu-west-1b']); // Aurora adds a third one
  });

  test('promotes any of the others when the first writer is lost (promotion_tier)', () => {
    expect(Object.values(instances()).map((one) => one.promotion_tier)).toEqual([0, 1, 1]);
  });

  test('makes the first instance before the others, so that it writes first', () => {
    const result = made({ topology: 'aurora' });
    const [first, ...others] = Object.entries(all(result, 'aws_rds_cluster_instance'));
    expect(first?.[1].depends_on ?? []).toEqual([]);
    for (const [, other] of others) expect(other.depends_on).toEqual([`aws_rds_cluster_instance.${first?.[0]}`]);
  });

  test('restarts its instances on different days', () => {
    expect(Object.values(instances()).map((one) => one.preferred_maintenance_window)).toEqual([
      'sun:04:00-sun:05:00',
      'mon:04:00-mon:05:00',
      'tue:04:00-tue:05:00',
    ]);
  });

  test('maintains the other region on other days', () => {
    const there = instances(global(), 'Database_Secondary');
    expect(Object.values(there).map((one) => one.preferred_maintenance_window)).toEqual([
      'wed:04:00-wed:05:00',
      'thu:04:00-thu:05:00',
    ]);
  });

  test('keeps every instance as it is when a zone is added, but for who is promoted first', () => {
    const before = instances(over('bc'));
    const after = instances(over('abc'));
    for (const [zone, one] of Object.entries(before)) {
      const { promotion_tier: tier, depends_on: order, ...rest } = one;
      expect(after[zone]).toMatchObject(rest);
    }
  });

  test('is in every instance a member of its cluster, in its subnets, and tags snapshots', () => {
    const result = made({ topology: 'aurora' });
    for (const one of Object.values(all(result, 'aws_rds_cluster_instance'))) {
      expect(follow(result, one.cluster_identifier)).toMatchObject({ type: 'aws_rds_cluster', attribute: 'id' });
      expect(follow(result, one.db_subnet_group_name)).toMatchObject({ type: 'aws_db_subnet_group' });
      expect(one).toMatchObject({
        engine: 'aurora-postgresql',
        copy_tags_to_snapshot: true,
        timeouts: { create: '6h' },
      });
    }
  });
});
