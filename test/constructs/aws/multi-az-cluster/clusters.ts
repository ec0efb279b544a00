import type { Construct } from 'constructs';
import { MultiAZCluster, type MultiAZClusterProps, MultiAZNetwork, type ZonalNetwork } from 'nines/aws';
import { all, type Block, type Synthesized, synth } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
export const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0abc1234-12ab';
export const CLUSTER = 'aws_eks_cluster';
export const NODE_GROUP = 'aws_eks_node_group';
export const ADD_ON = 'aws_eks_addon';

/** A VPC that is there already, in zones of these letters. */
export function network(scope: Construct, letters = 'abc'): ZonalNetwork {
  return MultiAZNetwork.fromExisting(scope, 'Network', {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: [...letters].map((letter) => ({
      zone: `eu-west-1${letter}`,
      subnetId: `subnet-0abc100${letter}`,
    })),
  });
}

/** What may be changed about a cluster. */
export type Choices = Partial<MultiAZClusterProps>;

/** A cluster with no more than it needs, over three zones, with two nodes in each. */
export function cluster(scope: Construct, choices: Choices = {}, id = 'Cluster'): MultiAZCluster {
  return new MultiAZCluster(scope, id, {
    network: choices.network ?? network(scope),
    version: '1.34',
    capacity: { min: 2, max: 4 },
    ...choices,
  });
}

/** What a cluster with these choices comes to. */
export function synthCluster(choices: Choices = {}): Synthesized {
  return synth((stack) => cluster(stack, choices));
}

let plainOne: Synthesized | undefined;

/** What a cluster with no more than it needs comes to; made once per file, since most tests look at it. */
export function plain(): Synthesized {
  plainOne ??= synthCluster();
  return plainOne;
}

/** Groups of nodes by the letter of their zone, in its order. */
export function nodeGroups(result: Synthesized): Readonly<Record<string, Block>> {
  const found = Object.entries(all(result, NODE_GROUP)).map(([id, group]): [string, Block] => [
    /_Zone([A-Z])_/.exec(id)?.[1]?.toLowerCase() ?? id,
    group,
  ]);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Add-ons by the name that EKS has for them. */
export function addOns(result: Synthesized): Readonly<Record<string, Block>> {
  return Object.fromEntries(Object.values(all(result, ADD_ON)).map((addOn) => [String(addOn.addon_name), addOn]));
}
