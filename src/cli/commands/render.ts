import { join } from 'node:path';
import type { Command } from 'commander';
import type { HostFiles } from '../../linux';
import { print, withJson } from '../answer';
import { DONE, type ExitCode, type Terminal } from '../terminal';

const HELP = `
The module exports what keepalivedPair returned, as \`files\` or by default. For each node there is a folder that holds its files
at their paths, with their modes, and a list beside it, NODE.json: path, mode, owner and group, for those that a plain copy
does not set. What the folder held before and is not written any more is named, and left.

Examples:
  nines render edge.js                                        into the folder "hosts"
  npx tsx node_modules/.bin/nines render edge.ts --out build  TypeScript, into another
  rsync -rpE hosts/lb1/ root@lb1:/                            a plain copy; then \`systemctl daemon-reload\`, tmpfiles, sysctl`;

interface Options {
  readonly out: string;
  readonly json?: boolean;
}

export function configure(command: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  withJson(command)
    .description('Writes the files of hosts in a tree, ready for Ansible or a plain copy.')
    .argument('<module>', 'a file that exports them, such as edge.js')
    .option('--out <folder>', 'where to write them', 'hosts')
    .addHelpText('after', HELP)
    .action((module: string, options: Options) => {
      render(module, options, terminal);
      done(DONE);
    });
}

function render(module: string, options: Options, terminal: Terminal): void {
  const hosts = filesOf(module, terminal.load(module));
  const before = new Set(terminal.list(options.out));
  const written = Object.entries(hosts).map(([node, files]) => {
    const listed = Object.entries(files).map(([path, { content, mode, owner, group }]) => {
      terminal.write(join(options.out, node, path), content, Number.parseInt(mode, 8));
      before.delete(join(node, path));
      return { path, mode, owner, group };
    });
    terminal.write(join(options.out, `${node}.json`), `${JSON.stringify(listed, undefined, 2)}\n`, 0o644);
    before.delete(`${node}.json`);
    return { node, folder: join(options.out, node), files: listed };
  });
  const left = [...before].sort();
  print(
    {
      json: { hosts: written, left },
      text: (table) =>
        table(
          ['host', 'file', 'mode', 'owner'],
          written.flatMap(({ node, files }) =>
            files.map(({ path, mode, owner, group }) => [node, path, mode, `${owner}:${group}`]),
          ),
        ),
    },
    options,
    terminal,
  );
  for (const file of left)
    terminal.err(`nines: ${join(options.out, file)} was there before and is not written any more\n`);
}

function filesOf(module: string, exported: unknown): Readonly<Record<string, HostFiles>> {
  const { files, default: byDefault } = (exported ?? {}) as { readonly files?: unknown; readonly default?: unknown };
  const found = [files, byDefault, exported].find(areHosts);
  if (found !== undefined) return found;
  throw new RangeError(
    `${module} must export the files of hosts, as \`files\` or by default, got ${Object.keys(exported ?? {}).join(', ') || 'nothing'}; ` +
      'write `export const files = keepalivedPair({ … })`',
  );
}

/** Text and a mode for each path that begins at the root, for each host. */
function areHosts(value: unknown): value is Readonly<Record<string, HostFiles>> {
  if (typeof value !== 'object' || value === null) return false;
  const hosts = Object.entries(value);
  return (
    hosts.length > 0 && hosts.every(([node, files]) => /^[\w.-]+$/.test(node) && !/^\.+$/.test(node) && areFiles(files))
  );
}

function areFiles(value: unknown): value is HostFiles {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([path, file]) =>
      path.startsWith('/') &&
      !path.split('/').includes('..') &&
      typeof file?.content === 'string' &&
      /^0[0-7]{3}$/.test(file?.mode) &&
      typeof file?.owner === 'string' &&
      typeof file?.group === 'string',
  );
}
