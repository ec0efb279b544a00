import type { Cloud } from './cloud';

interface Tagged {
  readonly TagList: readonly { readonly Key: string; readonly Value: string }[];
}
export interface Instance extends Tagged {
  readonly DBInstanceIdentifier: string;
  readonly AvailabilityZone: string;
  readonly PromotionTier?: number;
  readonly EngineVersion: string;
  readonly MasterUserSecret?: { readonly SecretArn: string };
}
export interface Cluster extends Tagged {
  readonly DBClusterIdentifier: string;
  readonly DBClusterArn: string;
  readonly EngineVersion: string;
  readonly DBClusterMembers: readonly { readonly DBInstanceIdentifier: string; readonly IsClusterWriter: boolean }[];
  readonly MasterUserSecret?: { readonly SecretArn: string };
}
interface Parameters {
  readonly Parameters: readonly { readonly ParameterName: string; readonly ParameterValue: string }[];
}

/** RDS of a region, as the AWS command line shows it. */
export class Rds {
  constructor(
    private readonly cloud: Cloud,
    private readonly region: string,
  ) {}

  /** Runs an RDS command. */
  ask<Answer>(...args: string[]): Promise<Answer> {
    return this.cloud.aws<Answer>('rds', ...args, '--region', this.region);
  }

  /** Instances that Terraform made, by the path of their construct. */
  async instances(): Promise<Record<string, Instance>> {
    return byPath((await this.ask<{ DBInstances: Instance[] }>('describe-db-instances')).DBInstances);
  }

  /** Clusters, by the path of their construct. */
  async clusters(): Promise<Record<string, Cluster>> {
    return byPath((await this.ask<{ DBClusters: Cluster[] }>('describe-db-clusters')).DBClusters);
  }

  /** What was set in the parameter groups of instances and clusters: `family name=value`, sorted. */
  async parameters(): Promise<string[]> {
    const { DBParameterGroups: ofInstances } = await this.ask<{
      DBParameterGroups: { DBParameterGroupName: string; DBParameterGroupFamily: string }[];
    }>('describe-db-parameter-groups');
    const { DBClusterParameterGroups: ofClusters } = await this.ask<{
      DBClusterParameterGroups: { DBClusterParameterGroupName: string; DBParameterGroupFamily: string }[];
    }>('describe-db-cluster-parameter-groups');
    const lines: string[] = [];
    const add = (family: string, { Parameters: parameters }: Parameters) =>
      lines.push(...parameters.map(({ ParameterName: name, ParameterValue: value }) => `${family} ${name}=${value}`));
    for (const { DBParameterGroupName: name, DBParameterGroupFamily: family } of ofInstances)
      add(family, await this.ask('describe-db-parameters', '--db-parameter-group-name', name));
    for (const { DBClusterParameterGroupName: name, DBParameterGroupFamily: family } of ofClusters)
      add(family, await this.ask('describe-db-cluster-parameters', '--db-cluster-parameter-group-name', name));
    return lines.sort();
  }

  /** Names of the snapshots that nobody but a user or a removal takes, of instances and of clusters. */
  async snapshots(): Promise<string[]> {
    const { DBSnapshots: ofInstances } = await this.ask<{ DBSnapshots: { DBSnapshotIdentifier: string }[] }>(
      ...['describe-db-snapshots', '--snapshot-type', 'manual'],
    );
    const { DBClusterSnapshots: ofClusters } = await this.ask<{
      DBClusterSnapshots: { DBClusterSnapshotIdentifier: string }[];
    }>('describe-db-cluster-snapshots', '--snapshot-type', 'manual');
    return [
      ...ofInstances.map((snapshot) => snapshot.DBSnapshotIdentifier),
      ...ofClusters.map((snapshot) => snapshot.DBClusterSnapshotIdentifier),
    ].sort();
  }
}

/** By the path of the construct, which is their `Name`; those that Terraform did not make have none. */
function byPath<Item extends Tagged>(items: readonly Item[]): Record<string, Item> {
  const entries = items.map((item) => [item.TagList.find(({ Key }) => Key === 'Name')?.Value, item] as const);
  return Object.fromEntries(entries.filter(([path]) => path !== undefined));
}
