import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Capacity, Duration, HealthCheck } from 'nines';
import { AVAILABILITY_LEVELS, downtimeText } from 'nines/availability';
import {
  type AvailabilityTarget,
  FAILURE_RATES,
  MultiRegionApplication,
  type MultiRegionApplicationProps,
  type RegionStrategy,
  STRATEGIES,
  TARGETS,
  WebApplicationStack,
} from 'nines/stacks';
import { OFFLINE_UPDATE, PLANNED_WORK, PROXY, RESTORABLE, TAKEOVERS } from '../src/stacks/failure-rates';
import { table } from './markdown-table';

/** The computed tables of docs/targets.md. */
export const TARGET_TABLES: Readonly<Record<string, () => string>> = {
  targets: () => targets(),
  'target-objectives': () => objectives(),
  'target-cut-sets': () => cutSets(),
  'region-strategies': () => strategies(),
  'five-nines': () => fiveNines(),
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

const REGIONS: MultiRegionApplicationProps['regions'] = ['eu-west-1', 'eu-central-1'].map((region, place) => ({
  zones: ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
  network: { cidr: `10.${20 + place}.0.0/16` },
  machineImage: 'ami-0abc1234def567890',
  databaseSecret: { arn: `arn:aws:secretsmanager:${region}:123456789012:secret:shop-AbCdEf`, version: 1 },
}));

/** The application that docs/targets.md describes, in two regions. */
function twoRegions(more: Partial<MultiRegionApplicationProps> = {}): MultiRegionApplication {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-targets-'));
  const shop = new MultiRegionApplication(new App({ outdir }), 'shop', {
    regions: REGIONS,
    dns: {
      hostedZone: { zoneId: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
      record: 'shop',
      healthCheck: HealthCheck.https('/health/ready'),
    },
    servers: { capacity: Capacity.forPeak(4), healthCheck: HealthCheck.http('/health/ready', { port: 8080 }) },
    database: { engine: 'postgres', engineVersion: '17.5' },
    ...more,
  });
  rmSync(outdir, { recursive: true });
  return shop;
}

function strategies(): string {
  return table(
    ['strategy', 'back after (RTO)', 'data of (RPO)', 'answers after', 'computed', 'in the other region stands'],
    (Object.keys(STRATEGIES) as RegionStrategy[]).map((strategy) => {
      const database = strategy === 'backup-restore' ? { database: { engine: 'postgres' as const } } : {};
      const shop = twoRegions({ recovery: { strategy }, ...database });
      const { answersAfter, answersByItself } = shop.whenLost('eu-west-1');
      return [
        `\`${strategy}\``,
        downtimeText(shop.rto),
        downtimeText(shop.rpo),
        `${downtimeText(answersAfter)}${answersByItself ? ', by itself' : ''}`,
        String(shop.availability),
        STRATEGIES[strategy].stands,
      ];
    }),
  );
}

/** What five nines takes, one step after the other. */
function fiveNines(): string {
  const fast = { interval: Duration.seconds(5), timeout: Duration.seconds(2), unhealthyThreshold: 2 };
  const healthCheck = HealthCheck.http('/health/ready', { port: 8080, ...fast });
  const steps: readonly (readonly [string, Partial<MultiRegionApplicationProps>])[] = [
    ['a hot standby, as it is', {}],
    ['no session store (`sessions: false`)', { sessions: false }],
    ['RDS Proxy (`database.proxy`)', { database: { engine: 'postgres', engineVersion: '17.5', proxy: true } }],
    ['a failed server noticed in 10 seconds', { servers: { capacity: Capacity.forPeak(4), healthCheck } }],
    [
      'a zone that is lost once in five years, by the records of the team',
      { records: { rates: { zone: { mtbf: Duration.days(1825), mttr: Duration.hours(4) } } } },
    ],
  ];
  let together: Partial<MultiRegionApplicationProps> = {};
  return table(
    ['with', 'computed', 'down a year'],
    steps.map(([what, more], place) => {
      together = { ...together, ...more };
      const { availability } = twoRegions(together);
      return [place === 0 ? what : `and ${what}`, String(availability), downtimeText(availability.downtimePer('year'))];
    }),
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
