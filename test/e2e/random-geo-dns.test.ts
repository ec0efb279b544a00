import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import type { Coverage } from '../support/coverage';
import { REGION } from '../support/random-configs';
import { buildGeoDns, type GeoConfig, geoConfigs, geoCoverage } from '../support/random-geo-dns';
import { type Cloud, startCloud } from './support/cloud';
import { applied, inGroups, SEED, validated } from './support/random';
import { synthesized } from './support/synthesis';

const CONFIGS = 200;
const APPLIED = 6;
/** Configs in one stack: Terraform takes seconds to start. */
const TOGETHER = 50;

describe('random valid names over regions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-random-geo-dns-'));
  const configs = fc.sample(geoConfigs, { seed: SEED, numRuns: CONFIGS });
  let cloud: Cloud;
  let applying: Promise<PromiseSettledResult<string[]>[]>;

  beforeAll(async () => {
    process.stdout.write(`random names over regions drawn with NINES_SEED=${SEED}\n`);
    cloud = await startCloud(REGION);
    // its waits leave the machine to the test before it; zones that are looked up are not there
    const some = configs.slice(0, APPLIED).map((config) => ({ ...config, zone: 'made' as const }));
    applying = Promise.allSettled([applied(synthesize('applied', some), cloud)]);
  });

  afterAll(async () => {
    await applying;
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  test(`are accepted by terraform validate, ${CONFIGS} of them with every prop and every arm of every union`, async () => {
    const coverage = geoCoverage();
    const stacks = inGroups(configs, TOGETHER).map((group, position) =>
      synthesize(`validated-${position}`, group, coverage),
    );
    process.stdout.write(`how often each prop and arm was drawn in ${CONFIGS} names:\n${coverage}\n`);
    expect(coverage.missing()).toEqual([]);

    const answers = await validated(stacks, cloud);
    process.stdout.write(`terraform validate accepted ${configs.length} names in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });

  test(`are planned and applied, ${APPLIED} of them, and then plan no changes`, async () => {
    const [outcome] = await applying;
    if (outcome?.status === 'rejected') throw outcome.reason;
    process.stdout.write(`applied ${APPLIED} names; the second plan says "No changes"\n`);
    expect(
      outcome?.value.filter((change) => !/aws_route53_(key_signing_key|hosted_zone_dnssec)\./.test(change)),
    ).toEqual([]);
  });

  /** Synthesizes names into one stack, each below a scope of its own; answers the stack's folder. */
  function synthesize(name: string, some: readonly GeoConfig[], coverage?: Coverage) {
    return synthesized(join(folder, name), name, (stack) => {
      new AwsProvider(stack, 'Aws', { region: REGION });
      for (const [position, config] of some.entries()) {
        buildGeoDns(new Construct(stack, `C${position}`), config, coverage);
      }
    });
  }
});
