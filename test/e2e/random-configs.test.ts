import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { configCoverage } from '../support/covered';
import { build, type Config, configs, REGION, type Surroundings } from '../support/random-configs';
import { MOTO_GAPS } from './moto-gaps';
import { type Cloud, startCloud } from './support/cloud';
import { mustRun } from './support/processes';
import { Stack } from './support/stack';

const SEED = Number(process.env.NINES_SEED ?? 2026);
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

    const answers: boolean[] = [];
    for (const stack of stacks) {
      await mustRun('terraform', ['init', '-no-color'], { cwd: stack, env: cloud.env });
      const { stdout } = await mustRun('terraform', ['validate', '-json'], { cwd: stack, env: cloud.env });
      const { valid } = JSON.parse(stdout) as { valid: boolean };
      answers.push(valid);
    }
    process.stdout.write(`terraform validate accepted ${drawn.length} configs in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });

  test(`are planned and applied, ${APPLIED} of them, and then plan no changes`, async () => {
    const groups = inGroups(drawn.slice(0, APPLIED).map(withMadeSubnets), APPLIED_TOGETHER);
    const drifts: string[] = [];
    for (const pair of inGroups(
      groups.map((group, position) => ({ group, name: `applied-${position}` })),
      2, // as many at a time as there are cores
    )) {
      const outcomes = await Promise.allSettled(
        pair.map(({ group, name }) =>
          applied(synthesize(name, group, (config, around) => build(around.scope, config, around))),
        ),
      );
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') throw outcome.reason;
        drifts.push(...outcome.value);
      }
    }
    process.stdout.write(`applied ${APPLIED} configs; the second plans say "No changes"\n`);
    const rows = MOTO_GAPS.flatMap(({ resource, fields }) => fields.map((field) => `${resource}.${field}`));
    expect([...new Set(drifts)].sort()).toEqual(rows.sort());
  });

  /** Applies a stack in a cloud of its own, plans again, and says what drifts without the table of gaps. */
  async function applied(stackFolder: string): Promise<string[]> {
    const own = await startCloud(REGION);
    try {
      const stack = new Stack(stackFolder, own.env);
      stack.asMotoCan();
      await stack.terraform('init', '-no-color');
      await stack.terraform('apply', '-auto-approve', '-no-color', '-parallelism=50');
      const { status, output } = await stack.plan();
      expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
      stack.asWritten();
      const drift = await stack.drift();
      expect(drift).toEqual(stack.expectedDrift());
      return drift;
    } finally {
      await own.stop();
    }
  }

  /** Synthesizes configs into one stack, each below a scope of its own; answers the stack's folder. */
  function synthesize(
    name: string,
    group: readonly Config[],
    make: (config: Config, around: Surroundings & { readonly scope: Construct }) => void,
  ): string {
    const app = new App({ outdir: join(folder, name) });
    const stack = new TerraformStack(app, name);
    new LocalBackend(stack, { path: join(folder, name, 'terraform.tfstate') }); // else in the working directory
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
    app.synth();
    return join(folder, name, 'stacks', name);
  }
});

/** An image that moto knows. */
const KNOWN_IMAGE = 'ami-12c6146b';

/** A VPC "that is there already" has to be there: made in the same stack, its ids known only when applied. */
function withMadeSubnets(config: Config): Config {
  const { network } = config;
  return network.kind === 'existing' ? { ...config, network: { ...network, tokens: true } } : config;
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = [];
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size));
  return groups;
}
