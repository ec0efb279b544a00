import { Command, CommanderError } from 'commander';
import { InvalidModelError, OpenPsaError } from '../availability';
import { COMMANDS } from './commands';
import { DONE, type ExitCode, type Terminal, WRONG_USE } from './terminal';

const HELP = `
Exit codes: 0 answered; 1 answered, and a target is not met; 2 not understood; 3 answered
with bounds only.
\`nines <command> --help\` shows examples. Every command takes --json.`;

/** Runs `nines` with what was written after it, and gives its exit code. */
export function run(args: readonly string[], terminal: Terminal): ExitCode {
  let code: ExitCode = DONE;
  const program = makeProgram(args, terminal, (ended) => {
    code = ended;
  });
  try {
    if (args.length === 0) program.outputHelp();
    else program.parse([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USE; // it has printed already
    if (!isRefusal(error)) throw error;
    terminal.err(`nines: ${error.message}\n`);
    return WRONG_USE;
  }
}

function makeProgram(args: readonly string[], terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('nines')
    .description('The arithmetic of high availability, and the files of hosts.')
    .addHelpText('after', HELP)
    .exitOverride()
    .showHelpAfterError('`nines --help` shows what there is')
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(text.replace(/^error:/, 'nines:')),
      getOutHelpWidth: () => terminal.width ?? 100,
      getErrHelpWidth: () => terminal.width ?? 100,
    })
    .version(version(), '-V, --version', 'print the version');
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary);
    command.showHelpAfterError(`\`nines ${name} --help\` shows examples`);
    if (args.includes(name)) load().configure(command, terminal, done);
  }
  return program;
}

/** Whether an error says what is wrong with what was asked. The classes are loaded only when something went wrong. */
function isRefusal(error: unknown): error is Error {
  if (error instanceof RangeError || error instanceof OpenPsaError || error instanceof InvalidModelError) return true;
  return error instanceof Error && error.name === 'InvalidPropsError'; // a module may have its own copy of nines
}

function version(): string {
  const { version } = require('../../package.json') as { version: string };
  return version;
}
