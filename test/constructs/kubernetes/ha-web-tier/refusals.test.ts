import { Capacity, Duration, HealthCheck } from 'nines';
import { HAWebTier } from 'nines/kubernetes';
import { sentencesIn } from '../../../support/breakages/sentences';
import { emptyChart } from '../../../support/kubernetes/manifests';
import { REFUSED } from './refused';
import { problemsWith } from './tiers';

describe('HAWebTier', () => {
  test.each(REFUSED)('refuses %s', (_, choices, problem) => {
    expect(problemsWith(choices)).toEqual([problem]);
  });

  test('refuses a drain in parts of a second, shorter than the longest request, for both reasons', () => {
    expect(problemsWith({ timing: { drain: Duration.minutes(1 / 7) } })).toEqual([
      `timing.drain must be from 1 second to 1 hour, in whole seconds, got ${60 / 7} seconds; no drain of a node waits longer`,
      `timing.drain must not be shorter than longestRequest (30 seconds), got ${60 / 7} seconds; ` +
        'raise drain, or requests are cut off whenever a pod is replaced',
    ]);
  });

  test('names everything that is wrong at once, and builds nothing', () => {
    const chart = emptyChart();
    const mistake = () =>
      new HAWebTier(chart, 'Web', {
        image: 'shop:latest',
        capacity: Capacity.forPeak(4, { max: 5 }),
        healthCheck: HealthCheck.http('/health', { live: '/health' }),
        maxUnavailable: 0,
      });
    expect(mistake).toThrow(
      `HAWebTier "shop/Web" cannot be built:
  - image must name a tag other than 'latest', or a digest, got 'shop:latest'; write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed
  - capacity.max must be at least the minimum that survives (6 over 3 zones for a peak of 4), got 5; raise max or lower the peak
  - maxUnavailable must be a whole number of at least 1, got 0; with less no node could be drained, with more a drain would take more than a lost zone
  - healthCheck.live must differ from the path that says ready, got '/health' for both; every pod would be restarted when a database is away: give a path that looks at the process alone, or leave live out`,
    );
    expect(chart.node.findChild('Web').node.children).toEqual([]);
  });

  test('says every sentence that it has', () => {
    const said = REFUSED.map(([, , problem]) => problem);
    const sentences = ['image-problems.ts', 'plain-text.ts', 'quantities.ts', 'secret-key-problems.ts', 'web-tier']
      .map((file) => `constructs/kubernetes/${file}`)
      .flatMap(sentencesIn);
    expect(sentences.length).toBeGreaterThan(20);
    expect(sentences.filter((sentence) => !said.some((problem) => sentence.test(problem)))).toEqual([]);
  });
});
