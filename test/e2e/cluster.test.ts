import { type Cloud, startCloud } from './support/cloud';
import { lastLines } from './support/processes';
import { Project } from './support/project';
import type { Stack } from './support/stack';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const OPERATORS = 'arn:aws:iam::123456789012:role/platform/operators';
const SYNTH = ['synth', '--app', 'npx tsx examples/cluster.ts'];
const NOW = ['cluster', '--skip-synth', '--auto-approve'];

interface NodeGroup {
  readonly subnets: readonly string[];
  readonly launchTemplate: { readonly id: string; readonly version: string };
}

describe('the cluster of the shop, deployed with cdktf', () => {
  let cloud: Cloud;
  let project: Project;
  let stack: Stack;
  let name: string;

  beforeAll(async () => {
    cloud = await startCloud('eu-west-1');
    const { TopicArn } = await cloud.aws<{ TopicArn: string }>('sns', 'create-topic', '--name', 'on-call');
    project = new Project({ ...cloud.env, TF_VAR_operators_role_arn: OPERATORS, TF_VAR_topic_arn: TopicArn });
    stack = project.stack('cluster');
    await project.cdktf(SYNTH);
    stack.asMotoCan();
    const { output } = await project.cdktf(['deploy', ...NOW]);
    process.stdout.write(`${lastLines(output, 6)}\n`);
    name = (await eks<{ clusters: string[] }>('list-clusters')).clusters[0] ?? '';
  });

  afterAll(async () => {
    project?.remove();
    await cloud?.stop();
  });

  const eks = <Answer>(...args: string[]) => cloud.aws<Answer>('eks', ...args);
  /** An EKS command about this cluster. */
  const ask = <Answer>(command: string, ...args: string[]) => eks<Answer>(command, '--cluster-name', name, ...args);

  test('is reached from inside only, by access entries, with every log, encrypted, ready for a zonal shift', async () => {
    const { cluster } = await eks<{ cluster: object }>('describe-cluster', '--name', name);
    expect(cluster).toMatchObject({
      version: '1.35',
      resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true },
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: expect.stringMatching(/^arn:aws:kms:/) } }],
      upgradePolicy: { supportType: 'STANDARD' },
      zonalShiftConfig: { enabled: true },
    });
    const { logging } = cluster as { logging: { clusterLogging: { types: string[]; enabled: boolean }[] } };
    const on = logging.clusterLogging.filter(({ enabled }) => enabled).flatMap(({ types }) => types);
    expect(on.sort()).toEqual(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']);
  });

  test('has its logs kept for 90 days', async () => {
    const { logGroups: groups } = await cloud.aws<{ logGroups: readonly object[] }>('logs', 'describe-log-groups');
    expect(groups).toEqual([
      expect.objectContaining({ logGroupName: `/aws/eks/${name}/cluster`, retentionInDays: 90 }),
    ]);
  });

  test('has two nodes in each of three zones, and room for four, in a group of each zone', async () => {
    const zoneOf = await zonesById(cloud);
    const groups = await nodeGroups();
    expect(groups.map(({ subnets }) => subnets.map((subnet) => zoneOf.get(subnet))).sort()).toEqual(
      ZONES.map((zone) => [zone]),
    );
    for (const group of groups) {
      expect(group).toMatchObject({
        version: '1.35',
        scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
        ...{ amiType: 'AL2023_x86_64_STANDARD', instanceTypes: ['m6i.large'], capacityType: 'ON_DEMAND' },
        ...{ updateConfig: { maxUnavailable: 1 }, nodeRepairConfig: { enabled: true } },
      });
    }
  });

  test('starts nodes without public addresses, with session tokens one hop far and encrypted disks', async () => {
    const [group] = await nodeGroups();
    const { LaunchTemplateVersions: versions } = await cloud.aws<{
      LaunchTemplateVersions: readonly { LaunchTemplateData: object }[];
    }>(
      ...['ec2', 'describe-launch-template-versions', '--launch-template-id', group?.launchTemplate.id ?? ''],
      ...['--versions', group?.launchTemplate.version ?? ''],
    );
    expect(versions.map(({ LaunchTemplateData: data }) => data)).toEqual([
      expect.objectContaining({
        MetadataOptions: expect.objectContaining({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 }),
        NetworkInterfaces: [expect.objectContaining({ AssociatePublicIpAddress: false })],
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/xvda',
            Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 50, VolumeType: 'gp3' },
          },
        ],
      }),
    ]);
  });

  test('has its add-ons, in versions that were looked up', async () => {
    const { addons } = await ask<{ addons: string[] }>('list-addons');
    expect([...addons].sort()).toEqual([
      ...['aws-ebs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'metrics-server', 'vpc-cni'],
    ]);
    const { addon } = await ask<{ addon: object }>('describe-addon', '--addon-name', 'vpc-cni');
    expect(addon).toMatchObject({
      status: 'ACTIVE',
      addonVersion: expect.stringMatching(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/),
      configurationValues: '{"enableNetworkPolicy":"true"}',
    });
  });

  test('lets the operators administer it, and nobody else', async () => {
    const { accessEntries } = await ask<{ accessEntries: string[] }>('list-access-entries');
    expect(accessEntries).toEqual([OPERATORS]);
    const { associatedAccessPolicies: policies } = await ask<{ associatedAccessPolicies: object[] }>(
      ...(['list-associated-access-policies', '--principal-arn', OPERATORS] as const),
    );
    expect(policies).toEqual([
      expect.objectContaining({
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: expect.objectContaining({ type: 'cluster' }),
      }),
    ]);
  });

  test('gives each service account a role of its own, which may do its part', async () => {
    const { associations } = await ask<{
      associations: readonly { namespace: string; serviceAccount: string; associationId: string }[];
    }>('list-pod-identity-associations');
    const names = associations.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
    expect(names.sort()).toEqual([
      ...['kube-system/aws-node', 'kube-system/cluster-autoscaler', 'kube-system/ebs-csi-controller-sa'],
      ...['shop/shop-backup', 'shop/shop-backup-drill'],
    ]);
    const actions = async (account: string) => {
      const { associationId = '' } = associations.find(({ serviceAccount }) => serviceAccount === account) ?? {};
      const { association } = await ask<{ association: { roleArn: string } }>(
        ...(['describe-pod-identity-association', '--association-id', associationId] as const),
      );
      const role = ['--role-name', association.roleArn.split('/').at(-1) ?? ''];
      const { PolicyNames: policies } = await cloud.aws<{ PolicyNames: string[] }>(
        'iam',
        'list-role-policies',
        ...role,
      );
      const { PolicyDocument: document } = await cloud.aws<{
        PolicyDocument: { Statement: readonly { Action: readonly string[] }[] };
      }>('iam', 'get-role-policy', ...role, '--policy-name', policies[0] ?? '');
      return document.Statement.flatMap(({ Action }) => Action);
    };
    expect(await actions('shop-backup')).toEqual([
      ...['s3:AbortMultipartUpload', 's3:PutObject', 'kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(await actions('shop-backup-drill')).toEqual(expect.arrayContaining(['s3:GetObject', 's3:ListBucket']));
    expect(await actions('cluster-autoscaler')).toContain('autoscaling:SetDesiredCapacity');
  });

  test('plans no changes when it is there, nor after the autoscaler has added a node', async () => {
    const [group] = (await ask<{ nodegroups: string[] }>('list-nodegroups')).nodegroups;
    await ask(
      ...(['update-nodegroup-config', '--nodegroup-name', group ?? '', '--scaling-config', 'desiredSize=3'] as const),
    );
    const { status, output } = await stack.plan();
    process.stdout.write(`second plan: ${output.split('\n').find((line) => line.startsWith('No changes'))}\n`);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
  });

  test('drifts, as written, in exactly the fields that moto does not keep, and what moto lacks', async () => {
    stack.asWritten();
    const expected = { drift: stack.expectedDrift(), lacking: stack.expectedLacking() };
    const found = { drift: await stack.drift(), lacking: await stack.lacking() };
    stack.asMotoCan();
    expect(found).toEqual(expected);
  });

  test('refuses to be destroyed while it is protected, and loses nothing', async () => {
    const before = await stack.resources();
    const { status, output } = await project.tryCdktf(['destroy', ...NOW]);
    expect(status).not.toBe(0);
    expect(output).toContain('Instance cannot be destroyed');
    expect(await stack.resources()).toEqual(before);
  });

  test('is destroyed without a trace once that was allowed', async () => {
    const allowed = { ALLOW_DESTROY: 'yes' };
    await project.cdktf(SYNTH, allowed);
    stack.asMotoCan();
    await project.cdktf(['deploy', ...NOW], allowed);
    const { output } = await project.cdktf(['destroy', ...NOW], allowed);
    process.stdout.write(`${lastLines(output, 4)}\n`);
    expect(await stack.resources()).toEqual([]);
    expect((await eks<{ clusters: string[] }>('list-clusters')).clusters).toEqual([]);
  });

  async function nodeGroups(): Promise<NodeGroup[]> {
    const { nodegroups: names } = await ask<{ nodegroups: string[] }>('list-nodegroups');
    const found = names.map((group) => ask<{ nodegroup: NodeGroup }>('describe-nodegroup', '--nodegroup-name', group));
    return (await Promise.all(found)).map(({ nodegroup }) => nodegroup);
  }
});

async function zonesById(cloud: Cloud): Promise<Map<string, string>> {
  const { Subnets: subnets } = await cloud.aws<{
    Subnets: readonly { readonly SubnetId: string; readonly AvailabilityZone: string }[];
  }>('ec2', 'describe-subnets');
  return new Map(subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
}
