import { Capacity, Size } from 'nines';
import { all, type Block, follow, only, synth } from '../../../support/synth';
import { addOns, type Choices, CLUSTER, cluster, network, nodeGroups, plain, synthCluster } from './clusters';

const groups = nodeGroups(plain());
const sizes = (choices: Choices) =>
  Object.values(nodeGroups(synthCluster(choices))).map(({ scaling_config: size }) => {
    const { min_size: min, max_size: max, desired_size: desired } = size as Record<string, number>;
    return [min, max, desired];
  });
const template = (choices: Choices = {}) => only(synthCluster(choices), 'aws_launch_template');
const addresses = (type: string) => Object.keys(all(plain(), type)).map((id) => `${type}.${id}`);

describe('MultiAZCluster', () => {
  describe('has nodes', () => {
    test('in a group of each zone, in the subnet of that zone alone', () => {
      const subnets = Object.entries(groups).map(([letter, { subnet_ids: ids }]) => [
        letter,
        (ids as string[]).map((id) => follow(plain(), id).block.id),
      ]);
      expect(subnets).toEqual([
        ['a', ['subnet-0abc100a']],
        ['b', ['subnet-0abc100b']],
        ['c', ['subnet-0abc100c']],
      ]);
    });

    // 4 carry the peak: over 3 zones 2 in each, so that two zones have 4 (docs/capacity.md)
    test.each([
      ['4 for the peak: 2 in each of 3 zones', Capacity.forPeak(4), [2, 4, 2]],
      ['5 for the peak: 3 in each', Capacity.forPeak(5), [3, 6, 3]],
      ['4 for the peak with two zones lost: 4 in each', Capacity.forPeak(4, { tolerateLostZones: 2 }), [4, 8, 4]],
      ['at most 20, and never one more', Capacity.forPeak(4, { max: 20 }), [2, 6, 2]],
      ['as many as were said', { min: 1, max: 7 }, [1, 7, 1]],
    ] as const)('as many in each zone as leave the peak carried without it: %s', (_, capacity, expected) => {
      expect(sizes({ capacity })).toEqual([expected, expected, expected]);
    });

    test('whose number is for the autoscaler to choose', () => {
      for (const { lifecycle } of Object.values(groups)) {
        expect(lifecycle).toEqual({
          create_before_destroy: true,
          ignore_changes: ['scaling_config[0].desired_size'],
        });
      }
    });

    test('of the version of the cluster, once that has it', () => {
      for (const { version } of Object.values(groups)) {
        expect(follow(plain(), version)).toMatchObject({ type: CLUSTER, attribute: 'version' });
      }
    });

    test('on m6i.large, on demand, with Amazon Linux 2023, unless said', () => {
      for (const group of Object.values(groups)) {
        expect(group).toMatchObject({
          ...{ instance_types: ['m6i.large'], capacity_type: 'ON_DEMAND', ami_type: 'AL2023_x86_64_STANDARD' },
        });
        expect(group).not.toHaveProperty('release_version');
      }
      const nodes = { instanceTypes: ['m7g.large', 'm6g.large'], releaseVersion: '1.34.1-20251112' };
      for (const group of Object.values(nodeGroups(synthCluster({ nodes })))) {
        expect(group).toMatchObject({
          ...{ instance_types: ['m7g.large', 'm6g.large'], ami_type: 'AL2023_ARM_64_STANDARD' },
          release_version: '1.34.1-20251112',
        });
      }
    });

    test.each([
      ...(['m6i.large', 'm7i-flex.large', 'g5.xlarge', 'm5dn.large', 'u-6tb1.metal', 'p4d.24xlarge'] as const).map(
        (type) => [type, 'AL2023_x86_64_STANDARD'] as const,
      ),
      ...(['m7g.large', 'c6gn.large', 't4g.large', 'x2gd.large', 'im4gn.large', 'a1.large', 'g5g.xlarge'] as const).map(
        (type) => [type, 'AL2023_ARM_64_STANDARD'] as const,
      ),
    ])('on %s with an image of its architecture: %s', (type, image) => {
      const [group] = Object.values(nodeGroups(synthCluster({ nodes: { instanceTypes: [type] } })));
      expect(group?.ami_type).toBe(image);
    });

    test('that are replaced when they are sick, and one at a time when they are changed', () => {
      for (const group of Object.values(groups)) {
        expect(group).toMatchObject({ node_repair_config: { enabled: true }, update_config: { max_unavailable: 1 } });
      }
    });

    test('that are changed zone after zone, so that a bad change stops in its first one', () => {
      const before = Object.values(groups).map(({ depends_on: after }) =>
        (after as string[]).flatMap((address) => /^aws_eks_node_group\..*_(Zone[A-Z])_/.exec(address)?.[1] ?? []),
      );
      expect(before).toEqual([[], ['ZoneA'], ['ZoneB']]);
    });

    test('with names that old and new ones can have side by side', () => {
      const prefixes = Object.values(groups).map((group) => group.node_group_name_prefix);
      expect(prefixes).toEqual(['Cluster-eu-west-1a-', 'Cluster-eu-west-1b-', 'Cluster-eu-west-1c-']);
      const long = synth((stack) => cluster(stack, {}, 'AVeryLongNameForWhatTheShopRunsIn'));
      for (const group of Object.values(nodeGroups(long))) {
        expect(String(group.node_group_name_prefix).length).toBeLessThanOrEqual(37); // 63, and 26 of Terraform's
      }
    });
  });

  describe('starts its nodes', () => {
    test('with session tokens that no pod can fetch, and without a public address', () => {
      expect(template()).toMatchObject({
        metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
        monitoring: { enabled: true },
        network_interfaces: [{ associate_public_ip_address: 'false', security_groups: [expect.any(String)] }],
      });
    });

    test('with 50 GiB of encrypted gp3, unless said', () => {
      const disk = (size: number) => [
        {
          device_name: '/dev/xvda',
          ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: size, delete_on_termination: 'true' },
        },
      ];
      expect(template().block_device_mappings).toEqual(disk(50));
      expect(template({ nodes: { volumeSize: Size.gibibytes(200) } }).block_device_mappings).toEqual(disk(200));
    });

    // What EKS refuses in a template: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
    test('with a template that has nothing of what EKS sets itself', () => {
      expect(Object.keys(template())).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(image_id|iam_instance_profile|instance_type|user_data)$/)]),
      );
      expect(template().network_interfaces).not.toEqual([expect.objectContaining({ subnet_id: expect.anything() })]);
    });

    test('anew whenever the template changes', () => {
      for (const { launch_template: used } of Object.values(groups)) {
        expect(follow(plain(), (used as Block).version)).toMatchObject({
          ...{ type: 'aws_launch_template', attribute: 'latest_version' },
        });
      }
    });

    test('by a role that may join the cluster and pull images, and nothing of the network', () => {
      const [group = {}] = Object.values(groups);
      const role = follow(plain(), group.node_role_arn);
      expect(role.block.assume_role_policy).toContain('"Service":"ec2.amazonaws.com"');
      const attached = Object.values(all(plain(), 'aws_iam_role_policy_attachment')).filter(
        ({ role: holder }) => follow(plain(), holder).address === role.address,
      );
      expect(attached.map((one) => one.policy_arn)).toEqual([
        'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly',
        'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy',
      ]);
    });

    test('after everything that a node needs to become ready, and be reached', () => {
      for (const { depends_on: after } of Object.values(groups)) {
        expect(after).toEqual(
          expect.arrayContaining([
            ...addresses('aws_vpc_security_group_ingress_rule'),
            ...addresses('aws_vpc_security_group_egress_rule'),
            ...['VpcCni', 'KubeProxy', 'PodIdentityAgent'].map((id) =>
              expect.stringContaining(`aws_eks_addon.Cluster_AddOns_${id}_`),
            ),
            ...['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'].map((id) =>
              expect.stringContaining(id),
            ),
          ]),
        );
      }
    });
  });

  describe('has add-ons', () => {
    const found = addOns(plain());

    test('that Kubernetes needs, autoscaling looks at, volumes come from and pods get their roles by', () => {
      expect(Object.keys(found).sort()).toEqual([
        ...['aws-ebs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'metrics-server', 'vpc-cni'],
      ]);
      expect(only(plain(), CLUSTER).bootstrap_self_managed_addons).toBe(false);
    });

    test('that run on some nodes, once all zones have nodes', () => {
      const afterNodes = Object.entries(found).filter(([, { depends_on: after }]) =>
        (after as string[]).some((address) => address.startsWith('aws_eks_node_group.')),
      );
      expect(afterNodes.map(([name]) => name).sort()).toEqual(['aws-ebs-csi-driver', 'coredns', 'metrics-server']);
      for (const [, { depends_on: after }] of afterNodes)
        expect(after).toEqual(expect.arrayContaining(addresses('aws_eks_node_group')));
    });

    test('in the version that AWS recommends for its Kubernetes version, unless said', () => {
      const next = synthCluster({ version: '1.35', addOnVersions: { coredns: 'v1.13.0-eksbuild.1' } });
      for (const [name, { addon_version: version }] of Object.entries(addOns(next))) {
        if (name === 'coredns') expect(version).toBe('v1.13.0-eksbuild.1');
        else expect(follow(next, version).block).toMatchObject({ addon_name: name, kubernetes_version: '1.35' });
      }
    });

    test('that are as they were written, and go on when they are taken out of Terraform', () => {
      for (const addOn of Object.values(found)) {
        expect(addOn).toMatchObject({
          ...{ resolve_conflicts_on_create: 'OVERWRITE', resolve_conflicts_on_update: 'OVERWRITE', preserve: true },
        });
      }
    });

    test('that take network policies seriously', () => {
      expect(JSON.parse(String(found['vpc-cni']?.configuration_values))).toEqual({ enableNetworkPolicy: 'true' });
    });

    test('that answer names in every zone, and in two when one is lost', () => {
      const dns = (letters: string) => {
        const result = synth((stack) => cluster(stack, { network: network(stack, letters) }));
        return JSON.parse(String(addOns(result).coredns?.configuration_values));
      };
      expect(dns('abc').autoScaling).toEqual({ enabled: true, minReplicas: 3, maxReplicas: 10 });
      expect(dns('ab').autoScaling).toEqual({ enabled: true, minReplicas: 2, maxReplicas: 10 });
      expect(dns('abcdef').autoScaling).toEqual({ enabled: true, minReplicas: 6, maxReplicas: 12 });
      expect(dns('abc').topologySpreadConstraints).toEqual([
        {
          ...{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
          labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ]);
    });

    test.each([
      ['vpc-cni', 'aws-node', 'AmazonEKS_CNI_Policy'],
      ['aws-ebs-csi-driver', 'ebs-csi-controller-sa', 'service-role/AmazonEBSCSIDriverPolicy'],
    ])('of which %s has a role of its own, for %s alone, before it starts', (name, serviceAccount, policy) => {
      const { pod_identity_association: identities, depends_on: after } = found[name] ?? {};
      const [{ role_arn: arn, service_account: account } = {}] = identities as Record<string, string>[];
      expect(account).toBe(serviceAccount);
      const role = follow(plain(), arn);
      const { Statement } = JSON.parse(String(role.block.assume_role_policy));
      expect(Statement[0].Condition.StringEquals).toMatchObject({
        'aws:RequestTag/kubernetes-namespace': 'kube-system',
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      });
      const [address = '', attached] =
        Object.entries(all(plain(), 'aws_iam_role_policy_attachment')).find(
          ([, { role: holder }]) => follow(plain(), holder).address === role.address,
        ) ?? [];
      expect(attached?.policy_arn).toBe(`arn:aws:iam::aws:policy/${policy}`);
      expect(after).toContain(`aws_iam_role_policy_attachment.${address}`);
    });
  });
});
