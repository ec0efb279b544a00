import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import {
  buildCluster,
  CLUSTER_AROUND,
  type ClusterConfig,
  clusterConfigs,
  clusterCoverage,
  zonesOf,
} from '../support/random-cluster';
import { REGION } from '../support/random-configs';
import { type Cloud, startCloud } from './support/cloud';
import { applied, inGroups, SEED, validated } from './support/random';
import { synthesized } from './support/synthesis';

const CONFIGS = 200;
const APPLIED = 6;
/** Configs in one stack: Terraform takes seconds to start. */
const TOGETHER = 50;

describe('random valid configs of clusters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-random-clusters-'));
  const configs = fc.sample(clusterConfigs, { seed: SEED, numRuns: CONFIGS });
  let cloud: Cloud;
  let applying: Promise<PromiseSettledResult<string[]>[]>;

  beforeAll(async () => {
    process.stdout.write(`random clusters drawn with NINES_SEED=${SEED}\n`);
    cloud = await startCloud(REGION);
    // its waits leave the machine to the test before it
    const some = configs.slice(0, APPLIED).map((config) => withoutDomains(inSubnets(config, true)));
    applying = Promise.allSettled([applied(synthesize('applied', some), cloud)]);
  });

  afterAll(async () => {
    await applying;
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  test(`are accepted by terraform validate, ${CONFIGS} of them with every prop and every arm of every union`, async () => {
    const coverage = clusterCoverage();
    const stacks = inGroups(
      configs.map((config) => inSubnets(config, false)),
      TOGETHER,
    ).map((group, position) => synthesize(`validated-${position}`, group, coverage));
    process.stdout.write(`how often each prop and arm was drawn in ${CONFIGS} clusters:\n${coverage}\n`);
    expect(coverage.missing()).toEqual([]);

    const answers = await validated(stacks, cloud);
    process.stdout.write(`terraform validate accepted ${configs.length} clusters in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });

  test(`are planned and applied, ${APPLIED} of them, and then plan no changes`, async () => {
    const [outcome] = await applying;
    if (outcome?.status === 'rejected') throw outcome.reason;
    process.stdout.write(`applied ${APPLIED} clusters; the second plan says "No changes"\n`);
    expect(outcome?.value).toEqual([]); // and nothing drifts for want of moto's
  });

  /** Synthesizes clusters into one stack, each below a scope of its own; answers the stack's folder. */
  function synthesize(name: string, some: readonly ClusterConfig[], coverage?: Parameters<typeof buildCluster>[3]) {
    return synthesized(join(folder, name), name, (stack) => {
      new AwsProvider(stack, 'Aws', { region: REGION });
      for (const [position, config] of some.entries()) {
        buildCluster(new Construct(stack, `C${position}`), config, CLUSTER_AROUND, coverage);
      }
    });
  }
});

/** In subnets that are there already, whose ids are known or not: networks are drawn, and made, in another test. */
function inSubnets(config: ClusterConfig, tokens: boolean): ClusterConfig {
  const network = { kind: 'existing', zones: zonesOf(config), tiers: [], octet: 100, tokens } as const;
  return { ...config, network, tokens: config.tokens && !tokens };
}

/** Roles of single sign-on have a domain in their path, which moto takes for that of a service. */
function withoutDomains(config: ClusterConfig): ClusterConfig {
  const { access = {} } = config.props;
  const plain = Object.entries(access).map(([name, one]) => {
    const principalArn = one.principalArn.replace('sso.amazonaws.com', 'sso');
    return [name, { ...one, principalArn }];
  });
  return { ...config, props: { ...config.props, access: Object.fromEntries(plain) } };
}
