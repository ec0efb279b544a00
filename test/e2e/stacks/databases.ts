import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { TerraformStack } from 'cdktf';
import { Duration, Size } from 'nines';
import { MultiAZDatabase } from 'nines/aws';
import { networkThere } from './there';

export const HERE = 'eu-west-1';
export const THERE = 'eu-central-1';
const zones = (region: string) => ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
export const ZONES = zones(HERE);

/** What the cloud has before. */
export interface Before {
  /** A secret of the user's. */
  readonly secretArn: string;
  /** A snapshot of an instance. */
  readonly snapshot: string;
  /** Identifier of an Aurora cluster. */
  readonly cluster: string;
}

/**
 * Every topology with every engine that it has, proxies, and databases that were restored; what from, these say no longer
 * once they may be removed.
 */
export function inOneRegion(stack: TerraformStack, before: Before, allowDestroy: boolean): void {
  const common = { ...surroundings(stack, 30), allowDestroy, tags: { team: 'shop' } };
  const provider = new AwsProvider(stack, 'There', { region: THERE, alias: 'there' });
  const key = new KmsKey(stack, 'Key', { description: 'Databases', enableKeyRotation: true });
  const master = { secret: { arn: before.secretArn, version: 1 } };

  new MultiAZDatabase(stack, 'Standby', {
    ...{ ...common, engine: 'postgres', proxy: true, databaseName: 'shop' },
    regionLoss: { keep: 'backups', provider },
  });
  new MultiAZDatabase(stack, 'Mysql', { ...common, engine: 'mysql', master });
  new MultiAZDatabase(stack, 'Maria', {
    ...{ ...common, engine: 'mariadb' },
    storage: { size: Size.gibibytes(400), iops: 12_000, kmsKeyArn: key.arn },
    backups: { retention: Duration.days(35) },
  });
  new MultiAZDatabase(stack, 'Restored', {
    ...{ ...common, engine: 'postgres' },
    restoreFrom: allowDestroy ? undefined : { snapshot: before.snapshot },
  });
  new MultiAZDatabase(stack, 'Cluster', { ...common, engine: 'postgres', topology: 'cluster', proxy: true });
  new MultiAZDatabase(stack, 'MysqlCluster', { ...common, engine: 'mysql', topology: 'cluster', master });
  new MultiAZDatabase(stack, 'Aurora', { ...common, engine: 'postgres', topology: 'aurora', proxy: true });
  new MultiAZDatabase(stack, 'MysqlAurora', { ...common, engine: 'mysql', topology: 'aurora' });
  new MultiAZDatabase(stack, 'RestoredAurora', {
    ...{ ...common, engine: 'postgres', topology: 'aurora' },
    restoreFrom: allowDestroy ? undefined : { source: before.cluster },
  });
}

/** An instance, and a read replica in another region. */
export function followed(stack: TerraformStack, { secretArn }: Before, allowDestroy: boolean): void {
  new MultiAZDatabase(stack, 'Database', {
    ...{
      ...surroundings(stack, 32),
      allowDestroy,
      engine: 'mysql',
      master: { secret: { arn: secretArn, version: 1 } },
    },
    regionLoss: { keep: 'read replica', ...elsewhere(stack, 33) },
  });
}

/** An Aurora global database. */
export function worldwide(stack: TerraformStack, { secretArn }: Before, allowDestroy: boolean): void {
  new MultiAZDatabase(stack, 'Database', {
    ...{ ...surroundings(stack, 34), allowDestroy, engine: 'postgres', topology: 'aurora' },
    master: { secret: { arn: secretArn, version: 1 } },
    regionLoss: { keep: 'global database', ...elsewhere(stack, 35) },
  });
}

function surroundings(stack: TerraformStack, second: number) {
  new AwsProvider(stack, 'Aws', { region: HERE });
  return {
    network: networkThere(stack, 'Network', { zones: ZONES, second }),
    notificationTopicArn: new SnsTopic(stack, 'Topic', { name: stack.node.id }).arn,
  };
}

function elsewhere(stack: TerraformStack, second: number) {
  const provider = new AwsProvider(stack, 'There', { region: THERE, alias: 'there' });
  return { provider, network: networkThere(stack, 'NetworkElsewhere', { zones: zones(THERE), second, provider }) };
}
