import { App, Chart } from 'cdk8s';
import { Capacity, Duration, HealthCheck, Size } from 'nines';
import { type DatabaseArchive, HAWebTier } from 'nines/kubernetes';
import { allOf, emptyChart, type Manifest, only, synthChart } from '../../../support/kubernetes/manifests';
import { backup } from '../database-backup/backups';
import { ARCHIVE, database, manifestsOf, specOf } from './databases';

describe('MultiAZDatabase', () => {
  test('has an instance in each of three zones, and never two in one', () => {
    const { instances, affinity, enablePDB } = specOf('Cluster');
    expect(instances).toBe(3);
    expect(affinity).toEqual({
      ...{ enablePodAntiAffinity: true, podAntiAffinityType: 'required', topologyKey: 'topology.kubernetes.io/zone' },
    });
    expect(enablePDB).toBe(true);
    expect(specOf('Cluster', { zones: 5 }).instances).toBe(5);
  });

  test('acknowledges no write that only the primary has, and promotes no standby that may lack one', () => {
    expect(specOf('Cluster').postgresql.synchronous).toEqual({
      ...{ method: 'any', number: 1, dataDurability: 'required', failoverQuorum: true },
    });
  });

  test('lets writes go on without standbys when that is allowed, and then promotes whatever is left', () => {
    expect(specOf('Cluster', { allowDataLoss: true }).postgresql.synchronous).toEqual({
      ...{ method: 'any', number: 1, dataDurability: 'preferred', failoverQuorum: false },
    });
  });

  // The operator promotes when R + W > N: R standbys that it reaches, W that hold each write, N of them in all.
  // https://cloudnative-pg.io/docs/1.29/failover
  test.each([3, 4, 5, 6, 7, 8, 9])(
    'of %d zones, goes on without the primary and any others that are fewer than half',
    (zones) => {
      const { number } = specOf('Cluster', { zones }).postgresql.synchronous;
      const lost = Math.ceil(zones / 2) - 1;
      const reached = zones - lost;
      expect(reached + number).toBeGreaterThan(zones - 1); // one of those that are left has every acknowledged write
      expect(reached - 1).toBeGreaterThanOrEqual(number); // and has standbys enough to write on
    },
  );

  test('encrypts every connection, and has no superuser that may log in', () => {
    const { postgresql, enableSuperuserAccess } = specOf('Cluster');
    expect(postgresql.pg_hba).toEqual(['hostnossl all all all reject']);
    expect(enableSuperuserAccess).toBe(false);
  });

  test('stops a primary that is cut off, and waits a minute for one that shuts down', () => {
    const spec = specOf('Cluster');
    expect(spec.probes).toEqual({ liveness: { isolationCheck: { enabled: true } } });
    expect(spec).toMatchObject({ smartShutdownTimeout: 15, stopDelay: 180, switchoverDelay: 60 });
    expect(spec).toMatchObject({ primaryUpdateStrategy: 'unsupervised', primaryUpdateMethod: 'switchover' });
    expect(spec.replicationSlots).toEqual({ highAvailability: { enabled: true } });
  });

  test('asks for what it may use, the archiving beside it too, so that it is evicted last', () => {
    const usual = { cpu: '2', memory: '8192Mi' };
    expect(specOf('Cluster').resources).toEqual({ requests: usual, limits: usual });
    const beside = specOf('ObjectStore').instanceSidecarConfiguration.resources;
    expect(beside.requests).toEqual(beside.limits);
    expect(beside.requests).toEqual({ cpu: '250m', memory: '512Mi' });
    const larger = { cpu: '4', memory: '16384Mi' };
    const choices = { resources: { cpu: '4', memory: Size.gibibytes(16) } };
    expect(specOf('Cluster', choices).resources).toEqual({ requests: larger, limits: larger });
  });

  test('gives PostgreSQL a quarter of the memory, and spares dumps on a standby', () => {
    expect(specOf('Cluster').postgresql.parameters).toEqual({ shared_buffers: '2048MB', hot_standby_feedback: 'on' });
    const choices = { resources: { memory: Size.mebibytes(1001) }, parameters: { work_mem: '64MB' } };
    expect(specOf('Cluster', choices).postgresql.parameters).toEqual({
      ...{ shared_buffers: '251MB', hot_standby_feedback: 'on', work_mem: '64MB' },
    });
    expect(specOf('Cluster', { parameters: { shared_buffers: '1GB' } }).postgresql.parameters.shared_buffers).toBe(
      '1GB',
    );
  });

  test('keeps data and log on volumes of their own', () => {
    const { storage, walStorage } = specOf('Cluster');
    expect(storage).toEqual({ size: '102400Mi', resizeInUseVolumes: true });
    expect(walStorage).toEqual({ size: '20480Mi', resizeInUseVolumes: true });
    const chosen = specOf('Cluster', { storage: { size: Size.gibibytes(10), storageClassName: 'gp3' } });
    expect(chosen.storage).toMatchObject({ size: '10240Mi', storageClass: 'gp3' });
    expect(chosen.walStorage).toMatchObject({ size: '2048Mi', storageClass: 'gp3' });
    expect(specOf('Cluster', { storage: { walSize: Size.gibibytes(7) } }).walStorage.size).toBe('7168Mi');
  });

  test('makes a database called app, of a user of that name, with checksums', () => {
    expect(specOf('Cluster').bootstrap).toEqual({ initdb: { database: 'app', owner: 'app', dataChecksums: true } });
    expect(specOf('Cluster', { databaseName: 'orders' }).bootstrap.initdb).toMatchObject({
      database: 'orders',
      owner: 'orders',
    });
  });

  test('archives by the plugin, and not in the way that is going away', () => {
    const spec = specOf('Cluster');
    expect(spec.plugins).toEqual([
      { name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'shop' } },
    ]);
    expect(spec).not.toHaveProperty('backup');
    expect(specOf('ObjectStore')).toMatchObject({
      retentionPolicy: '14d',
      configuration: {
        destinationPath: 's3://shop-archive',
        s3Credentials: { inheritFromIAMRole: true },
        wal: { compression: 'gzip' },
        data: { compression: 'gzip' },
      },
    });
  });

  test('takes a base backup at 01:00 UTC from a standby, and one at once', () => {
    expect(specOf('ScheduledBackup')).toEqual({
      ...{ schedule: '0 0 1 * * *', immediate: true, backupOwnerReference: 'self', cluster: { name: 'shop' } },
      ...{ target: 'prefer-standby', method: 'plugin' },
      pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
    });
    expect(specOf('ScheduledBackup', { backups: { ...ARCHIVE, time: '23:45' } }).schedule).toBe('0 45 23 * * *');
  });

  test('archives where and how it is told', () => {
    const backups: DatabaseArchive = {
      ...{ destination: 's3://other/folder', retention: Duration.days(30), region: 'eu-west-1' },
      ...{ encryption: 'aws:kms', endpointUrl: 'https://s3.example.com', credentialsSecretName: 'archive' },
    };
    const { retentionPolicy, configuration, instanceSidecarConfiguration } = specOf('ObjectStore', { backups });
    expect(retentionPolicy).toBe('30d');
    expect(configuration).toMatchObject({
      ...{ destinationPath: 's3://other/folder', endpointURL: 'https://s3.example.com' },
      ...{ wal: { encryption: 'aws:kms' }, data: { encryption: 'aws:kms' } },
      s3Credentials: {
        accessKeyId: { name: 'archive', key: 'AWS_ACCESS_KEY_ID' },
        secretAccessKey: { name: 'archive', key: 'AWS_SECRET_ACCESS_KEY' },
      },
    });
    expect(configuration.s3Credentials).not.toHaveProperty('inheritFromIAMRole');
    expect(instanceSidecarConfiguration.env).toEqual([{ name: 'AWS_REGION', value: 'eu-west-1' }]);
    const roleArn = 'arn:aws:iam::123456789012:role/shop-archive';
    expect(specOf('Cluster', { backups: { ...ARCHIVE, roleArn } }).serviceAccountTemplate).toEqual({
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': roleArn } },
    });
  });

  test('has no archive when that is allowed', () => {
    const manifests = manifestsOf({ backups: undefined, allowNoBackups: true });
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(['Cluster', 'NetworkPolicy', 'PodMonitor']);
    expect(only(manifests, 'Cluster').spec).not.toHaveProperty('plugins');
  });

  test('is made from another one in the archive, as it was at a time, and archives beside it', () => {
    const spec = specOf('Cluster', { restoreFrom: { source: 'old', time: '2026-11-25T02:00:00Z' } });
    expect(spec.bootstrap).toEqual({
      recovery: {
        ...{ source: 'origin', database: 'app', owner: 'app' },
        recoveryTarget: { targetTime: '2026-11-25T02:00:00Z' },
      },
    });
    const parameters = { barmanObjectName: 'shop', serverName: 'old' };
    expect(spec.externalClusters).toEqual([
      { name: 'origin', plugin: { name: 'barman-cloud.cloudnative-pg.io', parameters } },
    ]);
    expect(spec.plugins[0].parameters).toEqual({ barmanObjectName: 'shop' });
    const latest = specOf('Cluster', { restoreFrom: { source: 'old' } });
    expect(latest.bootstrap.recovery).not.toHaveProperty('recoveryTarget');
  });

  test('is watched by a PodMonitor of its own, unless that is left out', () => {
    expect(specOf('PodMonitor')).toEqual({
      selector: { matchLabels: { 'cnpg.io/cluster': 'shop', 'cnpg.io/podRole': 'instance' } },
      podMetricsEndpoints: [{ port: 'metrics' }],
    });
    expect(specOf('Cluster')).not.toHaveProperty('monitoring');
    expect(allOf(manifestsOf({ allowUnmonitored: true }), 'PodMonitor')).toEqual([]);
  });

  test('takes a PriorityClass', () => {
    expect(specOf('Cluster', { priorityClassName: 'data' }).priorityClassName).toBe('data');
  });

  test('warns of what was chosen against durability', () => {
    const warningsOf = (choices: object) => database(emptyChart(), choices).warnings;
    expect(warningsOf({})).toEqual([]);
    expect(
      warningsOf({ allowDataLoss: true, backups: undefined, allowNoBackups: true, allowUnmonitored: true }),
    ).toEqual([
      'allowDataLoss: what is written while too few standbys are there is lost with the primary',
      'allowNoBackups: a wrong statement, or the loss of all volumes, is the end of the data',
      'allowUnmonitored: nobody is told when a standby lags, or when archiving stands still',
    ]);
  });

  test('makes what it made before, of no more than it needs', () => {
    expect(synthChart((chart) => database(chart, { name: undefined }))).toMatchSnapshot();
  });
});

describe('MultiAZDatabase.allowFrom', () => {
  const web = (chart: Chart) =>
    new HAWebTier(chart, 'Web', {
      ...{ image: 'shop:1', capacity: Capacity.forPeak(4), healthCheck: HealthCheck.http('/health/ready') },
    });
  const policies = (manifests: readonly Manifest[]) =>
    allOf(manifests, 'NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels['cnpg.io/cluster'] === 'shop');

  test('is needed by all but the other instances, the operator, and who reads metrics', () => {
    const [own, ...others] = policies(manifestsOf());
    expect(others).toEqual([]);
    expect(own?.spec).toEqual({
      podSelector: { matchLabels: { 'cnpg.io/cluster': 'shop' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'cnpg.io/cluster': 'shop' } } }],
          ports: [
            { port: 5432, protocol: 'TCP' },
            { port: 8000, protocol: 'TCP' },
          ],
        },
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'cnpg-system' } },
              podSelector: { matchLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' } },
            },
          ],
          ports: [
            { port: 5432, protocol: 'TCP' },
            { port: 8000, protocol: 'TCP' },
          ],
        },
        { ports: [{ port: 9187, protocol: 'TCP' }] },
      ],
    });
    const elsewhere = policies(manifestsOf({ operatorNamespace: 'operators' }))[0]?.spec.ingress[1].from[0];
    expect(elsewhere.namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'operators' });
  });

  test('lets a web tier and the jobs of a backup in, each once, on the port of PostgreSQL only', () => {
    let selectors: object[] = [];
    const manifests = synthChart((chart) => {
      const shop = database(chart);
      const sources = [web(chart), backup(chart, { database: shop.connection })];
      for (const source of [...sources, ...sources]) shop.allowFrom(source);
      selectors = sources.map(({ selector }) => selector);
    });
    expect(
      policies(manifests)
        .slice(1)
        .map(({ spec }) => spec.ingress),
    ).toEqual(
      selectors.map((matchLabels) => [
        { from: [{ podSelector: { matchLabels } }], ports: [{ port: 5432, protocol: 'TCP' }] },
      ]),
    );
  });

  test('finds pods of another namespace there', () => {
    const app = new App();
    const [here, there] = ['data', 'shop'].map((namespace) => new Chart(app, namespace, { namespace })) as [
      Chart,
      Chart,
    ];
    const tier = web(there);
    database(here).allowFrom(tier);
    database(there, { name: 'near' }).allowFrom(tier);
    const lastOf = (chart: Chart) => (chart.toJson() as Manifest[]).at(-1)?.spec.ingress[0].from[0];
    expect(lastOf(here).namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } });
    expect(lastOf(there)).not.toHaveProperty('namespaceSelector');
  });

  test('says how a backup reaches it: a standby, with TLS that proves who answers', () => {
    const shop = database(emptyChart(), { databaseName: 'orders' });
    expect([shop.endpoint, shop.readerEndpoint, shop.port]).toEqual(['shop-rw', 'shop-ro', 5432]);
    expect([shop.clusterName, shop.secretName, shop.caSecretName]).toEqual(['shop', 'shop-app', 'shop-ca']);
    expect(shop.connection).toEqual({
      ...{ host: 'shop-ro', port: 5432, databaseName: 'orders', secretName: 'shop-app' },
      ca: { secret: 'shop-ca', key: 'ca.crt' },
    });
    expect(shop.node.defaultChild).toBe(shop.cluster);
  });
});
