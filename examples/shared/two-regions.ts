import { Capacity, Duration, HealthCheck } from 'nines';
import type { ApplicationRegion, MultiRegionApplicationProps } from 'nines/stacks';

/**
 * A shop in Ireland and in Frankfurt, as the examples of the recovery strategies share it. What cannot leave its region comes from
 * the environment: CERTIFICATE_EU_WEST_1, IMAGE_EU_WEST_1, SECRET_EU_WEST_1, TOPIC_EU_WEST_1, and the same of EU_CENTRAL_1.
 */
export const TWO_REGIONS = {
  regions: [region('eu-west-1', '10.20.0.0/16'), region('eu-central-1', '10.21.0.0/16')],
  dns: {
    hostedZone: process.env.HOSTED_ZONE ?? 'example.com',
    record: 'shop',
    healthCheck: HealthCheck.https('/health/ready'),
  },
  servers: {
    capacity: Capacity.forPeak(4), // 4 carry the peak -> 6 over 3 zones of each region that serves
    healthCheck: HealthCheck.http('/health/ready', {
      port: 8080,
      interval: Duration.seconds(5),
      timeout: Duration.seconds(2),
      unhealthyThreshold: 2,
    }),
  },
  database: { engine: 'postgres', engineVersion: '17.5' },
  allowDestroy: process.env.ALLOW_DESTROY === 'yes',
} satisfies MultiRegionApplicationProps;

function region(name: string, cidr: string): ApplicationRegion {
  const own = (what: string, otherwise: string) =>
    process.env[`${what}_${name.toUpperCase().replaceAll('-', '_')}`] ?? otherwise;
  const secretArn = own('SECRET', `arn:aws:secretsmanager:${name}:123456789012:secret:shop-AbCdEf`);
  return {
    zones: ['a', 'b', 'c'].map((letter) => `${name}${letter}`),
    network: { cidr },
    machineImage: own('IMAGE', 'ami-0abc1234def567890'),
    certificateArn: own('CERTIFICATE', `arn:aws:acm:${name}:123456789012:certificate/shop`),
    databaseSecret: { arn: secretArn, version: 1 },
    notificationTopicArn: own('TOPIC', `arn:aws:sns:${name}:123456789012:on-call`),
  };
}
