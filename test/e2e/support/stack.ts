import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOTO_GAPS, MOTO_LACKS } from '../moto-gaps';
import { mustRun, run } from './processes';
import { filled, firstOf, reduced, type StackFile } from './reduced';

const FILE = 'cdk.tf.json';
const WHOLE = 'whole.json'; // not Terraform's: it reads only what ends with .tf.json
const PLAN = 'drift.plan';
const OVERRIDE = 'zz_override.tf.json';

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
   * Leaves out what moto lacks, ignores the drift of what it does not keep, and lets a call that it lacks fail fast. The
   * last two in a file of their own: what the user's stack says of the rest stays as it is.
   */
  asMotoCan(): void {
    this.asWritten();
    const { file, leftOut } = reduced(this.read(FILE), LACKING);
    renameSync(join(this.folder, FILE), join(this.folder, WHOLE));
    this.write(FILE, file);
    this.write(OVERRIDE, override(file));
    if (leftOut.length === 0) return;
    process.stdout.write(`left out, because moto lacks it, or what it refers to:\n  ${leftOut.join('\n  ')}\n`);
  }

  /** Takes the stack as its user wrote it. */
  asWritten(): void {
    if (this.read(FILE)['//']?.leftOut) renameSync(join(this.folder, WHOLE), join(this.folder, FILE));
    rmSync(join(this.folder, OVERRIDE), { force: true });
  }

  terraform(...args: string[]) {
    return mustRun('terraform', args, { cwd: this.folder, env: this.env });
  }

  /** Runs Terraform, however it ends. */
  tryTerraform(...args: string[]) {
    return run('terraform', args, { cwd: this.folder, env: this.env });
  }

  /** Plans into a file in the stack's folder. */
  async planTo(file: string): Promise<void> {
    await this.terraform('plan', '-no-color', `-out=${file}`);
  }

  /** Does what a plan says, the one of {@link drift} unless said. */
  async applyPlan(file = PLAN): Promise<void> {
    await this.terraform('apply', '-no-color', '-parallelism=60', file);
  }

  /** What is in the file of a plan, unpacked, as text. */
  async contentOfPlan(file: string): Promise<string> {
    const unpack = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [print(z.read(n)) for n in z.namelist()]';
    return (await mustRun('python3', ['-c', unpack, join(this.folder, file)])).stdout;
  }

  /** Deploys it as it stands, without asking. */
  async apply(): Promise<void> {
    await this.terraform('apply', '-auto-approve', '-no-color', '-input=false', '-parallelism=60');
  }

  async destroy(): Promise<void> {
    await this.terraform('destroy', '-auto-approve', '-no-color', '-parallelism=60');
  }

  /** A plan: 0 says no changes, 2 says changes. */
  plan(...args: string[]) {
    return run('terraform', ['plan', '-detailed-exitcode', '-no-color', ...args], { cwd: this.folder, env: this.env });
  }

  /** What a plan would change: `type.field` of an update, each once, and `address (create)` and the like. */
  async drift(): Promise<string[]> {
    await this.planTo(PLAN);
    const { stdout } = await this.terraform('show', '-json', PLAN);
    const { resource_changes: changes = [] } = JSON.parse(stdout) as { resource_changes?: readonly Change[] };
    return unique(
      changes.filter(({ change }) => !['no-op', 'read'].includes(change.actions.join())).flatMap(changedFields),
    );
  }

  /** What the tables of moto's gaps say that a plan of the stack as written would change. */
  expectedDrift(): string[] {
    const { file, leftOut } = reduced(this.read(FILE), LACKING);
    const drifting = MOTO_GAPS.filter(({ resource: type }) => file.resource?.[type]).flatMap(
      ({ resource: type, fields }) => fields.map((field) => `${type}.${field}`),
    );
    return [...drifting, ...leftOut.map((address) => `${address} (create)`)].sort();
  }

  /** Tries to make what was left out; addresses of what could not be made, each once. */
  async lacking(): Promise<string[]> {
    const { stdout } = await this.tryTerraform('apply', '-json', '-auto-approve', '-refresh=false');
    const diagnostics = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { diagnostic?: { severity: string; address?: string; summary: string } })
      .flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []));
    return unique(diagnostics.map(({ address, summary }) => address ?? summary));
  }

  /** What the table says that cannot be made of this stack as written. */
  expectedLacking(): string[] {
    return firstOf(this.read(FILE), LACKING);
  }

  /** Makes the state unreadable, as that of a region that is lost; gives what brings it back. */
  hideState(): () => void {
    const { terraform } = this.read(FILE);
    const path = terraform?.backend?.local?.path;
    if (path === undefined) throw new Error('the stack has no local state');
    const state = readFileSync(path);
    writeFileSync(path, 'lost');
    return () => writeFileSync(path, state);
  }

  /** Addresses in the state. */
  async resources(): Promise<string[]> {
    const { stdout } = await this.terraform('state', 'list');
    return stdout.split('\n').filter(Boolean);
  }

  private read(name: string): StackFile {
    const file = join(this.folder, name);
    if (!existsSync(file)) throw new Error(`${file} is not there; synthesize first`);
    return JSON.parse(readFileSync(file, 'utf8')) as StackFile;
  }

  private write(name: string, content: object): void {
    writeFileSync(join(this.folder, name), JSON.stringify(content, undefined, 2));
  }
}

const LACKING = MOTO_LACKS.map(({ resource }) => resource);

/** Ignores the drift of the fields in the table, and lets a call that moto lacks fail fast. */
function override({ resource = {}, provider = {} }: StackFile): object {
  const covered = MOTO_GAPS.filter(({ resource: type }) => resource[type]).map(({ resource: type, fields }) => {
    const entries = Object.entries(resource[type] ?? {}).map(([id, { lifecycle }]) => [
      id,
      { lifecycle: { ...lifecycle, ignore_changes: [...(lifecycle?.ignore_changes ?? []), ...fields] } },
    ]);
    return [type, Object.fromEntries(entries)];
  });
  const providers = (provider.aws ?? []).map(({ alias }) => ({ ...(alias && { alias }), max_retries: 2 }));
  return { resource: filled(Object.fromEntries(covered)), provider: { aws: providers } };
}

/** Fields that a plan sets anew; what is computed anew because of them (`after_unknown`) is no drift of its own. */
function changedFields({ address, type, change }: Change): string[] {
  const { actions, before, after, after_unknown: unknown } = change;
  if (!before || !after || actions.join() !== 'update') return [`${address} (${actions.join()})`];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => unknown[field] !== true && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => `${type}.${field}`);
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}
