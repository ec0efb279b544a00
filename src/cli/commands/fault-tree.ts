import type { Command } from 'commander';
import {
  type CutSets,
  type FaultAnalysis,
  type FaultTree,
  type Importance,
  type ModelSize,
  ModelTooLargeError,
  readOpenPsa,
} from '../../availability';
import type { Availability } from '../../units';
import { clean, print, withJson } from '../answer';
import { naming, parseCount, parseNumber } from '../arguments';
import { AVAILABILITY_HEAD, availabilityJson, availabilityRow } from '../availability-rows';
import type { table } from '../table';
import { judge, type TargetOptions, targetJson, withTarget } from '../target';
import { BOUNDED, DONE, type ExitCode, type Terminal } from '../terminal';

const HELP = `
Reads gates, basic events, house events and parameters of the Open-PSA model exchange format, and answers exactly: no cut set
is left out of a probability. A probability is taken for the share of the time that something is down.

Of a model too large for that, it prints bounds, the single points of failure and the shorter cut sets, and exits with 3.

Examples:
  nines fault-tree model.xml                                  availability, single points of failure, cut sets, importance
  nines fault-tree model.xml --limit 50 --max-order 2         more of them, and only single parts and pairs
  nines fault-tree model.xml --top shop-down --down zone-a    what is left while zone-a is down
  nines fault-tree model.xml --target 99.9                    for a pipeline: exits with 1 when it is not met`;

/** So many cut sets and parts are for people; programs get all that the library gives. */
const USUAL_LIMIT = 10;

interface Options extends TargetOptions {
  readonly top?: string;
  readonly down?: readonly string[];
  readonly missionTime?: number;
  readonly limit?: number;
  readonly maxOrder?: number;
  readonly maxNodes?: number;
  readonly json?: boolean;
}

/** Everything that was asked about a fault tree. */
interface Answered {
  readonly tree: FaultTree;
  /** What is taken to be down. */
  readonly down: readonly string[];
  readonly often: HowOften;
  /** None when the tree negates: there a failure may help. */
  readonly singlePoints: readonly string[] | undefined;
  /** None when the tree negates. */
  readonly cutSets: CutSets | undefined;
  /** None when the model is too large for an exact answer. */
  readonly importance: readonly Importance[] | undefined;
}

/** How much of the time the top works: exactly, or between bounds. */
type HowOften =
  | { readonly availability: Availability; readonly size: ModelSize }
  | { readonly worst: Availability; readonly best: Availability };

export function configure(command: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const count = (option: string) => (text: string) => parseCount(option, text);
  withTarget(withJson(command))
    .description('Availability, cut sets and importance of a fault tree in the Open-PSA model exchange format.')
    .argument('<file>', 'the model; - reads standard input')
    .option('--top <gate>', 'the gate to ask about, when the model is about several')
    .option('--down <names>', 'gates and events that have failed, with commas between them', names)
    .option('--mission-time <time>', "how long the system runs, in the model's own unit of time", (text) =>
      parseNumber('--mission-time', text),
    )
    .option('--limit <count>', `cut sets and parts to list: ${USUAL_LIMIT}; more with --json`, count('--limit'))
    .option('--max-order <count>', 'the most parts of a cut set to list', count('--max-order'))
    .option('--max-nodes <count>', 'memory for the exact answer, 40 bytes a node: 2000000', count('--max-nodes'))
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => done(faultTree(file, options, terminal)));
}

function faultTree(file: string, options: Options, terminal: Terminal): ExitCode {
  const { missionTime, top, json, maxOrder, limit = json ? undefined : USUAL_LIMIT } = options;
  const model = readOpenPsa(textOf(file, terminal), { missionTime });
  const tree = naming('--top', () => model.tree(top));
  const analysis = analysisOf(tree, options);
  const often = howOften(analysis);
  const answered: Answered = {
    tree,
    down: analysis.down,
    often,
    singlePoints: analysis.isCoherent ? analysis.singlePointsOfFailure() : undefined,
    cutSets: analysis.isCoherent ? analysis.cutSets({ maxOrder, limit }) : undefined,
    importance: 'availability' in often ? analysis.importance() : undefined,
  };
  print(
    {
      json: { ...faultTreeJson(answered, limit), ...verdictJson(often, options) },
      text: (table) => faultTreeText(answered, limit, table, terminal.width),
    },
    options,
    terminal,
  );
  return verdict(often, options, terminal);
}

/** Bounds suffice for a target that both of them meet, or neither. */
function verdict(often: HowOften, options: Options, terminal: Terminal): ExitCode {
  if ('availability' in often) return judge([often.availability], options, terminal);
  const { target } = options;
  if (target && often.worst.meets(target)) return DONE;
  if (target && !often.best.meets(target)) return judge([often.best], options, terminal);
  terminal.err('nines: too large for an exact answer; raise --max-nodes (2000000 when left out), or use the bounds\n');
  return BOUNDED;
}

function verdictJson(often: HowOften, options: Options) {
  if ('availability' in often) return targetJson([often.availability], options);
  const [worst, best] = [targetJson([often.worst], options), targetJson([often.best], options)];
  return worst && { target: { ...worst.target, met: worst.target.met === best?.target.met ? worst.target.met : null } };
}

function analysisOf(tree: FaultTree, { maxNodes, down = [] }: Options): FaultAnalysis {
  const analysis = tree.analyse({ maxNodes });
  return down.length > 0 ? analysis.ifDown(...down) : analysis;
}

function howOften(analysis: FaultAnalysis): HowOften {
  try {
    return { availability: analysis.availability, size: analysis.size };
  } catch (error) {
    if (error instanceof ModelTooLargeError) return { worst: error.worst, best: error.best };
    throw error;
  }
}

function textOf(file: string, terminal: Terminal): string {
  try {
    return terminal.read(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RangeError(`file must be one that can be read, got '${file}' (${code}); - reads standard input`);
  }
}

function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** The answer for people. */
function faultTreeText(
  { tree, down, often, singlePoints, cutSets, importance }: Answered,
  limit: number | undefined,
  asTable: typeof table,
  width: number | undefined,
): string {
  const top = down.length > 0 ? `${tree.top} without ${down.join(', ')}` : tree.top;
  const parts = [asTable(['top', 'probability', ...AVAILABILITY_HEAD], oftenRows(top, often))];
  if (singlePoints) parts.push(`Single points of failure: ${singlePoints.join(', ') || 'none'}\n`);
  if (cutSets) parts.push(cutSetsText(cutSets, asTable, width));
  else parts.push('The tree negates, so that a failure may help: it has no minimal cut sets.\n');
  if (importance && importance.length > 0) {
    const listed = importance.slice(0, limit);
    parts.push(`Importance of ${listed.length} of ${counted(importance.length, 'part')}, what costs the most first\n`);
    parts.push(asTable(...importanceTable(listed, tree), width));
  }
  return parts.join('\n');
}

function oftenRows(top: string, often: HowOften): string[][] {
  const row = (name: string, availability: Availability) => [
    name,
    figure(availability.failingShare),
    ...availabilityRow(availability),
  ];
  if ('availability' in often) return [row(top, often.availability)];
  return [row(`${top}, at best`, often.best), row(`${top}, at worst`, often.worst)];
}

/** How many there are, the listed ones, and how much is not listed. */
function cutSetsText(cutSets: CutSets, asTable: typeof table, width: number | undefined): string {
  const { sets, isComplete, count, maxOrder, omitted } = cutSets;
  const all = count === undefined ? 'Too many minimal cut sets to count them' : counted(count, 'minimal cut set');
  const which = maxOrder === undefined ? '' : ` of at most ${counted(maxOrder, 'part')}`;
  const listed = sets.length === 0 ? 'none' : `the ${sets.length} most likely`;
  const title = isComplete ? `${all}${sets.length > 1 ? ', the most likely first' : ''}` : `${all}; ${listed}${which}`;
  const rows = sets.map(({ probability, parts }) => [figure(probability), parts.join(', ') || 'none: it is down']);
  const list = rows.length > 0 ? `\n${asTable(['probability', 'parts'], rows, width)}` : '';
  const rest = isComplete ? '' : `\nOne that is not listed is down with a probability of at most ${figure(omitted)}.\n`;
  return `${title}\n${list}${rest}`;
}

function importanceTable(listed: readonly Importance[], { labels }: FaultTree): [string[], string[][]] {
  const isLabelled = listed.some(({ part }) => labels.has(part));
  const head = ['part', 'birnbaum', 'criticality', 'raw', 'rrw', ...(isLabelled ? ['called'] : [])];
  const rows = listed.map((row) => [
    row.part,
    figure(row.birnbaum),
    figure(row.criticality),
    figure(row.riskAchievementWorth),
    figure(row.riskReductionWorth),
    ...(isLabelled ? [labels.get(row.part) ?? ''] : []),
  ]);
  return [head, rows];
}

/** Four digits: tools are compared by them. */
function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'no end';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The answer for programs. */
function faultTreeJson({ tree, down, often, singlePoints, cutSets, importance }: Answered, limit?: number) {
  const { top, labels } = tree;
  return {
    top,
    down,
    exact: 'availability' in often,
    ...oftenJson(often),
    singlePointsOfFailure: singlePoints ?? null,
    cutSets: cutSets ? cutSetsJson(cutSets) : null,
    importance: importance?.slice(0, limit).map(importanceJson) ?? null,
    labels: Object.fromEntries(labels),
  };
}

function oftenJson(often: HowOften) {
  if ('availability' in often) return { ...availabilityJson(often.availability), size: often.size };
  return { bounds: { worst: availabilityJson(often.worst), best: availabilityJson(often.best) } };
}

function cutSetsJson({ sets, isComplete, count, maxOrder, omitted }: CutSets) {
  return {
    count: count ?? null,
    isComplete,
    maxOrder: maxOrder ?? null,
    omitted: clean(omitted),
    sets: sets.map(({ parts, probability }) => ({ parts, probability: clean(probability) })),
  };
}

function importanceJson({ part, ...measures }: Importance) {
  // JSON knows no infinity: null stands for no end
  return { part, ...Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, clean(value)])) };
}
