// `npm test`, after the build: types and lint beside jest, since the compiler would leave a core idle. Arguments are jest's.
const { spawn } = require('node:child_process');
const { once } = require('node:events');

const [tsc, biome, jest] = ['typescript/bin/tsc', '@biomejs/biome/bin/biome', 'jest/bin/jest'].map(require.resolve);

async function main() {
  const tests = run([jest, '--ci', ...process.argv.slice(2)], 'inherit');
  const { failed, said } = await check();
  const testsFailed = await tests.failed;
  process.stdout.write(said);
  process.exitCode = failed || testsFailed ? 1 : 0;
}

/** What `npm run check` runs; heard when all else has been said. */
async function check() {
  const types = run([tsc, '--pretty'], 'pipe');
  const typesFailed = await types.failed;
  const lint = run([biome, 'ci', '.'], 'pipe');
  const lintFailed = await lint.failed;
  return { failed: typesFailed || lintFailed, said: types.said() + lint.said() };
}

function run(args, output) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', output, output] });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk));
  return {
    failed: once(child, 'close').then(([status]) => status !== 0),
    said: () => Buffer.concat(chunks).toString(),
  };
}

main();
