import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, run } from './processes';
import { Stack } from './stack';

const ROOT = join(__dirname, '..', '..', '..');
const FILES = ['cdktf.json', 'package.json', 'tsconfig.json', 'examples', 'src', 'node_modules'];

/** This repository as a user's project, in a folder of its own, so that state and output stay out of the checkout. */
export class Project {
  private readonly folder = mkdtempSync(join(tmpdir(), 'nines-project-'));

  constructor(private readonly env: NodeJS.ProcessEnv) {
    for (const file of FILES) symlinkSync(join(ROOT, file), join(this.folder, file));
  }

  /** `npx cdktf …`, which has to succeed. */
  cdktf(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return mustRun('npx', ['cdktf', ...args], { cwd: this.folder, env: { ...this.env, ...env } });
  }

  /** `npx cdktf …`, however it ends. */
  tryCdktf(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return run('npx', ['cdktf', ...args], { cwd: this.folder, env: { ...this.env, ...env } });
  }

  /** A stack that was synthesized here. */
  stack(name: string): Stack {
    return new Stack(join(this.folder, 'cdktf.out', 'stacks', name), this.env);
  }

  /** A file in the project. */
  file(...path: string[]): string {
    return join(this.folder, ...path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
