#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { listFiles, loadModule, makeFolder, writeFile } from './files';
import { run } from './run';

// `nines sla | head` closes the pipe early: that is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

process.exitCode = run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  read: (file) => readFileSync(file === '-' ? 0 : file, 'utf8'),
  load: loadModule,
  write: writeFile,
  folder: makeFolder,
  list: listFiles,
  width: process.stdout.columns,
});
