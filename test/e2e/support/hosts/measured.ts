import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../../../scripts/markdown-table';
import type { Failure } from './failures';
import type { Means } from './pair';
import type { Noticed } from './timeline';

/** A line of the table: all runs of a failure with a guard. */
export interface Measured {
  readonly failure: Failure;
  readonly means: Means;
  readonly within: string;
  /** In seconds. */
  readonly bound: number | undefined;
  readonly runs: readonly { readonly failed: Noticed; readonly returned: Noticed }[];
}

const GUIDE = join(__dirname, '..', '..', '..', '..', 'docs', 'failover.md');

/** Medians and worst cases, in the words of docs/failover.md. */
export function measuredTable(rows: readonly Measured[]): string {
  return table(
    [
      'what fails',
      'guard',
      '`failoverWithin`',
      'bound',
      'outage: median, worst',
      'lost requests',
      'two owners: median, worst',
      'moves on return',
      'runs',
    ],
    rows.map(({ failure, means, within, bound, runs }) => [
      failure.says,
      means,
      within,
      bound === undefined ? 'none' : `${bound.toFixed(2)} s`,
      `${both(runs.map(({ failed }) => failed.outage))} s`,
      both(
        runs.map(({ failed }) => failed.lost),
        0,
      ),
      `${both(runs.map(({ failed, returned }) => failed.split + returned.split))} s`,
      runs.some(({ failed }) => failed.split > 0)
        ? 'one gives way'
        : `${Math.max(...runs.map(({ returned }) => returned.moves))}`,
      `${runs.length}`,
    ]),
  );
}

/** Puts a table into its place in the guide. */
export function write(place: string, measured: string): void {
  const text = readFileSync(GUIDE, 'utf8');
  const between = new RegExp(`(<!-- ${place} -->\\n)[\\s\\S]*?(<!-- end -->)`);
  if (!between.test(text)) throw new Error(`${GUIDE} has no place for ${place}`);
  writeFileSync(GUIDE, text.replace(between, `$1${measured}\n$2`));
}

function both(numbers: readonly number[], digits = 2): string {
  const sorted = [...numbers].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `${median.toFixed(digits)}, ${(sorted.at(-1) ?? 0).toFixed(digits)}`;
}
