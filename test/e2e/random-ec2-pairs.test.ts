import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { REGION } from '../support/random-configs';
import { buildPair, type PairConfig, pairConfigs, pairCoverage, zonesOf } from '../support/random-ec2-pair';
import { type Cloud, startCloud } from './support/cloud';
import { inGroups, SEED, validated } from './support/random';
import { synthesized } from './support/synthesis';

const CONFIGS = 200;
/** Configs in one stack: Terraform takes seconds to start. */
const TOGETHER = 50;

describe('random valid configs of pairs on EC2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-random-pairs-'));
  let cloud: Cloud;

  beforeAll(async () => {
    process.stdout.write(`random pairs drawn with NINES_SEED=${SEED}\n`);
    cloud = await startCloud(REGION);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  test(`are accepted by terraform validate, ${CONFIGS} of them with every prop and every arm of every union`, async () => {
    const coverage = pairCoverage();
    const configs = fc.sample(pairConfigs, { seed: SEED, numRuns: CONFIGS }).map(inSubnets);
    const stacks = inGroups(configs, TOGETHER).map((group, position) => {
      const name = `validated-${position}`;
      return synthesized(join(folder, name), name, (stack) => {
        new AwsProvider(stack, 'Aws', { region: REGION });
        for (const [index, config] of group.entries()) buildPair(new Construct(stack, `C${index}`), config, coverage);
      });
    });
    process.stdout.write(`how often each prop and arm was drawn in ${CONFIGS} pairs:\n${coverage}\n`);
    expect(coverage.missing()).toEqual([]);
    const answers = await validated(stacks, cloud);
    process.stdout.write(`terraform validate accepted ${CONFIGS} pairs in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });
});

/** Some in a network that is made; most in one that is there already: those are drawn, and made, in another test. */
function inSubnets(config: PairConfig, index: number): PairConfig {
  const needsNetwork = config.overlay !== undefined && config.overlay.options === undefined;
  if (needsNetwork && index % 4 === 0) return config;
  const network = {
    kind: 'existing',
    zones: zonesOf(config),
    tiers: ['public'],
    octet: 100,
    tokens: index % 2 === 0,
  } as const;
  const options = config.overlay?.options ?? { routeTables: { Main: 'rtb-0abc1234' } };
  return { ...config, network, overlay: config.overlay && { ...config.overlay, options } };
}
