import fc from 'fast-check';
import { Duration } from 'nines';
import { podOf, serverOf } from './tiers';

describe('HAWebTier', () => {
  describe('lets requests finish when a pod goes', () => {
    test('by serving on for 15 seconds, until all that send requests know (KEP-3960, no shell needed)', () => {
      expect(serverOf().lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    });

    test('for 30 seconds more, and 30 to shut down, by default', () => {
      expect(podOf().terminationGracePeriodSeconds).toBe(15 + 30 + 30);
    });

    test('for as long as the longest request, or the drain, and the shutdown take', () => {
      const drawn = fc.record({
        longestRequest: fc.integer({ min: 1, max: 1800 }),
        beyond: fc.option(fc.integer({ min: 0, max: 1800 }), { nil: undefined }),
        shutdown: fc.integer({ min: 1, max: 3600 }),
      });
      fc.assert(
        fc.property(drawn, ({ longestRequest, beyond, shutdown }) => {
          const pod = podOf({
            timing: {
              longestRequest: Duration.seconds(longestRequest),
              drain: beyond === undefined ? undefined : Duration.seconds(longestRequest + beyond),
              shutdown: Duration.seconds(shutdown),
            },
          });
          const { seconds } = pod.containers[0].lifecycle.preStop.sleep;
          expect(pod.terminationGracePeriodSeconds).toBe(seconds + longestRequest + (beyond ?? 0) + shutdown);
        }),
        { numRuns: 40 },
      );
    });
  });
});
