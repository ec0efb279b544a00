import { Duration, Retention, Size } from 'nines';
import { allOf, emptyChart, only } from '../../../support/kubernetes/manifests';
import { backup, cronJobOf, DATABASE, manifestsOf, NAME, podOf, variablesOf } from './backups';

const BOTH = ['backup', 'drill'] as const;

describe('DatabaseBackup', () => {
  test('starts at 02:00 UTC, and its drill at 10:00, at most an hour late', () => {
    expect(cronJobOf('backup')).toMatchObject({
      schedule: '0 2 * * *',
      timeZone: 'Etc/UTC',
      startingDeadlineSeconds: 3600,
    });
    expect(cronJobOf('drill')).toMatchObject({
      schedule: '0 10 * * *',
      timeZone: 'Etc/UTC',
      startingDeadlineSeconds: 3600,
    });
  });

  test('starts when it is told', () => {
    const choices = { time: '13:05', drill: { identity: { secret: 'key', key: 'it' }, time: '22:30' } };
    expect(cronJobOf('backup', choices).schedule).toBe('5 13 * * *');
    expect(cronJobOf('drill', choices).schedule).toBe('30 22 * * *');
  });

  test.each(BOTH)('runs one %s at a time, tries it three times, and gives up after 6 hours', (which) => {
    const { concurrencyPolicy, jobTemplate } = cronJobOf(which);
    expect(concurrencyPolicy).toBe('Forbid');
    expect(jobTemplate.spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 21_600 });
    expect(podOf(which).restartPolicy).toBe('Never');
  });

  test.each(BOTH)('shows a %s that failed for two days, with its log, and then no longer', (which) => {
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit, jobTemplate } = cronJobOf(which);
    expect([successfulJobsHistoryLimit, failedJobsHistoryLimit]).toEqual([1, 3]);
    expect(jobTemplate.spec.ttlSecondsAfterFinished).toBe(172_800);
  });

  test('gives up when it is told', () => {
    const drill = { identity: { secret: 'key', key: 'it' }, timeLimit: Duration.hours(3) };
    const choices = { timeLimit: Duration.hours(2), drill };
    expect(cronJobOf('backup', choices).jobTemplate.spec.activeDeadlineSeconds).toBe(7200);
    expect(cronJobOf('drill', choices).jobTemplate.spec.activeDeadlineSeconds).toBe(10_800);
  });

  test.each(BOTH)('runs a %s as Pod Security "restricted" demands, with a root that nobody changes', (which) => {
    const { securityContext, containers, automountServiceAccountToken, enableServiceLinks } = podOf(which);
    expect(securityContext).toEqual({
      ...{ runAsNonRoot: true, fsGroup: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(containers[0].securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    });
    expect([automountServiceAccountToken, enableServiceLinks]).toEqual([false, false]);
    expect(podOf(which, { runAsUser: 999 }).securityContext.runAsUser).toBe(999);
  });

  test.each(BOTH)('gives a %s as much as it may use, and room that goes with the pod', (which) => {
    const { containers, volumes } = podOf(which);
    const usual = { cpu: '1', memory: '1024Mi', 'ephemeral-storage': '20480Mi' };
    expect(containers[0].resources).toEqual({ requests: usual, limits: usual });
    expect(volumes[1]).toEqual({ name: 'scratch', emptyDir: { sizeLimit: '20480Mi' } });
    const choices = { resources: { cpu: '2', memory: Size.gibibytes(4) }, scratch: { size: Size.gibibytes(1) } };
    const more = { cpu: '2', memory: '4096Mi', 'ephemeral-storage': '1024Mi' };
    expect(podOf(which, choices).containers[0].resources).toEqual({ requests: more, limits: more });
  });

  test.each(BOTH)('takes a volume for a %s that is too large for the node', (which) => {
    const { containers, volumes } = podOf(which, { scratch: { size: Size.gibibytes(500), storageClassName: 'gp3' } });
    expect(volumes[1]).toEqual({
      name: 'scratch',
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'gp3' },
            resources: { requests: { storage: '512000Mi' } },
          },
        },
      },
    });
    expect(containers[0].resources.limits).toEqual({ cpu: '1', memory: '1024Mi' });
  });

  test('reaches the database with TLS, and only the one that its authority signed for', () => {
    expect(variablesOf('backup')).toMatchObject({
      ...{ PGHOST: 'shop-db-ro', PGPORT: '5432', PGDATABASE: 'app', PGSSLMODE: 'verify-full', PGAPPNAME: NAME },
      PGSSLROOTCERT: '/run/backup/ca/ca.crt',
      PGUSER: { name: 'shop-db-app', key: 'username' },
      PGPASSWORD: { name: 'shop-db-app', key: 'password' },
    });
    expect(podOf('backup').volumes[2]).toEqual({
      name: 'ca',
      secret: { secretName: 'shop-db-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }], defaultMode: 0o440 },
    });
    const plain = variablesOf('backup', { database: { ...DATABASE, ca: undefined, port: 6432 } });
    expect(plain).toMatchObject({ PGPORT: '6432', PGSSLMODE: 'require' });
    expect(plain).not.toHaveProperty('PGSSLROOTCERT');
  });

  test('waits 5 minutes for a lock, or as long as it is told', () => {
    expect(variablesOf('backup').LOCK_TIMEOUT).toBe('300');
    expect(variablesOf('backup', { lockTimeout: Duration.seconds(9) }).LOCK_TIMEOUT).toBe('9');
  });

  test('fills the folders of the retention', () => {
    expect(variablesOf('backup').TIERS).toBe('daily weekly monthly');
    expect(variablesOf('backup', { retention: Retention.gfs({ daily: 9, yearly: 2 }) }).TIERS).toBe('daily yearly');
  });

  test('gives the private key to the drill, and to nothing else', () => {
    expect(JSON.stringify(cronJobOf('backup'))).not.toContain('identity');
    expect(variablesOf('drill').IDENTITY).toBe('/run/backup/identity/identity');
    expect(podOf('drill').volumes[2]).toEqual({
      name: 'identity',
      secret: { secretName: 'shop-backup-key', items: [{ key: 'identity', path: 'identity' }], defaultMode: 0o440 },
    });
  });

  test('gives the password of the database to the backup, and to nothing else', () => {
    expect(JSON.stringify(cronJobOf('drill'))).not.toContain('shop-db-app');
  });

  test('finds a backup of more than 30 hours too old', () => {
    expect(variablesOf('drill').MAX_AGE).toBe('108000');
    const drill = { identity: { secret: 'key', key: 'it' }, maxAge: Duration.hours(12) };
    expect(variablesOf('drill', { drill }).MAX_AGE).toBe('43200');
  });

  test.each(BOTH)('tells the %s where the bucket is, and how to enter it', (which) => {
    const usual = variablesOf(which);
    expect(usual).toMatchObject({
      ...{ BUCKET: 'shop-backups', NAME, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
      ...{ SCRATCH: '/run/backup/scratch', TMPDIR: '/run/backup/scratch', HOME: '/run/backup/scratch' },
    });
    expect(Object.keys(usual).filter((name) => /ENDPOINT|ACCESS_KEY|PUSHGATEWAY/.test(name))).toEqual([]);
    const told = variablesOf(which, {
      bucket: { name: 'b-1', region: 'r-1', endpointUrl: 'https://s3.example.com', credentialsSecretName: 'writer' },
      drill: { identity: { secret: 'key', key: 'it' }, credentialsSecretName: 'reader' },
      pushgatewayUrl: 'http://push:9091',
    });
    const secret = which === 'backup' ? 'writer' : 'reader';
    expect(told).toMatchObject({
      ...{ BUCKET: 'b-1', AWS_REGION: 'r-1', AWS_ENDPOINT_URL: 'https://s3.example.com' },
      PUSHGATEWAY_URL: 'http://push:9091',
      AWS_ACCESS_KEY_ID: { name: secret, key: 'AWS_ACCESS_KEY_ID' },
      AWS_SECRET_ACCESS_KEY: { name: secret, key: 'AWS_SECRET_ACCESS_KEY' },
    });
  });

  test('has a service account for each job, so that who writes cannot read', () => {
    const accounts = allOf(manifestsOf(), 'ServiceAccount');
    expect(accounts.map(({ metadata }) => metadata.name)).toEqual([NAME, `${NAME}-drill`]);
    expect([podOf('backup').serviceAccountName, podOf('drill').serviceAccountName]).toEqual([NAME, `${NAME}-drill`]);
    const drill = { identity: { secret: 'key', key: 'it' }, serviceAccountName: 'reader' };
    const given = backup(emptyChart(), { serviceAccountName: 'writer', drill });
    expect([given.serviceAccountName, given.drillServiceAccountName]).toEqual(['writer', 'reader']);
    const theirs = manifestsOf({ serviceAccountName: 'writer', drill });
    expect(allOf(theirs, 'ServiceAccount')).toEqual([]);
    expect(podOf('drill', { drill }).serviceAccountName).toBe('reader');
  });

  test('lets nobody connect to its pods, which no web tier of the same name takes for its own', () => {
    const labels = { 'app.kubernetes.io/component': 'database-backup', 'app.kubernetes.io/part-of': NAME };
    const { spec } = only(manifestsOf(), 'NetworkPolicy');
    expect(spec).toEqual({ podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] });
    for (const which of BOTH) expect(cronJobOf(which).jobTemplate.spec.template.metadata.labels).toEqual(labels);
    expect(backup(emptyChart()).selector).toEqual(labels);
  });

  test('has no drill when that is allowed', () => {
    const choices = { drill: undefined, allowUntestedBackups: true };
    expect(allOf(manifestsOf(choices), 'CronJob')).toHaveLength(1);
    expect(allOf(manifestsOf(choices), 'ServiceAccount')).toHaveLength(1);
    const untested = backup(emptyChart(), choices);
    expect([untested.drillCronJob, untested.drillServiceAccountName]).toEqual([undefined, undefined]);
  });

  test('is called what it is told, within what a CronJob may be called', () => {
    const name = 'x'.repeat(46);
    const named = backup(emptyChart(), { name });
    expect([named.backupName, named.cronJob.name, named.drillCronJob?.name]).toEqual([name, name, `${name}-drill`]);
    expect(variablesOf('drill', { name }).NAME).toBe(name);
    expect(named.node.defaultChild).toBe(named.cronJob);
  });

  test('makes what it made before, of no more than it needs', () => {
    const manifests = manifestsOf().map((manifest) =>
      manifest.kind === 'ConfigMap'
        ? { ...manifest, data: Object.keys((manifest as never as { data: object }).data) }
        : manifest,
    );
    expect(manifests).toMatchSnapshot();
  });
});
