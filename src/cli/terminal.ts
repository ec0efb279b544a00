/** Where a command prints. */
export interface Terminal {
  /** Prints what was asked for. */
  readonly out: (text: string) => void;
  /** Prints what went wrong. */
  readonly err: (text: string) => void;
  /** The text of a file; of standard input, for `-`. */
  readonly read: (file: string) => string;
  /** What a module exports, loaded as Node.js does. */
  readonly load: (module: string) => unknown;
  /** Writes a file, with the folders above it. */
  readonly write: (file: string, content: string, mode: number) => void;
  /** Makes a folder that everybody may enter, with those above it. */
  readonly folder: (path: string) => void;
  /** Files below a folder, by their path in it; none where there is no folder. */
  readonly list: (folder: string) => readonly string[];
  /** Columns of the terminal; unknown in a pipe, where no line is broken. */
  readonly width: number | undefined;
}

/** How a command ended. */
export type ExitCode = typeof DONE | typeof NOT_MET | typeof WRONG_USE | typeof BOUNDED;

/** It answered. */
export const DONE = 0;
/** It answered, and a target that was asked for is not met. */
export const NOT_MET = 1;
/** It was not understood. */
export const WRONG_USE = 2;
/** It answered with bounds: the exact answer takes too much memory. */
export const BOUNDED = 3;
