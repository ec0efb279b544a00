import { MultiAZDatabase } from 'nines/kubernetes';
import { sentencesIn } from '../../../support/breakages/sentences';
import { emptyChart } from '../../../support/kubernetes/manifests';
import { database, problemsWith } from './databases';
import { REFUSED } from './refused';

describe('MultiAZDatabase', () => {
  test.each(REFUSED)('refuses %s', (_, choices, problem) => {
    expect(problemsWith(choices)).toEqual([problem]);
  });

  test('takes commits that wait until a standby shows them', () => {
    expect(() => database(emptyChart(), { parameters: { synchronous_commit: 'remote_apply' } })).not.toThrow();
  });

  test('names everything that is wrong at once, and builds nothing', () => {
    const chart = emptyChart();
    expect(() => new MultiAZDatabase(chart, 'Database', { image: 'pg:latest', zones: 1 })).toThrow(
      `MultiAZDatabase "shop/Database" cannot be built:
  - image must name a tag other than 'latest', or a digest, got 'pg:latest'; write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed
  - backups must say where the archive is, got undefined; give its destination, or set allowNoBackups
  - zones must be a whole number from 3 to 9, got 1; of two instances, neither knows whether it is the other one that is lost`,
    );
    expect(chart.node.findChild('Database').node.children).toEqual([]);
  });

  test('says every sentence that it has', () => {
    const said = REFUSED.map(([, , problem]) => problem);
    const sentences = ['database', 'plain-text.ts', 's3-access-problems.ts', 'time-of-day.ts']
      .map((path) => `constructs/kubernetes/${path}`)
      .flatMap(sentencesIn);
    expect(sentences.length).toBeGreaterThan(12);
    expect(sentences.filter((sentence) => !said.some((problem) => sentence.test(problem)))).toEqual([]);
  });
});
