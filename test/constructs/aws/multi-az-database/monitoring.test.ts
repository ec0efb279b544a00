import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { all, follow, only } from '../../../support/synth';
import {
  type Choose,
  elsewhere,
  global,
  ignored,
  made,
  network,
  SECRET,
  server,
  TOPIC,
  TOPIC_THERE,
  TOPOLOGIES,
} from './databases';

describe('MultiAZDatabase', () => {
  describe.each(TOPOLOGIES)('as %s', (topology) => {
    test('says every minute how its operating system does (monitoring_interval), by a role that can do no more', () => {
      const result = made({ topology });
      const { monitoring_interval: interval, monitoring_role_arn: role } = server({ topology });
      expect(interval).toBe(60);
      expect(JSON.parse(String(follow(result, role).block.assume_role_policy))).toEqual({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'monitoring.rds.amazonaws.com' } },
        ],
      });
      const policy = only(result, 'aws_iam_role_policy_attachment');
      expect(follow(result, policy.role).address).toBe(follow(result, role).address);
      expect(policy).toMatchObject({
        policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
      });
      expect(all(result, 'aws_iam_role_policy')).toEqual({});
    });

    test('says for seven days, which are free, what it was busy with (performance_insights)', () => {
      expect(server({ topology })).toMatchObject({
        performance_insights_enabled: true,
        performance_insights_retention_period: 7,
      });
    });
  });

  // Left out, the provider turns it off at every plan: it compares with 0.
  test('says the interval on the instances of Aurora too, and the rest on the cluster alone', () => {
    for (const choices of [{ topology: 'aurora' } as const, global()]) {
      for (const instance of Object.values(all(made(choices), 'aws_rds_cluster_instance'))) {
        expect(instance).toMatchObject({ monitoring_interval: 60 });
        expect(instance.monitoring_role_arn).toMatch(/^\$\{aws_iam_role\./);
        expect(instance).not.toHaveProperty('performance_insights_enabled');
      }
    }
  });

  // AWS provider 5.100 restores a cluster without them, and would turn them on in the next plan.
  test('says of a restored Aurora cluster what it was busy with by its instances, and compares it never', () => {
    const result = made({ topology: 'aurora', restoreFrom: { snapshot: 'shop' } });
    for (const instance of Object.values(all(result, 'aws_rds_cluster_instance'))) {
      expect(instance).toMatchObject({ performance_insights_enabled: true, performance_insights_retention_period: 7 });
    }
    for (const cluster of [only(result, 'aws_rds_cluster'), server({ topology: 'aurora' })]) {
      expect(ignored(cluster)).toEqual(
        expect.arrayContaining(['performance_insights_enabled', 'performance_insights_retention_period']),
      );
    }
  });

  test('finds the policy of the monitoring role in other partitions', () => {
    const { policy_arn: policy } = only(
      made((stack) => {
        const provider = new AwsProvider(stack, 'China', { region: 'cn-north-1', alias: 'china' });
        return { provider, network: network(stack, 'ab', { region: 'cn-north-1', provider }) };
      }),
      'aws_iam_role_policy_attachment',
    );
    expect(policy).toBe('arn:aws-cn:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole');
  });

  describe('goes without Performance Insights where the class has none', () => {
    test.each([
      ['instance', 'mysql', 'db.t3.micro'],
      ['instance', 'mysql', 'db.t4g.small'],
      ['instance', 'mariadb', 'db.t3.small'],
      ['instance', 'mariadb', 'db.t4g.micro'],
      ['aurora', 'mysql', 'db.t3.medium'],
      ['aurora', 'mysql', 'db.t3.large'],
    ] as const)('as %s of %s on %s', (topology, engine, instanceClass) => {
      const one = server({ topology, engine, instanceClass });
      expect(one).toMatchObject({ performance_insights_enabled: false });
      expect(one).not.toHaveProperty('performance_insights_retention_period');
    });

    test.each([
      ['instance', 'mysql', 'db.t3.medium'],
      ['instance', 'postgres', 'db.t4g.micro'],
      ['aurora', 'mysql', 'db.t4g.medium'],
      ['aurora', 'postgres', 'db.t3.medium'],
    ] as const)('but not as %s of %s on %s', (topology, engine, instanceClass) => {
      expect(server({ topology, engine, instanceClass })).toMatchObject({ performance_insights_enabled: true });
    });
  });
});

function warnings(choices: Choose): readonly string[] {
  return made(choices).warnings;
}

const NOBODY = 'no notificationTopicArn: alarms and failures are seen only by who looks';

describe('MultiAZDatabase', () => {
  test.each(TOPOLOGIES)('warns of nothing as %s when it has a topic', (topology) => {
    expect(warnings({ topology, notificationTopicArn: TOPIC })).toEqual([]);
  });

  describe('warns', () => {
    test('that nobody is told of alarms and failovers', () => {
      expect(warnings({})).toEqual([NOBODY]);
    });

    test('that nobody is told in the other region', () => {
      const replica =
        (notificationTopicArn?: string): Choose =>
        (stack) => ({
          master: { secret: SECRET },
          notificationTopicArn: TOPIC,
          regionLoss: { keep: 'read replica', notificationTopicArn, ...elsewhere(stack) },
        });
      expect(warnings(replica())).toEqual([NOBODY]);
      expect(warnings(replica(TOPIC_THERE))).toEqual([]);
    });

    test('that nothing protects it from being removed, when that was chosen', () => {
      expect(warnings({ allowDestroy: true, notificationTopicArn: TOPIC })).toEqual([
        'allowDestroy: nothing protects the database but its final snapshot',
      ]);
    });

    test('that slow queries leave no trace, on a class that is too small for it', () => {
      expect(warnings({ engine: 'mysql', instanceClass: 'db.t4g.small', notificationTopicArn: TOPIC })).toEqual([
        'instanceClass db.t4g.small has no Performance Insights: slow queries leave no trace',
      ]);
    });
  });
});
