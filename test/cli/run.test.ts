import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { nines } from '../support/command-line';

/** The `model.xml` of the examples. */
const MODEL = `<opsa-mef>
  <define-gate name="shop-down"><and><event name="zone-a"/><event name="zone-b"/></and></define-gate>
  <define-basic-event name="zone-a"><float value="0.01"/></define-basic-event>
  <define-basic-event name="zone-b"><float value="0.01"/></define-basic-event>
</opsa-mef>`;

/** The `edge.js` of the examples; nothing is written. */
const HOSTS = {
  load: () => ({ files: { lb1: { '/etc/motd': { content: '', mode: '0644', owner: 'root', group: 'root' } } } }),
  write: () => {},
  list: () => [],
};

describe('nines', () => {
  test('without a word prints what there is, every command with a summary', () => {
    const { code, out, err } = nines([]);
    for (const { name, summary } of COMMANDS) expect(out).toContain(`${name} `.padEnd(16) + summary);
    expect(out).toContain('Exit codes: 0 answered; 1 answered, and a target is not met; 2 not understood; 3 answered');
    expect([code, err]).toEqual([0, '']);
    expect(nines(['--help']).out).toBe(out);
  });

  test.each(COMMANDS.map(({ name }) => [name]))('%s --help shows options and examples', (name) => {
    const { code, out } = nines([name, '--help']);
    expect(out).toContain('--json');
    expect(out).toContain(`Examples:\n  nines ${name} `);
    expect(code).toBe(0);
    expect(nines(['help', name]).out).toBe(out);
  });

  test.each(
    COMMANDS.flatMap(({ name }) => {
      const { out } = nines([name, '--help']);
      return [...out.slice(out.indexOf('Examples:')).matchAll(/^ {2}(nines .+?)(?: {2,}.*)?$/gm)].map(
        ([, line]) => line,
      );
    }),
  )('%s, an example of its help, is answered', (line = '') => {
    const [, ...args] = line.split(' ');
    const { code, err } = nines(args, undefined, { 'model.xml': MODEL }, HOSTS);
    expect(err).not.toContain('must');
    expect(code).not.toBe(2);
  });

  test('suggests the command that was meant', () => {
    const { code, err } = nines(['clac', '99']);
    expect(err).toBe("nines: unknown command 'clac'\n(Did you mean calc?)\n`nines --help` shows what there is\n");
    expect(code).toBe(2);
  });

  test('prints what the README says of its first example', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
    const [, args = '', availability = '', year = ''] =
      /npx nines (calc .+?) +# (.+ %), (.+) a year/.exec(readme) ?? [];
    const { out } = nines(args.split(' '));
    expect(out).toContain(`${availability}  `);
    expect(out).toContain(`${year}  `);
    expect(args).not.toBe('');
  });

  test('--version prints that of the package', () => {
    const { version } = require('../../package.json') as { version: string };
    expect(nines(['--version'])).toMatchObject({ code: 0, out: `${version}\n` });
  });
});

describe('the built nines', () => {
  const BUILT = join(__dirname, '..', '..', 'dist', 'cli', 'nines.js'); // npm run build makes it
  const start = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, [BUILT, ...args], { encoding: 'utf8', input });

  test('answers on standard output and exits with 0', () => {
    const { status, stdout, stderr } = start(['calc', '99.95']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('4.38 hours');
  });

  test('reads a fault tree from standard input', () => {
    const { status, stdout, stderr } = start(['fault-tree', '-', '--down', 'zone-a'], MODEL);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('shop-down without zone-a');
  });

  test.each([
    [1, ['calc', '99.9', '--target', '99.95'], 'nines: 99.9 % does not meet the target of 99.95 %\n'],
    [2, ['calc', '101'], "nines: calc: an availability must be a percentage from 0 to 100, got '101'\n"],
  ])('exits with %p after %j, and says why on standard error', (code, args, message) => {
    const { status, stderr } = start(args);
    expect([status, stderr]).toEqual([code, message]);
  });

  test('ends quietly when the reader of its pipe has gone', () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${BUILT}" sla | true`],
      {
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([0, '']);
  });
});
