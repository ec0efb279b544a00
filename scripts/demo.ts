/** `npm run demo`: synthesizes the examples, with no cloud account and no Terraform, and prints what was made. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');
const TERRAFORM = join(ROOT, 'demo.out', 'terraform');
const MANIFESTS = join(ROOT, 'demo.out', 'manifests');
const HOSTS = join(ROOT, 'demo.out', 'hosts');
const STACKS = ['shop', 'cluster', 'edge', 'multi-region'];
const CHARTS = ['shop-kubernetes', 'resilience', 'capacity-in-a-chart'];

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

interface Sizes {
  readonly min_size: number;
  readonly max_size: number;
}

function main(): void {
  mkdirSync(TERRAFORM, { recursive: true }); // cdktf makes no folder above its own
  for (const example of STACKS) {
    const folder = join(TERRAFORM, example);
    run('cdktf', ['synth', '--app', `npx tsx examples/${example}.ts`, '--output', folder]);
    for (const stack of readdirSync(join(folder, 'stacks'))) printStack(join(folder, 'stacks', stack, 'cdk.tf.json'));
  }
  for (const example of CHARTS) {
    const folder = join(MANIFESTS, example);
    run('cdk8s', ['synth', '--app', `npx tsx examples/${example}.ts`, '--output', folder]);
    printManifests(folder);
  }
  run('tsx', ['src/cli/nines.ts', 'render', 'examples/edge-bare-metal.ts', '--out', HOSTS]);
  printHosts();
  console.log('Next: put your zones and certificate into examples/shop.ts, then `npx cdktf deploy shop`.');
}

/** The command line tools as a user runs them, from cdktf.json and cdk8s.yaml; their progress is shown when they fail. */
function run(tool: string, args: readonly string[]): void {
  const command = join(ROOT, 'node_modules', '.bin', tool);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', CI: '1' },
  });
  if (status === 0) return;
  console.error(`${tool} ${args.join(' ')} failed\n${stdout}${stderr}${error ?? ''}`);
  process.exit(1);
}

function printStack(file: string): void {
  const { resource } = JSON.parse(readFileSync(file, 'utf8')) as Synthesized;
  const counts = Object.entries(resource).map(([type, made]) => [type, Object.keys(made).length] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);

  console.log(`Stack ${basename(dirname(file))}: ${total} resources, for Terraform`);
  for (const [type, count] of counts.sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(5)}  ${type}`);
  for (const group of Object.values(resource.aws_autoscaling_group ?? {})) {
    const zones = Array.isArray(group.vpc_zone_identifier) ? group.vpc_zone_identifier.length : 0;
    console.log(`       servers: ${group.min_size} to ${group.max_size}, over ${zones} zones`);
  }
  const nodes = Object.values(resource.aws_eks_node_group ?? {}).map(({ scaling_config: size }) => size as Sizes);
  if (nodes[0]) {
    console.log(`       nodes: ${nodes[0].min_size} to ${nodes[0].max_size} in each of ${nodes.length} zones`);
  }
  console.log(`       in ${relative(ROOT, file)}\n`);
}

function printManifests(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const kinds = [...readFileSync(file, 'utf8').matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
    const objects = kinds.length === 1 ? '1 object' : `${kinds.length} objects`;
    console.log(`Chart ${name.replace(/\.k8s\.yaml$/, '')}: ${objects}, for Kubernetes`);
    for (const kind of kinds) console.log(`       ${kind}`);
    console.log(`       in ${relative(ROOT, file)}\n`);
  }
}

function printHosts(): void {
  for (const list of readdirSync(HOSTS).filter((name) => name.endsWith('.json'))) {
    const host = basename(list, '.json');
    const files = JSON.parse(readFileSync(join(HOSTS, list), 'utf8')) as readonly { readonly path: string }[];
    console.log(`Host ${host}: ${files.length} files, for a plain copy`);
    for (const { path } of files) console.log(`       ${path}`);
    console.log(`       in ${relative(ROOT, join(HOSTS, host))}\n`);
  }
}

main();
