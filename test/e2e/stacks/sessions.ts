import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { TerraformStack } from 'cdktf';
import { SessionStore } from 'nines/aws';
import { networkThere } from './there';

export const REGION = 'eu-west-1';
export const ZONES = ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`);

/** A store of each engine, and one in cluster mode. */
export function sessions(stack: TerraformStack, allowDestroy: boolean): void {
  new AwsProvider(stack, 'Aws', { region: REGION });
  const network = networkThere(stack, 'Network', { zones: ZONES, second: 40 });
  const notificationTopicArn = new SnsTopic(stack, 'Topic', { name: 'sessions' }).arn;
  const common = { network, allowDestroy, notificationTopicArn, tags: { team: 'shop' } };

  new SessionStore(stack, 'Valkey', common);
  new SessionStore(stack, 'Redis', { ...common, engine: 'redis', replicas: 1 });
  new SessionStore(stack, 'Sharded', { ...common, shards: 2 });
}
