import type { Cloud } from '../support/cloud';
import type { Before } from './databases';

/** Makes what the databases find in the cloud: a secret, a snapshot of an instance, a cluster. */
export async function makeBefore(cloud: Cloud, password: string): Promise<Before> {
  const rds = (...args: string[]) => cloud.aws('rds', ...args);
  const old = ['--engine-version', '17', '--master-username', 'old', '--master-user-password', 'of-the-old-one'];
  const secret = await cloud.aws<{ ARN: string }>(
    ...['secretsmanager', 'create-secret', '--name', 'shop', '--secret-string'],
    JSON.stringify({ username: 'dbadmin', password }),
  );
  await rds(
    ...['create-db-instance', '--db-instance-identifier', 'before', '--engine', 'postgres', ...old, '--db-name', 'old'],
    ...['--db-instance-class', 'db.m6g.large', '--allocated-storage', '100', '--storage-type', 'gp3'],
    '--storage-encrypted',
  );
  await rds('create-db-snapshot', '--db-instance-identifier', 'before', '--db-snapshot-identifier', 'before');
  await rds('delete-db-instance', '--db-instance-identifier', 'before', '--skip-final-snapshot');
  await rds(
    ...['create-db-cluster', '--db-cluster-identifier', 'before', '--engine', 'aurora-postgresql', ...old],
    '--storage-encrypted',
  );
  return { secretArn: secret.ARN, snapshot: 'before', cluster: 'before' };
}
