import type { Command } from 'commander';
import { kOfN, parallel, series } from '../../availability';
import type { Availability } from '../../units';
import { print, withJson } from '../answer';
import { type Part, parseAvailability, parseParts } from '../arguments';
import { AVAILABILITY_HEAD, availabilityJson, availabilityRow } from '../availability-rows';
import { DONE, type ExitCode, NOT_MET, type Terminal } from '../terminal';

const HELP = `
A part is a percentage (99.95), nines ('4 nines') or a service level of the catalog (aws/rds-multi-az; \`nines sla\` lists
them); 3x99.9 stands for three of them. --series, --parallel and --k-of-n may be given several times and together: each is
a stage, and the system needs every stage.

Parts fail independently of each other here. What they share (a zone, a switch, a release) is a stage of its own.

Examples:
  nines calc 99.95                                            downtime a year, month, week and day
  nines calc 99.9 99.95 99.99                                 the same, side by side
  nines calc --series 99.99,99.95,99.99                       load balancer, application, database: 99.93 %
  nines calc --parallel 99,99                                 one of two servers: 99.99 %
  nines calc --k-of-n 2:3x99.9                                two of three zones
  nines calc --series aws/elb-multi-az,aws/rds-multi-az --k-of-n 2:3x99.5 --target 99.9`;

/** A part of the system that all of it needs. */
interface Stage {
  readonly says: string;
  readonly needed: number;
  readonly parts: readonly Part[];
  readonly availability: Availability;
}

interface Options {
  readonly series?: readonly Stage[];
  readonly parallel?: readonly Stage[];
  readonly kOfN?: readonly Stage[];
  readonly target?: Availability;
  readonly json?: boolean;
}

export function configure(command: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  withJson(command)
    .description('Downtime and nines of an availability, or of a system made of parts.')
    .argument('[availabilities...]', 'such as 99.95 or "4 nines"; each is looked at by itself')
    .option('--series <parts>', 'a stage that needs all of its parts', stages(seriesStage))
    .option('--parallel <parts>', 'a stage that needs one of its parts', stages(parallelStage))
    .option('--k-of-n <k:parts>', 'a stage that needs k of its parts', stages(kOfNStage))
    .option('--target <availability>', 'exit with 1 when it is not met', (text) => parseAvailability('--target', text))
    .addHelpText('after', HELP)
    .action((written: readonly string[], options: Options) => done(calc(written, options, terminal)));
}

function calc(written: readonly string[], options: Options, terminal: Terminal): ExitCode {
  const made = [...(options.series ?? []), ...(options.parallel ?? []), ...(options.kOfN ?? [])];
  if ((written.length === 0) === (made.length === 0)) {
    const got = written.length === 0 ? 'neither' : 'both';
    throw new RangeError(`calc must be given availabilities or stages (--series, --parallel, --k-of-n), got ${got}`);
  }
  return made.length > 0 ? calcSystem(made, options, terminal) : calcEach(written, options, terminal);
}

function calcEach(written: readonly string[], options: Options, terminal: Terminal): ExitCode {
  const each = written.flatMap((text) => parseParts('calc', text)).flatMap((part) => part.copies);
  const json = { availabilities: each.map(availabilityJson), ...targetJson(each, options) };
  print({ json, text: (table) => table(AVAILABILITY_HEAD, each.map(availabilityRow)) }, options, terminal);
  return judge(each, options, terminal);
}

function calcSystem(made: readonly Stage[], options: Options, terminal: Terminal): ExitCode {
  const system = series(made.map(({ availability }) => availability));
  const json = {
    stages: made.map(({ needed, parts, availability }) => ({
      needed,
      parts: parts.map(({ label }) => label),
      ...availabilityJson(availability),
    })),
    system: availabilityJson(system),
    ...targetJson([system], options),
  };
  print(
    {
      json,
      text: (table) =>
        table(
          ['part', ...AVAILABILITY_HEAD],
          [
            ...(made.length > 1 ? made.map(({ says, availability }) => [says, ...availabilityRow(availability)]) : []),
            [made.length > 1 ? 'all of it' : (made[0]?.says ?? ''), ...availabilityRow(system)],
          ],
        ),
    },
    options,
    terminal,
  );
  return judge([system], options, terminal);
}

/** Collects the stages of an option that may be given several times. */
function stages(make: (text: string) => Stage) {
  return (text: string, before: readonly Stage[] = []): readonly Stage[] => [...before, make(text)];
}

function seriesStage(text: string): Stage {
  const parts = parseParts('--series', text);
  const all = availabilities(parts);
  return { says: `all of ${labels(parts)}`, needed: all.length, parts, availability: series(all) };
}

function parallelStage(text: string): Stage {
  const parts = parseParts('--parallel', text);
  return { says: `1 of ${labels(parts)}`, needed: 1, parts, availability: parallel(availabilities(parts)) };
}

function kOfNStage(text: string): Stage {
  const [, count, list] = /^(\d+):(.+)$/.exec(text) ?? [];
  if (count === undefined || list === undefined) {
    throw new RangeError(`--k-of-n must be a count, a colon and parts, such as 2:99.9,99.9,99.5, got '${text}'`);
  }
  const parts = parseParts('--k-of-n', list);
  const all = availabilities(parts);
  const needed = Number(count);
  if (needed < 1 || needed > all.length) {
    throw new RangeError(`--k-of-n must need from 1 to ${all.length} of its ${all.length} parts, got ${count}`);
  }
  return { says: `${needed} of ${labels(parts)}`, needed, parts, availability: kOfN(needed, all) };
}

function availabilities(parts: readonly Part[]): Availability[] {
  return parts.flatMap((part) => part.copies);
}

function labels(parts: readonly Part[]): string {
  return parts.map(({ label }) => label).join(', ');
}

function targetJson(each: readonly Availability[], { target }: Options) {
  return target && { target: { availability: String(target), met: each.every((one) => one.meets(target)) } };
}

function judge(each: readonly Availability[], { target }: Options, terminal: Terminal): ExitCode {
  const missing = target ? each.filter((availability) => !availability.meets(target)) : [];
  for (const availability of missing) terminal.err(`nines: ${availability} does not meet the target of ${target}\n`);
  return missing.length > 0 ? NOT_MET : DONE;
}
