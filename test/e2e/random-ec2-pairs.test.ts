import fc from 'fast-check';
import { buildPair, type PairConfig, pairConfigs, pairCoverage, zonesOf } from '../support/random-ec2-pair';
import { SEED, takenByTerraform } from './support/random';

describe('random valid configs of pairs on EC2', () => {
  takenByTerraform({
    what: 'pairs',
    configs: fc.sample(pairConfigs, { seed: SEED, numRuns: 200 }).map(inSubnets),
    coverage: pairCoverage(),
    build: buildPair,
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
