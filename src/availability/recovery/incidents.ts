import { Availability, Duration } from '../../units';
import { shown } from '../../validation';

/** A stretch in which users could not use the service. An alert that no user felt is none. */
export interface Incident {
  /** When it began. */
  readonly start: Date;
  /**
   * When it was over.
   *
   * @default - it is still going on
   */
  readonly end?: Date;
}

/** The stretch of time that is looked at. */
export interface IncidentWindow {
  /** When it begins. */
  readonly from: Date;
  /** When it ends. */
  readonly to: Date;
}

/** What the incidents of a window come to. */
export interface IncidentReport {
  /** How long the window is. */
  readonly window: Duration;
  /** How long the service was down within it, each moment counted once. */
  readonly downtime: Duration;
  /** How many outages touched the window; incidents that overlap or follow each other at once are one. */
  readonly outages: number;
  /** The availability over the window. */
  readonly availability: Availability;
  /**
   * Mean operating time between failures: the time up, by outage (IEC 60050-192, 192-05-13). Add `mttr` for the time
   * from failure to failure, which is what the course « 9.6 Architectures Haute Disponibilité » divides.
   *
   * @default - left out when there was no outage
   */
  readonly mtbf?: Duration;
  /**
   * Mean time to repair: the downtime, by outage.
   *
   * @default - left out when there was no outage
   */
  readonly mttr?: Duration;
  /**
   * The longest outage, as far as it lies in the window.
   *
   * @default - left out when there was no outage
   */
  readonly longest?: Duration;
}

/**
 * MTBF, MTTR and availability over a window, from a list of incidents in any order. Overlapping incidents count once, what
 * lies outside of the window does not count, and `Availability.ofRepairs` of the report's `mtbf` and `mttr` is its availability.
 *
 * @throws RangeError when a date is none, an incident ends before it starts, or the window has no length
 */
export function reportIncidents(incidents: readonly Incident[], window: IncidentWindow): IncidentReport {
  const within = { start: time('window.from', window.from), end: time('window.to', window.to) };
  if (within.end <= within.start) {
    throw new RangeError(`window.to must be after window.from, got ${window.to.toISOString()}; swap them`);
  }
  const outages = merged(incidents.map((incident, index) => cut(spanOf(incident, index), within)));
  const length = within.end - within.start;
  const lengths = outages.map(({ start, end }) => end - start);
  const down = lengths.reduce((total, outage) => total + outage, 0);
  return {
    window: Duration.millis(length),
    downtime: Duration.millis(down),
    outages: outages.length,
    availability: Availability.failing(down / length),
    ...(outages.length > 0 && {
      mtbf: Duration.millis((length - down) / outages.length),
      mttr: Duration.millis(down / outages.length),
      longest: Duration.millis(lengths.reduce((longest, outage) => Math.max(longest, outage), 0)),
    }),
  };
}

/** From the first moment to the one after the last, in milliseconds. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf({ start, end }: Incident, index: number): Span {
  const from = time(`start of incident ${index + 1}`, start);
  if (end === undefined) return { start: from, end: Number.POSITIVE_INFINITY };
  const to = time(`end of incident ${index + 1}`, end);
  if (to >= from) return { start: from, end: to };
  throw new RangeError(
    `end of incident ${index + 1} must not be before its start (${start.toISOString()}), got ${end.toISOString()}; swap them`,
  );
}

function cut(span: Span, within: Span): Span {
  return { start: Math.max(span.start, within.start), end: Math.min(span.end, within.end) };
}

/** Spans joined where they touch; those without a length are none. */
function merged(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.start <= last.end) joined[joined.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

function time(name: string, date: Date): number {
  const at = typeof date?.getTime === 'function' ? date.getTime() : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new RangeError(`${name} must be a Date, got ${shown(date)}; write new Date('2026-01-31T12:00:00Z')`);
}
