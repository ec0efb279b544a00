/**
 * `npm run bench [rounds]`: a cold `node` that synthesizes the network and tier of examples/shop.ts, beside the same
 * stack written with cdktf alone. Both are compiled the same way, checked to make the same, and run in turn; medians count.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import ts from 'typescript';
import { differences } from './differences';

const ROOT = join(__dirname, '..');
const BUILD = join(__dirname, '.build');
const MOST_TIME = 1.15;
const MOST_MEMORY = 110;
const WARM_UPS = 3;

const SIDES = {
  nines: join('bench', 'nines-shop'),
  'hand-written': join('bench', 'hand-written-shop'),
} as const;
type Side = keyof typeof SIDES;

interface Sample {
  readonly milliseconds: number;
  readonly megabytes: number;
}

function main(rounds: number): void {
  compile();
  const found = differences(stackOf('nines'), stackOf('hand-written'));
  if (found.length > 0) fail(`the two sides do not make the same:\n${found.join('\n')}`);

  const samples: Record<Side, Sample[]> = { nines: [], 'hand-written': [] };
  for (let round = -WARM_UPS; round < rounds; round++) {
    const order: Side[] = round % 2 ? ['nines', 'hand-written'] : ['hand-written', 'nines'];
    for (const side of order) {
      const sample = measure(side);
      if (round >= 0) samples[side].push(sample);
    }
  }
  report(samples, rounds);
}

function report(samples: Readonly<Record<Side, readonly Sample[]>>, rounds: number): void {
  const time = (side: Side) => median(samples[side].map(({ milliseconds }) => milliseconds));
  const memory = (side: Side) => median(samples[side].map(({ megabytes }) => megabytes));
  const ratio = time('nines') / time('hand-written');
  console.log(`cold start, medians of ${rounds} rounds in turn, node ${process.version}`);
  for (const side of Object.keys(SIDES) as Side[]) {
    console.log(`  ${side.padEnd(14)}${time(side).toFixed(0).padStart(6)} ms${memory(side).toFixed(1).padStart(8)} MB`);
  }
  console.log(
    `  ratio         ${ratio.toFixed(3).padStart(6)}   ${(memory('nines') / memory('hand-written')).toFixed(3).padStart(8)}`,
  );
  if (ratio > MOST_TIME) fail(`nines takes ${ratio.toFixed(3)} times as long; at most ${MOST_TIME} is allowed`);
  if (memory('nines') > MOST_MEMORY)
    fail(`nines takes ${memory('nines').toFixed(1)} MB; at most ${MOST_MEMORY} is allowed`);
}

/** Both sides to plain CommonJS, below the package, so that `nines` is the built package itself. */
function compile(): void {
  rmSync(BUILD, { recursive: true, force: true });
  const program = ts.createProgram(
    Object.values(SIDES).map((side) => join(ROOT, `${side}.ts`)),
    {
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, outDir: BUILD, rootDir: ROOT },
      ...{ strict: true, skipLibCheck: true, types: ['node'] },
    },
  );
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length === 0) return;
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => ROOT,
    getNewLine: () => '\n',
  };
  fail(ts.formatDiagnostics(problems, host));
}

function run(side: Side, outdir: string, args: readonly string[] = []) {
  const result = spawnSync(process.execPath, [...args, join(BUILD, `${SIDES[side]}.js`)], {
    env: { ...process.env, CDKTF_OUTDIR: outdir, ALLOW_DESTROY: '' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (result.status !== 0) fail(`${side} ended with ${result.status}:\n${result.stderr}`);
  return result;
}

function measure(side: Side): Sample {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-bench-'));
  const start = performance.now();
  const { output } = run(side, outdir, ['--require', join(__dirname, 'measure.js')]);
  const milliseconds = performance.now() - start;
  rmSync(outdir, { recursive: true });
  return { milliseconds, megabytes: Number(output[3]) / 1024 };
}

function stackOf(side: Side): unknown {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-bench-'));
  run(side, outdir);
  const stack: unknown = JSON.parse(readFileSync(join(outdir, 'stacks', 'shop', 'cdk.tf.json'), 'utf8'));
  rmSync(outdir, { recursive: true });
  return stack;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = low] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}

main(Number(process.argv[2] ?? 25));
