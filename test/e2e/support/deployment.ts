import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { Cloud } from './cloud';
import { Stack } from './stack';
import { synthesized } from './synthesis';

const DEPLOYED = 'deployed.plan';

/** Builds a stack: protected, or so that it may be removed. */
export type Build = (stack: TerraformStack, allowDestroy: boolean) => void;

/** A line of `terraform apply -json`. */
export interface ApplyEvent {
  readonly type: string;
  readonly hook?: { readonly action: string; readonly resource: { readonly addr: string } };
}

/** A stack that goes through its whole life: protected at first, as a user would have it. */
export class Deployment {
  /** Terraform's folder of the stack. */
  public readonly stack: Stack;

  private readonly folder: string;

  constructor(
    cloud: Cloud,
    private readonly name: string,
    private readonly build: Build,
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `nines-${name}-`));
    this.stack = new Stack(this.synthesize(false), cloud.env);
  }

  /** Validates it as written, and deploys it. */
  async deploy(): Promise<void> {
    await this.stack.terraform('init', '-no-color');
    await this.stack.terraform('validate', '-no-color');
    this.stack.asMotoCan();
    await this.stack.planTo(DEPLOYED);
    await this.stack.applyPlan(DEPLOYED);
  }

  /** Deploys what is built now; what Terraform does, one event after the other. */
  async redeploy(): Promise<ApplyEvent[]> {
    this.synthesize(false);
    this.stack.asMotoCan();
    const { stdout } = await this.stack.terraform('apply', '-json', '-auto-approve', '-parallelism=60');
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ApplyEvent);
  }

  /** Deploys it without its protections; says what that changed. */
  async allowDestroy(): Promise<string[]> {
    this.synthesize(true);
    this.stack.asMotoCan();
    const changes = await this.stack.drift();
    await this.stack.applyPlan();
    return changes;
  }

  /** Everything that Terraform has written of it: the state, and the plan by which it was made. */
  async written(): Promise<string> {
    const state = readFileSync(join(this.folder, `${this.name}.tfstate`), 'utf8');
    return `${state}${await this.stack.contentOfPlan(DEPLOYED)}`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private synthesize(allowDestroy: boolean): string {
    return synthesized(this.folder, this.name, (stack) => this.build(stack, allowDestroy));
  }
}

/** The tests that stacks have to pass once they are there. */
export function testPlans(deployments: () => readonly Deployment[]): void {
  test('plan, as written, to change exactly what moto does not keep, and to make exactly what it lacks', async () => {
    const outcomes = await inParallel(deployments(), async ({ stack }) => {
      stack.asWritten();
      const expected = { drift: stack.expectedDrift(), lacking: stack.expectedLacking() };
      const found = { drift: await stack.drift(), lacking: await stack.lacking() };
      stack.asMotoCan();
      return { found, expected };
    });
    expect(outcomes.map(({ found }) => found)).toEqual(outcomes.map(({ expected }) => expected));
  });
}

/** The tests that protected stacks have to pass in the end; the last one destroys them. */
export function testRemoval(deployments: () => readonly Deployment[], changed: readonly string[]): void {
  test('refuse to be destroyed while they are protected, and lose nothing', async () => {
    await inParallel(deployments(), async ({ stack }) => {
      const before = await stack.resources();
      const { status, output } = await stack.tryTerraform('destroy', '-auto-approve', '-no-color', '-refresh=false');
      expect(status).not.toBe(0);
      expect(output).toContain('Instance cannot be destroyed');
      expect(await stack.resources()).toEqual(before);
    });
  });

  test('change nothing but their protections when that is allowed, and are destroyed without a trace', async () => {
    const outcomes = await inParallel(deployments(), async (deployment) => {
      const changes = await deployment.allowDestroy();
      await deployment.stack.destroy();
      return { changes, left: await deployment.stack.resources() };
    });
    expect([...new Set(outcomes.flatMap(({ changes }) => changes))].sort()).toEqual(changed);
    expect(outcomes.flatMap(({ left }) => left)).toEqual([]);
  });
}

/** Does something with all, and waits for all, also when one has failed: nothing runs on behind the next test. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const outcomes = await Promise.allSettled(items.map(act));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/** Outcome of a plan that says so. */
export const NO_CHANGES = expect.objectContaining({ status: 0, output: expect.stringContaining('No changes') });
