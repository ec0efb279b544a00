/**
 * `tsx bench/kubernetes-tiers.ts [rounds]`: synthesizes 1,000 web tiers in one chart, beside the same objects written with
 * `ApiObject` by hand. Both are checked to make the same, and run in turn; medians count.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { App, Chart } from 'cdk8s';
import { Capacity, HealthCheck } from 'nines';
import { HAWebTier } from 'nines/kubernetes';
import { handWrittenTier } from './hand-written-tier';

const TIERS = 1000;
const MOST_TIME = 1.3;
const WARM_UPS = 2;
const IMAGE = 'registry.example.com/shop:1.4.2';

const SIDES = {
  nines: (chart: Chart, name: string) => {
    new HAWebTier(chart, name, {
      image: IMAGE,
      name,
      capacity: Capacity.forPeak(4),
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    });
  },
  'hand-written': (chart: Chart, name: string) => handWrittenTier(chart, name, IMAGE),
} as const;
type Side = keyof typeof SIDES;

function main(rounds: number): void {
  if (made('nines', 2).text !== made('hand-written', 2).text) fail('the two sides do not make the same');
  const samples: Record<Side, number[]> = { nines: [], 'hand-written': [] };
  for (let round = -WARM_UPS; round < rounds; round++) {
    const order: Side[] = round % 2 ? ['nines', 'hand-written'] : ['hand-written', 'nines'];
    for (const side of order) {
      const { milliseconds } = made(side, TIERS);
      if (round >= 0) samples[side].push(milliseconds);
    }
  }
  const ratio = median(samples.nines) / median(samples['hand-written']);
  console.log(`${TIERS} web tiers in one chart, medians of ${rounds} rounds in turn, node ${process.version}`);
  for (const side of Object.keys(SIDES) as Side[])
    console.log(`  ${side.padEnd(14)}${median(samples[side]).toFixed(0).padStart(6)} ms`);
  console.log(`  ratio          ${ratio.toFixed(2)}, at most ${MOST_TIME} allowed`);
  if (ratio > MOST_TIME) fail('nines takes too long');
}

/** The file that a chart of so many tiers comes to, and how long that took. */
function made(side: Side, tiers: number): { readonly text: string; readonly milliseconds: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-bench-'));
  try {
    const begun = performance.now();
    const app = new App({ outdir });
    const chart = new Chart(app, 'shop');
    for (let tier = 0; tier < tiers; tier++) SIDES[side](chart, `web-${tier}`);
    app.synth();
    const milliseconds = performance.now() - begun;
    return { text: readFileSync(join(outdir, 'shop.k8s.yaml'), 'utf8'), milliseconds };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}

main(Number(process.argv[2] ?? 9));
