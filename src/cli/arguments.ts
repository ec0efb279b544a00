import { copies, Rate, tryFindServiceLevel } from '../availability';
import { Availability, Duration } from '../units';

/** A part of a system, as it was written and as it counts. */
export interface Part {
  /** What it is called: `99.95 %`, `aws/rds-multi-az`, `3 x 99.9 %`. */
  readonly label: string;
  /** The availabilities it stands for; several for `3x99.9`. */
  readonly copies: readonly Availability[];
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A time such as `15m` or `1h30m`. A bare number is refused: nobody knows what it counts. */
export function parseTime(option: string, text: string): Duration {
  const steps = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|[smhdw])\s*/gy)];
  const read = steps.map(([step]) => step).join('');
  if (text !== '0' && (text === '' || read !== text)) {
    throw new RangeError(`${option} must be a time such as 30s, 15m, 1h, 1h30m or 1d, got '${text}'`);
  }
  const milliseconds = steps.map(([, count, unit = '']) => Number(count) * (MILLISECONDS[unit] ?? Number.NaN));
  return Duration.millis(milliseconds.reduce((sum, step) => sum + step, 0));
}

/** An amount in a time, such as `1M/month`. */
export function parseRate(option: string, text: string): Rate {
  return naming(option, () => Rate.parse(text));
}

/** An availability: `99.95`, `99.95%`, `4 nines`. */
export function parseAvailability(option: string, text: string): Availability {
  return naming(option, () => Availability.parse(text));
}

/** Parts with commas between them: `99.99,3x99.9,aws/rds-multi-az`. */
export function parseParts(option: string, text: string): Part[] {
  return text.split(',').map((part) => parsePart(option, part.trim()));
}

function parsePart(option: string, text: string): Part {
  const [, times, rest = text] = /^(\d+)\s*[x×]\s*(.+)$/.exec(text) ?? [];
  const isLevel = rest.includes('/');
  const one = isLevel ? levelCalled(option, rest) : parseAvailability(option, rest);
  const label = isLevel ? rest : String(one);
  if (times === undefined) return { label, copies: [one] };
  return { label: `${times} x ${label}`, copies: naming(option, () => copies(Number(times), one)) };
}

function levelCalled(option: string, id: string): Availability {
  const level = tryFindServiceLevel(id);
  if (level) return level.availability;
  throw new RangeError(`${option}: no service level is called '${id}'; \`nines sla\` lists them`);
}

/** Puts the name of the option before what is wrong with its value. */
function naming<T>(option: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${option}: ${error.message}`);
    throw error;
  }
}
