import type { Size } from '../../../units';
import { shown, sizeProblems, wholeNumberProblems } from '../../../validation';
import { keyProblems } from '../encryption-key';
import type { DatabaseTopology } from './capabilities';
import { gibibytes, isRoomToGrow, LARGEST_VOLUME, type Settings } from './props';

/** From here on `gp3` takes operations per second; below it has 3000. */
const GP3_IOPS_FROM = 400;

/**
 * What RDS would refuse of the disks.
 *
 * @param here region of the database, if it is known
 */
export function storageProblems(settings: Settings, here: string | undefined): string[] {
  const { topology, storage, writtenStorage, kmsKeyArn } = settings;
  return [
    ...(storage ? volumeProblems(topology, storage) : auroraProblems(writtenStorage)),
    ...keyProblems('storage.kmsKeyArn', kmsKeyArn, here),
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
  const from = topology === 'instance' && type === 'gp3' ? 20 : 100;
  const wrongSize = gibibyteProblems('storage.size', size, from);
  const problems = [...wrongSize, ...(max === undefined ? [] : gibibyteProblems('storage.max', max, from))];
  if (wrongSize.length > 0) return problems; // the rest is measured by it
  problems.push(...iopsProblems(type, iops, gibibytes(size)));
  if (problems.length > 0 || max === undefined || isRoomToGrow(size, max)) return problems;
  return [
    `storage.max must be at least a tenth above size (${gibibytes(size)} GiB), got ${gibibytes(max)} GiB; raise max`,
  ];
}

function gibibyteProblems(prop: string, size: Size, min: number): string[] {
  const misshapen = sizeProblems(prop, size);
  if (misshapen.length > 0) return misshapen;
  const range = { min, max: gibibytes(LARGEST_VOLUME) };
  return wholeNumberProblems(`${prop} in GiB`, gibibytes(size), range, 'write Size.gibibytes(…)');
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
function iopsProblems(type: 'gp3' | 'io2', iops: number | undefined, size: number): string[] {
  if (iops === undefined) {
    return type === 'gp3' ? [] : ['storage.iops must be given with io2, got none; say how many operations per second'];
  }
  if (type === 'gp3' && size < GP3_IOPS_FROM) {
    return [`storage.iops must be left out below ${GP3_IOPS_FROM} GiB of gp3, got ${shown(iops)}; it has 3000 there`];
  }
  const range =
    type === 'gp3'
      ? { min: 12_000, max: 64_000 }
      : { min: Math.max(1000, Math.ceil(size / 2)), max: Math.min(256_000, size * 1000) };
  return wholeNumberProblems('storage.iops', iops, range, 'RDS allows no other for that size');
}
