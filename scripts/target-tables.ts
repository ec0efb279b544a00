import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Capacity, type Duration, HealthCheck } from 'nines';
import { AVAILABILITY_LEVELS, downtimeText } from 'nines/availability';
import { type AvailabilityTarget, FAILURE_RATES, TARGETS, WebApplicationStack } from 'nines/stacks';
import { OFFLINE_UPDATE, PLANNED_WORK, PROXY, RESTORABLE, TAKEOVERS } from '../src/stacks/failure-rates';
import { table } from './markdown-table';

/** The computed tables of docs/targets.md. */
export const TARGET_TABLES: Readonly<Record<string, () => string>> = {
  targets: () => targets(),
  'target-objectives': () => objectives(),
  'target-cut-sets': () => cutSets(),
  'failure-rates': () => rates(),
  interruptions: () => interruptions(),
};

const NAMES = Object.keys(TARGETS) as AvailabilityTarget[];
let built: ReadonlyMap<AvailabilityTarget, WebApplicationStack> | undefined;

/** The stack that docs/targets.md describes, for each target; built once. */
function stacks(): ReadonlyMap<AvailabilityTarget, WebApplicationStack> {
  if (built) return built;
  const outdir = mkdtempSync(join(tmpdir(), 'nines-targets-'));
  const app = new App({ outdir });
  built = new Map(NAMES.map((target) => [target, stackFor(app, target)]));
  rmSync(outdir, { recursive: true });
  return built;
}

function stackFor(app: App, target: AvailabilityTarget): WebApplicationStack {
  return new WebApplicationStack(app, `shop-${NAMES.indexOf(target)}`, {
    target,
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    network: { cidr: '10.20.0.0/16' },
    servers: {
      machineImage: 'ami-0abc1234def567890',
      capacity: Capacity.forPeak(4),
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    },
    database: { engine: 'postgres' },
  });
}

function targets(): string {
  return table(
    ['target', 'zones', 'servers', 'NAT', 'database', 'session nodes', 'computed', 'down a year', 'promised', 'costs'],
    [...stacks()].map(([target, { redundancy, web, availability, contractualFloor }]) => [
      `\`${target}\``,
      String(redundancy.zones),
      `${web.plan.minimum}${redundancy.lostZones === 0 ? '' : `, ${redundancy.lostZones} zone to spare`}`,
      redundancy.natInEveryZone ? 'in every zone' : 'one',
      `\`${redundancy.database}\``,
      String(redundancy.sessionReplicas + 1),
      String(availability),
      downtimeText(availability.downtimePer('year')),
      String(contractualFloor),
      costOf(target),
    ]),
  );
}

/** The course gives no factor for 99.95 %: that of the level below. */
function costOf(target: AvailabilityTarget): string {
  const level = AVAILABILITY_LEVELS.find(({ availability }) => `${availability}`.replace(' ', '') === target);
  if (!level) return '';
  const { costFactor, highestCostFactor = costFactor } = level;
  return `${costFactor === highestCostFactor ? costFactor : `${costFactor} to ${highestCostFactor}`} x`;
}

function objectives(): string {
  return table(
    ['target', 'lost', 'back after (RTO)', 'data of (RPO)', 'the arithmetic'],
    [...stacks()].flatMap(([target, stack]) =>
      stack.objectives.map(({ loss, rto, rpo, because }) => [
        `\`${target}\``,
        loss === 'data' ? 'data, by mistake' : `a ${loss}`,
        rto ? downtimeText(rto) : 'never',
        lost(rto, rpo),
        because,
      ]),
    ),
  );
}

function lost(rto: Duration | undefined, rpo: Duration | undefined): string {
  if (!rto || !rpo) return 'all';
  return downtimeText(rpo);
}

function cutSets(): string {
  return table(
    ['target', 'goes down by', 'share of the time'],
    [...stacks()].flatMap(([target, stack]) =>
      stack.cutSets
        .slice(0, 5)
        .map(({ parts, probability }) => [
          `\`${target}\``,
          parts.map((part) => `\`${part}\``).join(' and '),
          probability.toExponential(1),
        ]),
    ),
  );
}

function rates(): string {
  return table(
    ['fails', 'works for', 'then down for', 'why', 'said in'],
    Object.entries(FAILURE_RATES).map(([part, { what, mtbf, mttr, because, sources }]) => [
      `${what} (\`${part}\`)`,
      downtimeText(mtbf),
      downtimeText(mttr),
      because,
      sources.map((source, position) => `[${position + 1}](${source})`).join(' '),
    ]),
  );
}

function interruptions(): string {
  const lasting = [...Object.values(TAKEOVERS), OFFLINE_UPDATE, RESTORABLE];
  return table(
    ['interrupts', 'how long, or how often', 'why', 'said in'],
    [
      ...lasting.map(({ what, lasts, because, source }) => [what, downtimeText(lasts), because, `[source](${source})`]),
      [PROXY.what, `${Math.round(PROXY.share * 100)} % of it`, PROXY.because, `[source](${PROXY.source})`],
      ...Object.values(PLANNED_WORK).map(({ what, perYear, because, source }) => [
        what,
        `${perYear} times a year`,
        because,
        `[source](${source})`,
      ]),
    ],
  );
}
