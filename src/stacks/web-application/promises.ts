import { promisedTogether } from '../../availability';
import { type Availability, Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import { RESTORABLE, TAKEOVERS } from '../failure-rates';
import { databaseTakeover, ratesOf } from './fault-model';
import type { Settings } from './props';

/** What can be lost. */
export type Loss = 'node' | 'zone' | 'region' | 'data';

/** How the application comes back after a loss. */
export interface RecoveryObjective {
  /** What is lost; `data` is a wrong statement, or a table deleted by mistake. */
  readonly loss: Loss;
  /**
   * How long users wait, at worst.
   *
   * @default - nothing stands ready: it does not come back by itself, nor by what this stack keeps
   */
  readonly rto?: Duration;
  /**
   * How much of the latest data is gone, as the time it came in.
   *
   * @default - all of it
   */
  readonly rpo?: Duration;
  /** The arithmetic. */
  readonly because: string;
}

const NOTHING = Duration.seconds(0);

/** Service levels that the services of a stack have, by their names in the catalog of `nines/availability`. */
export function serviceLevelsOf({ servers, redundancy, sessions }: Settings): string[] {
  const databases = {
    single: 'aws/rds-single',
    instance: 'aws/rds-multi-az',
    cluster: 'aws/rds-multi-az-cluster',
    aurora: 'aws/aurora-multi-az',
  } as const;
  return [
    'aws/elb-multi-az',
    servers.container ? 'aws/fargate' : 'aws/ec2-region',
    databases[redundancy.database],
    ...(sessions === false ? [] : ['aws/elasticache-multi-az']),
  ];
}

/** The product of the service levels: what AWS gives credits below, and no forecast. */
export function contractualFloorOf(settings: Settings): Availability {
  return promisedTogether(serviceLevelsOf(settings));
}

/** How the application comes back, loss by loss. */
export function objectivesOf(settings: Settings): RecoveryObjective[] {
  return [nodeLost(settings), zoneLost(settings), REGION_LOST, dataLost(settings)];
}

interface Wait {
  readonly lasts: Duration;
  readonly what: string;
}

function nodeLost(settings: Settings): RecoveryObjective {
  const { redundancy } = settings;
  const database: Wait =
    redundancy.database === 'single'
      ? { lasts: ratesOf(settings.records ?? {}).node.mttr, what: 'RDS repairs the database' }
      : takeover(settings, redundancy.database);
  return longest('node', NOTHING, [seen(settings), database, ...sessionWaits(settings)]);
}

function zoneLost(settings: Settings): RecoveryObjective {
  const { redundancy, restoreTime, zones, servers } = settings;
  const waits: Wait[] = [
    {
      lasts: plus(settings.detection, TAKEOVERS.balancer.lasts),
      what: `${TAKEOVERS.balancer.what}, once that is noticed`,
    },
    ...sessionWaits(settings),
  ];
  if (redundancy.lostZones === 0) {
    const startup = servers.timing?.startup ?? Duration.minutes(servers.container ? 1 : 3);
    waits.push({ lasts: plus(settings.detection, startup), what: 'other servers start, if AWS has any' });
  }
  if (!redundancy.natInEveryZone) {
    const { mttr } = ratesOf(settings.records ?? {}).zone;
    waits.push({ lasts: mttr, what: `the zone of the only NAT gateway (${zones[0]}) comes back` });
  }
  if (redundancy.database === 'single') {
    waits.push({ lasts: restoreTime, what: 'the database is restored in another zone, by hand' });
    return longest('zone', RESTORABLE.lasts, waits);
  }
  waits.push(takeover(settings, redundancy.database));
  return longest('zone', NOTHING, waits);
}

function takeover({ redundancy, database }: Settings, kind: 'instance' | 'cluster' | 'aurora'): Wait {
  const hasProxy = database.proxy !== undefined && database.proxy !== false;
  const { what } = TAKEOVERS[kind];
  return { lasts: databaseTakeover({ redundancy, hasProxy }), what: hasProxy ? `${what}, behind RDS Proxy` : what };
}

const REGION_LOST: RecoveryObjective = { loss: 'region', because: 'nothing of it stands in another region' };

function dataLost({ restoreTime }: Settings): RecoveryObjective {
  return {
    loss: 'data',
    rto: restoreTime,
    rpo: RESTORABLE.lasts,
    because: `the database is restored to the second before, by hand; ${RESTORABLE.because}`,
  };
}

function seen({ detection }: Settings): Wait {
  return { lasts: detection, what: 'the load balancer notices that a server has failed' };
}

function sessionWaits({ sessions }: Settings): Wait[] {
  return sessions === false ? [] : [{ lasts: TAKEOVERS.sessions.lasts, what: TAKEOVERS.sessions.what }];
}

/** All of it happens at once, so that the longest wait counts. */
function longest(loss: Loss, rpo: Duration, waits: readonly Wait[]): RecoveryObjective {
  const sorted = [...waits].sort((one, other) => inMilliseconds(other.lasts) - inMilliseconds(one.lasts));
  const because = sorted.map(({ lasts, what }) => `${what}: ${shown(lasts)}`).join('; ');
  return { loss, rto: sorted[0]?.lasts ?? NOTHING, rpo, because: `the longest of: ${because}` };
}

function plus(one: Duration, other: Duration): Duration {
  return Duration.millis(inMilliseconds(one) + inMilliseconds(other));
}
