/** Task sizes that Fargate knows, in CPU units; 1024 are one virtual CPU. */
export type FargateCpu = 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384;

/**
 * Memory that goes with each CPU size, in MiB.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
const MEMORY: Readonly<Record<FargateCpu, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: steps(1, 4, 1),
  1024: steps(2, 8, 1),
  2048: steps(4, 16, 1),
  4096: steps(8, 30, 1),
  8192: steps(16, 60, 4),
  16384: steps(32, 120, 8),
};

/** The CPU sizes, smallest first. */
export const FARGATE_CPUS: readonly number[] = Object.keys(MEMORY).map(Number);

/** Memory sizes in MiB that go with a CPU size; none for a size that Fargate does not know. */
export function fargateMemory(cpu: number): readonly number[] {
  return (MEMORY as Readonly<Record<number, readonly number[]>>)[cpu] ?? [];
}

function steps(fromGiB: number, toGiB: number, step: number): number[] {
  const sizes: number[] = [];
  for (let size = fromGiB; size <= toGiB; size += step) sizes.push(size * 1024);
  return sizes;
}
