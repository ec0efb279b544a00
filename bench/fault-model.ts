/**
 * `tsx bench/fault-model.ts`: what the fault model promises, with time, nodes and memory: a fleet in three regions under a
 * second, a thousand events, published trees, a model too large, 10,000 random models against brute force, and loading.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type FaultAnalysis, ModelTooLargeError, readOpenPsa } from 'nines/availability';
import { Numbers } from '../test/availability/fault-model/support/numbers';
import { bruteForce, modelOf, randomPlan } from '../test/availability/fault-model/support/random-model';
import { type FleetOptions, fleet, mesh, repeatedEvents } from './fault-models';

const ROOT = join(__dirname, '..');
const MOST_FLEET_MILLISECONDS = 1000;
const MOST_LOAD_MILLISECONDS = 20;
const MOST_ERROR = 1e-12;
const TREES = ['chinese', 'isp9605', 'baobab1', 'isp9606', 'das9201', 'isp9601'];
const failures: string[] = [];

function main(): void {
  console.log(`fault model, node ${process.version}`);
  console.log('\n3 regions x 3 zones x 20 services x 5 replicas, on shared hosts; each median of 5');
  for (const options of [
    { hosts: 0, isAlike: true },
    { hosts: 0, isAlike: false },
    { hosts: 5, isAlike: true },
    { hosts: 4, isAlike: false },
  ]) {
    reportFleet(options);
  }

  console.log('\n1,000 events, many of them repeated');
  report('200 services in layers, on 9 shared hosts', mesh(3));
  report('200 services in layers, on 15 shared hosts', mesh(5));
  report('200 services in layers, on 21 shared hosts', mesh(7));
  for (const [share, seed] of [
    [0.1, 3],
    [0.1, 8],
    [0.1, 9],
  ] as const) {
    report(`random tree, ${100 * share} % of its leaves repeat any event`, repeatedEvents(1000, share, seed));
  }

  console.log('\npublished fault trees');
  for (const name of TREES) {
    const file = join(ROOT, 'test', 'availability', 'fault-model', 'published', `${name}.xml`);
    const analysis = readOpenPsa(readFileSync(file, 'utf8')).tree().analyse();
    report(name, analysis);
    const start = performance.now();
    const { count } = analysis.cutSets({ limit: 1 });
    console.log(`    ${count} minimal cut sets in ${(performance.now() - start).toFixed(0)} ms`);
  }

  console.log('\ntoo large to be exact: 200 services in layers, on 30 shared hosts');
  report('with the usual limit', mesh(10));
  console.log(`  largest resident size of all of the above: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);

  bruteForced(10_000);
  loading(15);
  if (failures.length === 0) return;
  console.error(failures.join('\n'));
  process.exit(1);
}

function reportFleet(options: FleetOptions): void {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    fleet(options).availability;
    times.push(performance.now() - start);
  }
  const milliseconds = median(times);
  const kind = options.isAlike ? 'alike' : 'all unlike';
  report(`${options.hosts || 'no'} hosts in each zone, ${kind}`, fleet(options));
  if (milliseconds > MOST_FLEET_MILLISECONDS) {
    failures.push(`the fleet with ${options.hosts} hosts, ${kind}, takes ${milliseconds.toFixed(0)} ms`);
  }
}

function report(name: string, analysis: FaultAnalysis): void {
  const start = performance.now();
  let answer: string;
  try {
    const { events, gates, modules, nodes } = analysis.size;
    const share = analysis.availability.failingShare.toPrecision(6);
    answer = `fails ${share}; ${events} events, ${gates} gates, ${modules} modules, ${nodes} nodes`;
  } catch (error) {
    if (!(error instanceof ModelTooLargeError)) throw error;
    answer = `between ${error.worst} and ${error.best}`;
  }
  const milliseconds = performance.now() - start;
  console.log(`  ${name.padEnd(52)}${milliseconds.toFixed(0).padStart(6)} ms  ${answer}`);
}

function bruteForced(models: number): void {
  let worst = 0;
  for (let seed = 1; seed <= models; seed++) {
    const plan = randomPlan(new Numbers(seed));
    const expected = bruteForce(plan).probability;
    const got = modelOf(plan).analyse('target').availability.failingShare;
    worst = Math.max(worst, expected === 0 ? got : Math.abs(got / expected - 1));
  }
  console.log(
    `\n${models} random models of up to 16 parts: off brute force by at most ${worst.toExponential(1)} (relative)`,
  );
  if (worst > MOST_ERROR) failures.push(`a random model is off by ${worst}`);
}

/** Fresh processes on the built package, in turn with empty ones. */
function loading(rounds: number): void {
  const face = join(ROOT, 'dist', 'availability', 'index.js');
  const kinds = {
    'an empty node': '',
    'nines/availability': `require(${JSON.stringify(face)})`,
    'and its FaultModel': `require(${JSON.stringify(face)}).FaultModel`,
  };
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [kind, code] of Object.entries(kinds)) {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${stderr}\nThis reads dist/; npm run build makes it.`);
      times[kind] = [...(times[kind] ?? []), performance.now() - start];
    }
  }
  const empty = median(times['an empty node'] ?? []);
  console.log(`\nloading, medians of ${rounds} processes each, in turn`);
  for (const kind of Object.keys(kinds)) {
    const more = median(times[kind] ?? []) - empty;
    console.log(`  ${kind.padEnd(22)}${more.toFixed(1).padStart(6)} ms more`);
    if (kind === 'nines/availability' && more > MOST_LOAD_MILLISECONDS)
      failures.push(`loading takes ${more.toFixed(1)} ms`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

main();
