import { downtimeText, tryFindGrade } from '../availability';
import { type Availability, inMilliseconds, type Period } from '../units';
import { clean } from './answer';

const PERIODS: readonly Period[] = ['year', 'month', 'week', 'day'];

/** Head of a table of availabilities. */
export const AVAILABILITY_HEAD = ['availability', 'nines', 'grade', ...PERIODS.map((period) => `down a ${period}`)];

/** A row of it. */
export function availabilityRow(availability: Availability): string[] {
  return [
    String(availability),
    ninesText(availability),
    tryFindGrade(availability)?.name ?? 'below 1 nine',
    ...PERIODS.map((period) => downtimeText(availability.downtimePer(period))),
  ];
}

/** The same for programs. */
export function availabilityJson(availability: Availability) {
  const seconds = (period: Period) => clean(inMilliseconds(availability.downtimePer(period)) / 1_000);
  return {
    availability: String(availability),
    failingShare: availability.failingShare,
    nines: clean(availability.toNines()), // null for 100 %: JSON knows no infinity
    grade: tryFindGrade(availability)?.name ?? null,
    downtimeSeconds: Object.fromEntries(PERIODS.map((period) => [period, seconds(period)])),
  };
}

/** Two decimals, rounded down; a whole count must not hang on the last bit of a logarithm. */
function ninesText(availability: Availability): string {
  const nines = availability.toNines();
  return Number.isFinite(nines) ? String(Math.floor(nines * 100 + 1e-9) / 100) : 'no end';
}
