import type { ZonalNetwork } from 'nines/aws';

/** A network as a user might write it, with data subnets in zones of these letters. */
export function plainNetwork(region: string, letters: string, data = letters): ZonalNetwork {
  const subnets = (of: string) =>
    [...of].map((letter) => ({ zone: `${region}${letter}`, subnetId: `subnet-${letter}` }));
  return {
    vpcId: 'vpc-0abc1234',
    zones: [...letters].map((letter) => `${region}${letter}`),
    publicSubnets: [],
    applicationSubnets: subnets(letters),
    dataSubnets: subnets(data),
  };
}

/** A provider of a region, as far as anything looks at it before it is built. */
export function plainProvider(region: string) {
  return { fqn: 'aws.plain', region };
}
