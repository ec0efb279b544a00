import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SRC = join(ROOT, 'src');

/** What each folder of src/ may import: the table of the design. */
const MAY_IMPORT: Readonly<Record<string, readonly RegExp[]>> = {
  units: [/^cdk8s\/lib\/(duration|size)$/],
  validation: [/^constructs$/, /^src\/units$/],
  intent: [/^src\/(units|validation)$/],
  availability: [/^src\/(units|validation)$/, /^saxes$/],
  cli: [
    /^src\/(units|validation|intent|availability|linux|constructs\/aws)$/,
    /^commander$/,
    /^cli-table3$/,
    /^package\.json$/,
    /^node:(fs|path)$/, // a model is a file, and so are those of hosts
  ],
  linux: [
    /^src\/(units|validation|intent)$/,
    /^netmask$/,
    /^node:(fs|path|net)$/, // the shell of an agent is a file, and Node tells an address
  ],
  'constructs/aws': [
    /^src\/(units|validation|intent|availability|linux)$/,
    /^constructs$/,
    /^cdktf$/,
    /^netmask$/,
    /^node:net$/, // what is an address
    /^node:zlib$/, // user data has a limit, compressed
    /^@cdktf\/provider-aws\/lib\/[a-z0-9-]+$/,
  ],
  stacks: [
    /^src\/(units|validation|intent|availability|constructs\/aws)$/,
    /^constructs$/,
    /^cdktf$/,
    /^@cdktf\/provider-aws\/lib\/[a-z0-9-]+$/,
  ],
  'constructs/kubernetes': [
    /^src\/(units|validation|intent)$/,
    /^constructs$/,
    /^cdk8s\/lib\/[a-z0-9-]+$/,
    /^node:(fs|path)$/, // the shell of a job is a file
  ],
};

/** The face of the package: it only passes on. */
const INDEX = [/^src\/(units|validation|intent|availability)$/];

describe('imports', () => {
  const files = sourceFiles(SRC);

  test.each(files.map((file) => [relative(ROOT, file)]))('%s keeps to what its folder may import', (name) => {
    const file = join(ROOT, name);
    const folder = folderOf(file);
    const allowed = folder === undefined ? INDEX : (MAY_IMPORT[folder] ?? []);
    const refused = importsOf(file).filter(
      (imported) => folderOf(resolve(ROOT, imported)) !== folder && !allowed.some((pattern) => pattern.test(imported)),
    );
    expect(refused).toEqual([]);
  });

  test('cover every folder of src', () => {
    const folders = new Set(files.map(folderOf).filter((folder) => folder !== undefined));
    expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test('reach another folder by its face, never past it', () => {
    const past = files.flatMap((file) =>
      importsOf(file)
        .filter((imported) => imported.startsWith('src/'))
        .filter((imported) => folderOf(resolve(ROOT, imported)) !== folderOf(file))
        .filter((imported) => imported !== `src/${folderOf(resolve(ROOT, imported))}`)
        .map((imported) => `${relative(ROOT, file)}: ${imported}`),
    );
    expect(past).toEqual([]);
  });
});

describe('files', () => {
  test.each(sourceFiles(SRC).map((file) => [relative(ROOT, file)]))('%s stays within 250 lines', (name) => {
    expect(readFileSync(join(ROOT, name), 'utf8').split('\n').length).toBeLessThanOrEqual(251);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** The folder of the table that a file, or a folder's own path, belongs to; none for src/index.ts. */
function folderOf(path: string): string | undefined {
  const name = relative(SRC, path);
  return Object.keys(MAY_IMPORT).find((folder) => name === folder || name.startsWith(`${folder}/`));
}

/** What a file imports: packages as written, files of this one from the root (`src/units`). */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:^|\n)(?:import|export)[^;'"]*?from '([^']+)'|(?:import|require)\('([^']+)'\)/g)].map(
    ([, from, called]) => {
      const imported = from ?? called ?? '';
      return imported.startsWith('.') ? relative(ROOT, resolve(dirname(file), imported)) : imported;
    },
  );
}
