import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { TerraformStack } from 'cdktf';
import { Duration, HealthCheck, Routing } from 'nines';
import { type GeoTarget, MultiRegionGeoDNS } from 'nines/aws';

export const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];

const balancer = (region: string): GeoTarget => ({
  dnsName: `web-1.${region}.elb.amazonaws.com`,
  zoneId: 'Z32O12XQLNTSW2',
});

/** A zone of its own with names of every kind of routing and target, signed, with a log. */
export function geoDns(stack: TerraformStack, allowDestroy: boolean, moving: Routing): void {
  const provider = new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
  const oregon = new AwsProvider(stack, 'Oregon', { region: 'us-west-2', alias: 'oregon' });
  const hostedZone = new Route53Zone(stack, 'Zone', { name: 'names.example.com' });
  const notificationTopicArn = new SnsTopic(stack, 'Topic', { name: 'names' }).arn;
  const endpoints = (target: (region: string, position: number) => GeoTarget) =>
    REGIONS.map((region, position) => ({ region, target: target(region, position) }));
  const common = {
    ...{ hostedZone, healthCheck: HealthCheck.https('/health/ready'), notificationTopicArn, allowDestroy },
    tags: { team: 'shop' },
  };

  new MultiRegionGeoDNS(stack, 'Moving', {
    ...common,
    record: 'moving',
    endpoints: endpoints(balancer),
    routing: moving,
  });
  new MultiRegionGeoDNS(stack, 'Tree', {
    ...common,
    endpoints: endpoints(balancer),
    routing: Routing.geolocation({
      continents: {
        EU: Routing.failover('eu-west-1', 'us-east-1'),
      },
      countries: { BR: 'us-east-1' },
      states: { CA: 'us-east-1' },
      default: 'ap-southeast-2',
    }),
    writerCheck: HealthCheck.https('/health/writer', { port: 8443 }),
    switchRegions: [{ region: 'us-west-2', provider: oregon }],
    lastResort: { dnsName: 'd111111abcdef8.cloudfront.net', zoneId: 'Z2FDTNDATAQYW2' },
    usEast1Provider: provider,
    queryLogRetention: Duration.days(30),
    dnssec: true,
  });
  new MultiRegionGeoDNS(stack, 'Addresses', {
    ...common,
    record: 'addresses',
    endpoints: endpoints((_, position) => ({
      address: `203.0.114.${position}`,
      ipv6Address: `2600:1f18::${position + 1}`,
    })),
    ttl: Duration.seconds(30),
  });
  new MultiRegionGeoDNS(stack, 'Elsewhere', {
    ...common,
    record: 'elsewhere',
    endpoints: endpoints((region) => ({ cname: `${region}.example.net` })),
    routing: Routing.failover('us-east-1', 'eu-west-1'),
  });
}
