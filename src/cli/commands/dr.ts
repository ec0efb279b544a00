import type { Command } from 'commander';
import {
  amountText,
  downtimeText,
  type JudgedStrategy,
  planDisasterRecovery,
  type Rate,
  type RecoveryPlan,
} from '../../availability';
import { type Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import { clean, print, withJson } from '../answer';
import { parseRate, parseTime } from '../arguments';
import { DONE, type ExitCode, type Terminal } from '../terminal';

const HELP = `
The figures are those of the course « 9.6 Architectures Haute Disponibilité »: good enough to choose, not to promise.
What you will reach is what your last drill showed.

Examples:
  nines dr --rto 1h --rpo 30m --revenue 1M/month
  nines dr --rto 4h --rpo 1d --revenue 100M/year --base-cost 20k/month --transactions 1000/hour`;

interface Options {
  readonly rto: Duration;
  readonly rpo: Duration;
  readonly revenue: Rate;
  readonly baseCost?: Rate;
  readonly transactions?: Rate;
  readonly json?: boolean;
}

export function configure(command: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const time = (option: string) => (text: string) => parseTime(option, text);
  const rate = (option: string) => (text: string) => parseRate(option, text);
  withJson(command)
    .description('The cheapest way to recover within an RTO and an RPO, and why not the others.')
    .requiredOption('--rto <time>', 'how long users may wait after a disaster: 15m, 1h, 1h30m, 1d', time('--rto'))
    .requiredOption('--rpo <time>', 'how much of the latest data may be lost, as the time it came in', time('--rpo'))
    .requiredOption('--revenue <rate>', 'what the service earns: 1M/month, 100M/year', rate('--revenue'))
    .option('--base-cost <rate>', 'what it costs without recovery; a tenth of the revenue', rate('--base-cost'))
    .option('--transactions <rate>', 'to count those that a disaster loses: 1000/hour', rate('--transactions'))
    .addHelpText('after', HELP)
    .action((options: Options) => {
      const plan = planDisasterRecovery(options);
      print({ json: planJson(plan), text: (table) => planText(plan, options, table) }, options, terminal);
      done(DONE);
    });
}

function planText(
  { cheapest, judged }: RecoveryPlan,
  { rto, rpo, transactions }: Options,
  table: (head: readonly string[], rows: readonly (readonly string[])[]) => string,
): string {
  const head = ['strategy', 'recovers in', 'loses data of', 'costs a month', 'a disaster costs'];
  if (transactions) head.push('transactions lost');
  const row = (verdict: JudgedStrategy) => [
    verdict.strategy.name,
    timeText(verdict.strategy.recoveryTime, 'at once'),
    timeText(verdict.strategy.dataLoss, 'nothing'),
    amountText(verdict.monthlyCost),
    amountText(verdict.disasterCost.total),
    ...(transactions ? [amountText(verdict.transactionsLost ?? 0)] : []),
    verdict === cheapest ? `the answer: ${verdict.strategy.description}` : verdict.reasons.join('; '),
  ];
  const needs = `an RTO of ${shown(rto)} and an RPO of ${shown(rpo)}`;
  const answer = cheapest ? `${cheapest.strategy.name} is the cheapest within ${needs}.` : `Nothing fits ${needs}.`;
  return `${answer}\n\n${table([...head, 'verdict'], judged.map(row))}`;
}

function planJson({ cheapest, judged }: RecoveryPlan) {
  return { cheapest: cheapest?.strategy.name ?? null, strategies: judged.map(strategyJson) };
}

function strategyJson({ strategy, fits, reasons, monthlyCost, disasterCost, transactionsLost }: JudgedStrategy) {
  return {
    name: strategy.name,
    fits,
    reasons,
    recoverySeconds: inMilliseconds(strategy.recoveryTime) / 1_000,
    dataLossSeconds: inMilliseconds(strategy.dataLoss) / 1_000,
    monthlyCost: clean(monthlyCost),
    disasterCost: {
      direct: clean(disasterCost.direct),
      indirect: clean(disasterCost.indirect),
      total: clean(disasterCost.total),
    },
    ...(transactionsLost !== undefined && { transactionsLost: clean(transactionsLost) }),
    source: strategy.source,
  };
}

function timeText(time: Duration, zero: string): string {
  return inMilliseconds(time) === 0 ? zero : downtimeText(time);
}
