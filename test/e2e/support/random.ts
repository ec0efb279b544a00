import type { Cloud } from './cloud';
import { mustRun } from './processes';
import { Stack } from './stack';

/** What every draw starts from. */
export const SEED = Number(process.env.NINES_SEED ?? 2026);

export function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = [];
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size));
  return groups;
}

/** Whether `terraform validate` accepts stacks, one after the other. */
export async function validated(stacks: readonly string[], { env }: Cloud): Promise<boolean[]> {
  const answers: boolean[] = [];
  for (const cwd of stacks) {
    await mustRun('terraform', ['init', '-no-color'], { cwd, env });
    const { stdout } = await mustRun('terraform', ['validate', '-json'], { cwd, env });
    const { valid } = JSON.parse(stdout) as { valid: boolean };
    answers.push(valid);
  }
  return answers;
}

/** Applies a stack, plans again, and says what drifts without the table of gaps. */
export async function applied(stackFolder: string, { env }: Cloud): Promise<string[]> {
  const stack = new Stack(stackFolder, env);
  stack.asMotoCan();
  await stack.terraform('init', '-no-color');
  await stack.terraform('apply', '-auto-approve', '-no-color', '-parallelism=50');
  const { status, output } = await stack.plan();
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
  stack.asWritten();
  const drift = await stack.drift();
  expect(drift).toEqual(stack.expectedDrift());
  const lacking = stack.expectedLacking();
  if (lacking.length > 0) expect(await stack.lacking()).toEqual(lacking);
  return drift;
}
