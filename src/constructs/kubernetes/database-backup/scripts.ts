import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What both jobs run; the files stand beside this one, in src as in the package. */
const FILES = [
  ...['backup.sh', 'calendar.sh', 'common.sh', 'drill.sh', 'facts.sql', 'roles.sql', 'settings.sql', 'snapshot.sql'],
  'upload.sh',
];

/** The text of every file, by its name. */
export function scripts(): Readonly<Record<string, string>> {
  return Object.fromEntries(FILES.map((file) => [file, readFileSync(join(__dirname, 'scripts', file), 'utf8')]));
}
