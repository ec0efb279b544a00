import { Duration } from '../../units';
import {
  durationProblems,
  flagProblems,
  hasMember,
  isTextOf,
  isToken,
  listProblems,
  objectProblems,
  shown,
  wholeNumberProblems,
} from '../../validation';
import { capacityFor, type WebApplicationStackProps } from './props';
import { type Redundancy, redundancyFor, TARGETS } from './targets';

/**
 * What keeps the stack from being computed with, one sentence each: shapes of props, zones, sizes. What AWS would refuse of a
 * group, its construct says.
 */
export function shapeProblems(props: WebApplicationStackProps): string[] {
  const groups = groupProblems(props);
  const redundancy = isTarget(props.target) && groups.length === 0 ? redundancyProblems(props) : [];
  return [
    ...targetProblems(props.target),
    ...zoneProblems(props.zones),
    ...groups,
    ...redundancy,
    ...recordProblems(props.records),
    ...flagProblems('allowDestroy', props.allowDestroy),
    ...(groups.length === 0 ? serverProblems(props, redundancy.length === 0) : []),
  ];
}

function isTarget(target: unknown): target is keyof typeof TARGETS {
  return typeof target === 'string' && Object.hasOwn(TARGETS, target);
}

function targetProblems(target: unknown): string[] {
  if (isTarget(target)) return [];
  const more = typeof target === 'string' && /^99\.99\d/.test(target);
  return [
    `target must be one of ${shown(Object.keys(TARGETS))}, got ${shown(target)}; ` +
      (more ? 'no single region reaches more: make a MultiRegionApplication' : 'take one of these'),
  ];
}

const ZONE = /^[a-z]{2}(-[a-z]+)+-\d[a-h]$/;

function zoneProblems(zones: unknown): string[] {
  const misshapen = listProblems('zones', zones);
  if (misshapen.length > 0 || !Array.isArray(zones)) return misshapen;
  const strange = zones.filter((zone) => isToken(zone) || !isTextOf(ZONE, zone));
  if (strange.length > 0 || zones.length === 0) {
    return [`zones must be availability zones of a region, got ${shown(strange)}; write them as in 'eu-west-1a'`];
  }
  const regions = [...new Set(zones.map((zone) => String(zone).slice(0, -1)))];
  if (regions.length > 1)
    return [`zones must lie in one region, got ${shown(regions)}; make one stack for each region`];
  if (new Set(zones).size === zones.length) return [];
  return [`zones must all differ, got ${shown(zones)}; name each zone once`];
}

function groupProblems({
  network,
  servers,
  database,
  sessions,
  backups,
  redundancy,
  records,
}: WebApplicationStackProps) {
  const optional = { sessions: sessions === false ? undefined : sessions, backups, redundancy, records };
  return [
    ...Object.entries({ network, servers, database }).flatMap(([prop, group]) => objectProblems(prop, group)),
    ...Object.entries(optional).flatMap(([prop, group]) => (group === undefined ? [] : objectProblems(prop, group))),
  ];
}

const DATABASES = ['single', 'instance', 'cluster', 'aurora'];

function redundancyProblems({ target, zones, redundancy: said = {} }: WebApplicationStackProps): string[] {
  const redundancy = redundancyFor(target, said);
  const strange = [
    ...wholeNumberProblems('redundancy.zones', redundancy.zones, { min: 2, max: 3 }, 'spread over two zones or three'),
    ...wholeNumberProblems(
      'redundancy.lostZones',
      redundancy.lostZones,
      { min: 0, max: 2 },
      'say how many may be lost',
    ),
    ...flagProblems('redundancy.natInEveryZone', redundancy.natInEveryZone),
    ...wholeNumberProblems(
      'redundancy.sessionReplicas',
      redundancy.sessionReplicas,
      { min: 1, max: 5 },
      'one node alone loses every session with its zone',
    ),
    ...(DATABASES.includes(redundancy.database)
      ? []
      : [
          `redundancy.database must be one of ${shown(DATABASES)}, got ${shown(redundancy.database)}; take one of these`,
        ]),
  ];
  return strange.length > 0
    ? strange
    : countProblems(redundancy, zoneProblems(zones).length === 0 ? zones.length : undefined);
}

/** Numbers that do not go together. */
function countProblems({ zones, lostZones, database }: Redundancy, given: number | undefined): string[] {
  const problems: string[] = [];
  if (lostZones >= zones) {
    problems.push(
      `redundancy.lostZones must be lower than the number of zones (${zones}), got ${lostZones}; spread over more zones, or lose fewer`,
    );
  }
  if ((database === 'cluster' || database === 'aurora') && zones < 3) {
    problems.push(
      `redundancy.zones must be 3 for database '${database}', got ${zones}; raise it, or take another database`,
    );
  }
  if (given !== undefined && given < zones) {
    problems.push(`zones must name at least ${zones} zones, got ${given}; add a zone, or lower redundancy.zones`);
  }
  return problems;
}

function serverProblems(props: WebApplicationStackProps, isRedundancyKnown: boolean): string[] {
  const { capacity, healthCheck } = props.servers;
  const problems: string[] = [];
  if (!hasMember(capacity, 'problemsOver')) {
    problems.push(`servers.capacity must be a Capacity, got ${shown(capacity)}; write Capacity.forPeak(…)`);
  } else {
    const { tolerateLostZones, allowOverloadWhenZoneLost } = capacity.options;
    if (tolerateLostZones !== undefined || allowOverloadWhenZoneLost !== undefined) {
      problems.push(
        'servers.capacity must not say how many zones may be lost, got one that does; say it in redundancy.lostZones',
      );
    } else if (isRedundancyKnown && isTarget(props.target)) {
      const redundancy = redundancyFor(props.target, props.redundancy);
      problems.push(
        ...capacityFor(capacity, redundancy)
          .problemsOver(redundancy.zones)
          .map((one) => `servers.${one}`),
      );
    }
  }
  if (hasMember(healthCheck, 'problems')) problems.push(...healthCheck.problems().map((one) => `servers.${one}`));
  else {
    problems.push(
      `servers.healthCheck must be a HealthCheck, got ${shown(healthCheck)}; write HealthCheck.http('/ready')`,
    );
  }
  return problems;
}

const PARTS = ['region', 'zone', 'node'];
const LONGEST = { min: Duration.seconds(1), max: Duration.days(365_000) };

function recordProblems(records: WebApplicationStackProps['records']): string[] {
  if (records === undefined || objectProblems('records', records).length > 0) return []; // told with the groups
  const { programs, rates, restoreTime } = records;
  const problems: string[] = [];
  if (programs !== undefined && !hasMember(programs, 'failingShare')) {
    problems.push(
      `records.programs must be an Availability, got ${shown(programs)}; write Availability.percent('99.95')`,
    );
  }
  if (restoreTime !== undefined) {
    problems.push(...durationProblems('records.restoreTime', restoreTime, LONGEST, 'say what the last drill took'));
  }
  if (rates === undefined) return problems;
  const misshapen = objectProblems('records.rates', rates);
  if (misshapen.length > 0) return [...problems, ...misshapen];
  for (const [part, rate] of Object.entries(rates)) {
    if (rate === undefined) continue;
    const prop = `records.rates.${part}`;
    if (!PARTS.includes(part)) {
      problems.push(`records.rates must name ${PARTS.join(', ')}, got ${shown(part)}; nothing else fails here`);
    } else if (objectProblems(prop, rate).length > 0) problems.push(...objectProblems(prop, rate));
    else {
      problems.push(
        ...durationProblems(`${prop}.mtbf`, rate.mtbf, LONGEST, 'say how long it runs between failures'),
        ...durationProblems(`${prop}.mttr`, rate.mttr, LONGEST, 'say how long it is down when it fails'),
      );
    }
  }
  return problems;
}
