import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, HealthCheck } from 'nines';
import { FloatingAddress, type KeepalivedPairProps, type ZonalNetwork } from 'nines/aws';
import { PAIR_AROUND, PAIR_PROXY } from './random-ec2-pair';

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
export function fullPair(provider: AwsProvider, network: ZonalNetwork): Required<KeepalivedPairProps> {
  return {
    network,
    address: FloatingAddress.overlay('172.31.255.1', { routeTables: { Public: 'rtb-0abc1234' } }),
    healthCheck: HealthCheck.http('/health', { port: 8080 }),
    proxy: PAIR_PROXY,
    machineImage: PAIR_AROUND.machineImage,
    setupCommands: ['apt-get install -y nginx-light'],
    zones: ['us-east-1b', 'us-east-1a'],
    instanceType: 'c7g.large',
    interface: 'ens6',
    ports: [80, 443],
    clients: ['10.9.0.0/16'],
    failoverWithin: Duration.seconds(3),
    advertInterval: Duration.millis(500),
    sessionManager: true,
    notificationTopicArn: PAIR_AROUND.notificationTopicArn,
    provider,
    allowDestroy: false,
    tags: { team: 'shop' },
  };
}
