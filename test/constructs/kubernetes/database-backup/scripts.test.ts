import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Retention, type RetentionCounts } from 'nines';
import { only } from '../../../support/kubernetes/manifests';
import { daysOf } from '../../aws/backup-bucket/calendar';
import { manifestsOf, RECIPIENT, SECOND_RECIPIENT } from './backups';

const ROOT = join(__dirname, '..', '..', '..', '..');
const SCRIPTS = join(ROOT, 'src', 'constructs', 'kubernetes', 'database-backup', 'scripts');
const FILES = readdirSync(SCRIPTS).sort();

/** What the shell finds due on each day, the first tier to write first. */
function dueInShell(tiers: string, days: readonly string[]): string[] {
  const script = `. ${SCRIPTS}/calendar.sh; while read -r day; do due_tiers "$1" "$day"; echo .; done`;
  const { stdout } = spawnSync('sh', ['-c', script, 'sh', tiers], { input: `${days.join('\n')}\n`, encoding: 'utf8' });
  return stdout
    .split('.\n')
    .slice(0, -1)
    .map((due) => due.trim().replaceAll('\n', ' '));
}

const TWICE = [RECIPIENT, SECOND_RECIPIENT, RECIPIENT];

/** All kinds of years, from 28 in which every date is on every weekday, to those around a leap day that is left out. */
const DAYS = [...daysOf(1996, 28), ...daysOf(2096, 9)];

describe('the scripts of DatabaseBackup', () => {
  test('copy into a tier on the days of Retention.dueOn, in its order, as the rotation proof assumes', () => {
    const every: RetentionCounts = { daily: 7, weekly: 4, monthly: 12, yearly: 3 };
    const days = DAYS.map(({ number }) => new Date(number * 86_400_000));
    // as `date -u +%m-%d-%u` writes a day
    const texts = days.map((day) => `${day.toISOString().slice(5, 10)}-${day.getUTCDay() || 7}`);
    expect(dueInShell('daily weekly monthly yearly', texts)).toEqual(
      days.map((day) => Retention.gfs(every).dueOn(day).join(' ')),
    );
  });

  test.each<[string, RetentionCounts]>([
    ['daily', { daily: 7 }],
    ['daily yearly', { daily: 7, yearly: 1 }],
    ['daily weekly', { daily: 7, weekly: 1 }],
    ['daily monthly yearly', { daily: 7, monthly: 1, yearly: 1 }],
  ])('copy into no tier but those of the retention: %s', (tiers, counts) => {
    expect(dueInShell(tiers, ['01-01-7', '02-01-7', '02-02-1'])).toEqual(
      ['2023-01-01', '2032-02-01', '2032-02-02'].map((day) => Retention.gfs(counts).dueOn(new Date(day)).join(' ')),
    );
  });

  test('reach the cluster as they are, beside the public keys', () => {
    const { data } = only(manifestsOf({ recipients: TWICE }), 'ConfigMap') as unknown as {
      data: Record<string, string>;
    };
    expect(Object.keys(data).sort()).toEqual([...FILES, 'recipients'].sort());
    for (const file of FILES) expect(data[file]).toBe(readFileSync(join(SCRIPTS, file), 'utf8'));
    expect(data.recipients).toBe(`${RECIPIENT}\n${SECOND_RECIPIENT}\n`);
  });

  test('are in the package (npm run build copies them)', () => {
    const folder = 'dist/constructs/kubernetes/database-backup/scripts';
    const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toContain('dist'); // and no .npmignore takes any of it away
    expect(readdirSync(ROOT)).not.toContain('.npmignore');
    expect(readdirSync(join(ROOT, folder)).sort()).toEqual(FILES);
    for (const file of FILES) {
      expect(readFileSync(join(ROOT, folder, file), 'utf8')).toBe(readFileSync(join(SCRIPTS, file), 'utf8'));
    }
  });
});
