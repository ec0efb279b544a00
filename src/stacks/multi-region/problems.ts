import { Duration, inMilliseconds } from '../../units';
import {
  durationProblems,
  hasMember,
  isRecord,
  isToken,
  listProblems,
  objectProblems,
  shown,
  wholeNumberProblems,
} from '../../validation';
import { shapeProblems } from '../web-application/problems';
import { redundancyFor } from '../web-application/targets';
import { type MultiRegionApplicationProps, regionOfZones, regionProps, type Settings } from './props';
import { type RegionStrategy, rpoOf, rtoOf, STRATEGIES, STRATEGY_NAMES, stepsOf } from './strategies';

/** What keeps the application from being computed with, one sentence each. */
export function shapeProblemsIn(props: MultiRegionApplicationProps): string[] {
  const misshapen = [
    ...listProblems('regions', props.regions),
    ...objectProblems('dns', props.dns),
    ...objectProblems('servers', props.servers),
    ...objectProblems('database', props.database),
    ...(props.recovery === undefined ? [] : objectProblems('recovery', props.recovery)),
  ];
  if (misshapen.length > 0) return misshapen;
  const strange = props.regions.flatMap((region, place) => objectProblems(`regions[${place}]`, region));
  if (strange.length > 0) return strange;
  const inRegions = regionProblems(props);
  return [
    ...countProblems(props),
    ...inRegions,
    ...recoveryProblems(props),
    ...dnsProblems(props),
    ...targetShapeProblems(props.target),
    ...(inRegions.length === 0 ? databaseProblems(props) : []),
  ];
}

function countProblems({ regions, recovery }: MultiRegionApplicationProps): string[] {
  const names = namesOf(regions);
  if (names.length < 2) {
    return [`regions must be at least 2, got ${names.length}; add one, or make a WebApplicationStack`];
  }
  const twice = names.filter((name, place) => name !== '' && names.indexOf(name) !== place);
  if (twice.length > 0) {
    return [`regions must all differ, got ${shown([...new Set(twice)])} more than once; name each region once`];
  }
  if (names.length === 2 || recovery?.strategy !== 'backup-restore') return [];
  return [
    `regions must be two with strategy 'backup-restore', got ${names.length}; copies do not say whose they are: name two, ` +
      'or take another strategy',
  ];
}

/** Names of regions, empty where zones are none. */
function namesOf(regions: MultiRegionApplicationProps['regions']): string[] {
  return regions.map(({ zones }) => (Array.isArray(zones) ? regionOfZones(zones.map(String)) : ''));
}

/** What is wrong with the stack of each region: with what they have in common, once. */
function regionProblems(props: MultiRegionApplicationProps): string[] {
  const problems = props.regions.flatMap((region, place) =>
    shapeProblems(regionProps(props, region)).map((problem) =>
      /^(zones|network) /.test(problem) ? `regions[${place}].${problem}` : problem,
    ),
  );
  return [...new Set(problems)];
}

const LONGEST = { min: Duration.seconds(0), max: Duration.days(3650) };

function recoveryProblems(props: MultiRegionApplicationProps): string[] {
  const { recovery = {}, regions, servers } = props;
  const { strategy, rto, rpo, decision, standbyPeak, active } = recovery;
  const problems: string[] = [];
  if (strategy !== undefined && !STRATEGY_NAMES.includes(strategy)) {
    problems.push(
      `recovery.strategy must be one of ${shown(STRATEGY_NAMES)}, got ${shown(strategy)}; take one of these`,
    );
  }
  for (const [prop, value] of Object.entries({ rto, rpo, decision })) {
    if (value !== undefined) {
      problems.push(...durationProblems(`recovery.${prop}`, value, LONGEST, 'write Duration.minutes(…)'));
    }
  }
  if (standbyPeak !== undefined) problems.push(...standbyProblems(standbyPeak, strategy, servers));
  const names = namesOf(regions);
  if (active !== undefined && (isToken(active) || !names.includes(active))) {
    problems.push(`recovery.active must be one of the regions (${names.join(', ')}), got ${shown(active)}; name one`);
  }
  return [...problems, ...restoreProblems(props)];
}

function restoreProblems({ recovery = {}, regions }: MultiRegionApplicationProps): string[] {
  const { strategy, active, restoreFrom } = recovery;
  if (strategy !== 'backup-restore') {
    if (restoreFrom === undefined) return [];
    return [
      `recovery.restoreFrom must stand beside strategy 'backup-restore', got ${shown(restoreFrom)}; leave it out`,
    ];
  }
  const [first = ''] = namesOf(regions);
  const here = active ?? first;
  if (restoreFrom === undefined && here === first) return [];
  const [, region] = (typeof restoreFrom === 'string' && BACKUPS.exec(restoreFrom)) || [];
  if (region === here) return [];
  return [
    `recovery.restoreFrom must be the ARN of copied backups or of a snapshot in ${here}, got ${shown(restoreFrom)}; ` +
      `the runbook says how to come by it: 'arn:aws:rds:${here}:…:auto-backup:…'`,
  ];
}

const BACKUPS = /^arn:[\w-]+:rds:([\w-]+):\d{12}:(?:auto-backup|snapshot):[\w:-]+$/;

function standbyProblems(
  standbyPeak: unknown,
  strategy: RegionStrategy | undefined,
  { capacity }: MultiRegionApplicationProps['servers'],
): string[] {
  if (strategy !== 'warm-standby') {
    return [`recovery.standbyPeak must stand beside strategy 'warm-standby', got ${shown(standbyPeak)}; leave it out`];
  }
  const peak = hasMember(capacity, 'peak') ? capacity.peak : undefined;
  const max = typeof peak === 'number' && peak >= 1 ? peak : undefined;
  return wholeNumberProblems('recovery.standbyPeak', standbyPeak, { min: 1, max }, 'the whole peak is a hot standby');
}

function dnsProblems({ dns }: MultiRegionApplicationProps): string[] {
  if (hasMember(dns.healthCheck, 'problems')) return dns.healthCheck.problems().map((problem) => `dns.${problem}`);
  return [`dns.healthCheck must be a HealthCheck, got ${shown(dns.healthCheck)}; write HealthCheck.https('/ready')`];
}

const TARGETS = ['99%', '99.9%', '99.95%', '99.99%', '99.999%'];

function targetShapeProblems(target: unknown): string[] {
  if (target === undefined || TARGETS.includes(String(target))) return [];
  return [`target must be one of ${shown(TARGETS)}, got ${shown(target)}; take one of these`];
}

/** What Aurora and RDS ask of a database that is copied to other regions. */
function databaseProblems(props: MultiRegionApplicationProps): string[] {
  const { recovery = {}, regions, database, redundancy } = props;
  const strategy = recovery.strategy ?? 'hot-standby';
  if (!STRATEGY_NAMES.includes(strategy)) return [];
  const isCopied = STRATEGIES[strategy].data === 'backups';
  const kind = redundancyFor(isCopied ? '99.95%' : '99.99%', redundancy).database;
  if (isCopied) {
    if (kind === 'instance' || kind === 'single') return [];
    return [
      `redundancy.database must be 'instance' or 'single' with strategy 'backup-restore', got ${shown(kind)}; ` +
        'RDS copies backups of nothing else: take one of these, or another strategy',
    ];
  }
  const problems: string[] = [];
  if (kind !== 'aurora') {
    problems.push(
      `redundancy.database must be 'aurora' with strategy '${strategy}', got ${shown(kind)}; ` +
        'only a global database changes sides and back without being made anew',
    );
  }
  if (!MINOR_VERSION.test(String(database.engineVersion))) {
    problems.push(
      `database.engineVersion must name the minor version of a global database, got ${shown(database.engineVersion)}; ` +
        "write it as in '17.5', or '8.0.mysql_aurora.3.08.0'",
    );
  }
  if (typeof database.instanceClass === 'string' && /^db\.t/.test(database.instanceClass)) {
    problems.push(
      `database.instanceClass must not be a burstable one in a global database, got ${shown(database.instanceClass)}; ` +
        "take one as in 'db.r7g.large'",
    );
  }
  if (database.maintenance?.allowMajorVersionUpgrade === true) {
    problems.push(
      'database.maintenance.allowMajorVersionUpgrade must not stand beside a global database, got true; it is upgraded ' +
        'through the global database: leave it out',
    );
  }
  for (const [place, { databaseSecret }] of regions.entries()) {
    if (isRecord(databaseSecret)) continue;
    problems.push(
      `regions[${place}].databaseSecret must be a secret of the region, got ${shown(databaseSecret)}; a global database ` +
        'takes no password that RDS manages itself: make one, and let Secrets Manager replicate it',
    );
  }
  return problems;
}

const MINOR_VERSION = /^(\d+\.\d+|8\.\d+\.mysql_aurora\.\d+\.\d+\.\d+)$/;

/** Objectives that the strategy cannot meet, with what would. */
export function objectiveProblems({ recovery, facts }: Settings): string[] {
  const { strategy, rto, rpo } = recovery;
  const problems: string[] = [];
  const reached = (name: RegionStrategy) => ({ rto: rtoOf(stepsOf(name, facts)), rpo: rpoOf(name).lasts });
  const isMet = (name: RegionStrategy) =>
    [['rto', rto] as const, ['rpo', rpo] as const].every(
      ([prop, wanted]) => wanted === undefined || inMilliseconds(reached(name)[prop]) <= inMilliseconds(wanted),
    );
  const enough = STRATEGY_NAMES.find(isMet);
  const remedy = enough ? `take '${enough}', or allow more` : 'no strategy does better: allow more';
  for (const [prop, wanted] of [['rto', rto] as const, ['rpo', rpo] as const]) {
    const takes = reached(strategy)[prop];
    if (wanted === undefined || inMilliseconds(takes) <= inMilliseconds(wanted)) continue;
    problems.push(
      `recovery.${prop} must be at least the ${shown(takes)} that strategy '${strategy}' comes to, got ${shown(wanted)}; ${remedy}`,
    );
  }
  return problems;
}
