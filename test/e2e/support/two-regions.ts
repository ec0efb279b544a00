import { type Cloud, startCloud } from './cloud';
import { Project } from './project';
import type { Stack } from './stack';
import { thereIn } from './there-before';

export const HOME = 'eu-west-1';
export const OTHER = 'eu-central-1';

/** An example of an application in two regions, deployed: home, then the other one, then the name. */
export interface TwoRegions {
  readonly cloud: Cloud;
  readonly stacks: Readonly<Record<typeof HOME | typeof OTHER | 'dns', Stack>>;
  /** What differs from region to region, as the example takes it from its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** A file in the project. */
  file(...path: string[]): string;
  /** Writes its stacks anew, with another region written down as the one that serves. */
  withActive(region: string): Promise<void>;
  /** Takes all of it away, and answers how many resources are left in the states. */
  destroy(): Promise<number>;
  stop(): Promise<void>;
}

/** Deploys one, in a cloud of its own; allowed to be destroyed from the start, as only the shop's test asks for more. */
export async function deployTwoRegions(example: string): Promise<TwoRegions> {
  const cloud = await startCloud(HOME);
  const env = await surroundings(cloud);
  const project = new Project({ ...cloud.env, ...env });
  const stacks = {
    [HOME]: project.stack(`shop-${HOME}`),
    [OTHER]: project.stack(`shop-${OTHER}`),
    dns: project.stack('shop-dns'),
  };
  const inOrder = Object.values(stacks);
  const synth = async (more: NodeJS.ProcessEnv = {}) => {
    const app = ['synth', '--app', `npx tsx examples/${example}.ts`];
    await project.cdktf(app, { ALLOW_DESTROY: 'yes', ...more });
    for (const stack of inOrder) stack.asMotoCan();
  };
  await synth();
  await Promise.all(inOrder.map((stack) => stack.terraform('init', '-no-color', '-input=false')));
  for (const stack of inOrder) await stack.apply();
  return {
    ...{ cloud, stacks, env },
    file: (...path) => project.file(...path),
    withActive: (region) => synth({ ACTIVE: region }),
    async destroy() {
      for (const stack of [...inOrder].reverse()) await stack.destroy();
      return (await Promise.all(inOrder.map((stack) => stack.resources()))).flat().length;
    },
    async stop() {
      project.remove();
      await cloud.stop();
    },
  };
}

/** What must be there before: a zone, and what each region has of its own, under its name. */
async function surroundings(cloud: Cloud): Promise<NodeJS.ProcessEnv> {
  await cloud.aws('route53', 'create-hosted-zone', '--name', 'example.com', '--caller-reference', 'test');
  const entries = await Promise.all(
    [HOME, OTHER].map(async (region) => {
      const name = region.toUpperCase().replaceAll('-', '_');
      return Object.entries(await thereIn(cloud, region)).map(([what, value]) => [`${what}_${name}`, value] as const);
    }),
  );
  return Object.fromEntries(entries.flat());
}
