import type { Duration } from '../units';

/**
 * Whether a value is a Terraform token: a stand-in for something that is known only after deployment.
 *
 * Recognized by its encoding, so that this folder needs no cdktf: text holds `${TfToken[`, a list's first item
 * `#{TfToken[`, a map's only key `&{TfToken[`; a number lies near -8.1e298, in a list of numbers near -1.9e289; an
 * object that resolves has `resolve`.
 */
export function isToken(value: unknown): boolean {
  if (typeof value === 'string') return /[$#&]\{TfToken\[/.test(value);
  if (typeof value === 'number') return value < -1e280 && Number.isFinite(value);
  if (Array.isArray(value)) return value.some((item) => !Array.isArray(item) && isToken(item));
  if (typeof value !== 'object' || value === null) return false;
  return 'resolve' in value ? typeof value.resolve === 'function' : Object.keys(value).some((key) => isToken(key));
}

/** A value as its user wrote it, for the "got …" of a problem. */
export function shown(value: unknown): string {
  if (isToken(value)) return 'a token, whose value is known only after deployment';
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 57)}…` : value}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : Array.from(value, shownItem).join(', ');
  if (isDuration(value)) return shownDuration(value);
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function shownItem(item: unknown): string {
  return Array.isArray(item) ? 'a list' : shown(item); // a list may hold itself
}

/** Not cdk8s's own text, which cuts what comes after two units and writes four hours as "3 hours 60 minutes". */
function shownDuration(duration: Duration): string {
  const seconds = duration.toMilliseconds({ integral: false }) / 1000;
  if (!Number.isInteger(seconds) || seconds === 0) return `${seconds} seconds`;
  return UNITS.map(({ name, length, next }) => ({ name, count: Math.floor(seconds / length) % next }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}${count === 1 ? '' : 's'}`)
    .join(' ');
}

const UNITS: readonly { readonly name: string; readonly length: number; readonly next: number }[] = [
  { name: 'day', length: 86_400, next: Number.POSITIVE_INFINITY },
  { name: 'hour', length: 3_600, next: 24 },
  { name: 'minute', length: 60, next: 60 },
  { name: 'second', length: 1, next: 60 },
];

/** The problem of a number that must be whole and in a range, as a list of none or one. */
export function wholeNumberProblems(prop: string, value: unknown, range: Range, remedy: string): string[] {
  const { min, max = Number.POSITIVE_INFINITY } = range;
  if (isToken(value)) return [unknownProblem(prop, 'number', value)];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return [];
  const bounds = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
  return [`${prop} must be a whole number ${bounds}, got ${shown(value)}; ${remedy}`];
}

/** The problem of a number that must be above 0, whole or not, as a list of none or one. */
export function positiveNumberProblems(
  prop: string,
  value: unknown,
  { max }: { max?: number },
  remedy: string,
): string[] {
  if (isToken(value)) return [unknownProblem(prop, 'number', value)];
  if (typeof value === 'number' && value > 0 && value <= (max ?? Number.MAX_VALUE)) return [];
  const bounds = max === undefined ? 'above 0' : `above 0 and at most ${max}`;
  return [`${prop} must be a number ${bounds}, got ${shown(value)}; ${remedy}`];
}

/** The problem of a duration outside its range or not in whole seconds, as a list of none or one. */
export function durationProblems(prop: string, value: unknown, range: DurationRange, remedy: string): string[] {
  return timeProblems(prop, value, range, { remedy, written: 'Duration.seconds(…)', unit: 'seconds', length: 1000 });
}

/** The problem of a duration outside its range or not in whole milliseconds, as a list of none or one. */
export function shortDurationProblems(prop: string, value: unknown, range: DurationRange, remedy: string): string[] {
  return timeProblems(prop, value, range, { remedy, written: 'Duration.millis(…)', unit: 'milliseconds', length: 1 });
}

interface TimeRule {
  readonly remedy: string;
  readonly written: string;
  readonly unit: string;
  /** Milliseconds of the unit. */
  readonly length: number;
}

function timeProblems(prop: string, value: unknown, { min, max }: DurationRange, rule: TimeRule): string[] {
  const { remedy, written, unit, length } = rule;
  if (!isDuration(value)) return [`${prop} must be a Duration, got ${shown(value)}; write ${written}`];
  const milliseconds = value.toMilliseconds({ integral: false });
  const low = milliseconds < min.toMilliseconds();
  const high = max !== undefined && milliseconds > max.toMilliseconds();
  if (!low && !high && milliseconds % length === 0) return [];
  const bounds = max ? `from ${shown(min)} to ${shown(max)}` : `at least ${shown(min)}`;
  return [`${prop} must be ${bounds}, in whole ${unit}, got ${shown(value)}; ${remedy}`];
}

/** The problem of a TCP port out of range, as a list of none or one. */
export function portProblems(prop: string, value: unknown): string[] {
  return wholeNumberProblems(prop, value, { min: 1, max: 65_535 }, 'give the port that the servers listen on');
}

/** The sentence for a value that nines computes with and that is not known at synthesis. */
export function unknownProblem(prop: string, kind: string, value: unknown): string {
  return `${prop} must be known at synthesis, got ${shown(value)}; write the ${kind} itself`;
}

/** Whether a value is a `Duration`, also one made by another copy of cdk8s. */
export function isDuration(value: unknown): value is Duration {
  if (typeof value !== 'object' || value === null) return false;
  const { toMilliseconds, toHumanString } = value as Partial<Duration>;
  return typeof toMilliseconds === 'function' && typeof toHumanString === 'function';
}

/** Limits of a number, both included. */
export interface Range {
  /** The smallest allowed number. */
  readonly min: number;
  /**
   * The largest allowed number.
   *
   * @default - no upper limit
   */
  readonly max?: number;
}

/** Limits of a duration, both included. */
export interface DurationRange {
  /** The shortest allowed duration. */
  readonly min: Duration;
  /**
   * The longest allowed duration.
   *
   * @default - no upper limit
   */
  readonly max?: Duration;
}
