import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import type { TerraformStack } from 'cdktf';
import type { WebTierContainer } from 'nines/aws';
import { all, only, type Synthesized, synth } from '../../../support/synth';
import { onFargate } from './tiers';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** What the role that starts tasks may do. */
function granted(container: (stack: TerraformStack) => Partial<WebTierContainer>): Statement[] {
  const result = synth((stack) => onFargate(stack, { container: container(stack) }));
  const logs = logStatement(result);
  const { Version: version, Statement: statements } = JSON.parse(String(only(result, 'aws_iam_role_policy').policy));
  expect(version).toBe('2012-10-17');
  expect(statements[0]).toEqual(logs);
  return statements.slice(1);
}

function logStatement(result: Synthesized): Statement {
  const [group] = Object.keys(all(result, 'aws_cloudwatch_log_group'));
  return {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [`\${aws_cloudwatch_log_group.${group}.arn}:*`],
  };
}

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const READ = ['secretsmanager:GetSecretValue', 'ssm:GetParameters'];
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf';
const PARAMETER = 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key';

describe('HAWebTier on Fargate', () => {
  describe('lets the role that starts tasks', () => {
    test('write to the logs of the tier, and nothing else', () => {
      expect(granted(() => ({}))).toEqual([]);
    });

    test('pull its own image from ECR', () => {
      const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop:1.4.2';
      expect(granted(() => ({ image }))).toEqual([
        { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
        { Effect: 'Allow', Action: PULL, Resource: ['arn:aws:ecr:eu-central-1:123456789012:repository/team/shop'] },
      ]);
    });

    test.each([
      `123456789012.dkr.ecr.us-east-1.amazonaws.com/shop@sha256:${'0123456789abcdef'.repeat(4)}`,
      '123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/shop:1.4.2',
      '123456789012.dkr-ecr.us-east-1.on.aws/shop:1.4.2',
      '123456789012.dkr-ecr-fips.us-east-1.on.aws/shop:1.4.2',
    ])('pull %s', (image) => {
      expect(granted(() => ({ image }))).toContainEqual({
        Effect: 'Allow',
        Action: PULL,
        Resource: ['arn:aws:ecr:us-east-1:123456789012:repository/shop'],
      });
    });

    test.each(['registry.example.com/shop:1.4.2', 'nginx:1.29', 'public.ecr.aws/nginx/nginx:1.29'])(
      'pull %s without a permission: it lies elsewhere',
      (image) => {
        expect(granted(() => ({ image }))).toEqual([]);
      },
    );

    test('pull an image whose repository is known later, which may be any', () => {
      const statements = granted((stack) => ({
        image: `${new EcrRepository(stack, 'Repository', { name: 'shop' }).repositoryUrl}:1.4.2`,
      }));
      expect(statements).toContainEqual({
        Effect: 'Allow',
        Action: PULL,
        Resource: ['arn:aws:ecr:*:*:repository/*'],
      });
    });

    test('read the secrets and parameters that were named, each once', () => {
      expect(granted(() => ({ secrets: { KEY: PARAMETER, PASSWORD: SECRET, AGAIN: SECRET } }))).toEqual([
        { Effect: 'Allow', Action: READ, Resource: [SECRET, PARAMETER] },
      ]);
    });

    test('read a whole secret when a JSON key of it was named: IAM knows no keys', () => {
      expect(granted(() => ({ secrets: { PASSWORD: `${SECRET}:password::` } }))).toEqual([
        { Effect: 'Allow', Action: READ, Resource: [SECRET] },
      ]);
    });

    test.each(['', ':password::', ':password:AWSCURRENT:'])('read a secret made beside it, named with "%s"', (key) => {
      const statements = granted((stack) => ({
        secrets: { PASSWORD: `${new SecretsmanagerSecret(stack, 'Secret', {}).arn}${key}` },
      }));
      expect(statements).toEqual([
        { Effect: 'Allow', Action: READ, Resource: [`\${aws_secretsmanager_secret.Secret.arn}`] },
      ]);
    });
  });

  test('gives that role to tasks before they start', () => {
    const result = synth((stack) => onFargate(stack));
    const [policy] = Object.keys(all(result, 'aws_iam_role_policy'));
    const { role } = only(result, 'aws_iam_role_policy');
    expect(only(result, 'aws_ecs_task_definition')).toMatchObject({
      execution_role_arn: String(role).replace('.id}', '.arn}'),
      depends_on: [`aws_iam_role_policy.${policy}`],
    });
    expect(Object.values(all(result, 'aws_iam_role')).map((block) => block.assume_role_policy)).toEqual(
      Array(2).fill(expect.stringContaining('"ecs-tasks.amazonaws.com"')),
    );
  });
});
