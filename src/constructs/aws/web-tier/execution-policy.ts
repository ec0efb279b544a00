import { isToken } from '../../../validation';
import { policyDocument, type Statement } from '../iam';
import type { ContainerSettings } from './props';

/** What ECS may do to start a task: write its logs, pull its image, read its secrets; nothing else. */
export function executionPolicy(container: ContainerSettings, logGroupArn: string, partition: string): string {
  const secrets = Object.values(container.secrets).map(String).map(withoutKey).sort();
  return policyDocument([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [`${logGroupArn}:*`],
    },
    ...imageStatements(container.image, partition),
    ...(secrets.length === 0
      ? []
      : [
          {
            Effect: 'Allow' as const,
            Action: ['secretsmanager:GetSecretValue', 'ssm:GetParameters'],
            Resource: [...new Set(secrets)],
          },
        ]),
  ]);
}

/**
 * A secret's ARN may go on with a JSON key, a stage and a version (`…:secret:name-AbCdEf:key::`), which IAM does not know;
 * also after a token that stands for the ARN.
 */
function withoutKey(arn: string): string {
  if (arn.includes(':secretsmanager:')) return arn.split(':').slice(0, 7).join(':');
  return arn.replace(/^(\$\{TfToken\[[^\]]+\]\})(?::[^:]*){3}$/, '$1');
}

function imageStatements(image: string, partition: string): Statement[] {
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  const repository = repositoryOf(image, partition);
  if (repository === undefined) return [];
  return [
    { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] }, // IAM knows no narrower resource for it
    { Effect: 'Allow', Action: pull, Resource: [repository] },
  ];
}

// Also by the endpoints for FIPS and for IPv6: https://docs.aws.amazon.com/general/latest/gr/ecr.html
const ECR_IMAGE =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn))\/([^:@]+)/;

/** ARN of the ECR repository of an image; none when it lies in another registry. A token may be any repository. */
function repositoryOf(image: string, partition: string): string | undefined {
  if (isToken(image)) return `arn:${partition}:ecr:*:*:repository/*`;
  const match = ECR_IMAGE.exec(image);
  if (!match) return undefined;
  const [, account, region, repository] = match;
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
