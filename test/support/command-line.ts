import { run } from '../../src/cli/run';

/** What a run of `nines` came to. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `nines` in this process, on a terminal of so many columns; in a pipe when none are given. */
export function nines(args: readonly string[], width?: number): Ended {
  let out = '';
  let err = '';
  const code = run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    width,
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
export function json(args: readonly string[]): unknown {
  const { code, out, err } = nines([...args, '--json']);
  if (code === 2) throw new Error(err);
  return JSON.parse(out);
}
