import type { Command } from 'commander';
import type { Availability } from '../units';
import { parseAvailability } from './arguments';
import { DONE, type ExitCode, NOT_MET, type Terminal } from './terminal';

/** What a command with `--target` was given. */
export interface TargetOptions {
  readonly target?: Availability;
}

/** Adds `--target` to a command. */
export function withTarget(command: Command): Command {
  return command.option('--target <availability>', 'exit with 1 when it is not met', (text) =>
    parseAvailability('--target', text),
  );
}

/** Whether all of some availabilities meet the target; nothing when none was given. */
export function targetJson(each: readonly Availability[], { target }: TargetOptions) {
  return target && { target: { availability: String(target), met: each.every((one) => one.meets(target)) } };
}

/** Names each availability that does not meet the target, and gives the exit code. */
export function judge(each: readonly Availability[], { target }: TargetOptions, terminal: Terminal): ExitCode {
  const missing = target ? each.filter((availability) => !availability.meets(target)) : [];
  for (const availability of missing) terminal.err(`nines: ${availability} does not meet the target of ${target}\n`);
  return missing.length > 0 ? NOT_MET : DONE;
}
