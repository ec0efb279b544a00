import { Capacity, Duration, HealthCheck } from 'nines';
import { AVAILABILITY_LEVELS, downtimeText } from 'nines/availability';
import {
  type AvailabilityTarget,
  FAILURE_RATES,
  type MultiRegionApplicationProps,
  type RegionStrategy,
  STRATEGIES,
  TARGETS,
} from 'nines/stacks';
import { OFFLINE_UPDATE, PLANNED_WORK, PROXY, RESTORABLE, TAKEOVERS } from '../src/stacks/failure-rates';
import { lossOf, analysisOf as regionAnalysisOf } from '../src/stacks/multi-region/fault-model';
import { withDefaults as regionDefaults } from '../src/stacks/multi-region/props';
import { contractualFloorOf, objectivesOf } from '../src/stacks/web-application/promises';
import { capacityFor, withDefaults } from '../src/stacks/web-application/props';
import { analysisOf } from '../src/stacks/web-application/target-problems';
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
const SERVERS = {
  capacity: Capacity.forPeak(4),
  healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
};

/** What the stack that docs/targets.md describes comes to for a target, without building it. */
function stackFor(target: AvailabilityTarget) {
  const settings = withDefaults({
    target,
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    network: { cidr: '10.20.0.0/16' },
    servers: { ...SERVERS, machineImage: 'ami-0abc1234def567890' },
    database: { engine: 'postgres' },
  });
  const { redundancy, servers } = settings;
  const analysis = analysisOf(settings);
  return {
    redundancy,
    servers: capacityFor(servers.capacity, redundancy).over(redundancy.zones).minimum,
    availability: analysis.availability,
    cutSets: analysis.cutSets({ limit: 5 }).sets,
    contractualFloor: contractualFloorOf(settings),
    objectives: objectivesOf(settings),
  };
}

function targets(): string {
  return table(
    ['target', 'zones', 'servers', 'NAT', 'database', 'session nodes', 'computed', 'down a year', 'promised', 'costs'],
    NAMES.map((target) => [target, stackFor(target)] as const).map(
      ([target, { redundancy, servers, availability, contractualFloor }]) => [
        `\`${target}\``,
        String(redundancy.zones),
        `${servers}${redundancy.lostZones === 0 ? '' : `, ${redundancy.lostZones} zone to spare`}`,
        redundancy.natInEveryZone ? 'in every zone' : 'one',
        `\`${redundancy.database}\``,
        String(redundancy.sessionReplicas + 1),
        String(availability),
        downtimeText(availability.downtimePer('year')),
        String(contractualFloor),
        costOf(target),
      ],
    ),
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
    NAMES.map((target) => [target, stackFor(target)] as const).flatMap(([target, stack]) =>
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
    NAMES.map((target) => [target, stackFor(target)] as const).flatMap(([target, stack]) =>
      stack.cutSets.map(({ parts, probability }) => [
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

/** What the application that docs/targets.md describes comes to in two regions, without building it. */
function twoRegions(more: Partial<MultiRegionApplicationProps> = {}) {
  const settings = regionDefaults({
    regions: REGIONS,
    dns: { hostedZone: 'example.com', record: 'shop', healthCheck: HealthCheck.https('/health/ready') },
    servers: SERVERS,
    database: { engine: 'postgres', engineVersion: '17.5' },
    ...more,
  });
  return { availability: regionAnalysisOf(settings).availability, loss: lossOf(settings, 'eu-west-1') };
}

function strategies(): string {
  return table(
    ['strategy', 'back after (RTO)', 'data of (RPO)', 'answers after', 'computed', 'in the other region stands'],
    (Object.keys(STRATEGIES) as RegionStrategy[]).map((strategy) => {
      const { availability, loss } = twoRegions({ recovery: { strategy } });
      return [
        `\`${strategy}\``,
        downtimeText(loss.rto),
        downtimeText(loss.rpo),
        `${downtimeText(loss.answersAfter)}${loss.answersByItself ? ', by itself' : ''}`,
        String(availability),
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
