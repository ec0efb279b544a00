import { inMebibytes, type Size } from '../../units';
import { hasMember, shown, sizeProblems, wholeNumberProblems } from '../../validation';
import { isPlain } from './plain-text';

const CPU = /^(\d{1,7}m|\d{1,4}(\.\d{1,3})?)$/;

/** Thousandths of a CPU in a quantity such as `500m` or `0.5`; NaN in anything else. */
export function millicores(cpu: unknown): number {
  if (!isPlain(CPU, cpu)) return Number.NaN;
  return cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Math.round(Number(cpu) * 1000);
}

/** The problem of a number of CPUs, as a list of none or one. */
export function cpuProblems(prop: string, cpu: unknown): string[] {
  if (millicores(cpu) > 0) return [];
  return [`${prop} must be a number of CPUs as Kubernetes writes it, got ${shown(cpu)}; write it as in '500m' or '2'`];
}

/** The problem of an amount of memory, as a list of none or one. */
export function memoryProblems(prop: string, memory: unknown): string[] {
  const misshapen = sizeProblems(prop, memory);
  if (misshapen.length > 0 || !hasMember(memory, 'toKibibytes')) return misshapen;
  return wholeNumberProblems(`${prop} in MiB`, inMebibytes(memory as Size), { min: 1 }, 'write Size.mebibytes(…)');
}

/** Memory as Kubernetes writes it. */
export function memoryQuantity(memory: Size): string {
  return `${inMebibytes(memory)}Mi`;
}
