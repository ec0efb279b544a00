import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { Capacity, HealthCheck, Retention } from 'nines';
import { BackupBucket, type ConnectionSource, HAWebTier, MultiAZDatabase, SessionStore } from 'nines/aws';
import { plainNetwork } from '../../../support/breakages/plain-network';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { rulesOf } from '../ha-web-tier/rules';
import { cluster, plain } from './clusters';

const BACKUP = { namespace: 'shop', serviceAccount: 'database-backup' };
const ASSOCIATION = 'aws_eks_pod_identity_association';
const NODES = 'shop/Cluster/SecurityGroup';
const API = 'shop/Cluster/ControlPlaneSecurityGroup';

/** Servers of your own. */
class Servers extends Construct implements ConnectionSource {
  public readonly securityGroup = new SecurityGroup(this, 'Group', { tags: { Name: this.node.path } });
}

/** What the role of some pods may do by policies of its own. */
function allowed(result: Synthesized, serviceAccount: string) {
  const found = Object.values(all(result, ASSOCIATION)).find((one) => one.service_account === serviceAccount);
  const role = follow(result, found?.role_arn).address;
  return Object.values(all(result, 'aws_iam_role_policy'))
    .filter((policy) => follow(result, policy.role).address === role)
    .flatMap(({ policy }) => JSON.parse(String(policy)).Statement);
}

describe('MultiAZCluster', () => {
  describe('gives pods a role', () => {
    const result = synth((stack) => {
      const it = cluster(stack);
      const bucket = new BackupBucket(stack, 'Backups', { retention: Retention.gfs({ daily: 7 }) });
      bucket.grantWrite(it.podRole(BACKUP));
      bucket.grantWrite(it.podRole(BACKUP));
      it.podRole({ namespace: 'shop', serviceAccount: 'web' });
    });

    test('of their own, by namespace and service account; the same one each time', () => {
      const found = Object.values(all(result, ASSOCIATION)).map((one) => [one.namespace, one.service_account]);
      expect(found).toEqual([
        ['shop', 'database-backup'],
        ['shop', 'web'],
      ]);
      const roles = Object.values(all(result, ASSOCIATION)).map((one) => follow(result, one.role_arn).address);
      expect(new Set(roles).size).toBe(2);
    });

    test('that nobody else can take: no other pod, no other cluster, no node', () => {
      const [association = {}] = Object.values(all(result, ASSOCIATION));
      const { Statement } = JSON.parse(String(follow(result, association.role_arn).block.assume_role_policy));
      expect(Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: {
            StringEquals: {
              'aws:RequestTag/eks-cluster-arn': expect.stringMatching(/^\$\{aws_eks_cluster\..*\.arn\}$/),
              'aws:RequestTag/kubernetes-namespace': 'shop',
              'aws:RequestTag/kubernetes-service-account': 'database-backup',
            },
          },
        },
      ]);
    });

    test('that may do what is granted to it, such as adding backups, and nothing else', () => {
      const actions = allowed(result, 'database-backup').flatMap(({ Action }: { Action: string[] }) => Action);
      expect(actions).toEqual([...['s3:AbortMultipartUpload', 's3:PutObject', 'kms:Decrypt', 'kms:GenerateDataKey']]);
      expect(allowed(result, 'web')).toEqual([]);
    });

    test.each([
      [
        { namespace: 'Shop', serviceAccount: 'web' },
        "namespace must be the name of one in Kubernetes, known at synthesis, got 'Shop'",
      ],
      [
        { namespace: 'shop', serviceAccount: 'web_1' },
        "serviceAccount must be the name of one in Kubernetes, known at synthesis, got 'web_1'",
      ],
      [{ namespace: 'shop', serviceAccount: 'x'.repeat(64) }, 'serviceAccount must be the name of one'],
    ])('but none that Kubernetes has no pods for: %j', (identity, says) => {
      synth((stack) => {
        const it = cluster(stack);
        expect(() => it.podRole(identity)).toThrow(RangeError);
        expect(() => it.podRole(identity)).toThrow(`"shop/Cluster" cannot have this role: ${says}`);
      });
    });
  });

  test('lets an autoscaler size its own groups of nodes, and no others', () => {
    const result = synth((stack) => {
      const it = cluster(stack);
      const autoscaler = it.podRole({ namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' });
      it.grantScaling(autoscaler);
      it.grantScaling(autoscaler);
    });
    const [change, look, ...others] = allowed(result, 'cluster-autoscaler');
    expect(change).toMatchObject({
      Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      Condition: { StringEquals: expect.any(Object) },
    });
    const [[tag = '', value] = []] = Object.entries(change.Condition.StringEquals);
    expect(tag).toMatch(/^aws:ResourceTag\/k8s\.io\/cluster-autoscaler\/\$\{aws_eks_cluster\..*\.name\}$/);
    expect(value).toBe('owned');
    expect(look.Action.every((action: string) => /:(Describe|Get)/.test(action))).toBe(true);
    expect(others).toEqual([]);
  });

  describe('opens', () => {
    test('its nodes to each other and to its control plane, and HTTPS to anywhere; nothing else', () => {
      expect(rulesOf(plain())).toEqual([
        `${API} -> ${NODES} tcp 1025-65535`,
        `${API} -> ${NODES} tcp 443`,
        `${API} <- ${NODES} tcp 443`,
        `${NODES} -> 0.0.0.0/0 tcp 443`,
        `${NODES} -> ${API} tcp 443`,
        `${NODES} -> ${NODES} -1 undefined`,
        `${NODES} <- ${API} tcp 1025-65535`,
        `${NODES} <- ${API} tcp 443`,
        `${NODES} <- ${NODES} -1 undefined`,
      ]);
    });

    test('the group of its nodes, not that of its control plane, is on its nodes', () => {
      const [{ security_groups: groups } = {}] = only(plain(), 'aws_launch_template').network_interfaces as {
        security_groups: string[];
      }[];
      expect(groups?.map((id) => (follow(plain(), id).block.tags as { Name: string }).Name)).toEqual([NODES]);
    });

    test('databases and sessions to its pods, by the group of its nodes', () => {
      const result = synth((stack) => {
        const it = cluster(stack);
        const within = { network: plainNetwork('eu-west-1', 'abc') };
        new MultiAZDatabase(stack, 'Database', { ...within, engine: 'postgres' }).allowFrom(it);
        it.allowTo(new SessionStore(stack, 'Sessions', within));
      });
      expect(rulesOf(result)).toEqual(
        expect.arrayContaining([
          ...[`shop/Database/SecurityGroup <- ${NODES} tcp 5432`, `${NODES} -> shop/Database/SecurityGroup tcp 5432`],
          ...[`shop/Sessions/SecurityGroup <- ${NODES} tcp 6379`, `${NODES} -> shop/Sessions/SecurityGroup tcp 6379`],
        ]),
      );
      const connect = JSON.stringify(all(result, 'aws_iam_role_policy'));
      expect(connect).not.toContain('elasticache:Connect'); // nodes are nobody: pods are, by their roles
    });

    test('the API to servers that are named', () => {
      const result = synth((stack) => {
        const it = cluster(stack);
        const servers = new Servers(stack, 'Bastion');
        it.allowFrom(servers);
        it.allowFrom(servers);
      });
      expect(rulesOf(result).filter((rule) => /Bastion/.test(rule))).toEqual([
        `shop/Bastion -> ${API} tcp 443`,
        `${API} <- shop/Bastion tcp 443`,
      ]);
    });

    test('the API to a tier, asked from either side', () => {
      const result = synth((stack) => {
        const web = new HAWebTier(stack, 'Deployer', {
          network: plainNetwork('eu-west-1', 'abc'),
          machineImage: 'ami-0abc1234def567890',
          capacity: Capacity.forPeak(1),
          healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
          entrance: { internal: true },
        });
        web.allowTo(cluster(stack));
      });
      expect(rulesOf(result)).toContain(`${API} <- shop/Deployer/SecurityGroup tcp 443`);
    });

    test('ranges of addresses to its pods, once', () => {
      const result = synth((stack) => {
        const it = cluster(stack);
        it.allowTo({ cidr: '10.9.0.0/16', port: 22 });
        it.allowTo({ cidr: '10.9.0.0/16', port: 22 });
        expect(() => it.allowTo({ cidr: '10.9.0.1/16', port: 0 })).toThrow(
          '"shop/Cluster" cannot allow this: port must be a whole number from 1 to 65535, got 0; ' +
            "give the port that the servers listen on; cidr must be an IPv4 range that starts at its first address, got '10.9.0.1/16'",
        );
      });
      expect(rulesOf(result).filter((rule) => /10\.9/.test(rule))).toEqual([`${NODES} -> 10.9.0.0/16 tcp 22`]);
    });
  });
});
