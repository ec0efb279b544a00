import { type Duration, decimalText, inMilliseconds, roundedUp } from '../units';

/** Units with their length in milliseconds, and up to which length they are used. */
const UNITS: readonly { readonly name: string; readonly length: number; readonly below: number }[] = [
  { name: 'nanosecond', length: 1e-6, below: 1e-3 },
  { name: 'microsecond', length: 1e-3, below: 1 },
  { name: 'millisecond', length: 1, below: 1_000 },
  { name: 'second', length: 1_000, below: 60_000 },
  { name: 'minute', length: 60_000, below: 3_600_000 },
  { name: 'hour', length: 3_600_000, below: 86_400_000 },
  { name: 'day', length: 86_400_000, below: Number.POSITIVE_INFINITY },
];

/**
 * A downtime for people: "52.6 minutes". Three significant digits, rounded up, so that no downtime looks
 * shorter than it is; whole amounts keep all their digits.
 */
export function downtimeText(downtime: Duration): string {
  const milliseconds = inMilliseconds(downtime);
  if (milliseconds === 0) return 'none';
  const unit = UNITS.find(({ below }) => milliseconds < below);
  if (!unit) return 'no end';
  const amount = decimalText(roundedUp(milliseconds / unit.length, 3));
  return `${amount} ${unit.name}${amount === '1' ? '' : 's'}`;
}
