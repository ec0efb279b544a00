import { makeBefore } from './stacks/before';
import { followed, HERE, inOneRegion, THERE, worldwide, ZONES } from './stacks/databases';
import { type Cloud, startCloud } from './support/cloud';
import { Deployment, inParallel, NO_CHANGES, testPlans, testRemoval } from './support/deployment';
import { type Cluster, Rds } from './support/rds';

const PASSWORD = 'of-the-users-own-4711';

describe('databases of every topology and engine, deployed', () => {
  let cloud: Cloud;
  let deployments: Deployment[] = [];
  let here: Rds;
  let there: Rds;

  beforeAll(async () => {
    cloud = await startCloud(HERE);
    here = new Rds(cloud, HERE);
    there = new Rds(cloud, THERE);
    const before = await makeBefore(cloud, PASSWORD);
    const stacks = { 'one-region': inOneRegion, followed, worldwide };
    deployments = Object.entries(stacks).map(
      ([name, build]) => new Deployment(cloud, name, (stack, allowDestroy) => build(stack, before, allowDestroy)),
    );
    await inParallel(deployments, (deployment) => deployment.deploy());
  });

  afterAll(async () => {
    for (const deployment of deployments) deployment.remove();
    await cloud?.stop();
  });

  test('have, as instances, a standby in another zone, backups, protection and metrics', async () => {
    const found = await here.instances();
    const promised = { ...PROMISED, MultiAZ: true, MaxAllocatedStorage: 1000, AutoMinorVersionUpgrade: true };
    expect(found).toMatchObject({
      'one-region/Standby/Instance': { ...promised, Engine: 'postgres', DBName: 'shop', PubliclyAccessible: false },
      'one-region/Mysql/Instance': { ...promised, Engine: 'mysql' },
      'one-region/Maria/Instance': {
        ...promised,
        ...{ Engine: 'mariadb', AllocatedStorage: 400, MaxAllocatedStorage: 4000, BackupRetentionPeriod: 35 },
      },
      'one-region/Restored/Instance': { ...promised, Engine: 'postgres', DBName: 'old', MasterUsername: 'old' },
      'followed/Database/Instance': { ...promised, Engine: 'mysql' },
    });
  });

  test('have, as Multi-AZ clusters, what RDS makes a writer and two standbys from', async () => {
    const promised = { ...PROMISED, DBClusterInstanceClass: 'db.m6gd.large' };
    expect(await here.clusters()).toMatchObject({
      'one-region/Cluster/Cluster': { ...promised, Engine: 'postgres' },
      'one-region/MysqlCluster/Cluster': { ...promised, Engine: 'mysql' },
    });
  });

  test('have, on Aurora, an instance in every zone, the first of which writes', async () => {
    const { AllocatedStorage, StorageType, ...promised } = PROMISED;
    const clusters = await here.clusters();
    expect(clusters).toMatchObject({
      'one-region/Aurora/Cluster': { ...promised, Engine: 'aurora-postgresql' },
      'one-region/MysqlAurora/Cluster': { ...promised, Engine: 'aurora-mysql' },
      'one-region/RestoredAurora/Cluster': { Engine: 'aurora-postgresql', MasterUsername: 'old' },
      'worldwide/Database/Cluster': { ...promised, Engine: 'aurora-postgresql' },
    });
    const instances = Object.entries(await here.instances());
    for (const path of ['one-region/Aurora', 'one-region/MysqlAurora', 'worldwide/Database']) {
      const found = instances.filter(([of]) => of.startsWith(`${path}/`)).map(([, instance]) => instance);
      expect(found.map(({ AvailabilityZone: zone, PromotionTier: tier }) => [zone, tier]).sort()).toEqual([
        [ZONES[0], 0],
        [ZONES[1], 1],
        [ZONES[2], 1],
      ]);
      const first = found.find(({ AvailabilityZone: zone }) => zone === ZONES[0]);
      expect(clusters[`${path}/Cluster`]?.DBClusterMembers).toContainEqual(
        expect.objectContaining({ DBInstanceIdentifier: first?.DBInstanceIdentifier, IsClusterWriter: true }),
      );
    }
  });

  test('refuse connections without TLS, by a parameter that was set', async () => {
    expect([...new Set([...(await here.parameters()), ...(await there.parameters())])]).toEqual([
      'aurora-mysql8.0 require_secure_transport=ON',
      'aurora-postgresql17 rds.force_ssl=1',
      'mariadb11.4 require_secure_transport=1',
      'mysql8.4 require_secure_transport=1',
      'postgres17 rds.force_ssl=1',
    ]);
  });

  test('have a proxy that asks for TLS, and one for readers where there are some', async () => {
    const { DBProxies: proxies } = await here.ask<{ DBProxies: readonly { RequireTLS: boolean }[] }>(
      'describe-db-proxies',
    );
    expect(proxies.map(({ RequireTLS: tls }) => tls)).toEqual([true, true, true]);
  });

  test('are there in another region: a replica with a standby, and the second cluster of a global database', async () => {
    expect(await there.instances()).toMatchObject({
      'followed/Database/Replica': { MultiAZ: true, DeletionProtection: true, StorageEncrypted: true },
    });
    const { 'worldwide/Database/Secondary': second } = await there.clusters();
    expect(second).toMatchObject({ DeletionProtection: true, StorageEncrypted: true, BackupRetentionPeriod: 14 });
    expect(await globalMembers()).toEqual([
      expect.objectContaining({ IsWriter: true, DBClusterArn: expect.stringContaining(HERE) }),
      expect.objectContaining({ IsWriter: false, DBClusterArn: second?.DBClusterArn }),
    ]);
  });

  test("keep the master's password with RDS, or in the user's secret and nowhere else", async () => {
    const managed = [...Object.entries(await here.instances()), ...Object.entries(await here.clusters())]
      .filter(([, server]) => server.MasterUserSecret)
      .map(([path]) => path.split('/')[1]);
    expect(managed.sort()).toEqual(
      ['Aurora', 'Cluster', 'Maria', 'MysqlAurora', 'Restored', 'RestoredAurora', 'Standby'].sort(),
    );
    for (const deployment of deployments) {
      const written = await deployment.written();
      expect(written).toContain('dbadmin'); // the search itself works
      expect(written).not.toContain(PASSWORD);
    }
  });

  testPlans(() => deployments);

  test('plan no changes after failovers, a promotion, a switchover, upgrades and growth outside Terraform', async () => {
    const { 'one-region/Standby/Instance': standby } = await here.instances();
    const { 'one-region/Cluster/Cluster': cluster, 'one-region/Aurora/Cluster': aurora } = await here.clusters();
    const { 'followed/Database/Replica': replica } = await there.instances();
    const { 'worldwide/Database/Secondary': second } = await there.clusters();
    const instance = ['--db-instance-identifier', standby?.DBInstanceIdentifier ?? ''];
    const modify = ['modify-db-instance', ...instance, '--apply-immediately'];
    await here.ask('reboot-db-instance', ...instance, '--force-failover');
    await here.ask(...modify, '--engine-version', '17.7', '--allocated-storage', '150');
    for (const one of [cluster, aurora]) {
      const id = ['--db-cluster-identifier', one?.DBClusterIdentifier ?? ''];
      await here.ask('failover-db-cluster', ...id);
      await here.ask('modify-db-cluster', ...id, '--engine-version', '17.8', '--apply-immediately');
    }
    await there.ask('promote-read-replica', '--db-instance-identifier', replica?.DBInstanceIdentifier ?? '');
    await switchOverTo(second?.DBClusterArn);

    const after = await here.clusters();
    expect((await here.instances())['one-region/Standby/Instance']).toMatchObject({
      AvailabilityZone: ZONES[1],
      EngineVersion: '17.7',
      AllocatedStorage: 150,
    });
    expect(writerOf(after['one-region/Cluster/Cluster'])).not.toEqual(writerOf(cluster));
    expect(writerOf(after['one-region/Aurora/Cluster'])).not.toEqual(writerOf(aurora));
    expect((await there.instances())['followed/Database/Replica']).not.toHaveProperty(
      'ReadReplicaSourceDBInstanceIdentifier',
    );
    expect((await globalMembers()).map(({ IsWriter }) => IsWriter)).toEqual([false, true]);
    const plans = await inParallel(deployments, ({ stack }) => stack.plan());
    expect(plans).toEqual([NO_CHANGES, NO_CHANGES, NO_CHANGES]);

    await switchOverTo(after['worldwide/Database/Cluster']?.DBClusterArn); // else the writer would be removed first
  });

  testRemoval(
    () => deployments,
    [
      'aws_db_instance.deletion_protection',
      'aws_rds_cluster.deletion_protection',
      'aws_rds_global_cluster.deletion_protection',
    ],
  );

  test('leave a final snapshot of each that wrote', async () => {
    const names = (await here.snapshots()).map((name) => /^(\w+)-final-[0-9a-f-]{36}$/.exec(name)?.[1] ?? name);
    expect(names).toEqual(
      ['aurora', 'before', 'cluster', 'database', 'database', 'maria', 'mysql', 'mysqlaurora', 'mysqlcluster'].concat([
        'restored',
        'restoredaurora',
        'standby',
      ]),
    );
  });

  const globalMembers = async () => {
    const { GlobalClusters: found } = await here.ask<{
      GlobalClusters: { GlobalClusterMembers: { IsWriter: boolean; DBClusterArn: string }[] }[];
    }>('describe-global-clusters');
    return found[0]?.GlobalClusterMembers ?? [];
  };
  const switchOverTo = async (target = '') => {
    const { GlobalClusters: found } = await here.ask<{ GlobalClusters: { GlobalClusterIdentifier: string }[] }>(
      'describe-global-clusters',
    );
    const id = found[0]?.GlobalClusterIdentifier ?? '';
    await here.ask(
      ...['switchover-global-cluster', '--global-cluster-identifier', id, '--target-db-cluster-identifier', target],
    );
  };
});

/** What every server has, in the words of RDS. */
const PROMISED = {
  BackupRetentionPeriod: 14,
  PreferredBackupWindow: '02:00-03:00',
  PreferredMaintenanceWindow: 'sun:04:00-sun:05:00',
  DeletionProtection: true,
  StorageEncrypted: true,
  StorageType: 'gp3',
  AllocatedStorage: 100,
  IAMDatabaseAuthenticationEnabled: true,
  PerformanceInsightsEnabled: true,
  MonitoringInterval: 60,
  CopyTagsToSnapshot: true,
};

function writerOf(cluster: Cluster | undefined): string | undefined {
  return cluster?.DBClusterMembers.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
}
