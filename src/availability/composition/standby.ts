import { Availability, type Duration, type RepairTimes } from '../../units';
import { checkedPart, checkedShare, checkedTime } from '../checks';
import { composed } from './parts';

/** A part with a standby that takes over when it fails. */
export interface Standby {
  /** How often the active part fails, and how long it takes to repair. */
  readonly active: RepairTimes;
  /** Availability of the standby, failures that nobody has noticed yet included: it is down as often as it is not tested. */
  readonly standby: Availability;
  /** Share of the failures that are noticed and lead to a take-over, from 0 to 1. Only drills tell it. */
  readonly coverage: number;
  /** From the failure until it is noticed: health check interval times threshold, or `3 x advert + skew` of VRRP. */
  readonly detection: Duration;
  /** From then until the standby answers users: promotion, route or DNS change with its TTL, warm-up. */
  readonly switchover: Duration;
}

/**
 * Availability of an active part with a standby, the switch-over being neither certain nor immediate.
 *
 * Each time the active part fails, users wait for its whole repair when the take-over fails (`1 - coverage`); otherwise
 * they wait for detection and switch-over, and for the rest of the repair as often as the standby is down:
 *
 *     q = q(active) x ((1 - c) + c x (t/mttr + (1 - t/mttr) x q(standby))),   t = detection + switchover
 *
 * A take-over never takes longer than the repair (t is cut at mttr). Going back to the repaired part costs no time here.
 *
 * @throws RangeError when coverage is no share, or a time is no duration
 */
export function standby(settings: Standby): Availability {
  const { failingShare } = Availability.ofRepairs(settings.active);
  const covered = checkedShare('coverage', settings.coverage, 'it is the share of failures that lead to a take-over');
  const spare = checkedPart('standby', settings.standby).failingShare;
  const waiting = checkedTime('detection', settings.detection) + checkedTime('switchover', settings.switchover);
  const repair = checkedTime('active.mttr', settings.active.mttr);
  const waits = repair === 0 ? 1 : Math.min(1, waiting / repair);

  const failing = failingShare * (1 - covered + covered * (waits + (1 - waits) * spare));
  return composed(failing, failingShare > 0 && (covered < 1 || waiting > 0 || spare > 0));
}
