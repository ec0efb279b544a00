import type { Construct } from 'constructs';
import { HealthCheck } from 'nines';
import {
  FloatingAddress,
  KeepalivedPair,
  type KeepalivedPairProps,
  MultiAZNetwork,
  type ZonalNetwork,
} from 'nines/aws';
import { type Block, only, type Synthesized, synth } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
export const IMAGE = 'ami-0abc1234def567890';

/** A VPC that is there already, with public and application subnets in the first so many zones of eu-west-1. */
export function network(scope: Construct, zones = 3): ZonalNetwork {
  const subnets = (tier: number) =>
    ['a', 'b', 'c', 'd'].slice(0, zones).map((letter, position) => ({
      zone: `eu-west-1${letter}`,
      subnetId: `subnet-0abc${tier}00${position}`,
    }));
  return MultiAZNetwork.fromExisting(scope, 'Network', {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: subnets(1),
    publicSubnets: subnets(2),
  });
}

export const ROUTE_TABLES = { Public: 'rtb-0abc1234', Data: 'rtb-0abc5678' };
export const OVERLAY = FloatingAddress.overlay('172.31.255.1', { routeTables: ROUTE_TABLES });

/** A pair with no more than it needs, with an Elastic IP unless said. */
export function pair(scope: Construct, choices: Partial<KeepalivedPairProps> = {}): KeepalivedPair {
  return new KeepalivedPair(scope, 'Edge', {
    network: choices.network ?? network(scope),
    address: FloatingAddress.elasticIp(),
    healthCheck: HealthCheck.http('/health', { port: 8080 }),
    machineImage: IMAGE,
    ...choices,
  });
}

/** What a pair with these choices comes to. */
export function synthPair(choices: Partial<KeepalivedPairProps> = {}): Synthesized {
  return synth((stack) => pair(stack, choices));
}

const made = new Map<string, Synthesized>();

/** What a pair with no more than it needs comes to; made once per file. */
export function plain(kind: 'elastic' | 'overlay' = 'elastic'): Synthesized {
  const known = made.get(kind) ?? synthPair(kind === 'overlay' ? { address: OVERLAY } : {});
  made.set(kind, known);
  return known;
}

/** The statements of the hosts' policy. */
export function statements(result: Synthesized): readonly Block[] {
  return JSON.parse(String(only(result, 'aws_iam_role_policy').policy)).Statement;
}

/** The block of a host, by the letter of its zone. */
export function ofHost(result: Synthesized, type: string, letter: 'A' | 'B' | 'C'): Block {
  const found = Object.entries(result.resource[type] ?? {}).filter(([id]) => id.includes(`Zone${letter}`));
  const [[, block] = []] = found;
  if (block === undefined || found.length > 1) throw new Error(`${found.length} ${type} in zone ${letter}`);
  return block;
}
