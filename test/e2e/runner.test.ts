import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { title: string; status: string; failureMessages: string[] }[];
  }[];
}

describe('jest, in the environment of test/support/jest', () => {
  let status: number | null;
  let report: Report;

  beforeAll(() => {
    const files = ['breaks', 'fails', 'passes'].map((name) => `test/e2e/support/runner/${name}.ts`);
    const options = [
      '--ci',
      '--json',
      '--runInBand',
      '--testMatch',
      '**/runner/*.ts',
      '--testPathIgnorePatterns',
      'none',
    ];
    const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
    const run = spawnSync(process.execPath, [jest, ...options, '--runTestsByPath', ...files], { cwd: ROOT });
    status = run.status;
    report = JSON.parse(run.stdout.toString());
  });

  function outcomes(file: string) {
    const result = report.testResults.find(({ name }) => name.endsWith(`/${file}.ts`));
    return result?.assertionResults.map(({ title, status, failureMessages }) => [
      title,
      status,
      failureMessages.join(),
    ]);
  }

  test('fails as a whole when one test fails', () => {
    expect(status).toBe(1);
  });

  test('reports a test that fails, in whatever way', () => {
    expect(outcomes('fails')).toEqual([
      ['passes', 'passed', ''],
      ['expects otherwise', 'failed', expect.stringContaining('deep equality')],
      ['throws', 'failed', expect.stringMatching(/^RangeError: thrown\n.*fails\.ts:18:/)],
      ['rejects', 'failed', expect.stringContaining('Error: rejected')],
      ['throws when nobody waits', 'failed', expect.stringContaining('Error: too late')],
      ['rejects when nobody waits', 'failed', expect.stringContaining('Error: unheard')],
      ['takes too long', 'failed', expect.stringContaining('Exceeded timeout of 20 ms')],
      ['asserts less than it says', 'failed', expect.stringContaining('Expected two assertions')],
      ['differs from its snapshot', 'failed', expect.stringContaining('Snapshot: 2')],
    ]);
  });

  test('reports a file that cannot be loaded', () => {
    const broken = report.testResults.find(({ name }) => name.endsWith('/breaks.ts'));
    expect(broken?.message).toContain('broken file');
  });

  test('lets nothing of one file reach the next', () => {
    expect(outcomes('passes')).toEqual([['finds nothing of another file', 'passed', '']]);
  });
});
