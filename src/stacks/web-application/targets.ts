import type { RetentionCounts } from '../../intent';

/** Availabilities that a `WebApplicationStack` can be built for. */
export type AvailabilityTarget = '99%' | '99.9%' | '99.95%' | '99.99%';

/** How the database of a stack stands: alone, or in one of the topologies of `MultiAZDatabase`. */
export type DatabaseRedundancy = 'single' | 'instance' | 'cluster' | 'aurora';

/** What stands ready when something falls. */
export interface Redundancy {
  /** Over how many zones the stack spreads, 2 or 3: the first ones of `zones`. A cluster and Aurora need 3. */
  readonly zones: number;

  /**
   * How many zones may be lost while the servers that are left still carry the peak: 0 buys no server for it, and the rest
   * is overloaded until others have started. Lower than `zones`.
   */
  readonly lostZones: number;

  /** Whether each zone has a way out to the internet of its own. */
  readonly natInEveryZone: boolean;

  /**
   * The database. `single` stands in one zone: when that is lost, it is restored by hand from a backup. The others are the
   * topologies of `MultiAZDatabase`.
   */
  readonly database: DatabaseRedundancy;

  /** Nodes that can take over the session store, from 1 to 5. */
  readonly sessionReplicas: number;
}

/** What a target comes to. */
export interface TargetChoice {
  /** What stands ready. */
  readonly redundancy: Redundancy;
  /** How many backups are kept. */
  readonly retention: RetentionCounts;
  /** For how many days any second of the database can be restored. */
  readonly restorableDays: number;
}

/**
 * What each target chooses: the levels of the course « 9.6 Architectures Haute Disponibilité », « Coûts typiques », with one
 * between. At 99 % servers and database stand once; at 99.9 % all of it twice, which is the course's factor of 2; from 99.95 %
 * on over three zones, so that half a peak is enough to spare; at 99.99 % the database is taken over within a minute, also
 * when it gets a new version.
 */
export const TARGETS: Readonly<Record<AvailabilityTarget, TargetChoice>> = {
  '99%': {
    redundancy: { zones: 2, lostZones: 0, natInEveryZone: false, database: 'single', sessionReplicas: 1 },
    retention: { daily: 7 },
    restorableDays: 7,
  },
  '99.9%': {
    redundancy: { zones: 2, lostZones: 1, natInEveryZone: true, database: 'instance', sessionReplicas: 1 },
    retention: { daily: 7, weekly: 4 },
    restorableDays: 14,
  },
  '99.95%': {
    redundancy: { zones: 3, lostZones: 1, natInEveryZone: true, database: 'instance', sessionReplicas: 2 },
    retention: { daily: 7, weekly: 4, monthly: 12 },
    restorableDays: 35,
  },
  '99.99%': {
    redundancy: { zones: 3, lostZones: 1, natInEveryZone: true, database: 'aurora', sessionReplicas: 2 },
    retention: { daily: 7, weekly: 4, monthly: 12 },
    restorableDays: 35,
  },
};

/** The redundancy of a target, with what is said otherwise. */
export function redundancyFor(target: AvailabilityTarget, said: Partial<Redundancy> = {}): Redundancy {
  const chosen = TARGETS[target].redundancy;
  return {
    zones: said.zones ?? chosen.zones,
    lostZones: said.lostZones ?? chosen.lostZones,
    natInEveryZone: said.natInEveryZone ?? chosen.natInEveryZone,
    database: said.database ?? chosen.database,
    sessionReplicas: said.sessionReplicas ?? chosen.sessionReplicas,
  };
}
