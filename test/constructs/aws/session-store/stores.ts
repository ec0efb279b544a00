import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { MultiAZNetwork, SessionStore, type SessionStoreProps, type ZonalNetwork } from 'nines/aws';
import { type Synthesized, synth } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
export const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0abc1234-12ab';

/** A VPC that is there already, with data subnets in the first so many zones of eu-west-1. */
export function network(scope: Construct, zones = 3, id = 'Network'): ZonalNetwork {
  const subnets = (tier: number) =>
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].slice(0, zones).map((letter, position) => ({
      zone: `eu-west-1${letter}`,
      subnetId: `subnet-0abc${tier}00${position}`,
    }));
  return MultiAZNetwork.fromExisting(scope, id, {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: subnets(1),
    publicSubnets: subnets(2),
    dataSubnets: subnets(3),
  });
}

/** What may be changed about a store. */
export type Choices = Partial<SessionStoreProps>;

/** A store with no more than it needs, over three zones. */
export function store(scope: Construct, choices: Choices = {}, id = 'Sessions'): SessionStore {
  return new SessionStore(scope, id, { network: choices.network ?? network(scope), ...choices });
}

/** What a store with these choices comes to. */
export function synthStore(choices: Choices = {}): Synthesized {
  return synth((stack) => store(stack, choices));
}

/** What a store publishes under a name, as Terraform gets it. */
export function published(name: 'endpoint' | 'readerEndpoint' | 'userName', choices: Choices = {}): unknown {
  const result = synth((stack) => {
    new TerraformOutput(stack, 'it', { value: store(stack, choices)[name] });
  });
  return result.output.it?.value;
}

let plainOne: Synthesized | undefined;

/** What a store with no more than it needs comes to; made once per file, since most tests look at it. */
export function plain(): Synthesized {
  plainOne ??= synthStore();
  return plainOne;
}

export const GROUP = 'aws_elasticache_replication_group';
export const PARAMETERS = 'aws_elasticache_parameter_group';
export const USER = 'aws_elasticache_user';
export const USER_GROUP = 'aws_elasticache_user_group';
