import type { Command } from 'commander';
import { promisedTogether, type ServiceLevel, serviceLevel, serviceLevels } from '../../availability';
import { print, withJson } from '../answer';
import { AVAILABILITY_HEAD, availabilityJson, availabilityRow } from '../availability-rows';
import { DONE, type ExitCode, type Terminal } from '../terminal';

const HELP = `
A service level is a promise of money, not a measurement: below it the provider gives credits. The product of several is the
number to set beside a computed availability; services often do better, and agreements leave out maintenance and what fails
together. Agreements change: the date is that of the text the figure was read from.

Examples:
  nines sla                                                   the catalog
  nines sla --search aurora                                   a part of it
  nines sla aws/elb-multi-az aws/fargate aws/rds-multi-az     three of it, and all three together`;

interface Options {
  readonly search?: string;
  readonly json?: boolean;
}

export function configure(command: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  withJson(command)
    .description('Published service levels, and the product of several.')
    .argument('[services...]', 'names from the catalog that a system needs all of')
    .option('--search <text>', 'only those that hold this in their name or conditions')
    .addHelpText('after', HELP)
    .action((ids: readonly string[], options: Options) => {
      if (ids.length > 0) together(ids, options, terminal);
      else catalog(options, terminal);
      done(DONE);
    });
}

function catalog(options: Options, terminal: Terminal): void {
  const wanted = options.search?.toLowerCase() ?? '';
  const found = serviceLevels().filter(({ id, service, conditions }) =>
    `${id} ${service} ${conditions}`.toLowerCase().includes(wanted),
  );
  if (found.length === 0) {
    throw new RangeError(
      `--search must be found in the catalog, got '${options.search}'; \`nines sla\` lists all of it`,
    );
  }
  const rows = found.map(({ id, availability, conditions, ...level }) => [
    id,
    String(availability),
    textOf(level),
    `${level.service}: ${conditions}`,
  ]);
  const text: Parameters<typeof print>[0]['text'] = (table) =>
    table(['name', 'level', 'text of', 'service and conditions'], rows, terminal.width);
  print({ json: { serviceLevels: found.map(levelJson) }, text }, options, terminal);
}

function together(ids: readonly string[], options: Options, terminal: Terminal): void {
  const levels = ids.map((id) => serviceLevel(id));
  const product = promisedTogether(ids);
  const rows = levels.map((level) => [level.id, ...availabilityRow(level.availability)]);
  const sources = levels.map((level) => [level.id, textOf(level), level.source]);
  print(
    {
      json: { serviceLevels: levels.map(levelJson), together: availabilityJson(product) },
      text: (table) =>
        `${table(['name', ...AVAILABILITY_HEAD], [...rows, ['together', ...availabilityRow(product)]])}\n` +
        table(['name', 'text of', 'source'], sources),
    },
    options,
    terminal,
  );
}

function levelJson(level: ServiceLevel) {
  const { id, service, conditions, source, read, dated } = level;
  return { id, service, conditions, source, read, dated: dated ?? null, ...availabilityJson(level.availability) };
}

/** "2024-01-22", and what it was when not the agreement in force. */
function textOf({ read, dated = 'no date' }: Pick<ServiceLevel, 'read' | 'dated'>): string {
  return read === 'agreement' ? dated : `${dated} (${read})`;
}
