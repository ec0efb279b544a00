import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Runs an example as its command line tool does, with these environment variables; what it exports. */
export function runExample(file: string, variables: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  Object.assign(process.env, variables);
  try {
    let exported = {};
    jest.isolateModules(() => {
      exported = require(join(EXAMPLES, file));
    });
    return exported;
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

/** Runs an example in a process of its own, where only these environment variables are set. */
export function runExampleElsewhere(file: string, variables: Readonly<Record<string, string>>): void {
  const typescript = join(__dirname, 'typescript.js');
  execFileSync(process.execPath, ['--require', typescript, join(EXAMPLES, file)], { env: variables, stdio: 'pipe' });
}
