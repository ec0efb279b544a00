import { shown, sizeProblems, wholeNumberProblems } from '../../../validation';
import { keyProblems } from '../encryption-key';
import type { DatabaseTopology } from './capabilities';
import { gibibytes, type Settings } from './props';

/** Largest volume in GiB. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const LARGEST = 65_536;
/** From here on `gp3` takes operations per second; below it has 3000. */
const GP3_IOPS_FROM = 400;

/** What RDS would refuse of the disks. */
export function storageProblems(settings: Settings): string[] {
  const { topology, storage, writtenStorage, kmsKeyArn } = settings;
  return [
    ...(storage ? volumeProblems(topology, storage) : auroraProblems(writtenStorage)),
    ...keyProblems('storage.kmsKeyArn', kmsKeyArn),
  ];
}

/** On Aurora there is nothing to say of the volume. */
function auroraProblems(written: Settings['writtenStorage'] = {}): string[] {
  return (['size', 'type', 'iops'] as const)
    .filter((prop) => written[prop] !== undefined)
    .map(
      (prop) =>
        `storage.${prop} must be left out with topology 'aurora', got ${shown(written[prop])}; its volume grows by itself`,
    );
}

function volumeProblems(
  topology: DatabaseTopology,
  { size, max, type, iops }: NonNullable<Settings['storage']>,
): string[] {
  if (type !== 'gp3' && type !== 'io2') {
    return [`storage.type must be 'gp3' or 'io2', got ${shown(type)}; gp3 is the usual one`];
  }
  const misshapen = [...sizeProblems('storage.size', size), ...(max ? sizeProblems('storage.max', max) : [])];
  if (misshapen.length > 0) return misshapen;
  const from = topology === 'instance' && type === 'gp3' ? 20 : 100;
  const range = { min: from, max: LARGEST };
  const problems = [
    ...wholeNumberProblems('storage.size in GiB', gibibytes(size), range, 'write Size.gibibytes(…)'),
    ...(max ? wholeNumberProblems('storage.max in GiB', gibibytes(max), range, 'write Size.gibibytes(…)') : []),
    ...iopsProblems(type, iops, gibibytes(size)),
  ];
  // RDS grows by a tenth at least, or by what seven hours need
  if (!max || gibibytes(max) >= gibibytes(size) * 1.1) return problems;
  return [
    ...problems,
    `storage.max must be at least a tenth above size (${gibibytes(size)} GiB), got ${gibibytes(max)} GiB; raise max`,
  ];
}

function iopsProblems(type: 'gp3' | 'io2', iops: number | undefined, size: number): string[] {
  if (iops === undefined) {
    return type === 'gp3' ? [] : ['storage.iops must be given with io2, got none; say how many operations per second'];
  }
  if (type === 'gp3' && size < GP3_IOPS_FROM) {
    return [`storage.iops must be left out below ${GP3_IOPS_FROM} GiB of gp3, got ${shown(iops)}; it has 3000 there`];
  }
  const range = type === 'gp3' ? { min: 12_000, max: 64_000 } : { min: 1000, max: 256_000 };
  return wholeNumberProblems('storage.iops', iops, range, 'RDS allows no other');
}
