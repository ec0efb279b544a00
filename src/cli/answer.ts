import type { Command } from 'commander';
import type { table } from './table';
import type { Terminal } from './terminal';

/** An answer in both its forms. */
export interface Answer {
  /** For programs. */
  readonly json: unknown;
  /** For people. */
  readonly text: (asTable: typeof table) => string;
}

/** Adds `--json` to a command. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON: times in seconds, shares from 0 to 1');
}

/** Prints an answer in the form that was asked for; tables are loaded for people only. */
export function print(answer: Answer, { json }: { readonly json?: boolean }, terminal: Terminal): void {
  if (json) {
    terminal.out(`${JSON.stringify(answer.json, undefined, 2)}\n`);
    return;
  }
  const { table } = require('./table') as typeof import('./table');
  terminal.out(answer.text(table));
}

/** A number without the noise of doubles: 1576.8000000000002 is 1576.8. */
export function clean(value: number): number {
  return Number(value.toPrecision(12));
}
