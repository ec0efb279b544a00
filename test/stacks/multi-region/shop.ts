import { type App, Testing } from 'cdktf';
import { Capacity, HealthCheck } from 'nines';
import {
  MultiRegionApplication,
  type MultiRegionApplicationProps,
  type RegionRecovery,
  type RegionStrategy,
} from 'nines/stacks';
import { analysisOf } from '../../../src/stacks/multi-region/fault-model';
import { withDefaults } from '../../../src/stacks/multi-region/props';
import { rtoOf, stepsOf } from '../../../src/stacks/multi-region/strategies';
import { problemsOf, type Synthesized, synthApp } from '../../support/synth';

const ACCOUNT = '123456789012';

/** What differs from region to region. */
export function region(name: string, place: number): MultiRegionApplicationProps['regions'][number] {
  return {
    zones: ['a', 'b', 'c'].map((letter) => `${name}${letter}`),
    network: { cidr: `10.${20 + place}.0.0/16` },
    machineImage: `ami-0abc1234def56789${place}`,
    certificateArn: `arn:aws:acm:${name}:${ACCOUNT}:certificate/shop`,
    databaseSecret: { arn: `arn:aws:secretsmanager:${name}:${ACCOUNT}:secret:shop-AbCdEf`, version: 1 },
    notificationTopicArn: `arn:aws:sns:${name}:${ACCOUNT}:on-call`,
  };
}

export const HOME = 'eu-west-1';
export const OTHER = 'eu-central-1';

/** The least that an application needs, in two regions. */
export const LEAST: MultiRegionApplicationProps = {
  regions: [region(HOME, 0), region(OTHER, 1)],
  dns: {
    hostedZone: { zoneId: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
    record: 'shop',
    healthCheck: HealthCheck.https('/health/ready'),
    notificationTopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:on-call`,
  },
  servers: { capacity: Capacity.forPeak(4), healthCheck: HealthCheck.http('/health/ready', { port: 8080 }) },
  database: { engine: 'postgres', engineVersion: '17.5' },
};

/** The least that a strategy needs. */
export function withStrategy(
  strategy: RegionStrategy,
  recovery: RegionRecovery = {},
  more: Partial<MultiRegionApplicationProps> = {},
): MultiRegionApplicationProps {
  const database = strategy === 'backup-restore' ? { engine: 'postgres' as const } : LEAST.database;
  return { ...LEAST, database, recovery: { strategy, ...recovery }, ...more };
}

/** Builds an application called `shop`. */
export function application(props: MultiRegionApplicationProps = LEAST): MultiRegionApplication {
  return new MultiRegionApplication(Testing.app(), 'shop', props);
}

/** Builds one, and gives what Terraform gets of each stack. */
export function applied(props: MultiRegionApplicationProps = LEAST): {
  readonly shop: MultiRegionApplication;
  readonly stacks: Readonly<Record<string, Synthesized>>;
} {
  let shop: MultiRegionApplication | undefined;
  const stacks = synthApp((app: App) => {
    shop = new MultiRegionApplication(app, 'shop', props);
  });
  if (!shop) throw new Error('nothing was built');
  return { shop, stacks };
}

/** What is computed of one, without building it. */
export function computed(props: MultiRegionApplicationProps) {
  const settings = withDefaults(props);
  return { analysis: analysisOf(settings), rto: rtoOf(stepsOf(settings.recovery.strategy, settings.facts)) };
}

/** The problems that one is refused for. */
export function problems(props: object): readonly string[] {
  return problemsOf(() => application({ ...LEAST, ...props }));
}
