import type { Size } from '../../units';
import { objectProblems } from '../../validation';
import { cpuProblems, memoryProblems, memoryQuantity } from './quantities';

/** What a pod asks for, and may use: both are the same, so that it is among the last to be evicted (Guaranteed). */
export interface FixedResources {
  /**
   * CPUs, as Kubernetes writes them: `500m`, `2`.
   *
   * @default - as the construct says
   */
  readonly cpu?: string;

  /**
   * Memory; whole mebibytes.
   *
   * @default - as the construct says
   */
  readonly memory?: Size;
}

/** The problems of resources with every default filled in. */
export function fixedResourcesProblems(prop: string, written: unknown, settled: Required<FixedResources>): string[] {
  return [
    ...(written === undefined ? [] : objectProblems(prop, written)), // else it would quietly be all defaults
    ...cpuProblems(`${prop}.cpu`, settled.cpu),
    ...memoryProblems(`${prop}.memory`, settled.memory),
  ];
}

/** Resources as Kubernetes writes them, requests and limits alike. */
export function fixedResourceFields({ cpu, memory }: Required<FixedResources>) {
  return { cpu, memory: memoryQuantity(memory) };
}
