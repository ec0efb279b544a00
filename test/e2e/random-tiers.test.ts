import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { tier } from '../constructs/kubernetes/ha-web-tier/tiers';
import { allOf, type Manifest, synthChart } from '../support/kubernetes/manifests';
import { buildTier, type TierConfig, tierCoverage, tiers } from '../support/kubernetes/random-tiers';
import { schemaProblems } from '../support/kubernetes/schemas';
import { mustRun } from './support/processes';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const TIERS = 500;
const ROOT = join(__dirname, '..', '..');

describe('random valid tiers on Kubernetes', () => {
  test(`make manifests that the schemas take, ${TIERS} of them with every prop and every arm of every union`, () => {
    const coverage = tierCoverage();
    const configs = fc.sample(tiers, { seed: SEED, numRuns: TIERS });
    const manifestsOf = (some: readonly TierConfig[]) =>
      some.flatMap((config) => synthChart((chart) => buildTier(chart, config, coverage)));
    const plain = manifestsOf(configs.filter((config) => !routesCanRetry(config)));
    const retrying = manifestsOf(configs.filter(routesCanRetry));
    process.stdout.write(
      `how often each prop and arm was drawn in ${TIERS} tiers, with NINES_SEED=${SEED}:\n${coverage}\n`,
    );
    expect(coverage.missing()).toEqual([]);
    expect(schemaProblems(plain)).toEqual([]);
    expect(schemaProblems(retrying, { routesCanRetry: true })).toEqual([]);
    process.stdout.write(`the schemas took ${plain.length + retrying.length} manifests of ${TIERS} tiers\n`);
  });
});

function routesCanRetry({ props: { exposure } }: TierConfig): boolean {
  return exposure !== undefined && 'gateway' in exposure && exposure.routesCanRetry === true;
}

describe('examples', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-examples-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['capacity-in-a-chart', 'resilience', 'shop-kubernetes'])(
    'make manifests that the schemas take: %s',
    async (name) => {
      const outdir = join(folder, name);
      const env = { ...process.env, CDK8S_OUTDIR: outdir };
      await mustRun('npx', ['tsx', `examples/${name}.ts`], { cwd: ROOT, env });
      const manifests: Manifest[] = Yaml.load(join(outdir, 'shop.k8s.yaml'));
      expect(manifests.length).toBeGreaterThan(0);
      expect(schemaProblems(manifests)).toEqual([]);
    },
  );
});

describe('the schemas', () => {
  const manifests = synthChart((chart) =>
    tier(chart, { exposure: { host: 'shop.example.com', gateway: { name: 'public' } } }),
  );
  const changed = (kind: string, from: string, to: string) =>
    allOf(manifests, kind).map((manifest) => JSON.parse(JSON.stringify(manifest).replace(from, to)));

  test('refuse what no field takes, and fields that nobody knows', () => {
    const wrong = [
      ...changed('Deployment', '"readinessProbe"', '"readinessProb"'),
      ...changed('Deployment', '"matchLabelKeys"', '"matchLabelsKeys"'),
      ...changed('PodDisruptionBudget', '"maxUnavailable":1', '"maxUnavailable":true'),
      ...changed('HTTPRoute', '"backendRefs"', '"backends"'),
      ...changed('HTTPRoute', '"shop.example.com"', '"shop_example"'),
    ];
    const problems = schemaProblems(wrong).join('\n');
    expect(problems).toContain("'\"readinessProb\"' does not exist in type 'IContainer'");
    expect(problems).toContain("'\"matchLabelsKeys\"' does not exist in type 'ITopologySpreadConstraint'");
    expect(problems).toContain('PodDisruptionBudget: Error: data/spec/maxUnavailable');
    expect(problems).toContain('HTTPRoute/spec/rules/0 must NOT have additional properties');
    expect(problems).toContain('HTTPRoute/spec/hostnames/0 must match pattern');
  });
});
