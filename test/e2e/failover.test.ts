import { Duration } from 'nines';
import { type KeepalivedPairProps, pairBounds } from 'nines/linux';
import { FAILURES, type Failure, repair } from './support/hosts/failures';
import { measuredTable, write } from './support/hosts/measured';
import { type Means, propsOf, RunningPair, seconds } from './support/hosts/pair';
import { Pool } from './support/hosts/pool';
import { type Noticed, noticed } from './support/hosts/timeline';

/** A failure with a guard, over and over. */
interface Scenario {
  readonly failure: Failure;
  readonly means: Means;
  readonly props: KeepalivedPairProps;
  readonly within: string;
}

/** What a run measured: of the failure, and after the repair. */
interface Run {
  readonly failed: Noticed;
  readonly returned: Noticed;
}

const SOAK = process.env.NINES_SOAK === 'true';
const RUNS = SOAK ? 20 : 3;
/** Runs at once; each is two hosts and whoever watches them. */
const pool = new Pool(Number(process.env.NINES_LABS ?? 4));

const GUARDS: readonly Means[] = ['nothing', 'witnesses', 'lease', 'fence'];
const DEFAULT: readonly Scenario[] = FAILURES.flatMap((failure) =>
  GUARDS.filter((means) => means !== 'witnesses' || failure.splitsUnguarded).map((means) => ({
    ...{ failure, means, within: '4 s' },
    props: propsOf(means),
  })),
);
const QUICK: readonly Scenario[] = FAILURES.filter(({ name }) => ['killed', 'gone', 'link'].includes(name)).map(
  (failure) => ({
    ...{ failure, means: 'nothing', within: '0.9 s' },
    props: propsOf('nothing', { failoverWithin: Duration.millis(900) }),
  }),
);
const scenarios = [...DEFAULT, ...QUICK];

const measured = new Map<Scenario, readonly Run[]>();

describe('a keepalived pair, on real hosts', () => {
  test.concurrent.each(
    scenarios.map((scenario) => [scenario.failure.name, scenario.means, scenario.within, scenario] as const),
  )(
    '%s, guarded by %s, failover within %s',
    async (_name, means, _within, scenario) => {
      const runs = await Promise.all(Array.from({ length: RUNS }, () => pool.run(() => measure(scenario))));
      measured.set(scenario, runs);
      const bound = scenario.failure.bound(pairBounds(scenario.props));
      const guarded = means === 'lease' || means === 'fence';
      if (bound !== undefined) {
        expect(runs.map(({ failed }) => failed.outage).filter((outage) => outage > bound)).toEqual([]);
      }
      if (guarded || !scenario.failure.splitsUnguarded) {
        expect(runs.map(({ failed, returned }) => failed.split + returned.split)).toEqual(runs.map(() => 0));
        expect(runs.map(({ returned }) => returned.moves)).toEqual(runs.map(() => 0));
      }
    },
    RUNS * scenarios.length * 60_000,
  );

  if (SOAK) {
    test('write down what they measured', () => {
      write(
        measuredTable(
          scenarios.map((scenario) => ({
            ...scenario,
            bound: scenario.failure.bound(pairBounds(scenario.props)),
            runs: measured.get(scenario) ?? [],
          })),
        ),
      );
    });
  }
});

async function measure({ failure, means, props }: Scenario): Promise<Run> {
  const pair = new RunningPair(means, props);
  try {
    await pair.start();
    const struck = now();
    await failure.strike(pair);
    await seconds((failure.bound(pairBounds(props)) ?? 6) + 1.5);
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

/** The clock of those who watch. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}
