import { join } from 'node:path';

export const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Runs an example as its command line tool does, with these environment variables. */
export function runExample(file: string, variables: Readonly<Record<string, string>> = {}): void {
  Object.assign(process.env, variables);
  try {
    jest.isolateModules(() => require(join(EXAMPLES, file)));
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}
