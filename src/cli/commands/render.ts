import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { HostFiles } from '../../linux';
import { print, withJson } from '../answer';
import { DONE, type ExitCode, type Terminal } from '../terminal';

const HELP = `
The module exports what keepalivedPair returned, as \`files\` or by default. For each node there is a folder that holds its files
at their paths, with their modes, in folders of mode 0755, and a list beside it, NODE.json: path, mode, owner and group, for
Ansible. What the folder held before and is not written any more is named, and left.

A plain copy leaves the folders of the host as they are (no -p and no -a, which set the rights of / and /etc). Then, there and as
root, the commands that are printed: they make users, give files to their groups, and start the services.

Examples:
  nines render edge.js                                        into the folder "hosts"
  npx tsx node_modules/.bin/nines render edge.ts --out build  TypeScript, into another
  rsync -rE hosts/lb1/ root@lb1:/                             a plain copy, one host after the other`;

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
    for (const folder of foldersOf(Object.keys(files))) terminal.folder(join(options.out, node, folder));
    const listed = Object.entries(files).map(([path, { content, mode, owner, group }]) => {
      terminal.write(join(options.out, node, path), content, Number.parseInt(mode, 8));
      before.delete(join(node, path));
      return { path, mode, owner, group };
    });
    terminal.write(join(options.out, `${node}.json`), `${JSON.stringify(listed, undefined, 2)}\n`, 0o644);
    before.delete(`${node}.json`);
    return { node, folder: join(options.out, node), files: listed, services: servicesOf(Object.keys(files)) };
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
        ) + written.map(afterCopy).join(''),
    },
    options,
    terminal,
  );
  for (const file of left)
    terminal.err(`nines: ${join(options.out, file)} was there before and is not written any more\n`);
}

/** The folders above files, each after those above it. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const above = (path: string): string[] => (path === '/' ? [] : [...above(dirname(path)), dirname(path)]);
  return [...new Set(paths.flatMap(above))];
}

/** Services of systemd that files make, and then those that they change. */
function servicesOf(paths: readonly string[]): readonly string[] {
  const named = (form: RegExp) => paths.flatMap((path) => form.exec(path)?.[1] ?? []).sort();
  const made = named(/^\/etc\/systemd\/system\/([\w@-]+)\.service$/);
  return [...new Set([...made, ...named(/^\/etc\/systemd\/system\/([\w@-]+)\.service\.d\//)])];
}

/** What is left to do on a host. Programs of packages run already, with what they were told before: so they are restarted. */
function afterCopy({ node, services }: { readonly node: string; readonly services: readonly string[] }): string {
  if (services.length === 0) return '';
  const commands = [
    'systemd-sysusers',
    'systemd-tmpfiles --create',
    'sysctl --system',
    'systemctl daemon-reload',
    `systemctl enable ${services.join(' ')}`,
    `systemctl restart ${services.join(' ')}`,
  ];
  return `\nOn ${node}, once its files are there:\n${commands.map((command) => `  ${command}\n`).join('')}`;
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
