import { all, follow, only } from '../../../support/synth';
import { type Choices, ignored, made, SECRET, server, TOPOLOGIES } from './databases';

/** The parameter group of a database without a copy. */
function group(choices: Choices) {
  const result = made(choices);
  const kind = choices.topology === undefined || choices.topology === 'instance' ? 'aws_db' : 'aws_rds_cluster';
  return only(result, `${kind}_parameter_group`) as { family: string; parameter: Record<string, string>[] };
}

describe('MultiAZDatabase', () => {
  // A version named down to its minor number would be a downgrade in every plan once RDS has moved on.
  test.each([
    ['instance', 'postgres', 'postgres', '17', 'postgres17'],
    ['instance', 'mysql', 'mysql', '8.4', 'mysql8.4'],
    ['instance', 'mariadb', 'mariadb', '11.4', 'mariadb11.4'],
    ['cluster', 'postgres', 'postgres', '17', 'postgres17'],
    ['cluster', 'mysql', 'mysql', '8.4', 'mysql8.4'],
    ['aurora', 'postgres', 'aurora-postgresql', '17', 'aurora-postgresql17'],
    ['aurora', 'mysql', 'aurora-mysql', '8.0', 'aurora-mysql8.0'],
  ] as const)(
    'runs as %s the major version of %s that AWS supports longest',
    (topology, engine, name, major, family) => {
      expect(server({ topology, engine })).toMatchObject({ engine: name });
      expect(version({ topology, engine })).toBe(major);
      expect(group({ topology, engine }).family).toBe(family);
    },
  );

  test.each([
    ['instance', 'postgres', '16', 'postgres16'],
    ['instance', 'postgres', '17.6', 'postgres17'],
    ['instance', 'postgres', '14', 'postgres14'],
    ['instance', 'postgres', '18', 'postgres18'],
    ['instance', 'postgres', '20.1', 'postgres20'], // what will come is not ours to refuse
    ['instance', 'mysql', '10.1', 'mysql10.1'],
    ['instance', 'mysql', '8.0.41', 'mysql8.0'],
    ['instance', 'mysql', '9.7', 'mysql9.7'],
    ['instance', 'mariadb', '10.11.9', 'mariadb10.11'],
    ['instance', 'mariadb', '11.8', 'mariadb11.8'],
    ['instance', 'mariadb', '12.3', 'mariadb12.3'],
    ['cluster', 'mysql', '8.0', 'mysql8.0'],
    ['aurora', 'postgres', '16.11', 'aurora-postgresql16'],
    ['aurora', 'mysql', '8.0.mysql_aurora.3.10.0', 'aurora-mysql8.0'],
    ['aurora', 'mysql', '8.4', 'aurora-mysql8.4'],
  ] as const)('runs as %s of %s the version %s that is chosen', (topology, engine, engineVersion, family) => {
    expect(version({ topology, engine, engineVersion })).toBe(engineVersion);
    expect(group({ topology, engine, engineVersion }).family).toBe(family);
  });

  describe('refuses connections without TLS', () => {
    test.each([
      ['instance', 'postgres', 'rds.force_ssl', '1'],
      ['instance', 'mysql', 'require_secure_transport', '1'],
      ['instance', 'mariadb', 'require_secure_transport', '1'],
      ['cluster', 'postgres', 'rds.force_ssl', '1'],
      ['cluster', 'mysql', 'require_secure_transport', '1'],
      ['aurora', 'postgres', 'rds.force_ssl', '1'],
      ['aurora', 'mysql', 'require_secure_transport', 'ON'],
    ] as const)('as %s of %s by %s = %s', (topology, engine, name, value) => {
      // "immediate" is refused for a static parameter, and comes back in every plan at a default: terraform-provider-aws#39252
      expect(group({ topology, engine }).parameter).toEqual([{ name, value, apply_method: 'pending-reboot' }]);
    });
  });

  test.each(TOPOLOGIES)(
    'has as %s the parameters that are given beside it, in the order of their names',
    (topology) => {
      const { parameter } = group({ topology, parameters: { work_mem: '8192', max_connections: '500' } });
      expect(parameter).toEqual([
        { name: 'max_connections', value: '500', apply_method: 'pending-reboot' },
        { name: 'rds.force_ssl', value: '1', apply_method: 'pending-reboot' },
        { name: 'work_mem', value: '8192', apply_method: 'pending-reboot' },
      ]);
    },
  );

  test.each([
    ['instance', 'parameter_group_name', 'aws_db_parameter_group'],
    ['cluster', 'db_cluster_parameter_group_name', 'aws_rds_cluster_parameter_group'],
    ['aurora', 'db_cluster_parameter_group_name', 'aws_rds_cluster_parameter_group'],
  ] as const)('uses as %s its own parameter group', (topology, argument, type) => {
    expect(server({ topology })[argument]).toMatch(new RegExp(`^\\$\\{${type}\\.\\w+\\.name\\}$`));
  });

  test.each([
    ['instance', 'postgres', ['postgresql', 'upgrade']],
    ['instance', 'mysql', ['error', 'slowquery']],
    ['instance', 'mariadb', ['error', 'slowquery']],
    ['cluster', 'postgres', ['postgresql', 'upgrade']],
    ['cluster', 'mysql', ['error', 'slowquery']],
    ['aurora', 'postgres', ['postgresql']], // has no log of upgrades
    ['aurora', 'mysql', ['error', 'slowquery']],
  ] as const)('sends as %s of %s its logs to CloudWatch', (topology, engine, logs) => {
    expect(server({ topology, engine }).enabled_cloudwatch_logs_exports).toEqual(logs);
  });

  test.each(TOPOLOGIES)('lets roles of IAM log in as %s (iam_database_authentication_enabled)', (topology) => {
    expect(server({ topology })).toMatchObject({ iam_database_authentication_enabled: true });
  });
});

const WINDOW = {
  instance: 'maintenance_window',
  cluster: 'preferred_maintenance_window',
  aurora: 'preferred_maintenance_window',
};
const UPGRADE: Choices = { engineVersion: '18', maintenance: { allowMajorVersionUpgrade: true } };

describe('MultiAZDatabase', () => {
  describe.each(TOPOLOGIES)('as %s', (topology) => {
    test('is maintained on Sunday nights by default, and when it is told', () => {
      expect(server({ topology })).toMatchObject({ [WINDOW[topology]]: 'sun:04:00-sun:05:00' });
      expect(server({ topology, maintenance: { window: 'sat:23:30-sun:00:30' } })).toMatchObject({
        [WINDOW[topology]]: 'sat:23:30-sun:00:30',
      });
    });

    test('stays on its major version, and waits for the window with what restarts it (apply_immediately)', () => {
      expect(server({ topology })).toMatchObject({ allow_major_version_upgrade: false, apply_immediately: false });
    });

    // Waiting for the window, the old parameter group is still in use when Terraform removes it, and the apply fails.
    test('is upgraded to the next major version by the deployment that allows it', () => {
      expect(server({ topology, ...UPGRADE })).toMatchObject({
        allow_major_version_upgrade: true,
        apply_immediately: true,
      });
      expect(version({ topology, ...UPGRADE })).toBe('18');
    });

    // terraform-aws-rds-aurora#354, terraform-provider-aws#6448: another family makes the group anew
    test('has the parameter group of the new version before the old one goes (create_before_destroy, name_prefix)', () => {
      const type = topology === 'instance' ? 'aws_db_parameter_group' : 'aws_rds_cluster_parameter_group';
      const [before, after] = [only(made({ topology }), type), only(made({ topology, ...UPGRADE }), type)];
      expect(before).toMatchObject({ name_prefix: 'database-', lifecycle: { create_before_destroy: true } });
      expect(after).toEqual({ ...before, family: String(before.family).replace('17', '18') });
    });
  });

  test.each(['instance', 'aurora'] as const)(
    'gets minor versions by itself as %s (auto_minor_version_upgrade)',
    (topology) => {
      const type = topology === 'instance' ? 'aws_db_instance' : 'aws_rds_cluster_instance';
      for (const one of Object.values(all(made({ topology }), type))) {
        expect(one).toMatchObject({ auto_minor_version_upgrade: true });
      }
    },
  );

  test('upgrades the instances of an Aurora cluster with it', () => {
    const instances = (choices: Choices) =>
      Object.values(all(made({ topology: 'aurora', ...choices }), 'aws_rds_cluster_instance'));
    for (const instance of instances({})) expect(instance).toMatchObject({ apply_immediately: false });
    for (const instance of instances(UPGRADE)) expect(instance).toMatchObject({ apply_immediately: true });
  });

  test('is changed by way of a copy only when that is chosen (blue_green_update)', () => {
    expect(server()).not.toHaveProperty('blue_green_update');
    expect(server({ maintenance: { blueGreenUpdate: true }, master: { secret: SECRET } })).toMatchObject({
      blue_green_update: { enabled: true },
    });
  });
});

// A major version that stays in the state is sent with every change, and refused once RDS has moved on: "Cannot upgrade
// aurora-postgresql from 17.5 to 17.4" (terraform-provider-aws#45026). Seen with provider 5.100.
describe.each(['cluster', 'aurora'] as const)('MultiAZDatabase as %s', (topology) => {
  test('asks once for the minor version that RDS would choose, and never compares it', () => {
    const result = made({ topology });
    const cluster = only(result, 'aws_rds_cluster');
    expect(follow(result, cluster.engine_version)).toMatchObject({
      type: 'aws_rds_engine_version',
      attribute: 'version_actual',
      block: { default_only: true, engine: cluster.engine, version: '17' },
    });
    expect(ignored(cluster)).toContain('engine_version');
  });

  test('compares a minor version that is said, and the major one of an upgrade', () => {
    const said = made({ topology, engineVersion: '17.6' });
    expect(said.data.aws_rds_engine_version).toBeUndefined();
    expect(ignored(only(said, 'aws_rds_cluster'))).not.toContain('engine_version');
    expect(ignored(only(made({ topology, ...UPGRADE }), 'aws_rds_cluster'))).not.toContain('engine_version');
  });
});

/** The version that is asked for, by a cluster by way of a data source. */
function version(choices: Choices): unknown {
  const result = made(choices);
  const { engine_version: asked } = server(choices);
  return String(asked).startsWith('$') ? follow(result, asked).block.version : asked;
}
