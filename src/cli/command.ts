import type { Command } from 'commander';
import type { ExitCode, Terminal } from './terminal';

/** A subcommand of `nines`. */
export interface CommandModule {
  /** Adds arguments, options, help and action; the action gives its exit code to `done`. */
  configure(command: Command, terminal: Terminal, done: (code: ExitCode) => void): void;
}

/** What `nines --help` says of a command, and where it is. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads it: only the command that is asked for, so that starting stays fast. */
  readonly load: () => CommandModule;
}
