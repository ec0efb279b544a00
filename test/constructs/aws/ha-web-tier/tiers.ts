import type { Construct } from 'constructs';
import { Capacity, HealthCheck } from 'nines';
import { HAWebTier, type HAWebTierProps, MultiAZNetwork, type WebTierContainer, type ZonalNetwork } from 'nines/aws';
import { type Synthesized, synth } from '../../../support/synth';

export const MACHINE_IMAGE = 'ami-0abc1234def567890';
export const CONTAINER_IMAGE = 'registry.example.com/shop:1.4.2';
export const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/0f1e2d3c';

/** A VPC that is there already, with subnets in the first so many zones of eu-west-1. */
export function network(scope: Construct, zones = 3, id = 'Network'): ZonalNetwork {
  const subnets = (tier: number) =>
    ['a', 'b', 'c', 'd'].slice(0, zones).map((letter) => ({
      zone: `eu-west-1${letter}`,
      subnetId: `subnet-0abc${tier}00${letter}`,
    }));
  return MultiAZNetwork.fromExisting(scope, id, {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: subnets(1),
    publicSubnets: subnets(2),
  });
}

/** What may be changed about a tier. */
export type Choices = Partial<HAWebTierProps>;

/** A tier on EC2 with no more than it needs: a peak of four servers over three zones. */
export function onEc2(scope: Construct, choices: Choices = {}, id = 'Web'): HAWebTier {
  return new HAWebTier(scope, id, { ...needed(scope, choices), machineImage: MACHINE_IMAGE, ...choices });
}

/** The same on Fargate. */
export function onFargate(
  scope: Construct,
  { container, ...choices }: Omit<Choices, 'container'> & { readonly container?: Partial<WebTierContainer> } = {},
  id = 'Web',
): HAWebTier {
  return new HAWebTier(scope, id, {
    ...needed(scope, choices),
    ...choices,
    container: { image: CONTAINER_IMAGE, ...container },
  });
}

/** Both kinds, for promises that hold on each. */
export const KINDS: readonly [
  'EC2' | 'Fargate',
  (scope: Construct, choices?: Omit<Choices, 'container'>, id?: string) => HAWebTier,
][] = [
  ['EC2', onEc2],
  ['Fargate', onFargate],
];

function needed(scope: Construct, choices: Choices) {
  return {
    network: choices.network ?? network(scope),
    capacity: Capacity.forPeak(4),
    healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
  };
}

/** What a tier on EC2 with no more than it needs comes to; made once per file, since most tests look at it. */
export const plainEc2 = once(() => synth(onEc2));

/** The same on Fargate. */
export const plainFargate = once(() => synth((stack) => onFargate(stack)));

function once(make: () => Synthesized): () => Synthesized {
  let made: Synthesized | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
