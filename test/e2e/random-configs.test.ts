import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { configCoverage } from '../support/covered';
import { build, type Config, configs, REGION, type Surroundings } from '../support/random-configs';
import { MOTO_GAPS } from './moto-gaps';
import { type Cloud, startCloud } from './support/cloud';
import { inParallel } from './support/deployment';
import { applied, inGroups, SEED, validated } from './support/random';
import { synthesized } from './support/synthesis';

const VALIDATED = 200;
const APPLIED = 20;
/** Configs in one stack: Terraform takes seconds to start, and a second for each of these. */
const VALIDATED_TOGETHER = 25;
const APPLIED_TOGETHER = 5;

describe('random valid configs', () => {
  const drawn = fc.sample(configs, { seed: SEED, numRuns: VALIDATED });
  const folder = mkdtempSync(join(tmpdir(), 'nines-random-'));
  let cloud: Cloud;

  beforeAll(async () => {
    process.stdout.write(`random configs drawn with NINES_SEED=${SEED}\n`);
    cloud = await startCloud(REGION);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  test(`are accepted by terraform validate, ${VALIDATED} of them with every prop and every arm of every union`, async () => {
    const coverage = configCoverage();
    const stacks = inGroups(drawn, VALIDATED_TOGETHER).map((group, position) =>
      synthesize(`validated-${position}`, group, (config, around) => build(around.scope, config, around, coverage)),
    );
    process.stdout.write(`how often each prop and arm was drawn in ${drawn.length} configs:\n${coverage}\n`);
    expect(coverage.missing()).toEqual([]);

    const answers = await validated(stacks, cloud);
    process.stdout.write(`terraform validate accepted ${drawn.length} configs in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });

  test(`are planned and applied, ${APPLIED} of them, and then plan no changes`, async () => {
    const groups = inGroups(drawn.slice(0, APPLIED).map(withMadeSubnets), APPLIED_TOGETHER);
    const drifts: string[] = [];
    // as many at a time as there are cores
    for (const pair of inGroups([...groups.entries()], 2)) {
      const found = await inParallel(pair, async ([position, group]) => {
        const name = `applied-${position}`;
        const own = await startCloud(REGION);
        try {
          return await applied(
            synthesize(name, group, (config, around) => build(around.scope, config, around)),
            own,
          );
        } finally {
          await own.stop();
        }
      });
      drifts.push(...found.flat());
    }
    process.stdout.write(`applied ${APPLIED} configs; the second plans say "No changes"\n`);
    const rows = MOTO_GAPS.flatMap(({ resource, fields }) => fields.map((field) => `${resource}.${field}`));
    expect([...new Set(drifts)].sort()).toEqual(rows.sort());
  });

  /** Synthesizes configs into one stack, each below a scope of its own; answers the stack's folder. */
  function synthesize(
    name: string,
    group: readonly Config[],
    make: (config: Config, around: Surroundings & { readonly scope: Construct }) => void,
  ): string {
    return synthesized(join(folder, name), name, (stack) => {
      new AwsProvider(stack, 'Aws', { region: REGION });
      const certificate = new AcmCertificate(stack, 'Certificate', {
        domainName: 'shop.example.com',
        validationMethod: 'DNS',
      });
      const linux = new DataAwsSsmParameter(stack, 'Linux', {
        name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      });
      group.forEach((config, position) => {
        // both ways to say what is known, and what only the cloud knows
        const around = {
          certificateArn: certificate.arn,
          machineImage: position % 2 ? KNOWN_IMAGE : linux.insecureValue,
        };
        make(config, { ...around, scope: new Construct(stack, `C${position}`) });
      });
    });
  }
});

/** An image that moto knows. */
const KNOWN_IMAGE = 'ami-12c6146b';

/** A VPC "that is there already" has to be there: made in the same stack, its ids known only when applied. */
function withMadeSubnets(config: Config): Config {
  const { network } = config;
  return network.kind === 'existing' ? { ...config, network: { ...network, tokens: true } } : config;
}
