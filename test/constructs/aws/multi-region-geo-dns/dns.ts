import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { HealthCheck } from 'nines';
import { type GeoEndpoint, MultiRegionGeoDNS, type MultiRegionGeoDNSProps } from 'nines/aws';
import { all, type Block, type Synthesized, synth } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:on-call';
export const RECORD = 'aws_route53_record';
export const CHECK = 'aws_route53_health_check';
export const ALARM = 'aws_cloudwatch_metric_alarm';
export const ZONE = { zoneId: 'Z0123456789ABC', name: 'example.com' };

/** A load balancer in each region. */
export const balancers = (...regions: readonly string[]): GeoEndpoint[] =>
  regions.map((region) => ({
    region,
    target: { dnsName: `web.${region}.elb.amazonaws.com`, zoneId: 'Z32O12XQLNTSW2' },
  }));

/** What may be changed about a name. */
export type Choices = Partial<MultiRegionGeoDNSProps>;

/** A name with no more than it needs, over two regions, in a stack of us-east-1. */
export function dns(stack: TerraformStack, choices: Choices = {}, id = 'Dns'): MultiRegionGeoDNS {
  return new MultiRegionGeoDNS(stack, id, {
    hostedZone: ZONE,
    record: 'shop',
    endpoints: balancers('eu-west-1', 'us-east-1'),
    healthCheck: HealthCheck.https('/health/ready'),
    ...choices,
  });
}

/** What a name with these choices comes to. */
export function synthDns(
  choices: Choices | ((stack: TerraformStack) => Choices) = {},
  region = 'us-east-1',
): Synthesized {
  return synth((stack) => dns(stack, typeof choices === 'function' ? choices(stack) : choices), { region });
}

let plainOne: Synthesized | undefined;

/** What a name with no more than it needs comes to; made once per file. */
export function plain(): Synthesized {
  plainOne ??= synthDns();
  return plainOne;
}

/** A provider of another region. */
export const providerOf = (stack: TerraformStack, region: string): AwsProvider =>
  new AwsProvider(stack, `Of-${region}`, { region, alias: region });

/** The one resource of a type whose id holds this. */
export function found(result: Synthesized, type: string, part: string): Block {
  const [first, ...others] = Object.entries(all(result, type)).filter(([id]) => id.includes(part));
  if (!first || others.length > 0)
    throw new Error(`expected one ${type} of ${part}, found ${others.length + (first ? 1 : 0)}`);
  return first[1];
}
