import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOTO_GAPS } from '../moto-gaps';
import { mustRun, run } from './processes';

const OVERRIDE = 'zz_override.tf.json';

interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly lifecycle?: Lifecycle }>>>>;
  readonly provider?: Readonly<Record<string, readonly { readonly alias?: string }[]>>;
}

interface Lifecycle {
  readonly ignore_changes?: readonly string[];
}

interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

/** A synthesized stack's folder, in which Terraform runs. */
export class Stack {
  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /**
   * Ignores the drift of the fields in the table of moto's gaps, and lets a call that moto lacks fail fast. In a file of
   * its own: what the user's stack says stays as it is.
   */
  coverGaps(): void {
    const { resource = {}, provider = {} } = this.synthesized();
    const covered = MOTO_GAPS.filter(({ resource: type }) => resource[type]).map(({ resource: type, fields }) => {
      const entries = Object.entries(resource[type] ?? {}).map(([id, { lifecycle }]) => [
        id,
        { lifecycle: { ...lifecycle, ignore_changes: [...(lifecycle?.ignore_changes ?? []), ...fields] } },
      ]);
      return [type, Object.fromEntries(entries)];
    });
    const providers = (provider.aws ?? []).map(({ alias }) => ({ ...(alias && { alias }), max_retries: 2 }));
    const override = { resource: Object.fromEntries(covered), provider: { aws: providers } };
    writeFileSync(join(this.folder, OVERRIDE), JSON.stringify(override, undefined, 2));
  }

  /** Takes the stack as its user wrote it. */
  uncoverGaps(): void {
    rmSync(join(this.folder, OVERRIDE));
  }

  terraform(...args: string[]) {
    return mustRun('terraform', args, { cwd: this.folder, env: this.env });
  }

  /** A plan: 0 says no changes, 2 says changes. */
  plan(...args: string[]) {
    return run('terraform', ['plan', '-detailed-exitcode', '-no-color', ...args], { cwd: this.folder, env: this.env });
  }

  /** What a plan would change, as `type.field`, each once. */
  async drift(): Promise<string[]> {
    await this.terraform('plan', '-no-color', '-out=drift.plan');
    const { stdout } = await this.terraform('show', '-json', 'drift.plan');
    const { resource_changes: changes = [] } = JSON.parse(stdout) as { resource_changes?: readonly Change[] };
    const fields = changes
      .filter(({ change }) => change.actions.join() !== 'no-op' && change.actions.join() !== 'read')
      .flatMap(({ type, change }) => changedFields(change).map((field) => `${type}.${field}`));
    return [...new Set(fields)].sort();
  }

  /** What the table of moto's gaps says that a plan would change in this stack. */
  expectedDrift(): string[] {
    const { resource = {} } = this.synthesized();
    return MOTO_GAPS.filter(({ resource: type }) => resource[type])
      .flatMap(({ resource: type, fields }) => fields.map((field) => `${type}.${field}`))
      .sort();
  }

  /** Addresses in the state. */
  async resources(): Promise<string[]> {
    const { stdout } = await this.terraform('state', 'list');
    return stdout.split('\n').filter(Boolean);
  }

  private synthesized(): Synthesized {
    const file = join(this.folder, 'cdk.tf.json');
    if (!existsSync(file)) throw new Error(`${file} is not there; synthesize first`);
    return JSON.parse(readFileSync(file, 'utf8')) as Synthesized;
  }
}

/** Fields that a plan sets anew; what is computed anew because of them (`after_unknown`) is no drift of its own. */
function changedFields({ actions, before, after, after_unknown: unknown }: Change['change']): string[] {
  if (!before || !after) return [`(${actions.join()})`];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.filter(
    (field) => unknown[field] !== true && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}
