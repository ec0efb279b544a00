import { type Duration, inMebibytes } from '../../../units';
import { isDuration, isToken, shown } from '../../../validation';
import { FARGATE_CPUS, fargateMemory } from './fargate-sizes';
import type { ContainerSettings } from './props';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const LOG_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Every reason why a container cannot run on Fargate, one sentence each. */
export function containerProblems(container: ContainerSettings): string[] {
  return [
    ...imageProblems(container.image),
    ...sizeProblems(container),
    ...variableProblems(container),
    ...retentionProblems(container.logRetention),
    ...(container.command?.length === 0
      ? ["container.command must name a command, got none; leave it out for the image's own"]
      : []),
  ];
}

function imageProblems(image: string): string[] {
  if (isToken(image) && !image.endsWith(':latest')) return [];
  const digest = /^[^@\s]+@sha256:[0-9a-f]{64}$/.test(image);
  const tag = /^[^@\s]*[^@\s:/](?::([\w][\w.-]{0,127}))$/.exec(image)?.[1];
  if (digest || (tag !== undefined && tag !== 'latest')) return [];
  return [
    `container.image must name a tag other than 'latest', or a digest, got ${isToken(image) ? "a token and ':latest'" : shown(image)}; ` +
      "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  ];
}

function sizeProblems({ cpu, memory }: ContainerSettings): string[] {
  const sizes = fargateMemory(cpu);
  if (sizes.length === 0) {
    return [`container.cpu must be one of ${FARGATE_CPUS.join(', ')}, got ${shown(cpu)}; Fargate has no other sizes`];
  }
  const mebibytes = inMebibytes(memory);
  if (sizes.includes(mebibytes)) return [];
  return [
    `container.memory must be one of ${sizes.map(inGiB).join(', ')} with ${cpu} CPU units, got ${inGiB(mebibytes)}; ` +
      'take one of these, or another cpu',
  ];
}

function inGiB(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}

function variableProblems({ environment, secrets }: ContainerSettings): string[] {
  const names = [...Object.keys(environment), ...Object.keys(secrets)];
  const twice = Object.keys(environment).filter((name) => name in secrets);
  return [
    ...names
      .filter((name) => !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name))
      .map(
        (name) =>
          `container.environment and secrets must have names of letters, digits and _, got ${shown(name)}; rename it`,
      ),
    ...(twice.length > 0
      ? [`container.secrets must not repeat a name of environment, got ${shown(twice)}; keep one of them`]
      : []),
    ...Object.entries(secrets)
      .filter(([, arn]) => !isToken(arn) && !/^arn:[\w-]+:(secretsmanager|ssm):/.test(arn))
      .map(
        ([name]) =>
          // the value is not shown: whoever writes a secret here by mistake must not find it in a log
          `container.secrets['${name}'] must be the ARN of a secret or an SSM parameter, got other text; ` +
          'store the value there and give its ARN',
      ),
  ];
}

function retentionProblems(retention: Duration): string[] {
  const days = isDuration(retention) ? retention.toDays({ integral: false }) : undefined;
  if (days !== undefined && LOG_DAYS.includes(days)) return [];
  return [
    `container.logRetention must be one of CloudWatch's periods (${LOG_DAYS.join(', ')} days), got ${shown(retention)}; take the next longer one`,
  ];
}
