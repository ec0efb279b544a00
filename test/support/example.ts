import { join } from 'node:path';
import { Construct } from 'constructs';

export const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Environments of the test, and of the frameworks, which are loaded outside of it (see ./shared-modules.js). */
const ENVIRONMENTS: readonly NodeJS.ProcessEnv[] = [process.env, Construct.constructor('return process.env')()];

/** Runs an example as its command line tool does, with these environment variables; what it exports. */
export function runExample(file: string, variables: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  for (const environment of ENVIRONMENTS) Object.assign(environment, variables);
  try {
    let exported = {};
    jest.isolateModules(() => {
      exported = require(join(EXAMPLES, file));
    });
    return exported;
  } finally {
    for (const environment of ENVIRONMENTS) for (const name of Object.keys(variables)) delete environment[name];
  }
}
