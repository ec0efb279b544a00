// Copies into dist what the package runs elsewhere than in Node: shell and SQL, which tsc leaves out.
const { cpSync } = require('node:fs');
const { join } = require('node:path');

const FOLDERS = ['constructs/kubernetes/database-backup/scripts', 'linux/agent'];

for (const folder of FOLDERS) {
  cpSync(join(__dirname, '..', 'src', folder), join(__dirname, '..', 'dist', folder), { recursive: true });
}
