import { Token } from 'cdktf';
import { all, follow, only } from '../../../support/synth';
import { ignored, made, published, SECRET, TOPOLOGIES } from './databases';
import { problem, problems } from './refusal';

const USERS = {
  userSecretArns: [1, 2].map((user) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:user${user}-AbCdEf`),
};

describe('MultiAZDatabase', () => {
  test('has no proxy by default', () => {
    expect(all(made(), 'aws_db_proxy')).toEqual({});
    expect(all(made({ proxy: false }), 'aws_db_proxy')).toEqual({});
  });

  describe.each(TOPOLOGIES)('as %s has a proxy in front', (topology) => {
    const result = made({ topology, proxy: true, master: { secret: SECRET } });

    test('that speaks TLS alone, in every zone', () => {
      const proxy = only(result, 'aws_db_proxy');
      expect(proxy).toMatchObject({ require_tls: true, engine_family: 'POSTGRESQL' });
      const subnets = proxy.vpc_subnet_ids as string[];
      expect(subnets.map((subnet) => follow(result, subnet).block.id)).toEqual([
        'subnet-0abc300a',
        'subnet-0abc300b',
        'subnet-0abc300c',
      ]);
    });

    test('that stands behind one security group of its own, in the VPC of the network', () => {
      const groups = only(result, 'aws_db_proxy').vpc_security_group_ids as string[];
      for (const endpoint of Object.values(all(result, 'aws_db_proxy_endpoint'))) {
        expect(endpoint.vpc_security_group_ids).toEqual(groups);
      }
      expect(groups.map((group) => follow(result, group).block)).toMatchObject([
        { name_prefix: 'Database-proxy-', vpc_id: 'vpc-0abc1234' },
      ]);
    });

    test('that leads to the writer, wherever it is', () => {
      const target = only(result, 'aws_db_proxy_target');
      const [argument, type] =
        topology === 'instance'
          ? ['db_instance_identifier', 'aws_db_instance']
          : ['db_cluster_identifier', 'aws_rds_cluster'];
      expect(follow(result, target[argument]).type).toBe(type);
      expect(target).not.toHaveProperty(topology === 'instance' ? 'db_cluster_identifier' : 'db_instance_identifier');
      expect(follow(result, target.target_group_name).type).toBe('aws_db_proxy_default_target_group');
      expect(follow(result, target.db_proxy_name).type).toBe('aws_db_proxy');
    });

    test('for the master user, with the password in its secret', () => {
      expect(only(result, 'aws_db_proxy').auth).toEqual([
        { auth_scheme: 'SECRETS', iam_auth: 'DISABLED', secret_arn: SECRET.arn },
      ]);
    });

    // the provider cannot move a proxy (vpc_subnet_ids: forces replacement), and meanwhile nobody would answer
    test('that stays when a zone is added', () => {
      expect(ignored(only(result, 'aws_db_proxy'))).toEqual(['vpc_subnet_ids']);
      for (const endpoint of Object.values(all(result, 'aws_db_proxy_endpoint'))) {
        expect(ignored(endpoint)).toEqual(['vpc_subnet_ids']);
      }
    });
  });

  test('speaks the language of the engine through its proxy', () => {
    for (const engine of ['mysql', 'mariadb'] as const) {
      expect(only(made({ engine, proxy: true }), 'aws_db_proxy')).toMatchObject({ engine_family: 'MYSQL' });
    }
  });

  test('registers a cluster when it has instances', () => {
    const result = made({ topology: 'aurora', proxy: true });
    const instances = Object.keys(all(result, 'aws_rds_cluster_instance')).map(
      (id) => `aws_rds_cluster_instance.${id}`,
    );
    expect(only(result, 'aws_db_proxy_target').depends_on).toEqual(instances);
  });

  test('lets further users log in to its proxy, by their own secrets', () => {
    const result = made({ proxy: USERS, master: { secret: SECRET } });
    expect(only(result, 'aws_db_proxy').auth).toEqual(
      [SECRET.arn, ...USERS.userSecretArns].map((arn) => ({
        auth_scheme: 'SECRETS',
        iam_auth: 'DISABLED',
        secret_arn: arn,
      })),
    );
  });

  test.each([
    ['the one secret', true, [SECRET.arn]],
    ['those secrets', USERS, [SECRET.arn, ...USERS.userSecretArns]],
  ] as const)('lets its proxy read %s, and nothing else', (_, proxy, arns) => {
    const result = made({ proxy, master: { secret: SECRET } });
    const { policy, role } = only(result, 'aws_iam_role_policy');
    expect(JSON.parse(String(policy)).Statement).toEqual([
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: arns },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['*'],
        Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': arns } },
      },
    ]);
    const { block } = follow(result, role);
    expect(JSON.parse(String(block.assume_role_policy)).Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'rds.amazonaws.com' } },
    ]);
    expect(follow(result, only(result, 'aws_db_proxy').role_arn).block).toBe(block);
  });

  test('reads the secret that RDS keeps through its proxy, too', () => {
    const [auth] = only(made({ proxy: true }), 'aws_db_proxy').auth as { secret_arn: string }[];
    expect(auth?.secret_arn).toMatch(/master_user_secret\[0\]\.secret_arn/);
  });

  test.each([
    ['instance', { writes: 'aws_db_proxy.endpoint', reads: undefined }], // nothing there to read
    ['cluster', { writes: 'aws_db_proxy.endpoint', reads: 'aws_db_proxy_endpoint.endpoint' }],
    ['aurora', { writes: 'aws_db_proxy.endpoint', reads: 'aws_db_proxy_endpoint.endpoint' }],
  ] as const)('publishes as %s the hosts of its proxy', (topology, hosts) => {
    const pick = published({ topology, proxy: true }, (built) => ({
      writes: built.endpoint,
      reads: built.readerEndpoint,
    }));
    expect(pick).toEqual(hosts);
  });

  test('reads through an endpoint for readers alone', () => {
    expect(only(made({ topology: 'aurora', proxy: true }), 'aws_db_proxy_endpoint')).toMatchObject({
      target_role: 'READ_ONLY',
    });
  });

  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html
  test.each(['Database', 'A-very-long-name-'.repeat(8), 'Dätabase_1', '42'])(
    'names its proxy after its id %s',
    (id) => {
      const result = made({ proxy: true, topology: 'aurora' }, id);
      const names = [only(result, 'aws_db_proxy').name, only(result, 'aws_db_proxy_endpoint').db_proxy_endpoint_name];
      for (const name of names) {
        expect(name).toMatch(/^[a-z](-?[a-z0-9])*$/);
        expect(String(name).length).toBeLessThanOrEqual(63);
      }
    },
  );
});

describe('MultiAZDatabase', () => {
  test('refuses a password in place of the ARN of a secret, without showing it', () => {
    expect(problem({ proxy: { userSecretArns: [SECRET.arn, 'hunter2'] } })).toBe(
      'proxy.userSecretArns must be ARNs of secrets, got other text; store the user and password there',
    );
  });

  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html: 200, the master's among them
  test('refuses more users than a proxy has room for', () => {
    const arns = (count: number) => Array.from({ length: count }, (_, user) => `${SECRET.arn}${user}`);
    expect(problem({ proxy: { userSecretArns: arns(200) } })).toBe(
      'proxy.userSecretArns must be at most 199, got 200; use IAM authentication for more',
    );
    expect(() => made({ proxy: { userSecretArns: arns(199) } })).not.toThrow();
    expect(problems({ proxy: { userSecretArns: [...arns(199), 'hunter2'] } })).toHaveLength(2);
  });

  test('takes secrets that are known later, and none', () => {
    const later = Token.asString({ resolve: () => 'later' });
    expect(() => made({ proxy: { userSecretArns: [later] } })).not.toThrow();
    expect(() => made({ proxy: { userSecretArns: [] } })).not.toThrow();
  });
});
