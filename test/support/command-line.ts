import { readFileSync } from 'node:fs';
import { listFiles, loadModule, makeFolder, writeFile } from '../../src/cli/files';
import { run } from '../../src/cli/run';
import type { Terminal } from '../../src/cli/terminal';

/** What a run of `nines` came to. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs `nines` in this process.
 *
 * @param width columns of the terminal; a pipe when none are given
 * @param instead what the terminal does otherwise
 * @param files texts by the names of files, of standard input by `-`; other files are those of the disk
 */
export function nines(
  args: readonly string[],
  width?: number,
  files: Readonly<Record<string, string>> = {},
  instead: Partial<Terminal> = {},
): Ended {
  let out = '';
  let err = '';
  const code = run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    read: (file) => files[file] ?? readFileSync(file, 'utf8'),
    load: loadModule,
    write: writeFile,
    folder: makeFolder,
    list: listFiles,
    width,
    ...instead,
  });
  return { code, out, err };
}

/** The cells of a printed table: columns stand at least two spaces apart. */
export function cells(out: string): string[][] {
  return out
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));
}

/** What `nines … --json` printed. */
export function json(args: readonly string[], files: Readonly<Record<string, string>> = {}): unknown {
  const { code, out, err } = nines([...args, '--json'], undefined, files);
  if (code === 2) throw new Error(err);
  return JSON.parse(out);
}
