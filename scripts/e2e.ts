/** `npm run e2e`: the tests that run real programs. Says what to install when one is missing; it never skips. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { missingPrograms } from '../test/e2e/support/programs';

const missing = missingPrograms();
if (missing.length > 0) {
  console.error(
    `The end-to-end tests need programs that are not here:\n${missing.map((line) => `  - ${line}`).join('\n')}`,
  );
  process.exit(1);
}
const jest = join(__dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
const args = [jest, '--config', 'jest.e2e.config.js', '--ci', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, args, { stdio: 'inherit', cwd: join(__dirname, '..') }).status ?? 1);
