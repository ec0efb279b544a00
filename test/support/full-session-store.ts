import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration } from 'nines';
import type { SessionStoreProps, ZonalNetwork } from 'nines/aws';
import { STORE_AROUND } from './random-session-store';

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
export function fullStore(provider: AwsProvider, network: ZonalNetwork): Required<SessionStoreProps> {
  return {
    network,
    engine: 'valkey',
    engineVersion: '8.1',
    nodeType: 'cache.m7g.large',
    replicas: 2,
    shards: 3,
    parameters: { timeout: '300' },
    userGroupId: STORE_AROUND.userGroupId,
    snapshotRetention: Duration.days(7),
    snapshotWindow: '02:00-03:00',
    maintenanceWindow: 'sun:04:00-sun:05:00',
    kmsKeyArn: STORE_AROUND.kmsKeyArn,
    notificationTopicArn: STORE_AROUND.notificationTopicArn,
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}
