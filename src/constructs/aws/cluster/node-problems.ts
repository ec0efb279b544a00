import { inMebibytes } from '../../../units';
import {
  isTextOf,
  isToken,
  listProblems,
  objectProblems,
  shown,
  sizeProblems,
  unknownProblem,
  wholeNumberProblems,
} from '../../../validation';
import { architectureOf, INSTANCE_TYPE, isTooSmall } from './instance-types';
import type { Settings } from './props';

/** Every reason why EKS would refuse such nodes, or nothing could run on them. */
export function nodeProblems({ nodes, writtenNodes, version }: Settings): string[] {
  const misshapen = objectProblems('nodes', writtenNodes);
  if (misshapen.length > 0) return misshapen;
  return [
    ...instanceTypeProblems(nodes.instanceTypes),
    ...volumeProblems(nodes.volumeSize),
    ...releaseProblems(nodes.releaseVersion, version),
  ];
}

// https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
const MOST_TYPES = 20;

function instanceTypeProblems(types: readonly unknown[]): string[] {
  if (isToken(types)) return [unknownProblem('nodes.instanceTypes', 'list', types)];
  const misshapen = listProblems('nodes.instanceTypes', types);
  if (misshapen.length > 0) return misshapen;
  if (types.length === 0 || types.length > MOST_TYPES) {
    return [
      `nodes.instanceTypes must be from 1 to ${MOST_TYPES}, got ${types.length}; leave it out for one that is good for most`,
    ];
  }
  const known = types.filter((type): type is string => typeof type === 'string' && INSTANCE_TYPE.test(type));
  const problems = types
    .filter((type) => !known.includes(String(type)))
    .map((type) => `nodes.instanceTypes must hold instance types, got ${shown(type)}; write them as in 'm6i.large'`);
  const small = known.filter(isTooSmall);
  if (small.length > 0) {
    problems.push(
      `nodes.instanceTypes must have room for more than the pods of every node, got ${shown(small)}; take large ones, and fewer`,
    );
  }
  const architectures = new Set(known.map(architectureOf));
  if (architectures.size > 1) {
    const both = known.map((type) => `${type} (${architectureOf(type)})`).join(', ');
    problems.push(`nodes.instanceTypes must be of one processor architecture, got ${both}; images run on one of them`);
  }
  return problems;
}

function volumeProblems(size: Settings['nodes']['volumeSize']): string[] {
  const misshapen = sizeProblems('nodes.volumeSize', size);
  if (misshapen.length > 0) return misshapen;
  const limits = { min: 20, max: 16_384 };
  return wholeNumberProblems('nodes.volumeSize in GiB', inMebibytes(size) / 1024, limits, 'write Size.gibibytes(…)');
}

function releaseProblems(release: unknown, version: unknown): string[] {
  if (release === undefined) return [];
  if (!isTextOf(/^1\.\d{2}\.\d+-\d{8}$/, release)) {
    return [
      `nodes.releaseVersion must be a release of the machine image, got ${shown(release)}; write it as in '1.34.1-20251112'`,
    ];
  }
  if (isToken(release) || isToken(version) || String(release).startsWith(`${version}.`)) return [];
  return [
    `nodes.releaseVersion must be of the Kubernetes version (${version}), got ${shown(release)}; take a release of it`,
  ];
}
