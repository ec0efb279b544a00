import { TerraformOutput } from 'cdktf';
import { Duration } from 'nines';
import { plainNetwork } from '../../../support/breakages/plain-network';
import { all, type Block, follow, only, synth } from '../../../support/synth';
import { CLUSTER, cluster, KEY, plain, synthCluster, TOPIC } from './clusters';

const made = only(plain(), CLUSTER);
const vpcOf = (choices: Parameters<typeof synthCluster>[0]) => only(synthCluster(choices), CLUSTER).vpc_config as Block;

describe('MultiAZCluster', () => {
  describe('is reached', () => {
    test('from inside the VPC only, unless said', () => {
      expect(made.vpc_config).toMatchObject({ endpoint_private_access: true, endpoint_public_access: false });
      expect(made.vpc_config).not.toHaveProperty('public_access_cidrs');
    });

    test('from ranges of the internet that were named, and from inside as before', () => {
      expect(vpcOf({ publicAccessCidrs: ['203.0.113.0/24'] })).toMatchObject({
        ...{ endpoint_private_access: true, endpoint_public_access: true },
        public_access_cidrs: ['203.0.113.0/24'],
      });
    });

    test('from everywhere only when that is said, with a warning', () => {
      const open = synthCluster({ allowPublicAccessFromAnywhere: true });
      expect(only(open, CLUSTER).vpc_config).toMatchObject({
        ...{ endpoint_private_access: true, endpoint_public_access: true },
        public_access_cidrs: ['0.0.0.0/0'],
      });
      expect(open.warnings).toContain(
        'allowPublicAccessFromAnywhere: the Kubernetes API is open to everybody who has credentials',
      );
    });
  });

  test('is of the version that was written, and is not kept past the support of that', () => {
    expect(made).toMatchObject({ version: '1.34', upgrade_policy: { support_type: 'STANDARD' } });
    expect(only(synthCluster({ version: '1.35' }), CLUSTER).version).toBe('1.35');
  });

  test('can be moved away from a zone that fails', () => {
    expect(made.zonal_shift_config).toEqual({ enabled: true });
  });

  test('has its network interfaces in every zone, in the subnets of applications', () => {
    const { subnet_ids: subnets } = made.vpc_config as { subnet_ids: string[] };
    expect(subnets.map((id) => follow(plain(), id).block.id)).toEqual([
      ...['subnet-0abc100a', 'subnet-0abc100b', 'subnet-0abc100c'],
    ]);
  });

  describe('keeps logs', () => {
    const [logs = {}] = Object.values(all(plain(), 'aws_cloudwatch_log_group'));

    test('of all five kinds', () => {
      expect(made.enabled_cluster_log_types).toEqual([
        ...['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      ]);
    });

    test('for 90 days, unless said', () => {
      expect(logs.retention_in_days).toBe(90);
      const longer = synthCluster({ logRetention: Duration.days(400) });
      expect(only(longer, 'aws_cloudwatch_log_group').retention_in_days).toBe(400);
    });

    // EKS would make the group itself, and keep everything for ever; the next apply would find it there already.
    test('in a group that is there before the cluster writes to it', () => {
      expect(logs.name).toBe(`/aws/eks/${made.name}/cluster`);
      const [id] = Object.keys(all(plain(), 'aws_cloudwatch_log_group'));
      expect(made.depends_on).toContain(`aws_cloudwatch_log_group.${id}`);
    });
  });

  describe('encrypts its secrets', () => {
    const encrypted = (keyArn: unknown) => ({ resources: ['secrets'], provider: { key_arn: keyArn } });

    test('with a key of its own, which changes every year, and outlives it by 30 days', () => {
      const [id] = Object.keys(all(plain(), 'aws_kms_key'));
      expect(made.encryption_config).toEqual(encrypted(`\${aws_kms_key.${id}.arn}`));
      expect(only(plain(), 'aws_kms_key')).toMatchObject({
        ...{ enable_key_rotation: true, deletion_window_in_days: 30 },
        lifecycle: { prevent_destroy: true },
      });
    });

    test('with yours', () => {
      const own = synthCluster({ kmsKeyArn: KEY });
      expect(only(own, CLUSTER).encryption_config).toEqual(encrypted(KEY));
      expect(all(own, 'aws_kms_key')).toEqual({});
      expect(JSON.stringify(all(own, 'aws_iam_role_policy'))).toContain(KEY);
    });

    test('by a role that may use this key, and run clusters, before the cluster is there', () => {
      const role = follow(plain(), made.role_arn);
      expect(role.block.assume_role_policy).toContain('"Service":"eks.amazonaws.com"');
      const mine = (block: Block) => follow(plain(), block.role).address === role.address;
      const [, keyAccess = {}] = Object.entries(all(plain(), 'aws_iam_role_policy')).find(([, one]) => mine(one)) ?? [];
      const { Statement } = JSON.parse(String(keyAccess.policy));
      expect(Statement).toEqual([
        {
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants'],
          Resource: [(made.encryption_config as { provider: Block }).provider.key_arn],
        },
      ]);
      const attached = Object.values(all(plain(), 'aws_iam_role_policy_attachment')).filter(mine);
      expect(attached.map((one) => one.policy_arn)).toEqual(['arn:aws:iam::aws:policy/AmazonEKSClusterPolicy']);
      expect(made.depends_on).toEqual([
        expect.stringMatching(/^aws_cloudwatch_log_group\./),
        expect.stringMatching(/^aws_iam_role_policy_attachment\..*_RolePolicy_/),
        expect.stringMatching(/^aws_iam_role_policy\..*_KeyAccess_/),
      ]);
    });
  });

  describe('lets in', () => {
    const ROLE = 'arn:aws:iam::123456789012:role/operators';
    const NOBODY = 'no access with AmazonEKSClusterAdminPolicy: nobody can administer the cluster';

    test('by access entries alone, and not whoever made it', () => {
      expect(made.access_config).toEqual({
        authentication_mode: 'API',
        bootstrap_cluster_creator_admin_permissions: false,
      });
    });

    test('nobody, unless said, and warns of it', () => {
      expect(all(plain(), 'aws_eks_access_entry')).toEqual({});
      expect(plain().warnings).toContain(NOBODY);
    });

    test('whoever was named, for all of the cluster', () => {
      const operators = { principalArn: ROLE, policy: 'AmazonEKSClusterAdminPolicy' } as const;
      const result = synthCluster({ access: { operators } });
      expect(only(result, 'aws_eks_access_entry')).toMatchObject({ principal_arn: ROLE, type: 'STANDARD' });
      expect(only(result, 'aws_eks_access_entry')).not.toHaveProperty('kubernetes_groups');
      const policy = only(result, 'aws_eks_access_policy_association');
      expect(policy).toMatchObject({
        policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        access_scope: { type: 'cluster' },
      });
      expect(follow(result, policy.principal_arn).type).toBe('aws_eks_access_entry'); // after the entry
      expect(result.warnings).not.toContain(NOBODY);
    });

    test('whoever was named, for some namespaces, which makes nobody an administrator', () => {
      const team = { principalArn: ROLE, policy: 'AmazonEKSClusterAdminPolicy', namespaces: ['shop'] } as const;
      const result = synthCluster({ access: { team } });
      expect(only(result, 'aws_eks_access_policy_association').access_scope).toEqual({
        ...{ type: 'namespace', namespaces: ['shop'] },
      });
      expect(result.warnings).toContain(NOBODY);
    });

    test('whoever was named as members of groups, for role bindings of your own', () => {
      const result = synthCluster({ access: { readers: { principalArn: ROLE, groups: ['shop-readers'] } } });
      expect(only(result, 'aws_eks_access_entry').kubernetes_groups).toEqual(['shop-readers']);
      expect(all(result, 'aws_eks_access_policy_association')).toEqual({});
    });

    test('in China by policies of China', () => {
      const result = synth(
        (stack) => {
          cluster(stack, {
            network: plainNetwork('cn-north-1', 'ab'),
            access: { all: { principalArn: 'arn:aws-cn:iam::123456789012:role/all', policy: 'AmazonEKSViewPolicy' } },
          });
        },
        { region: 'cn-north-1' },
      );
      const arns = JSON.stringify(result.resource).match(/arn:[\w-]+:(iam|eks)::aws:/g) ?? [];
      expect(new Set(arns)).toEqual(new Set(['arn:aws-cn:iam::aws:', 'arn:aws-cn:eks::aws:']));
    });
  });

  describe('rings', () => {
    const alarms = Object.values(all(plain(), 'aws_cloudwatch_metric_alarm'));

    test('when pods find no node, and when its API is nearly full, a quarter of an hour long', () => {
      const common = {
        ...{ namespace: 'AWS/EKS', period: 60, evaluation_periods: 15, treat_missing_data: 'notBreaching' },
        comparison_operator: 'GreaterThanThreshold',
        dimensions: { ClusterName: expect.stringMatching(/^\$\{aws_eks_cluster\..*\.name\}$/) },
      };
      const pending = { metric_name: 'scheduler_pending_pods_UNSCHEDULABLE', statistic: 'Sum', threshold: 0 };
      const full = { metric_name: 'apiserver_storage_size_bytes', statistic: 'Maximum', threshold: 6.4e9 };
      expect(alarms).toEqual([
        expect.objectContaining({ ...common, ...pending }),
        expect.objectContaining({ ...common, ...full }),
      ]);
      expect(alarms.map((alarm) => String(alarm.alarm_description).split(' has ')[0])).toContain('shop/Cluster');
    });

    test('at the topic, when there is one', () => {
      for (const alarm of alarms) expect(alarm).not.toHaveProperty('alarm_actions');
      const told = Object.values(all(synthCluster({ notificationTopicArn: TOPIC }), 'aws_cloudwatch_metric_alarm'));
      for (const alarm of told) expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
    });
  });

  test('publishes what a kubeconfig needs, and who signs tokens of service accounts', () => {
    const { output } = synth((stack) => {
      const { clusterName, endpoint, certificateAuthority, oidcIssuer } = cluster(stack);
      new TerraformOutput(stack, 'it', { value: [clusterName, endpoint, certificateAuthority, oidcIssuer] });
    });
    const [id] = Object.keys(all(plain(), CLUSTER));
    const of = (attribute: string) => `\${${CLUSTER}.${id}.${attribute}}`;
    expect(output.it?.value).toEqual([
      ...[of('name'), of('endpoint'), of('certificate_authority[0].data'), of('identity[0].oidc[0].issuer')],
    ]);
  });
});
