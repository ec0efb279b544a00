import { Retention } from 'nines';
import { type Cloud, startCloud } from './support/cloud';
import { lastLines } from './support/processes';
import { Project } from './support/project';
import type { Stack } from './support/stack';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

interface Subnets {
  readonly Subnets: readonly { readonly SubnetId: string; readonly AvailabilityZone: string }[];
}

describe('the shop, deployed with cdktf', () => {
  let cloud: Cloud;
  let project: Project;
  let stack: Stack;

  beforeAll(async () => {
    cloud = await startCloud('eu-west-1');
    const { CertificateArn } = await cloud.aws<{ CertificateArn: string }>(
      ...['acm', 'request-certificate', '--domain-name', 'shop.example.com'],
    );
    const { TopicArn } = await cloud.aws<{ TopicArn: string }>('sns', 'create-topic', '--name', 'on-call');
    project = new Project({ ...cloud.env, TF_VAR_certificate_arn: CertificateArn, TF_VAR_topic_arn: TopicArn });
    stack = project.stack('shop');
    await project.cdktf(['synth']);
    stack.asMotoCan();
    const { output } = await project.cdktf(['deploy', 'shop', '--skip-synth', '--auto-approve']);
    process.stdout.write(`${lastLines(output, 6)}\n`);
  });

  afterAll(async () => {
    project?.remove();
    await cloud?.stop();
  });

  test('has a subnet of each kind in each of three zones', async () => {
    const { Subnets: subnets } = await cloud.aws<Subnets>(
      ...['ec2', 'describe-subnets', '--filters', 'Name=tag:Name,Values=shop/Network/*'],
    );
    expect(subnets.map((subnet) => subnet.AvailabilityZone).sort()).toEqual([...ZONES, ...ZONES, ...ZONES].sort());
  });

  test('sends every application subnet through the NAT gateway of its own zone', async () => {
    const zoneOf = await zonesById(cloud);
    const { NatGateways: gateways } = await cloud.aws<{
      NatGateways: readonly { NatGatewayId: string; SubnetId: string }[];
    }>('ec2', 'describe-nat-gateways');
    const natZone = new Map(gateways.map((gateway) => [gateway.NatGatewayId, zoneOf.get(gateway.SubnetId)]));
    const { RouteTables: tables } = await cloud.aws<{
      RouteTables: readonly {
        Associations: readonly { SubnetId?: string }[];
        Routes: readonly { NatGatewayId?: string }[];
      }[];
    }>('ec2', 'describe-route-tables');
    const pairs = tables.flatMap(({ Associations, Routes }) =>
      Routes.flatMap(({ NatGatewayId }) =>
        NatGatewayId ? Associations.map(({ SubnetId = '' }) => [zoneOf.get(SubnetId), natZone.get(NatGatewayId)]) : [],
      ),
    );
    expect(pairs.sort()).toEqual(ZONES.map((zone) => [zone, zone]));
  });

  test('checks the health of its servers on the path and port that were written', async () => {
    const { TargetGroups: groups } = await cloud.aws<{ TargetGroups: readonly object[] }>(
      'elbv2',
      'describe-target-groups',
    );
    expect(groups).toEqual([
      expect.objectContaining({
        Port: 8080,
        HealthCheckPath: '/health/ready',
        HealthCheckPort: '8080',
        HealthCheckProtocol: 'HTTP',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
        Matcher: { HttpCode: '200-299' },
      }),
    ]);
  });

  test('runs six servers over the three zones, and may grow to twelve', async () => {
    const { AutoScalingGroups: groups } = await cloud.aws<{
      AutoScalingGroups: readonly {
        readonly MinSize: number;
        readonly MaxSize: number;
        readonly AvailabilityZones: readonly string[];
        readonly Instances: readonly object[];
      }[];
    }>('autoscaling', 'describe-auto-scaling-groups');
    const found = groups.map(({ MinSize, MaxSize, AvailabilityZones, Instances }) => ({
      sizes: [MinSize, MaxSize, Instances.length],
      zones: [...AvailabilityZones].sort(),
    }));
    expect(found).toEqual([{ sizes: [6, 12, 6], zones: ZONES }]);
  });

  test('gives its servers no public address', async () => {
    const { Reservations: reservations } = await cloud.aws<{
      Reservations: readonly { Instances: readonly { PublicIpAddress?: string }[] }[];
    }>('ec2', 'describe-instances');
    const addresses = reservations.flatMap(({ Instances }) => Instances.map((instance) => instance.PublicIpAddress));
    expect(addresses).toEqual(Array(6).fill(undefined));
  });

  test('encrypts the root volume of its image, and asks for session tokens', async () => {
    const { LaunchTemplateVersions: versions } = await cloud.aws<{
      LaunchTemplateVersions: readonly { LaunchTemplateData: { readonly ImageId: string } }[];
    }>('ec2', 'describe-launch-template-versions', '--versions', '$Latest', '--filters', 'Name=image-id,Values=*');
    const data = versions[0]?.LaunchTemplateData;
    const { Images: images } = await cloud.aws<{ Images: readonly { RootDeviceName: string }[] }>(
      ...['ec2', 'describe-images', '--image-ids', data?.ImageId ?? ''],
    );
    expect(data).toMatchObject({
      BlockDeviceMappings: [{ DeviceName: images[0]?.RootDeviceName, Ebs: { Encrypted: true, VolumeType: 'gp3' } }],
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      NetworkInterfaces: [{ AssociatePublicIpAddress: false }],
    });
  });

  test('answers HTTPS, and sends HTTP there', async () => {
    const { LoadBalancers: balancers } = await cloud.aws<{ LoadBalancers: readonly { LoadBalancerArn: string }[] }>(
      ...['elbv2', 'describe-load-balancers'],
    );
    const { Listeners: listeners } = await cloud.aws<{
      Listeners: readonly { Port: number; DefaultActions: readonly { Type: string }[] }[];
    }>('elbv2', 'describe-listeners', '--load-balancer-arn', balancers[0]?.LoadBalancerArn ?? '');
    expect(listeners.map(({ Port, DefaultActions }) => [Port, DefaultActions[0]?.Type]).sort()).toEqual([
      [443, 'forward'],
      [80, 'redirect'],
    ]);
  });

  test('has a database with a standby in another zone, encrypted, with backups of two weeks', async () => {
    const { DBInstances: instances } = await cloud.aws<{ DBInstances: readonly object[] }>(
      ...['rds', 'describe-db-instances'],
    );
    expect(instances).toEqual([
      expect.objectContaining({
        Engine: 'postgres',
        MultiAZ: true,
        StorageEncrypted: true,
        DeletionProtection: true,
        PubliclyAccessible: false,
        BackupRetentionPeriod: 14,
        MasterUserSecret: expect.objectContaining({ SecretArn: expect.stringMatching(/^arn:aws:secretsmanager:/) }),
      }),
    ]);
  });

  test('keeps its sessions in a node in every zone, which fail over by themselves', async () => {
    const { ReplicationGroups: groups } = await cloud.aws<{
      ReplicationGroups: readonly {
        NodeGroups: readonly { NodeGroupMembers: readonly { PreferredAvailabilityZone: string }[] }[];
      }[];
    }>('elasticache', 'describe-replication-groups');
    expect(groups).toEqual([
      expect.objectContaining({ AutomaticFailover: 'enabled', MultiAZ: 'enabled', TransitEncryptionEnabled: true }),
    ]);
    const nodes = groups.flatMap(({ NodeGroups }) => NodeGroups.flatMap(({ NodeGroupMembers }) => NodeGroupMembers));
    expect(nodes.map((node) => node.PreferredAvailabilityZone)).toEqual(ZONES);
  });

  test('rotates its exports as Retention computes, keeps every version, and nothing in public', async () => {
    const { Buckets: buckets } = await cloud.aws<{ Buckets: readonly { Name: string }[] }>('s3api', 'list-buckets');
    expect(buckets).toHaveLength(1);
    const bucket = ['--bucket', buckets[0]?.Name ?? ''];
    const { Rules: rules } = await cloud.aws<{
      Rules: readonly { Filter: { Prefix: string }; Expiration: { Days?: number } }[];
    }>('s3api', 'get-bucket-lifecycle-configuration', ...bucket);
    const computed = Retention.gfs({ daily: 7, weekly: 4, monthly: 12 }).tiers();
    const days = rules.flatMap(({ Filter, Expiration }) => (Filter.Prefix ? [[Filter.Prefix, Expiration.Days]] : []));
    expect(days.sort()).toEqual(computed.map(({ tier, days: life }) => [`${tier}/`, life]).sort());
    expect(await cloud.aws('s3api', 'get-bucket-versioning', ...bucket)).toEqual({ Status: 'Enabled' });
    expect(await cloud.aws('s3api', 'get-public-access-block', ...bucket)).toEqual({
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      },
    });
  });

  test('plans backups every day, every week and every month into a locked vault', async () => {
    const { BackupVaultList: vaults } = await cloud.aws<{ BackupVaultList: readonly object[] }>(
      ...['backup', 'list-backup-vaults'],
    );
    expect(vaults).toEqual([expect.objectContaining({ Locked: true })]);
    const { BackupPlansList: plans } = await cloud.aws<{ BackupPlansList: readonly { BackupPlanId: string }[] }>(
      ...['backup', 'list-backup-plans'],
    );
    expect(plans).toHaveLength(1);
    const { BackupPlan: plan } = await cloud.aws<{ BackupPlan: { Rules: readonly { RuleName: string }[] } }>(
      ...['backup', 'get-backup-plan', '--backup-plan-id', plans[0]?.BackupPlanId ?? ''],
    );
    expect(plan.Rules.map(({ RuleName }) => RuleName).sort()).toEqual(['daily', 'monthly', 'weekly']);
  });

  test('plans no changes when it is there', async () => {
    const { status, output } = await stack.plan();
    process.stdout.write(`second plan: ${output.split('\n').find((line) => line.startsWith('No changes'))}\n`);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
  });

  test('drifts, as written, in exactly the fields that moto does not keep, and what moto lacks', async () => {
    stack.asWritten();
    const expected = { drift: stack.expectedDrift(), lacking: stack.expectedLacking() };
    const found = { drift: await stack.drift(), lacking: await stack.lacking() };
    stack.asMotoCan();
    process.stdout.write(`drift for moto's gaps, and what it lacks: ${found.drift.join(', ')}\n`);
    expect(found).toEqual(expected);
  });

  test('refuses to be destroyed while it is protected, and loses nothing', async () => {
    const before = await stack.resources();
    const { status, output } = await project.tryCdktf(['destroy', 'shop', '--skip-synth', '--auto-approve']);
    expect(status).not.toBe(0);
    expect(output).toContain('Instance cannot be destroyed');
    expect(await stack.resources()).toEqual(before);
  });

  test('is destroyed without a trace once that was allowed', async () => {
    const allowed = { ALLOW_DESTROY: 'yes' };
    await project.cdktf(['synth'], allowed);
    stack.asMotoCan();
    await project.cdktf(['deploy', 'shop', '--skip-synth', '--auto-approve'], allowed);
    const { output } = await project.cdktf(['destroy', 'shop', '--skip-synth', '--auto-approve'], allowed);
    process.stdout.write(`${lastLines(output, 4)}\n`);
    expect(await stack.resources()).toEqual([]);
    const { Vpcs: vpcs } = await cloud.aws<{ Vpcs: readonly { CidrBlock: string }[] }>('ec2', 'describe-vpcs');
    expect(vpcs.map(({ CidrBlock }) => CidrBlock)).not.toContain('10.20.0.0/16');
  });
});

async function zonesById(cloud: Cloud): Promise<Map<string, string>> {
  const { Subnets: subnets } = await cloud.aws<Subnets>('ec2', 'describe-subnets');
  return new Map(subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
}
