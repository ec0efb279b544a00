import fc from 'fast-check';
import { allOf, synthChart } from '../../../support/kubernetes/manifests';
import { buildTier, tierCoverage, tiers } from '../../../support/kubernetes/random-tiers';
import { schemaProblems } from '../../../support/kubernetes/schemas';
import { tier } from './tiers';

const SEED = Number(process.env.NINES_SEED ?? 2026); // a failure is repeated with the seed that it ran with
const TIERS = 60; // npm run e2e draws 500

describe('HAWebTier', () => {
  test(`makes manifests that the schemas take, ${TIERS} random ones with every prop and every arm of every union`, () => {
    const coverage = tierCoverage();
    const manifests = fc
      .sample(tiers, { seed: SEED, numRuns: TIERS })
      .flatMap((config) => synthChart((chart) => buildTier(chart, config, coverage)));
    expect(coverage.missing()).toEqual([]);
    expect(schemaProblems(manifests)).toEqual([]);
  });
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
