import { Availability, Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import { downtimeText } from '../downtime-text';
import type { IncidentReport } from './incidents';

/** What a service is held to. */
export interface ServiceObjectives {
  /** The least availability. */
  readonly availability: Availability;
  /** The least mean operating time between failures. */
  readonly mtbf: Duration;
  /** The longest mean time to repair. */
  readonly mttr: Duration;
  /** The longest recovery after a disaster. */
  readonly rto: Duration;
  /** The most data that a disaster may lose, as the time it came in. */
  readonly rpo: Duration;
}

/** The objectives of the course « 9.6 Architectures Haute Disponibilité », « Métriques de succès ». */
export const USUAL_OBJECTIVES: ServiceObjectives = {
  availability: Availability.percent('99.9'),
  mtbf: Duration.hours(720),
  mttr: Duration.minutes(30),
  rto: Duration.hours(1),
  rpo: Duration.minutes(15),
};

/**
 * Which objectives the incidents of a window missed, one sentence each; none when all were met. What was exactly reached is met.
 *
 * @param objectives those that incidents can tell about; each is checked when given
 */
export function missedObjectives(
  report: IncidentReport,
  objectives: Partial<Pick<ServiceObjectives, 'availability' | 'mtbf' | 'mttr'>> = USUAL_OBJECTIVES,
): string[] {
  const { availability, mtbf, mttr } = objectives;
  const missed: string[] = [];
  if (availability && !report.availability.meets(availability)) {
    missed.push(`availability must be at least ${availability}, was ${report.availability}`);
  }
  if (mtbf && report.mtbf && inMilliseconds(report.mtbf) < inMilliseconds(mtbf)) {
    missed.push(`mtbf must be at least ${shown(mtbf)}, was ${shownTime(report.mtbf)}`);
  }
  if (mttr && report.mttr && inMilliseconds(report.mttr) > inMilliseconds(mttr)) {
    missed.push(`mttr must be at most ${shown(mttr)}, was ${downtimeText(report.mttr)}`);
  }
  return missed;
}

/** A time that must not look longer than it is: whole minutes, rounded down. */
function shownTime(time: Duration): string {
  return shown(Duration.minutes(Math.floor(inMilliseconds(time) / 60_000)));
}
