/** Where a command prints. */
export interface Terminal {
  /** Prints what was asked for. */
  readonly out: (text: string) => void;
  /** Prints what went wrong. */
  readonly err: (text: string) => void;
  /** Columns of the terminal; unknown in a pipe, where no line is broken. */
  readonly width: number | undefined;
}

/** How a command ended. */
export type ExitCode = typeof DONE | typeof NOT_MET | typeof WRONG_USE;

/** It answered. */
export const DONE = 0;
/** It answered, and a target that was asked for is not met. */
export const NOT_MET = 1;
/** It was not understood. */
export const WRONG_USE = 2;
