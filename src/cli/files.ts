import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a module exports. A path begins where the command was run, as in a shell. */
export function loadModule(module: string): unknown {
  const file = resolve(module);
  if (!existsSync(file))
    throw new RangeError(`${module} must be a file, and there is none; give the path of the module`);
  return require(file);
}

/** Writes a file with this mode, also over one that is there. */
export function writeFile(file: string, content: string, mode: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
  chmodSync(file, mode);
}

/** Makes a folder that everybody may enter, whatever the umask; also of one that is there. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

/** Files below a folder, by their path in it. */
export function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}
