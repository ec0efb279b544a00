import { all, type Synthesized } from '../../support/synth';

/** What a region stands on, read from what Terraform gets. */
export function shapeOf(stack: Synthesized | undefined) {
  if (!stack) throw new Error('no such stack');
  const one = (type: string) => Object.values(all(stack, type))[0];
  const group = one('aws_autoscaling_group');
  const cluster = one('aws_rds_cluster');
  return {
    servers: group && [group.min_size, group.max_size, group.desired_capacity],
    database: cluster ? 'aurora' : one('aws_db_instance') ? 'instance' : 'none',
    follows: cluster?.global_cluster_identifier ?? 'nothing',
    forwards: cluster?.enable_global_write_forwarding ?? false,
    sessions: one('aws_elasticache_replication_group')?.num_cache_clusters ?? 0,
    copies: Object.keys(all(stack, 'aws_db_instance_automated_backups_replication')).length,
    plans: Object.keys(all(stack, 'aws_backup_plan')).length,
  };
}

/** The stack of a region. */
export function stackOf(stacks: Readonly<Record<string, Synthesized>>, name: string): Synthesized {
  const found = stacks[`shop-${name}`];
  if (!found) throw new Error(`no stack of ${name}`);
  return found;
}
