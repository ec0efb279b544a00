import { all, type Block, type Synthesized } from '../../../support/synth';

// S3's lifecycle, as its manual tells it, and nothing of how the rules came about.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html

export const DAY = 86_400_000;

/** A rule, as Terraform gets it. */
export interface Rule {
  readonly id: string;
  readonly status: string;
  readonly filter: readonly [{ readonly prefix: string }];
  readonly expiration?: readonly { readonly days?: number; readonly expired_object_delete_marker?: boolean }[];
  readonly transition?: readonly { readonly days: number; readonly storage_class: string }[];
  readonly noncurrent_version_expiration?: readonly {
    readonly noncurrent_days: number;
    readonly newer_noncurrent_versions?: number;
  }[];
  readonly noncurrent_version_transition?: readonly unknown[];
  readonly abort_incomplete_multipart_upload?: readonly { readonly days_after_initiation: number }[];
}

/** What the manual leaves open. */
export interface Readings {
  /** Whether the midnight that follows midnight is the same or the next one. */
  readonly midnight: 'same' | 'next';
  /** Milliseconds by which S3 is late with whatever it does; it charges as if it was on time. */
  readonly late: number;
}

/** All rules of the only bucket of a stack that has some. */
export function rulesOf(result: Synthesized): readonly Rule[] {
  const [first, ...others]: Block[] = Object.values(all(result, 'aws_s3_bucket_lifecycle_configuration'));
  if (!first || others.length > 0) throw new Error('expected one lifecycle configuration');
  return first.rule as Rule[];
}

/** What becomes of an object that is written once, and never overwritten or deleted by anybody. */
export interface Life {
  readonly made: number;
  /** From then on, a delete marker hides it. */
  readonly hidden: number;
  /** From then on, nothing of its content is left. */
  readonly gone: number;
  /** From then on, nothing of it is left, not even the delete marker. */
  readonly forgotten: number;
  /** Where it lies, one class after the other. */
  readonly stays: readonly { readonly storageClass: string; readonly from: number; readonly to: number }[];
}

/** What S3 makes of the objects with such a key; what never happens, happens at infinity. */
export function livesOf(rules: readonly Rule[], key: string, { midnight, late }: Readings) {
  const after = (instant: number, days: number) => roundedUp(instant + days * DAY, midnight);
  const applying = rules.filter(({ status, filter }) => status === 'Enabled' && key.startsWith(filter[0].prefix));
  const expirations = applying.flatMap(({ expiration = [] }) => expiration);
  const expirationDays = Math.min(...expirations.flatMap(({ days = [] }) => days));
  const sweeps = expirations.some(({ expired_object_delete_marker: sweep }) => sweep === true);
  const noncurrentDays = Math.min(
    ...applying
      .flatMap(({ noncurrent_version_expiration: expiring = [] }) => expiring)
      .filter(({ newer_noncurrent_versions: kept = 0 }) => kept === 0) // of one version, that many are never exceeded
      .map(({ noncurrent_days: days }) => days),
  );
  const moves = applying.flatMap(({ transition = [] }) => transition).sort((one, other) => one.days - other.days);

  return ({ made, lockedUntil = 0 }: { readonly made: number; readonly lockedUntil?: number }): Life => {
    const due = after(made, expirationDays);
    const hidden = due + late; // the version turns noncurrent when its delete marker is there, and not before
    const unlocked = roundedUp(lockedUntil, 'same'); // a locked version is passed over until its lock has ended
    const removal = Math.max(after(hidden, noncurrentDays), unlocked);
    const gone = removal + late;
    const forgotten = (sweeps ? gone : Math.max(gone, after(hidden, expirationDays))) + late;
    const reached = moves
      .map(({ days, storage_class: storageClass }) => ({ storageClass, from: after(made, days) }))
      .filter(({ from }) => from <= due); // on the same day, a transition comes first
    const lies = [{ storageClass: 'STANDARD', from: made }, ...reached];
    const stays = lies.map((stay, position) => ({ ...stay, to: lies[position + 1]?.from ?? removal }));
    return { made, hidden, gone, forgotten, stays };
  };
}

function roundedUp(instant: number, midnight: Readings['midnight']): number {
  if (!Number.isFinite(instant)) return instant;
  const before = Math.floor(instant / DAY) * DAY;
  return instant === before && midnight === 'same' ? instant : before + DAY;
}

/** Days that are charged for at the least. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html#sc-compare */
export const CHARGED: Readonly<Record<string, number>> = {
  STANDARD: 0,
  STANDARD_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

/** Classes in the only order in which S3 moves objects. */
const WATERFALL = ['STANDARD', 'STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];

/** What S3 answers to rules that it does not take; nothing to those that it takes. */
export function refusals(rules: readonly Rule[]): string[] {
  const ids = rules.map(({ id }) => id);
  return [
    ...(new Set(ids).size < ids.length ? ['Rule ID must be unique'] : []),
    ...rules.flatMap((rule) => refusalsOf(rule).map((text) => `${rule.id}: ${text}`)),
  ];
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
function refusalsOf({ expiration = [], transition = [], noncurrent_version_expiration: old = [] }: Rule): string[] {
  const texts: string[] = [];
  const says = (text: string, isWrong: boolean) => texts.push(...(isWrong ? [text] : []));
  says('one Expiration at most', expiration.length > 1);
  for (const { days, expired_object_delete_marker: sweep } of expiration) {
    says("'Days' in Expiration must be at least 1", days !== undefined && days < 1);
    says('ExpiredObjectDeleteMarker cannot stand with Days', days !== undefined && sweep !== undefined);
    says(
      "'Days' in the Expiration action must be greater than 'Days' in the Transition action",
      transition.some((move) => days !== undefined && move.days >= days),
    );
  }
  transition.forEach(({ days, storage_class: storageClass }, position) => {
    const { days: before = 0, storage_class: from = 'STANDARD' } = transition[position - 1] ?? {};
    says("'Days' in Transition must be at least 0", days < 0);
    says("'Days' must be at least 30 for storageClass 'STANDARD_IA'", storageClass === 'STANDARD_IA' && days < 30);
    says(`no way from ${from} to ${storageClass}`, WATERFALL.indexOf(storageClass) <= WATERFALL.indexOf(from));
    says(`moved on before ${from} is paid for`, position > 0 && days < before + (CHARGED[from] ?? Number.NaN));
  });
  says(
    'NoncurrentDays must be at least 1',
    old.some(({ noncurrent_days: days }) => days < 1),
  );
  return texts;
}
