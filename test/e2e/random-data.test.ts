import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Coverage } from '../support/coverage';
import { buildPlan, PLAN_AROUND, planConfigs, planCoverage } from '../support/random-backup-plan';
import { REGION } from '../support/random-configs';
import { AROUND, buildDatabase, DATABASE_ROOTS, databaseConfigs, OTHER_REGION } from '../support/random-databases';
import {
  buildStore,
  STORE_AROUND,
  type StoreConfig,
  storeConfigs,
  storeCoverage,
} from '../support/random-session-store';
import { networkThere } from './stacks/there';
import { type Cloud, startCloud } from './support/cloud';
import { applied, inGroups, rowsWithoutUse, SEED, validated } from './support/random';
import { synthesized } from './support/synthesis';

/** Configs in one stack: Terraform takes seconds to start, and a second for each of these. */
const TOGETHER = 25;

/** Builds a config of some construct below a scope. */
type Make = (scope: Construct) => void;

/** What is drawn of a construct. */
interface Drawn {
  readonly coverage: Coverage;
  /** Builds it for `terraform validate`, and counts what it used. */
  readonly validated: readonly Make[];
  /** Builds it so that it can be applied. */
  readonly applied: readonly Make[];
}

describe('random valid configs of what holds data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-random-data-'));
  let cloud: Cloud;
  let drawn: Readonly<Record<string, Drawn>>;
  let applying: Promise<PromiseSettledResult<unknown>[]>;

  beforeAll(async () => {
    process.stdout.write(`random configs drawn with NINES_SEED=${SEED}\n`);
    cloud = await startCloud(REGION);
    const secretArn = await makeBefore(cloud);
    drawn = {
      databases: databases(100, 8, secretArn),
      stores: stores(50, 6),
      plans: plans(50, 6),
    };
    // its waits leave the machine to the test before it
    const all = Object.values(drawn).flatMap(({ applied: makes }) => makes);
    applying = Promise.allSettled([applied(synthesize('applied', all), cloud)]);
  });

  afterAll(async () => {
    await applying;
    rmSync(folder, { recursive: true });
    await cloud?.stop();
  });

  test('are accepted by terraform validate, 200 of them with every prop and every arm of every union', async () => {
    const makes = Object.values(drawn).flatMap(({ validated: some }) => some);
    const stacks = inGroups(makes, TOGETHER).map((group, position) => synthesize(`validated-${position}`, group));
    for (const [name, { coverage, validated: some }] of Object.entries(drawn))
      process.stdout.write(`how often each prop and arm was drawn in ${some.length} ${name}:\n${coverage}\n`);
    expect(Object.values(drawn).flatMap(({ coverage }) => coverage.missing())).toEqual([]);
    expect(makes).toHaveLength(200);

    expect(rowsWithoutUse(stacks, /^aws_(?!route53_)/)).toEqual([]);

    const answers = await validated(stacks, cloud);
    process.stdout.write(`terraform validate accepted ${makes.length} configs in ${answers.length} stacks\n`);
    expect(answers).toEqual(stacks.map(() => true));
  });

  test('are planned and applied, 20 of them, and then plan no changes', async () => {
    const [outcome] = await applying;
    if (outcome?.status === 'rejected') throw outcome.reason;
    const { length } = Object.values(drawn).flatMap(({ applied: makes }) => makes);
    process.stdout.write(`applied ${length} configs; the second plan says "No changes"\n`);
    expect(length).toBe(20);
  });

  /** Synthesizes configs into one stack, each below a scope of its own; answers the stack's folder. */
  function synthesize(name: string, makes: readonly Make[]): string {
    return synthesized(join(folder, name), name, (stack) => {
      new AwsProvider(stack, 'Aws', { region: REGION });
      for (const [position, make] of makes.entries()) make(new Construct(stack, `C${position}`));
    });
  }
});

/** Makes what the configs find in the cloud; answers the ARN of a secret. */
async function makeBefore(cloud: Cloud): Promise<string> {
  const user = JSON.stringify({ username: 'dbadmin', password: 'of-the-users-own' });
  const secret = ['create-secret', '--name', 'db', '--secret-string', user];
  const group = ['create-user-group', '--user-group-id', STORE_AROUND.userGroupId, '--engine', 'valkey'];
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await cloud.aws('elasticache', ...group, '--user-ids', 'default');
  await cloud.aws('iam', 'create-role', '--role-name', STORE_AROUND.roleName, '--assume-role-policy-document', trust);
  return (await cloud.aws<{ ARN: string }>('secretsmanager', ...secret)).ARN;
}

function databases(count: number, toApply: number, secretArn: string): Drawn {
  const coverage = new Coverage(DATABASE_ROOTS, []);
  const configs = fc.sample(databaseConfigs, { seed: SEED, numRuns: count });
  return {
    coverage,
    validated: configs.map(
      (config) => (scope) => buildDatabase(scope, { ...config, makesNetworks: false }, AROUND, coverage),
    ),
    applied: configs.slice(0, toApply).map((config, position) => (scope) => {
      const fresh = { ...config, props: { ...config.props, restoreFrom: undefined } }; // what from is not there
      buildDatabase(scope, fresh, { ...AROUND, secretArn }, undefined, (within, id, { region, letters, provider }) =>
        networkThere(within, id, {
          zones: letters.map((letter) => `${region}${letter}`),
          second: position * 2 + (region === OTHER_REGION ? 1 : 0),
          provider,
        }),
      );
    }),
  };
}

function stores(count: number, toApply: number): Drawn {
  const coverage = storeCoverage();
  const configs = fc.sample(storeConfigs, { seed: SEED, numRuns: count });
  return {
    coverage,
    validated: configs.map((config) => (scope) => buildStore(scope, inSubnets(config, false), STORE_AROUND, coverage)),
    applied: configs
      .slice(0, toApply)
      .map((config) => (scope) => buildStore(scope, inSubnets(config, true), STORE_AROUND)),
  };
}

/** In subnets that are there already, whose ids are known or not: networks are drawn, and made, in another test. */
function inSubnets(config: StoreConfig, tokens: boolean): StoreConfig {
  const { network } = config;
  const zones = network.kind === 'made' ? network.props.zones : network.zones;
  return { ...config, network: { kind: 'existing', zones, tiers: ['data'], octet: 100, tokens } };
}

function plans(count: number, toApply: number): Drawn {
  const coverage = planCoverage();
  const configs = fc.sample(planConfigs, { seed: SEED, numRuns: count });
  return {
    coverage,
    validated: configs.map((config) => (scope) => buildPlan(scope, config, PLAN_AROUND, coverage)),
    applied: configs.slice(0, toApply).map((config) => (scope) => buildPlan(scope, config, PLAN_AROUND)),
  };
}
