import { Availability, Capacity, Duration } from 'nines';
import { type AvailabilityTarget, TARGETS, type WebApplicationStackProps } from 'nines/stacks';
import { blocks, computed, LEAST, shop, terraformOf, warningsOf } from './shop';

/** What a stack stands on, read from what Terraform gets. */
function shapeOf(props: Partial<WebApplicationStackProps>) {
  const stack = terraformOf(shop(props));
  const [group] = blocks(stack, 'aws_autoscaling_group');
  const [instance] = blocks(stack, 'aws_db_instance');
  const [store] = blocks(stack, 'aws_elasticache_replication_group');
  const [database] = [...blocks(stack, 'aws_db_instance'), ...blocks(stack, 'aws_rds_cluster')];
  return {
    subnets: blocks(stack, 'aws_subnet').length,
    gateways: blocks(stack, 'aws_nat_gateway').length,
    servers: group?.min_size,
    standby: instance?.multi_az,
    readers: blocks(stack, 'aws_rds_cluster_instance').length,
    sessions: store?.num_cache_clusters,
    restorable: database?.backup_retention_period,
    backups: blocks(stack, 'aws_backup_plan').map(({ rule }) =>
      (rule as { rule_name: string }[]).map((one) => one.rule_name),
    ),
  };
}

describe('a target', () => {
  test.each<[AvailabilityTarget, ReturnType<typeof shapeOf>]>([
    [
      '99%',
      {
        ...{ subnets: 6, gateways: 1, servers: 4, standby: false, readers: 0, sessions: 2, restorable: 7 },
        backups: [['daily']],
      },
    ],
    [
      '99.9%',
      {
        ...{ subnets: 6, gateways: 2, servers: 8, standby: true, readers: 0, sessions: 2, restorable: 14 },
        backups: [['daily', 'weekly']],
      },
    ],
    [
      '99.95%',
      {
        ...{ subnets: 9, gateways: 3, servers: 6, standby: true, readers: 0, sessions: 3, restorable: 35 },
        backups: [['daily', 'weekly', 'monthly']],
      },
    ],
    [
      '99.99%',
      {
        ...{ subnets: 9, gateways: 3, servers: 6, standby: undefined, readers: 3, sessions: 3, restorable: 35 },
        backups: [['daily', 'weekly', 'monthly']],
      },
    ],
  ])('of %s chooses what stands ready', (target, shape) => {
    expect(shapeOf({ target })).toEqual(shape);
  });

  test('takes the first zones of those that the account has', () => {
    const stack = shop({ zones: ['eu-west-1c', 'eu-west-1a', 'eu-west-1b'] });
    expect(stack.network.zones).toEqual(['eu-west-1a', 'eu-west-1c']);
    expect(stack.provider.region).toBe('eu-west-1');
  });

  test('gives way to what is said: redundancy, backups, sizes', () => {
    const said = shapeOf({
      redundancy: { zones: 3, lostZones: 2, natInEveryZone: true, database: 'cluster', sessionReplicas: 4 },
      database: { engine: 'mysql', backups: { retention: Duration.days(3) } },
      servers: { ...LEAST.servers, capacity: Capacity.forPeak(1, { max: 9 }) },
    });
    expect(said).toMatchObject({ subnets: 9, gateways: 3, servers: 3, readers: 0, sessions: 5, restorable: 3 });
  });

  test('keeps no sessions where there are none', () => {
    const stack = shop({ sessions: false });
    expect(stack.sessions).toBeUndefined();
    expect(terraformOf(stack).resource.aws_elasticache_replication_group).toBeUndefined();
    expect(stack.cutSets.filter(({ parts }) => parts.some((part) => part.includes('sessions')))).toEqual([]);
    expect(String(stack.contractualFloor)).toBe('99.93 %');
  });

  test('says what it leaves to chance, at 99 % alone', () => {
    expect(warningsOf(shop({ target: '99%' }))).toEqual([
      'database single: when its zone is lost, it has to be restored by hand, without the last 5 minutes',
      'lostZones 0: when one of eu-west-1a, eu-west-1b is lost at peak, the other servers are overloaded',
    ]);
    for (const target of ['99.9%', '99.95%', '99.99%'] as const) expect(warningsOf(shop({ target }))).toEqual([]);
  });

  test('is met by what it chooses, for any peak from 1 to 60', () => {
    const missed = (Object.keys(TARGETS) as AvailabilityTarget[]).flatMap((target) =>
      [1, 2, 7, 60].filter((peak) => {
        const servers = { ...LEAST.servers, capacity: Capacity.forPeak(peak) };
        return !computed({ target, servers }).availability.meets(Availability.parse(target));
      }),
    );
    expect(missed).toEqual([]);
  });
});

describe('WebApplicationStack', () => {
  const stack = shop({ allowDestroy: true, tags: { team: 'shop' } });
  const terraform = terraformOf(stack);

  test('has these resources: their ids are a contract', () => {
    const addresses = Object.entries(terraform.resource).flatMap(([type, ofType]) =>
      Object.keys(ofType).map((id) => `${type}.${id}`),
    );
    expect(addresses.sort()).toMatchSnapshot();
  });

  test('puts out its address, and both availabilities by their names', () => {
    expect(Object.fromEntries(Object.entries(terraform.output).map(([name, { value }]) => [name, value]))).toEqual({
      address: expect.stringContaining('aws_lb.'),
      computed_availability: '99.9846 %',
      contractual_floor: '99.92 %',
    });
  });

  test('lets the servers reach the database and the sessions, and backs the database up', () => {
    const rules = blocks(terraform, 'aws_vpc_security_group_ingress_rule').map(({ from_port }) => from_port);
    expect(rules).toEqual(expect.arrayContaining([5432, 6379]));
    expect(JSON.stringify(blocks(terraform, 'aws_backup_selection'))).toContain('aws_db_instance');
  });

  test('hands allowDestroy, tags and the topic on', () => {
    expect(JSON.stringify(terraform.resource)).not.toContain('prevent_destroy');
    expect(JSON.stringify(terraformOf(shop()).resource)).toContain('prevent_destroy');
    for (const type of [
      'aws_vpc',
      'aws_lb',
      'aws_db_instance',
      'aws_elasticache_replication_group',
      'aws_backup_plan',
    ]) {
      expect(blocks(terraform, type)).toEqual([
        expect.objectContaining({ tags: expect.objectContaining({ team: 'shop' }) }),
      ]);
    }
    const told = blocks(terraform, 'aws_cloudwatch_metric_alarm').filter(({ alarm_actions }) => alarm_actions);
    expect(told.length).toBeGreaterThan(5);
  });
});
