import { answerDns, type DnsClient, type DnsRecord, Routing } from 'nines';
import { geoDns, REGIONS } from './stacks/geo-dns';
import { type Cloud, startCloud } from './support/cloud';
import { type ApplyEvent, Deployment, NO_CHANGES, testPlans, testRemoval } from './support/deployment';
import { Project } from './support/project';
import { makeZone, recordsOf } from './support/route53';
import type { Stack } from './support/stack';

interface HealthChecks {
  readonly HealthChecks: readonly {
    readonly Id: string;
    readonly HealthCheckConfig: Readonly<Record<string, unknown>>;
  }[];
}

const APP = ['--app', 'npx tsx examples/geo-dns.ts'];

const configs = async (cloud: Cloud) => (await cloud.aws<HealthChecks>('route53', 'list-health-checks')).HealthChecks;

describe('a shop in two regions, deployed with cdktf', () => {
  const NAMES = ['shop-eu-west-1', 'shop-us-east-1', 'shop-dns'];
  let cloud: Cloud;
  let project: Project;
  let stacks: readonly Stack[];
  let records: readonly DnsRecord[];
  let zoneId: string;

  beforeAll(async () => {
    cloud = await startCloud('us-east-1');
    zoneId = await makeZone(cloud, 'example.com');
    const certificate = async (region: string) => {
      const { CertificateArn } = await cloud.aws<{ CertificateArn: string }>(
        ...['acm', 'request-certificate', '--domain-name', 'shop.example.com', '--region', region],
      );
      return CertificateArn;
    };
    const { TopicArn } = await cloud.aws<{ TopicArn: string }>('sns', 'create-topic', '--name', 'on-call');
    project = new Project({
      ...cloud.env,
      TF_VAR_certificate_arn_eu_west_1: await certificate('eu-west-1'),
      TF_VAR_certificate_arn_us_east_1: await certificate('us-east-1'),
      TF_VAR_topic_arn: TopicArn,
    });
    stacks = NAMES.map((name) => project.stack(name));
    await project.cdktf(['synth', ...APP]);
    for (const stack of stacks) stack.asMotoCan();
    await deploy();
    records = await recordsOf(cloud, zoneId);
  });

  afterAll(async () => {
    project?.remove();
    await cloud?.stop();
  });

  const [regionStacks, dnsStack] = [NAMES.slice(0, 2), NAMES.slice(2)];
  const deploy = async (env: NodeJS.ProcessEnv = {}) => {
    const how = ['--skip-synth', '--auto-approve'];
    await project.cdktf(['deploy', ...regionStacks, ...how], env);
    await project.cdktf(['deploy', ...dnsStack, ...how], env);
  };

  /** The load balancer of a region, by its name. */
  const balancer = async (region: string) => {
    const { LoadBalancers: found } = await cloud.aws<{ LoadBalancers: readonly { DNSName: string }[] }>(
      ...['elbv2', 'describe-load-balancers', '--region', region],
    );
    return found[0]?.DNSName.toLowerCase() ?? '';
  };
  const served = (client: DnsClient, down: readonly string[] = []) =>
    answerDns(records, { name: 'shop.example.com', client, down }).map(({ record: { answer } }) =>
      'aliasOf' in answer ? answer.aliasOf.toLowerCase() : '',
    );
  const french: DnsClient = { continent: 'EU', country: 'FR', latency: { 'eu-west-1': 20, 'us-east-1': 90 } };
  const canadian: DnsClient = { continent: 'NA', country: 'CA', latency: { 'eu-west-1': 10, 'us-east-1': 20 } };
  const NOWHERE: DnsClient = { latency: { 'us-east-1': 1 } };
  const japanese: DnsClient = { continent: 'AS', country: 'JP', latency: { 'eu-west-1': 220, 'us-east-1': 150 } };

  test('leads every client to the load balancer of its place, as the records that were read back say', async () => {
    const [eu, us] = [await balancer('eu-west-1'), await balancer('us-east-1')];
    expect([french, canadian, japanese, NOWHERE].map((client) => served(client))).toEqual([[eu], [us], [us], [us]]);
  });

  test('leads every client elsewhere while a load balancer has no healthy server', async () => {
    const [eu, us] = [await balancer('eu-west-1'), await balancer('us-east-1')];
    for (const client of [french, canadian, japanese, NOWHERE]) {
      expect(served(client, [eu])).toEqual([us]);
      expect(served(client, [us])).toEqual([eu]);
    }
  });

  test('leads every client elsewhere while the checks of a region fail', async () => {
    const [eu, us] = [await balancer('eu-west-1'), await balancer('us-east-1')];
    const parents = new Map<string, string>();
    for (const { record } of answerDns(records, { name: 'shop.example.com', client: french })) {
      expect(record.name).toBe('eu-west-1.shop.example.com');
    }
    for (const record of records) {
      if ('aliasOf' in record.answer && record.healthCheck) parents.set(record.answer.aliasOf, record.healthCheck);
    }
    const check = (region: string) => parents.get(`${region}.shop.example.com`) ?? 'none';
    expect(served(french, [check('eu-west-1')])).toEqual([us]);
    expect(served(japanese, [check('us-east-1')])).toEqual([eu]);
  });

  test('checks each region by HTTPS under its own name, and by its switch in the other region', async () => {
    const found = (await configs(cloud)).map(({ HealthCheckConfig: config }) => config);
    const ofType = (type: string) => found.filter(({ Type }) => Type === type);
    for (const region of ['eu-west-1', 'us-east-1']) {
      expect(ofType('HTTPS')).toContainEqual(
        expect.objectContaining({
          ...{ FullyQualifiedDomainName: `${region}.shop.example.com`, Port: 443, ResourcePath: '/health/ready' },
          ...{ RequestInterval: 10, FailureThreshold: 3, EnableSNI: true, MeasureLatency: true },
        }),
      );
    }
    expect(
      ofType('CALCULATED').map(({ HealthThreshold, ChildHealthChecks }) => [HealthThreshold, ChildHealthChecks]),
    ).toEqual([
      [2, [expect.any(String), expect.any(String)]],
      [2, [expect.any(String), expect.any(String)]],
    ]);
    for (const { AlarmIdentifier, InsufficientDataHealthStatus } of ofType('CLOUDWATCH_METRIC')) {
      const { Name, Region } = AlarmIdentifier as { Name: string; Region: string };
      const { MetricAlarms: alarms } = await cloud.aws<{ MetricAlarms: readonly { AlarmDescription: string }[] }>(
        ...['cloudwatch', 'describe-alarms', '--alarm-names', Name, '--region', Region],
      );
      expect(alarms).toHaveLength(1);
      expect(alarms[0]?.AlarmDescription).not.toMatch(new RegExp(`^${Region}`));
      expect(InsufficientDataHealthStatus).toBe('LastKnownStatus');
    }
    expect(ofType('CLOUDWATCH_METRIC')).toHaveLength(2);
  });

  test('is switched by the command line that it publishes', async () => {
    const { stdout } = (await stacks[2]?.terraform('output', '-raw', 'switch_off_eu-west-1')) ?? { stdout: '' };
    const [program, ...args] = stdout.trim().split(' ');
    expect([program, args[3]]).toEqual(['aws', 'us-east-1']);
    await cloud.aws('cloudwatch', 'list-metrics'); // the region answers
    await expect(cloud.run(args)).resolves.toBeUndefined();
    const { Metrics: metrics } = await cloud.aws<{ Metrics: readonly object[] }>(
      ...['cloudwatch', 'list-metrics', '--namespace', 'nines/GeoDNS', '--region', 'us-east-1'],
    );
    expect(metrics).toEqual([expect.objectContaining({ MetricName: 'SwitchedOff' })]);
  });

  test('keeps the names in a stack that reads no state but its own, and no load balancer', async () => {
    const dns = stacks[2];
    expect(await dns?.plan()).toEqual(NO_CHANGES);
    expect(JSON.stringify(await dns?.resources())).not.toMatch(/remote_state|aws_lb/);
  });

  test('plans no changes when it is there', async () => {
    for (const stack of stacks) expect(await stack.plan()).toEqual(NO_CHANGES);
  });

  test('is destroyed without a trace once that was allowed', async () => {
    const allowed = { ALLOW_DESTROY: 'yes' };
    const how = ['--skip-synth', '--auto-approve'];
    const refused = await stacks[2]?.tryTerraform('destroy', '-auto-approve', '-no-color', '-refresh=false');
    expect(refused?.output).toContain('Instance cannot be destroyed');
    await project.cdktf(['synth', ...APP], allowed);
    for (const stack of stacks) stack.asMotoCan();
    await deploy(allowed);
    await project.cdktf(['destroy', ...dnsStack, ...how], allowed);
    await project.cdktf(['destroy', ...regionStacks, ...how], allowed);
    for (const stack of stacks) expect(await stack.resources()).toEqual([]);
    expect(await recordsOf(cloud, zoneId)).toEqual([]);
    expect(await configs(cloud)).toEqual([]);
  });
});

describe('names of every kind, deployed', () => {
  let cloud: Cloud;
  let deployed: Deployment;
  let moving = Routing.weighted({ 'eu-west-1': 9, 'us-east-1': 1 });

  beforeAll(async () => {
    cloud = await startCloud('us-east-1');
    deployed = new Deployment(cloud, 'names', (stack, allowDestroy) => geoDns(stack, allowDestroy, moving));
    await deployed.deploy();
  });

  afterAll(async () => {
    deployed?.remove();
    await cloud?.stop();
  });

  const zoneRecords = async () => {
    const { HostedZones: zones } = await cloud.aws<{ HostedZones: readonly { Id: string }[] }>(
      'route53',
      'list-hosted-zones',
    );
    return recordsOf(cloud, zones[0]?.Id.replace('/hostedzone/', '') ?? '');
  };
  /** Ids of the checks that decide, by region, of the records under a name. */
  const checksOf = (records: readonly DnsRecord[], name: string) =>
    new Map(
      records
        .filter((record) => record.name === `_all.${name}` && record.type !== 'AAAA')
        .map(({ setIdentifier, healthCheck = '' }) => [setIdentifier, healthCheck]),
    );

  test.each([
    ['moving', 'A'],
    ['addresses', 'AAAA'],
    ['elsewhere', 'CNAME'],
  ] as const)('answer with a region that is up, read back: %s', async (label, type) => {
    const records = await zoneRecords();
    const name = `${label}.names.example.com`;
    const checks = checksOf(records, name);
    expect([...checks.keys()].sort()).toEqual([...REGIONS].sort());
    for (const up of REGIONS) {
      const down = REGIONS.filter((region) => region !== up).map((region) => checks.get(region) ?? '');
      for (const continent of ['EU', 'NA', 'AS'] as const) {
        const answers = answerDns(records, { name, type, client: { continent }, down });
        expect(answers.map(({ healthy, record }) => [healthy, record.healthCheck])).toEqual([[true, checks.get(up)]]);
      }
    }
  });

  test('answer with the last resort when no region is up', async () => {
    const records = await zoneRecords();
    const down = [...checksOf(records, 'names.example.com').values()];
    expect(down).toHaveLength(3);
    expect(answerDns(records, { name: 'names.example.com', down }).map(({ record }) => record.answer)).toEqual([
      { aliasOf: 'd111111abcdef8.cloudfront.net', evaluateTargetHealth: false },
    ]);
  });

  test('log the questions in us-east-1', async () => {
    const { QueryLoggingConfigs: logs } = await cloud.aws<{ QueryLoggingConfigs: readonly object[] }>(
      ...['route53', 'list-query-logging-configs'],
    );
    expect(logs).toEqual([
      expect.objectContaining({ CloudWatchLogsLogGroupArn: expect.stringContaining(':us-east-1:') }),
    ]);
  });

  testPlans(() => [deployed]);

  test('take another routing into use by one change, before the old one goes', async () => {
    moving = Routing.geolocation({ continents: { EU: 'eu-west-1' } });
    const events = await deployed.redeploy();
    const at = (type: string, action: string, what: RegExp) =>
      events.flatMap((event, position) => (isOf(event, type, action, what) ? [position] : []));
    const root = /Moving_Records_A(AAA)?_[0-9A-F]{8}$/;
    const used = at('apply_complete', 'update', root);
    const gone = at('apply_start', 'delete', /Moving_Records/);
    const made = at('apply_complete', 'create', /Moving_Records/);
    expect(used).toHaveLength(2);
    expect(gone.length).toBeGreaterThan(0);
    expect(made.length).toBeGreaterThan(0);
    expect(Math.max(...made)).toBeLessThan(Math.min(...used));
    expect(Math.max(...used)).toBeLessThan(Math.min(...gone));
    expect(await deployed.stack.plan()).toEqual(NO_CHANGES);
  });

  testRemoval(() => [deployed], []);
});

function isOf({ type, hook }: ApplyEvent, wanted: string, action: string, what: RegExp): boolean {
  return type === wanted && hook?.action === action && what.test(hook.resource.addr);
}
