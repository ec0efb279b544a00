import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, HealthCheck, Routing } from 'nines';
import type { MultiRegionGeoDNSProps, RegionalRecordProps } from 'nines/aws';
import { GEO_TOPIC } from './random-geo-dns';

/** Props of which none is left out: the compiler finds the one that was added and is missing here. Of us-east-1. */
export function fullGeoDns(provider: AwsProvider, oregon: AwsProvider): Required<MultiRegionGeoDNSProps> {
  return {
    hostedZone: { zoneId: 'Z0123456789ABC', name: 'example.com' },
    record: 'shop',
    endpoints: [
      {
        region: 'eu-west-1',
        target: { dnsName: 'web.eu-west-1.elb.amazonaws.com', zoneId: 'Z32O12XQLNTSW2' },
        checkHost: 'eu.example.com',
        alarm: { name: 'writer-gone', region: 'eu-west-1' },
        routingControlArn: 'arn:aws:route53-recovery-control::123456789012:controlpanel/0abc/routingcontrol/0def',
      },
      { region: 'us-east-1', target: { record: 'us.shop' } },
      { region: 'sa-east-1', target: { address: '203.0.114.1', ipv6Address: '2600:1f18::1' } },
    ],
    routing: Routing.weighted({ 'eu-west-1': 9, 'us-east-1': 1 }),
    healthCheck: HealthCheck.https('/health/ready'),
    writerCheck: HealthCheck.https('/health/writer', { port: 8443 }),
    ttl: Duration.seconds(30),
    detectWithin: Duration.minutes(2),
    checkerRegions: ['us-east-1', 'eu-west-1', 'sa-east-1'],
    lastResort: { dnsName: 'd111111abcdef8.cloudfront.net', zoneId: 'Z2FDTNDATAQYW2' },
    switchRegions: [
      { region: 'us-east-1', provider },
      { region: 'us-west-2', provider: oregon },
    ],
    usEast1Provider: provider,
    queryLogRetention: Duration.days(90),
    dnssec: true,
    notificationTopicArn: GEO_TOPIC,
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}

/** The same of a `RegionalRecord`. */
export function fullRegionalRecord(provider: AwsProvider): Required<RegionalRecordProps> {
  return {
    hostedZone: { zoneId: 'Z0123456789ABC', name: 'example.com' },
    record: 'eu-west-1.shop',
    target: { dnsName: 'web.eu-west-1.elb.amazonaws.com', zoneId: 'Z32O12XQLNTSW2' },
    provider,
    allowDestroy: false,
  };
}
