import { Duration, Retention } from 'nines';
import { DatabaseBackup } from 'nines/kubernetes';
import { sentencesIn } from '../../../support/breakages/sentences';
import { emptyChart } from '../../../support/kubernetes/manifests';
import { backup, DATABASE, problemsWith, RECIPIENT } from './backups';
import { REFUSED } from './refused';

const IDENTITY = { secret: 'shop-backup-key', key: 'identity' };

describe('DatabaseBackup', () => {
  test.each(REFUSED)('refuses %s', (_, choices, problem) => {
    expect(problemsWith(choices)).toEqual([problem]);
  });

  test('names everything that is wrong at once, and builds nothing', () => {
    const chart = emptyChart();
    const mistake = () =>
      new DatabaseBackup(chart, 'Backup', {
        image: 'postgres:latest',
        database: DATABASE,
        bucket: { name: 'B', region: 'eu-west-1' },
        retention: Retention.gfs({ daily: 7 }),
        recipients: [],
      });
    expect(mistake).toThrow(
      `DatabaseBackup "shop/Backup" cannot be built:
  - image must name a tag other than 'latest', or a digest, got 'postgres:latest'; write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed
  - bucket.name must be 3 to 63 lower-case letters, digits, hyphens and dots, got 'B'; give its name, without s3:// and folders
  - recipients must name a public key, got none; age-keygen makes one
  - drill must say how backups are tried, got undefined; give it the private key, or set allowUntestedBackups`,
    );
    expect(chart.node.findChild('Backup').node.children).toEqual([]);
  });

  test('says every sentence that it has', () => {
    const said = REFUSED.map(([, , problem]) => problem);
    const shared = ['plain-text.ts', 's3-access-problems.ts', 'time-of-day.ts'];
    const sentences = ['database-backup/place-problems.ts', 'database-backup/problems.ts', ...shared]
      .map((file) => `constructs/kubernetes/${file}`)
      .flatMap(sentencesIn);
    expect(sentences.length).toBeGreaterThan(15);
    expect(sentences.filter((sentence) => !said.some((problem) => sentence.test(problem)))).toEqual([]);
  });

  // a backup may take 6 hours from 03:00 on; a drill before 09:00 may find that of the day before
  test.each<[time: string, hours: number]>([
    ['10:00', 9],
    ['09:00', 8],
    ['08:59', 32 - 1 / 60],
    ['01:00', 24],
  ])('takes at a drill of %s an age of %d hours, and no less', (time, hours) => {
    const seconds = Math.round(hours * 3600);
    const retention = Retention.gfs({ daily: 14 });
    const drill = (age: number) => ({ retention, drill: { identity: IDENTITY, time, maxAge: Duration.seconds(age) } });
    expect(() => backup(emptyChart(), drill(seconds))).not.toThrow();
    expect(problemsWith(drill(seconds - 1))).toEqual([expect.stringContaining('when all is well')]);
  });

  // the last backup is of 02:00; drills are at 10:00, up to an hour late
  test.each<[maxAge: number, daily: number]>([
    [9, 3], // noticed at 32 + 1 hours, of 36
    [31, 3],
    [32, 5], // at 56 + 1, of 60
    [55, 5],
    [56, 7], // at 80 + 1, of 84
  ])(
    'notices within half of the life of the daily copies that backups have stopped: %d hours, %d copies',
    (hours, daily) => {
      const drill = (copies: number) => ({
        retention: Retention.gfs({ daily: copies, weekly: 9 }),
        drill: { identity: IDENTITY, maxAge: Duration.hours(hours) },
      });
      expect(() => backup(emptyChart(), drill(daily))).not.toThrow();
      expect(problemsWith(drill(daily - 1))).toEqual([expect.stringContaining(`(${daily - 1} days)`)]);
    },
  );

  test('ends by midnight, to the minute', () => {
    expect(() => backup(emptyChart(), { time: '17:00', drill: undefined, allowUntestedBackups: true })).not.toThrow();
    expect(problemsWith({ time: '17:01' })).toEqual([expect.stringContaining('end by midnight (UTC)')]);
  });

  test('warns of one key alone, of a server that proves nothing, and of backups that nobody tries', () => {
    const warningsOf = (choices: object) => backup(emptyChart(), choices).warnings;
    expect(warningsOf({})).toEqual([]);
    expect(warningsOf({ recipients: [RECIPIENT, RECIPIENT] })).toEqual([
      'recipients: who loses the other half of the one key has lost every backup; keep a second elsewhere',
    ]);
    expect(warningsOf({ database: { ...DATABASE, ca: undefined } })).toEqual([
      'no database.ca: the password and all data go to whoever answers at that host',
    ]);
    expect(warningsOf({ drill: undefined, allowUntestedBackups: true })).toEqual([
      'allowUntestedBackups: nobody knows whether a backup can be restored, or that they have stopped',
    ]);
  });
});
