/**
 * `npm run e2e`: the tests that run real programs. Says what to install when one is missing; it never skips.
 * `npm run e2e -- --soak`: 20 runs of every failover, and the table of docs/failover.md.
 */
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
const ROOT = join(__dirname, '..');
const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

const asked = process.argv.slice(2);
const soak = asked.includes('--soak');
const { status } = spawnSync(
  process.execPath,
  [jest, '--config', 'jest.e2e.config.js', '--ci', ...(soak ? ['/e2e/failover'] : asked)],
  { stdio: 'inherit', cwd: ROOT, env: { ...process.env, ...(soak && { NINES_SOAK: 'true' }) } },
);
process.exit(status ?? 1);
