import fc from 'fast-check';
import { synthChart } from '../support/kubernetes/manifests';
import { buildTier, tierCoverage, tiers } from '../support/kubernetes/random-tiers';
import { schemaProblems } from '../support/kubernetes/schemas';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const TIERS = 500;

describe('random valid tiers on Kubernetes', () => {
  test(`make manifests that the schemas take, ${TIERS} of them with every prop and every arm of every union`, () => {
    const coverage = tierCoverage();
    const manifests = fc
      .sample(tiers, { seed: SEED, numRuns: TIERS })
      .flatMap((config) => synthChart((chart) => buildTier(chart, config, coverage)));
    process.stdout.write(
      `how often each prop and arm was drawn in ${TIERS} tiers, with NINES_SEED=${SEED}:\n${coverage}\n`,
    );
    expect(coverage.missing()).toEqual([]);
    expect(schemaProblems(manifests)).toEqual([]);
    process.stdout.write(`the schemas took ${manifests.length} manifests of ${TIERS} tiers\n`);
  });
});
