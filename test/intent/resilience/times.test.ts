import fc from 'fast-check';
import { Duration, ResiliencePolicy } from 'nines';

const { millis } = Duration;
const ms = (duration: Duration | undefined) => duration?.toMilliseconds() ?? Number.NaN;

/** Milliseconds that Envoy waits at most before each retry: `base` x (2^n - 1), up to `max`. */
function waits(retries: number, base: number, max: number): number {
  let sum = 0;
  for (let retry = 1; retry <= retries; retry++) sum += Math.min(base * (2 ** retry - 1), max);
  return sum;
}

const backoff = fc
  .record({ base: fc.integer({ min: 1, max: 1000 }), above: fc.nat(10_000) })
  .map(({ base, above }) => ({ base, max: base + above }));

const policy = (retries: number, { base, max }: { base: number; max: number }, timeout: object) =>
  ResiliencePolicy.of({ timeout, retry: { retries, backoff: { base: millis(base), max: millis(max) } } });

describe('ResiliencePolicy', () => {
  const retries = fc.nat(10);
  const time = fc.integer({ min: 1, max: 60_000 });

  test('computes a total that covers every try and every wait, and is refused a millisecond less', () => {
    fc.assert(
      fc.property(retries, backoff, time, (count, pause, perTry) => {
        const total = (count + 1) * perTry + waits(count, pause.base, pause.max);
        const plan = policy(count, pause, { perTry: millis(perTry) }).plan();
        expect(ms(plan.timeout?.total)).toBe(total);
        expect(ms(plan.longestWait)).toBe(total);
        const problems = (length: number) =>
          policy(count, pause, { perTry: millis(perTry), total: millis(length) }).problems();
        expect(problems(total)).toEqual([]);
        if (total > 1) expect(problems(total - 1)).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  test('computes the longest time of a try that a total leaves, or refuses the total', () => {
    fc.assert(
      fc.property(retries, backoff, time, (count, pause, total) => {
        const made = policy(count, pause, { total: millis(total) });
        const left = Math.floor((total - waits(count, pause.base, pause.max)) / (count + 1));
        if (left < 1) return expect(made.problems()).toHaveLength(1);
        const perTry = ms(made.plan().timeout?.perTry);
        expect(perTry).toBe(left);
        expect(policy(count, pause, { perTry: millis(perTry + 1), total: millis(total) }).problems()).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
