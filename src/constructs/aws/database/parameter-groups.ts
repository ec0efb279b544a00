import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { type PossibleSettings, rdsPrefix } from './parts';

/** A parameter group for instances; its name. */
export function instanceParameters(owner: Construct, databaseId: string, settings: PossibleSettings): string {
  return new DbParameterGroup(owner, 'Parameters', groupConfig(owner, databaseId, settings)).name;
}

/** A parameter group for clusters; its name. */
export function clusterParameters(owner: Construct, databaseId: string, settings: PossibleSettings): string {
  return new RdsClusterParameterGroup(owner, 'Parameters', groupConfig(owner, databaseId, settings)).name;
}

/**
 * An upgrade changes the family, and with it the group: the new one is there before the old one goes, under
 * another name, or the upgrade fails halfway (terraform-provider-aws#6448).
 */
function groupConfig(owner: Construct, databaseId: string, settings: PossibleSettings) {
  const { support, engineVersion, parameters } = settings;
  return {
    namePrefix: rdsPrefix(databaseId, 100),
    family: support.family(engineVersion),
    description: 'Parameters of a database', // fixed: changing it replaces the group
    parameter: Object.entries({ ...parameters, [support.tls.name]: support.tls.value })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      // "immediate" is refused for static parameters, and never settles for one at its default (terraform-provider-aws#39252)
      .map(([name, value]) => ({ name, value, applyMethod: 'pending-reboot' })),
    lifecycle: { createBeforeDestroy: true },
    ...named(owner, 'Parameters', settings),
  };
}
