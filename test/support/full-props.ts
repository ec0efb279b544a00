import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, Size } from 'nines';
import type { ExistingNetworkProps, MultiAZNetworkProps, ZonalNetwork } from 'nines/aws';
import type { TierDraft } from './breakages/tier-draft';

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
type Full<Props> = Props extends Duration | Size | AwsProvider | ZonalNetwork | string | number | boolean
  ? Props
  : { readonly [Prop in keyof Props]-?: Full<NonNullable<Props[Prop]>> };

const ZONES = ['us-east-1a', 'us-east-1b'];

export function fullMadeNetwork(provider: AwsProvider): Full<MultiAZNetworkProps> {
  return {
    cidr: '10.64.0.0/16',
    zones: ZONES,
    subnets: {
      'us-east-1a': { public: '10.64.0.0/24', application: '10.64.64.0/24', data: '10.64.128.0/28' },
      'us-east-1b': { public: '10.64.1.0/24', application: '10.64.65.0/24', data: '10.64.129.0/28' },
    },
    allowNatSinglePointOfFailure: 'us-east-1a',
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}

export function fullExistingNetwork(provider: AwsProvider): Full<ExistingNetworkProps> {
  const subnets = (tier: number) =>
    ZONES.map((zone, position) => ({ zone, subnetId: `subnet-0000${tier}${position}ab` }));
  return {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: subnets(0),
    publicSubnets: subnets(1),
    dataSubnets: subnets(2),
    provider,
  };
}

/** On EC2 and on Fargate at once; a tier takes one of `machineImage` with `instance`, and `container`. */
export function fullTier(provider: AwsProvider, network: ZonalNetwork): Full<TierDraft> {
  return {
    network,
    capacity: {
      peak: 4,
      max: 20,
      tolerateLostZones: 1,
      allowOverloadWhenZoneLost: false,
      safeUse: 0.8,
      requestsPerSecond: 50,
    },
    healthCheck: {
      protocol: 'http',
      path: '/health/ready',
      port: 8080,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      live: '/health/live',
      startup: '/health/startup',
    },
    machineImage: 'ami-0abc1234def567890',
    instance: { type: 't3.small', userData: '#!/bin/sh', volumeSize: Size.gibibytes(20) },
    container: {
      image: 'registry.example.com/shop:1.4.2',
      cpu: 512,
      memory: Size.gibibytes(1),
      architecture: 'ARM64',
      command: ['serve'],
      environment: { LOG_LEVEL: 'info' },
      secrets: { DB: 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/db' },
      logRetention: Duration.days(30),
    },
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0abc1234',
    port: 8081,
    timing: {
      startup: Duration.minutes(1),
      longestRequest: Duration.seconds(20),
      drain: Duration.seconds(30),
      shutdown: Duration.seconds(10),
      slowStart: Duration.seconds(60),
    },
    entrance: {
      internal: false,
      stickiness: Duration.hours(1),
      accessLogs: { bucket: 'shop-access-logs', prefix: 'web' },
    },
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}

/** Paths of all values in props: `timing`, `timing.drain`, `zones.0`, `tags.team`. */
export function pathsIn(props: object): string[] {
  return Object.entries(props).flatMap(([key, value]) => [key, ...below(value).map((path) => `${key}.${path}`)]);
}

function below(value: unknown): string[] {
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(Object(value)) === Object.prototype;
  return isPlain ? pathsIn(Object(value)) : [];
}

/** The paths among them that are declared as props; a name or position that users choose is none. */
export function propsIn(props: object): string[] {
  return pathsIn(props).filter(
    (path) => !/^(subnets|tags|container\.(environment|secrets|command)|zones|\w+Subnets)\./.test(path),
  );
}
