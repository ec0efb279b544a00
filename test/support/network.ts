import { TerraformOutput, type TerraformStack } from 'cdktf';
import { MultiAZNetwork, type MultiAZNetworkProps, type ZonalNetwork } from 'nines/aws';
import { type Block, follow, type Synthesized, synth } from './synth';

/** The least that a network needs. */
export const LEAST = { cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] } as const;

export type Tier = 'public' | 'application' | 'data';

/** Builds a network called `Network`, and puts out what it publishes. */
export function synthNetwork(props: Partial<MultiAZNetworkProps> = {}): Synthesized {
  return synth((stack) => {
    const network = new MultiAZNetwork(stack, 'Network', { ...LEAST, ...props });
    publish(stack, network);
    new TerraformOutput(stack, 'routeTables', { value: network.routeTableIds });
  });
}

/** Puts out what a network publishes, as a construct beside it would get it. */
export function publish(stack: TerraformStack, network: ZonalNetwork): void {
  const ids = (subnets: ZonalNetwork['publicSubnets']) => subnets.map(({ subnetId }) => subnetId);
  new TerraformOutput(stack, 'vpc', { value: network.vpcId });
  new TerraformOutput(stack, 'public', { value: ids(network.publicSubnets) });
  new TerraformOutput(stack, 'application', { value: ids(network.applicationSubnets) });
  new TerraformOutput(stack, 'data', { value: ids(network.dataSubnets) });
}

/** What was put out under a name, a list. */
export function published(result: Synthesized, name: Tier | 'routeTables'): readonly unknown[] {
  const value = result.output[name]?.value;
  if (!Array.isArray(value)) throw new Error(`no list is published as ${name}`);
  return value;
}

/** The subnets of a tier, in the order in which they are published. */
export function subnetsOf(result: Synthesized, tier: Tier): readonly Block[] {
  return published(result, tier).map((id) => follow(result, follow(result, id).block.subnet_id).block);
}

/** The route table that a published subnet is tied to. */
export function routeTableOf(result: Synthesized, publishedId: unknown): string {
  return follow(result, follow(result, publishedId).block.route_table_id).address;
}

/** Addresses of everything that has to be there before the holder of a reference is made, near or far. */
export function waitsFor(result: Synthesized, reference: unknown): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (text: string): void => {
    for (const [, type = '', id = ''] of text.matchAll(/\b(aws_\w+)\.([\w-]+)/g)) {
      const address = `${type}.${id}`;
      if (reached.has(address)) continue;
      reached.add(address);
      visit(JSON.stringify(result.resource[type]?.[id]));
    }
  };
  visit(String(reference));
  return reached;
}
