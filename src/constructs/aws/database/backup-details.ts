import type { BackupSourceDetails } from '../backup-source';
import type { TopologyProps } from './parts';
import type { Server } from './server';

/** What AWS Backup has to know of a database. https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html */
export function backupDetails(
  { instance, cluster, aurora }: Server,
  { settings, placement }: TopologyProps,
): BackupSourceDetails {
  const { topology, backups, maintenance, kmsKeyArn, instanceClass } = settings;
  return {
    arn: (instance ?? cluster)?.arn ?? '',
    kind: aurora ? 'Aurora' : 'RDS',
    continuous: backups.continuousByPlan,
    ...(topology === 'cluster' && { noCopies: 'AWS Backup copies no Multi-AZ cluster anywhere' }),
    hasOwnKey: kmsKeyArn !== undefined,
    // beside the original: whoever reaches that reaches the restored one
    restoreMetadata: {
      dbSubnetGroupName: placement.subnetGroupName,
      vpcSecurityGroupIds: `["${placement.securityGroup.id}"]`,
      ...(instance && { dbInstanceClass: instanceClass }),
    },
    ...(!aurora && { busy: { daily: backups.window, weekly: maintenance.window } }), // Aurora takes them at any time
  };
}
