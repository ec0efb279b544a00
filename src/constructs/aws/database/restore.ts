import type { DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import type { RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster';
import type { DatabaseMoment } from './prop-parts';
import { gibibytes, type Settings } from './props';

/** What an instance is made from. A restored one brings user, database and size of its original. */
export function instanceOrigin({ restoreFrom, master, databaseName, storage }: Settings): Partial<DbInstanceConfig> {
  if (!restoreFrom) {
    return {
      username: master.username,
      dbName: databaseName,
      allocatedStorage: storage && gibibytes(storage.size),
    };
  }
  if ('snapshot' in restoreFrom) return { snapshotIdentifier: restoreFrom.snapshot };
  const { time: restoreTime } = restoreFrom;
  return { restoreToPointInTime: { ...instanceSource(restoreFrom), restoreTime, ...latest(restoreFrom) } };
}

function instanceSource({ source }: DatabaseMoment) {
  if (/:auto-backup:/.test(source)) return { sourceDbInstanceAutomatedBackupsArn: source };
  if (/^db-[A-Z0-9]+$/.test(source)) return { sourceDbiResourceId: source };
  return { sourceDbInstanceIdentifier: source };
}

/** What a cluster is made from. A restored one brings user and database of its original. */
export function clusterOrigin({ restoreFrom, master, databaseName }: Settings): Partial<RdsClusterConfig> {
  if (!restoreFrom) return { masterUsername: master.username, databaseName };
  if ('snapshot' in restoreFrom) return { snapshotIdentifier: restoreFrom.snapshot };
  const { time: restoreToTime } = restoreFrom;
  const restoreType = 'full-copy'; // left out, the provider sends an empty one
  return {
    restoreToPointInTime: { ...clusterSource(restoreFrom), restoreToTime, restoreType, ...latest(restoreFrom) },
  };
}

function clusterSource({ source }: DatabaseMoment) {
  return /^cluster-[A-Z0-9]+$/.test(source) ? { sourceClusterResourceId: source } : { sourceClusterIdentifier: source };
}

function latest({ time }: DatabaseMoment) {
  return time === undefined ? { useLatestRestorableTime: true } : {};
}

// Arguments that count when a server is made, never again. What RDS answers of a restored one is the original's; one
// that was restored by hand and imported has another name.
export const INSTANCE_ORIGIN = [
  ...['identifier_prefix', 'snapshot_identifier', 'restore_to_point_in_time'],
  ...['username', 'db_name'],
];
export const CLUSTER_ORIGIN = [
  ...['cluster_identifier_prefix', 'snapshot_identifier', 'restore_to_point_in_time'],
  ...['master_username', 'database_name'],
];
