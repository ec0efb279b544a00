import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import type { Coverage } from '../../support/coverage';
import { REGION } from '../../support/random-configs';
import { MOTO_LACKS } from '../moto-gaps';
import { type Cloud, startCloud } from './cloud';
import { mustRun } from './processes';
import { Stack } from './stack';
import { synthesized } from './synthesis';

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

/** Rows of what moto lacks that no stack needs, of the resources that are theirs to need. */
export function rowsWithoutUse(stacks: readonly string[], theirs: RegExp): string[] {
  const files = stacks.map((stack) => readFileSync(join(stack, 'cdk.tf.json'), 'utf8'));
  const rows = MOTO_LACKS.map(({ resource }) => resource).filter((resource) => theirs.test(resource));
  return rows.filter((resource) => !files.some((file) => file.includes(`"${resource}": {`)));
}

/** What is drawn of a construct. */
interface Drawn<Config> {
  /** Its name, in the plural. */
  readonly what: string;
  readonly configs: readonly Config[];
  /** Those that are applied too, in a cloud where nothing else is; none by default. */
  readonly toApply?: readonly Config[];
  /** Resources whose rows in the table of what moto lacks are there for these; none by default. */
  readonly lacking?: RegExp;
  /** Addresses of what moto lets drift; nothing by default. */
  readonly drifting?: RegExp;
  readonly coverage: Coverage;
  readonly build: (scope: Construct, config: Config, coverage?: Coverage) => void;
}

/** Configs in one stack: Terraform takes seconds to start. */
const TOGETHER = 50;

/** Tests that Terraform takes what is drawn: all of it as valid, and some with moto as the cloud, without a change after it. */
export function takenByTerraform<Config>({
  what,
  configs,
  toApply = [],
  lacking,
  drifting,
  coverage,
  build,
}: Drawn<Config>): void {
  const folder = mkdtempSync(join(tmpdir(), 'nines-random-'));
  let cloud: Cloud;
  let applying: Promise<PromiseSettledResult<string[]>[]>;

  beforeAll(async () => {
    process.stdout.write(`random ${what} drawn with NINES_SEED=${SEED}\n`);
    cloud = await startCloud(REGION);
    if (toApply.length === 0) return;
    // its waits leave the machine to the test before it
    applying = Promise.allSettled([applied(synthesize('applied', toApply), cloud)]);
  });

  afterAll(async () => {
    await applying;
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  test(`are accepted by terraform validate, ${configs.length} of them with every prop and every arm of every union`, async () => {
    const stacks = inGroups(configs, TOGETHER).map((group, position) =>
      synthesize(`validated-${position}`, group, coverage),
    );
    process.stdout.write(`how often each prop and arm was drawn in ${configs.length} ${what}:\n${coverage}\n`);
    expect(coverage.missing()).toEqual([]);
    if (lacking) expect(rowsWithoutUse(stacks, lacking)).toEqual([]);

    const answers = await validated(stacks, cloud);
    process.stdout.write(`terraform validate accepted ${configs.length} ${what} in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });

  if (toApply.length > 0) {
    test(`are planned and applied, ${toApply.length} of them, and then plan no changes`, async () => {
      const [outcome] = await applying;
      if (outcome?.status === 'rejected') throw outcome.reason;
      process.stdout.write(`applied ${toApply.length} ${what}; the second plan says "No changes"\n`);
      expect(outcome?.value.filter((address) => !drifting?.test(address))).toEqual([]);
    });
  }

  /** Synthesizes configs into one stack, each below a scope of its own; answers the stack's folder. */
  function synthesize(name: string, some: readonly Config[], counted?: Coverage): string {
    return synthesized(join(folder, name), name, (stack) => {
      new AwsProvider(stack, 'Aws', { region: REGION });
      for (const [position, config] of some.entries()) build(new Construct(stack, `C${position}`), config, counted);
    });
  }
}
