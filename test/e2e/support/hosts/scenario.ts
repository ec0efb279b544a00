import type { Duration } from 'nines';
import { type KeepalivedPairProps, pairBounds } from 'nines/linux';
import { type Failure, repair } from './failures';
import { measuredTable, write } from './measured';
import { type Means, propsOf, RunningPair, seconds } from './pair';
import { Pool } from './pool';
import { type Noticed, noticed, now } from './timeline';

/** A failure with a guard, over and over. */
export interface Scenario {
  readonly failure: Failure;
  readonly means: Means;
  readonly props: KeepalivedPairProps;
  readonly within: string;
  /** In seconds; none where nobody takes the address away. */
  readonly bound: number | undefined;
}

/** What a run measured: of the failure, and after the repair. */
interface Run {
  readonly failed: Noticed;
  readonly returned: Noticed;
}

/** Whether every failure runs 20 times, and what it measured is written down. */
export const SOAK = process.env.NINES_SOAK === 'true';
const RUNS = SOAK ? 20 : 3;
/** For how many seconds a failure lasts that may leave two owners, and nobody to end it. */
const LEFT_APART = 8;

/** A failure of a pair that keeps this bound, guarded so. */
export function scenario(failure: Failure, means: Means, failoverWithin: Duration): Scenario {
  const props = propsOf(means, { failoverWithin });
  const within = `${failoverWithin.toMilliseconds() / 1000} s`;
  return { failure, means, props, within, bound: failure.bound(pairBounds(props)) };
}

/**
 * Tests of what every run of a scenario must keep to; a soak writes down what they measured.
 *
 * @param atOnce how many pairs run at once; each is two hosts and whoever watches them
 * @param table where in docs/failover.md
 */
export function keepTo(scenarios: readonly Scenario[], atOnce: number, table: string): void {
  const pool = new Pool(Number(process.env.NINES_LABS ?? atOnce));
  const measured = new Map<Scenario, readonly Run[]>();

  test.concurrent.each(scenarios.map((one) => [one.failure.name, one.means, one.within, one] as const))(
    '%s, guarded by %s, failover within %s',
    async (_name, means, _within, one) => {
      const runs = await Promise.all(Array.from({ length: RUNS }, () => pool.run(() => measure(one))));
      measured.set(one, runs);
      process.stdout.write(`${said(one, runs)}\n`);
      const { bound } = one;
      if (bound !== undefined) {
        expect(runs.map(({ failed }) => failed.outage).filter((outage) => outage > bound)).toEqual([]);
      }
      if (isGuarded(means) || !one.failure.splitsUnguarded) {
        expect(runs.map(({ failed, returned }) => failed.split + returned.split)).toEqual(runs.map(() => 0));
        expect(runs.map(({ returned }) => returned.moves)).toEqual(runs.map(() => 0));
      }
    },
    RUNS * scenarios.length * 60_000,
  );

  if (SOAK) {
    test('write down what they measured', () => {
      expect(scenarios.filter((one) => measured.get(one) === undefined)).toEqual([]);
      write(table, measuredTable(scenarios.map((one) => ({ ...one, runs: measured.get(one) ?? [] }))));
    });
  }
}

/** What the runs of a scenario measured, in a line. */
function said({ failure, means, bound }: Scenario, runs: readonly Run[]): string {
  const each = (of: (run: Run) => number, digits = 2) => runs.map((run) => of(run).toFixed(digits)).join(' ');
  return [
    `${failure.name}, ${means}, ${bound === undefined ? 'no bound' : `bound ${bound.toFixed(2)} s`}`,
    `outage ${each(({ failed }) => failed.outage)} s`,
    `lost ${each(({ failed }) => failed.lost, 0)}`,
    `two owners ${each(({ failed, returned }) => failed.split + returned.split)} s`,
    `moves on return ${each(({ returned }) => returned.moves, 0)}`,
  ].join('; ');
}

/** Whether somebody sees to it that there is one owner at most. */
function isGuarded(means: Means): boolean {
  return means === 'lease' || means === 'fence';
}

async function measure({ failure, means, props, bound }: Scenario): Promise<Run> {
  const pair = new RunningPair(means, props);
  try {
    await pair.start();
    const struck = now();
    await failure.strike(pair);
    if (failure.splitsUnguarded && !isGuarded(means)) await seconds(LEFT_APART);
    else await settled(pair, (bound ?? 0) + 1.5);
    const repaired = now();
    await repair(failure, pair);
    await seconds(10);
    const ended = now() - 1.2; // of the last requests there is no answer yet
    const { left, right } = await pair.seen();
    const sides = { failed: failure.side === undefined ? [left, right] : [right], all: [left, right] };
    return {
      failed: { ...noticed(sides.failed, struck - 0.5, repaired), split: noticed(sides.all, struck, repaired).split },
      returned: noticed(sides.failed, repaired, ended),
    };
  } catch (error) {
    throw new Error(`${failure.name} with ${means}: ${error}\nlb1:\n${pair.logs('lb1')}\nlb2:\n${pair.logs('lb2')}`);
  } finally {
    await pair.end();
  }
}

/** Waits until the other node has had the address for a while, or for as long as it may take. */
async function settled(pair: RunningPair, longest: number): Promise<void> {
  const end = now() + longest;
  while (now() < end && !pair.hasAddress('lb2')) await seconds(0.2);
  await seconds(Math.min(2, Math.max(0, end - now())));
}
