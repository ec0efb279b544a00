import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Capacity, HealthCheck } from 'nines';
import { type AvailabilityTarget, WebApplicationStack, type WebApplicationStackProps } from 'nines/stacks';
import { type Cloud, startCloud } from './support/cloud';
import { inParallel, NO_CHANGES } from './support/deployment';
import { Project } from './support/project';
import { Stack } from './support/stack';
import { synthesizedStack } from './support/synthesis';
import { type ThereBefore, thereIn } from './support/there-before';

const REGION = 'eu-west-1';
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** What stands in a cloud, as the API says. */
interface Standing {
  readonly gateways: number;
  /** The smallest size of each group, and over how many zones it spreads. */
  readonly servers: readonly (readonly [number, number])[];
  /** Each instance, and whether it has a standby of its own. */
  readonly database: readonly (readonly [string, boolean])[];
  /** Nodes of each store. */
  readonly sessionNodes: readonly number[];
}

/** What examples/web-application.ts is built for. */
const EXAMPLE = '99.95%';

const AURORA = ['aurora-postgresql', false] as const;

/** What docs/targets.md says of each. */
const TARGETS: Readonly<Record<AvailabilityTarget, Standing>> = {
  '99%': { gateways: 1, servers: [[4, 2]], database: [['postgres', false]], sessionNodes: [2] },
  '99.9%': { gateways: 2, servers: [[8, 2]], database: [['postgres', true]], sessionNodes: [2] },
  '99.95%': { gateways: 3, servers: [[6, 3]], database: [['postgres', true]], sessionNodes: [3] },
  '99.99%': { gateways: 3, servers: [[6, 3]], database: [AURORA, AURORA, AURORA], sessionNodes: [3] },
};

/** An application that was synthesized. */
interface Synthesized {
  readonly stack: Stack;
  /** Takes its files away. */
  remove(): void;
}

describe('applications in one region, one for each target', () => {
  const targets = Object.keys(TARGETS) as AvailabilityTarget[];
  const clouds = new Map<AvailabilityTarget, Cloud>();
  const applications = new Map<AvailabilityTarget, Synthesized>();
  const stacks = () => [...applications.values()].map(({ stack }) => stack);

  beforeAll(async () => {
    await inParallel(targets, async (target) => {
      const cloud = await startCloud(REGION);
      clouds.set(target, cloud);
      const there = await thereIn(cloud, REGION);
      const made = await (target === EXAMPLE ? exampleIn(cloud, there) : stackIn(cloud, there, target));
      applications.set(target, made);
      made.stack.asMotoCan();
      await made.stack.terraform('init', '-no-color');
      await made.stack.apply();
    });
  });

  afterAll(async () => {
    for (const { remove } of applications.values()) remove();
    for (const cloud of clouds.values()) await cloud.stop();
  });

  test.each(targets)('at %s are what the target chooses', async (target) => {
    const cloud = clouds.get(target);
    expect(cloud && (await standing(cloud))).toEqual(TARGETS[target]);
  });

  test('tell how available they are', async () => {
    const outputs = await applications.get(EXAMPLE)?.stack.terraform('output', '-json');
    expect(JSON.parse(outputs?.stdout ?? '')).toMatchObject({
      computed_availability: { value: '99.9844 %' },
      contractual_floor: { value: '99.92 %' },
    });
  });

  test('plan no changes when they are there', async () => {
    const plans = await inParallel(stacks(), (stack) => stack.plan());
    expect(plans).toEqual(targets.map(() => NO_CHANGES));
  });

  test('are destroyed without a trace', async () => {
    const left = await inParallel(stacks(), async (stack) => {
      await stack.destroy();
      return stack.resources();
    });
    expect(left.flat()).toEqual([]);
  });
});

/** The example, as its user synthesizes it. */
async function exampleIn(cloud: Cloud, there: ThereBefore): Promise<Synthesized> {
  const project = new Project({ ...cloud.env, ...there });
  await project.cdktf(['synth', '--app', 'npx tsx examples/web-application.ts'], { ALLOW_DESTROY: 'yes' });
  return { stack: project.stack('shop'), remove: () => project.remove() };
}

/** One for another target than the example's. */
async function stackIn(cloud: Cloud, there: ThereBefore, target: AvailabilityTarget): Promise<Synthesized> {
  const folder = mkdtempSync(join(tmpdir(), 'nines-application-'));
  const path = synthesizedStack(
    folder,
    'shop',
    (app) => new WebApplicationStack(app, 'shop', application(target, there)),
  );
  return { stack: new Stack(path, cloud.env), remove: () => rmSync(folder, { recursive: true }) };
}

function application(target: AvailabilityTarget, there: ThereBefore): WebApplicationStackProps {
  return {
    target,
    zones: ZONES,
    network: { cidr: '10.20.0.0/16' },
    servers: {
      machineImage: there.IMAGE,
      capacity: Capacity.forPeak(4),
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
      certificateArn: there.CERTIFICATE,
    },
    database: { engine: 'postgres' },
    notificationTopicArn: there.TOPIC,
    allowDestroy: true, // what protects it is the shop's test
  };
}

/** Asks a cloud that holds one application. */
async function standing(cloud: Cloud): Promise<Standing> {
  const { NatGateways: gateways } = await cloud.aws<{ NatGateways: readonly object[] }>('ec2', 'describe-nat-gateways');
  const { AutoScalingGroups: groups } = await cloud.aws<{
    AutoScalingGroups: readonly { readonly MinSize: number; readonly AvailabilityZones: readonly string[] }[];
  }>('autoscaling', 'describe-auto-scaling-groups');
  const { DBInstances: instances } = await cloud.aws<{
    DBInstances: readonly { readonly MultiAZ: boolean; readonly Engine: string }[];
  }>('rds', 'describe-db-instances');
  const { ReplicationGroups: stores } = await cloud.aws<{
    ReplicationGroups: readonly { readonly MemberClusters: readonly string[] }[];
  }>('elasticache', 'describe-replication-groups');
  return {
    gateways: gateways.length,
    servers: groups.map(({ MinSize, AvailabilityZones }) => [MinSize, AvailabilityZones.length]),
    database: instances.map(({ Engine, MultiAZ }) => [Engine, MultiAZ]),
    sessionNodes: stores.map(({ MemberClusters }) => MemberClusters.length),
  };
}
