// Makes the faces of the package load lazily: `exports.X` of an index.js requires X's file when X is first read.
//
// tsc writes `var x_1 = require("./x"); Object.defineProperty(exports, "X", { get: … x_1.X })`, which loads every file
// of the face at once. Only the faces are rewritten; inside the package, modules load as tsc wrote them.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const FACES = [
  'index.js',
  'availability/index.js',
  'availability/fault-model/index.js',
  'availability/fault-model/cut-sets/index.js',
  'availability/fault-model/monte-carlo/index.js',
  'availability/fault-model/solve/index.js',
  'intent/index.js',
  'units/index.js',
  'validation/index.js',
  'constructs/aws/index.js',
  'constructs/aws/backup-bucket/options.js',
  'constructs/aws/backup-plan/options.js',
  'constructs/aws/database/options.js',
  'constructs/aws/database/topologies.js',
  'constructs/aws/web-tier/servers.js',
  'constructs/kubernetes/index.js',
  'linux/index.js',
  'stacks/index.js',
];
const REQUIRE = /^var (\w+) = (require\("[^"]+"\));$/gm;

module.exports = { FACES };

if (require.main === module) for (const face of FACES) makeLazy(face);

function makeLazy(face) {
  const file = join(__dirname, '..', 'dist', face);
  const compiled = readFileSync(file, 'utf8');
  const sources = new Map([...compiled.matchAll(REQUIRE)].map(([, name, source]) => [name, source]));
  let lazy = compiled.replace(REQUIRE, '');
  for (const [name, source] of sources) {
    const uses = new RegExp(`return ${name}\\.`, 'g');
    if (!uses.test(lazy)) throw new Error(`${face}: ${name} is not a plain re-export; the faces hold nothing else`);
    lazy = lazy.replace(uses, `return ${source}.`);
  }
  writeFileSync(file, lazy);
}
