import { inMebibytes } from '../../../units';
import {
  isRecord,
  isTextOf,
  isToken,
  listProblems,
  objectProblems,
  shown,
  sizeProblems,
  textProblems,
} from '../../../validation';
import { logRetentionProblems } from '../log-retention';
import { FARGATE_CPUS, fargateMemory } from './fargate-sizes';
import type { ContainerSettings } from './props';

/** Every reason why a container cannot run on Fargate, one sentence each. */
export function containerProblems(container: ContainerSettings): string[] {
  return [
    ...imageProblems(container.image),
    ...taskSizeProblems(container),
    ...variableProblems(container),
    ...logRetentionProblems('container.logRetention', container.logRetention),
    ...architectureProblems(container.architecture),
    ...(container.command === undefined ? [] : commandProblems(container.command)),
  ];
}

const WITH_DIGEST = /^[^@\s]+@sha256:[0-9a-f]{64}$/;
const WITH_TAG = /^[^@\s]*[^@\s:/]:\w[\w.-]{0,127}$/;

function imageProblems(image: string): string[] {
  const moves = typeof image === 'string' && image.endsWith(':latest');
  if (!moves && (isTextOf(WITH_DIGEST, image) || isTextOf(WITH_TAG, image))) return [];
  const got = moves && isToken(image) ? "a token and ':latest'" : shown(image);
  return [
    `container.image must name a tag other than 'latest', or a digest, got ${got}; ` +
      "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  ];
}

function taskSizeProblems({ cpu, memory }: ContainerSettings): string[] {
  const sizes = fargateMemory(cpu);
  if (sizes.length === 0) {
    return [`container.cpu must be one of ${FARGATE_CPUS.join(', ')}, got ${shown(cpu)}; Fargate has no other sizes`];
  }
  const misshapen = sizeProblems('container.memory', memory);
  if (misshapen.length > 0) return misshapen;
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
  const plain = isRecord(environment) ? environment : {};
  const secret = isRecord(secrets) ? secrets : {};
  const names = [...Object.keys(plain), ...Object.keys(secret)];
  const twice = Object.keys(plain).filter((name) => name in secret);
  return [
    ...objectProblems('container.environment', environment),
    ...objectProblems('container.secrets', secrets),
    ...names
      .filter((name) => !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name))
      .map(
        (name) =>
          `container.environment and secrets must have names of letters, digits and _, got ${shown(name)}; rename it`,
      ),
    ...(twice.length > 0
      ? [`container.secrets must not repeat a name of environment, got ${shown(twice)}; keep one of them`]
      : []),
    ...Object.entries(plain).flatMap(([name, value]) => textProblems(`container.environment['${name}']`, value)),
    ...Object.entries(secret)
      .filter(([, arn]) => !isTextOf(/^arn:[\w-]+:(secretsmanager|ssm):/, arn))
      .map(
        ([name]) =>
          // the value is not shown: whoever writes a secret here by mistake must not find it in a log
          `container.secrets['${name}'] must be the ARN of a secret or an SSM parameter, got other text; ` +
          'store the value there and give its ARN',
      ),
  ];
}

function architectureProblems(architecture: string): string[] {
  if (architecture === 'X86_64' || architecture === 'ARM64') return [];
  return [
    `container.architecture must be 'X86_64' or 'ARM64', got ${shown(architecture)}; name what the image was built for`,
  ];
}

function commandProblems(command: readonly string[]): string[] {
  if (isToken(command) && isTextOf(/^/, command)) return []; // as of Fn.concat(…)
  const misshapen = listProblems('container.command', command);
  if (misshapen.length > 0) return misshapen;
  if (command.length === 0) {
    return ["container.command must name a command, got none; leave it out for the image's own"];
  }
  return command.flatMap((word, position) => textProblems(`container.command[${position}]`, word));
}
