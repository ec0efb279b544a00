import type { FaultAnalysis } from '../../availability';
import { FaultModel } from '../../availability';
import { Availability } from '../../units';
import { shown } from '../../validation';
import { addApplication, type ModelledApplication } from './fault-model';
import { capacityFor, type Settings } from './props';
import type { DatabaseRedundancy, Redundancy } from './targets';

/** What the model has to know of a stack, with another redundancy if one is given. */
export function modelled(settings: Settings, redundancy: Redundancy = settings.redundancy): ModelledApplication {
  const { zones, servers, database, detection, sessions, records } = settings;
  const region = (zones[0] ?? '').slice(0, -1);
  const plan = capacityFor(servers.capacity, redundancy).over(redundancy.zones);
  const spare = ['a', 'b', 'c', 'd'].map((letter) => `${region}${letter}`).filter((zone) => !zones.includes(zone));
  return {
    ...{ region, redundancy, detection },
    zones: [...zones, ...spare].slice(0, redundancy.zones),
    serversPerZone: plan.perZone,
    peak: servers.capacity.peak,
    hasSessions: sessions !== false,
    hasProxy: database.proxy !== undefined && database.proxy !== false,
    application: records?.programs,
    rates: records?.rates,
  };
}

/** Everything that follows from the model of a stack. */
export function analysisOf(settings: Settings, redundancy?: Redundancy): FaultAnalysis {
  const model = new FaultModel();
  return model.analyse(addApplication(model, modelled(settings, redundancy)).application);
}

/** The problem of a target that is not met, with what to change; none when it is met. */
export function targetProblems(settings: Settings, computed: Availability): string[] {
  const { target } = settings;
  const wanted = Availability.parse(target);
  if (computed.meets(wanted)) return [];
  return [
    `target must not be above what is built, which comes to ${computed}, got ${shown(target)}; ${remedy(settings, wanted)}`,
  ];
}

/** The fewest changes of the redundancy that meet the target; or what takes too much of the time whatever is changed. */
function remedy(settings: Settings, wanted: Availability): string {
  const now = settings.redundancy;
  const stronger = strongerThan(now)
    .map((redundancy) => ({ redundancy, changes: changesBetween(now, redundancy) }))
    .sort((one, other) => one.changes.length - other.changes.length);
  const found: string[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (const { redundancy, changes } of stronger) {
    if (changes.length > fewest || found.length === MOST_REMEDIES) break;
    const { availability } = analysisOf(settings, redundancy);
    if (!availability.meets(wanted)) continue;
    fewest = changes.length;
    found.push(`${changes.join(' and ')} (${availability})`);
  }
  if (found.length > 0) return `set ${found.join(', or ')}`;
  const strongest = stronger.at(-1)?.redundancy ?? now;
  const { sets } = analysisOf(settings, strongest).cutSets({ limit: 3 });
  const most = sets.map(({ parts, probability }) => `${parts.join(' with ')} (${Availability.failing(probability)})`);
  return `no redundancy in one region is enough, because of ${most.join(', ')}: lower the target, better these, or make a MultiRegionApplication`;
}

const MOST_REMEDIES = 2;
const DATABASES: readonly DatabaseRedundancy[] = ['single', 'instance', 'cluster', 'aurora'];

/** Every redundancy with at least as much of everything. */
function strongerThan(now: Redundancy): Redundancy[] {
  const databases = DATABASES.slice(DATABASES.indexOf(now.database));
  const found: Redundancy[] = [];
  for (let zones = now.zones; zones <= 3; zones++) {
    for (let lostZones = now.lostZones; lostZones < zones; lostZones++) {
      for (const natInEveryZone of now.natInEveryZone ? [true] : [false, true]) {
        for (const database of databases) {
          if (zones < 3 && (database === 'cluster' || database === 'aurora')) continue;
          found.push({ ...now, zones, lostZones, natInEveryZone, database });
        }
      }
    }
  }
  return found;
}

function changesBetween(now: Redundancy, then: Redundancy): string[] {
  return (Object.keys(then) as (keyof Redundancy)[])
    .filter((prop) => then[prop] !== now[prop])
    .map((prop) => `redundancy.${prop} to ${shown(then[prop])}`);
}
