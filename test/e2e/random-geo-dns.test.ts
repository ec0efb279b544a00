import fc from 'fast-check';
import { buildGeoDns, geoConfigs, geoCoverage } from '../support/random-geo-dns';
import { SEED, takenByTerraform } from './support/random';

describe('random valid names over regions', () => {
  const configs = fc.sample(geoConfigs, { seed: SEED, numRuns: 200 });
  takenByTerraform({
    what: 'names',
    configs,
    toApply: configs.slice(0, 6).map((config) => ({ ...config, zone: 'made' as const })), // none is there to look up
    lacking: /^aws_route53_/,
    drifting: /aws_route53_(key_signing_key|hosted_zone_dnssec)\./,
    coverage: geoCoverage(),
    build: buildGeoDns,
  });
});
