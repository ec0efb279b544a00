import { ApiObject } from 'cdk8s/lib/api-object';
import { Construct } from 'constructs';
import { InvalidPropsError } from '../../validation';
import { backupSpec, drillSpec } from './database-backup/jobs';
import { problemsIn } from './database-backup/problems';
import { type DatabaseBackupProps, withDefaults } from './database-backup/props';
import { scripts } from './database-backup/scripts';
import { warningsOf } from './database-backup/warnings';
import { objectName } from './naming';

/**
 * Backups of a PostgreSQL database that are known to restore.
 *
 * Every day a job dumps the database, encrypts the dump so that the job itself cannot read it again, and uploads a copy
 * into the folder of every tier that is due, as a `BackupBucket` rotates them. Another job restores the newest one into
 * a server inside its own pod, and compares rows and checksums of every table with those of the same snapshot. What
 * fails half-way leaves no object, and a failed Job. See `examples/shop-kubernetes.ts` and `docs/database-backup.md`.
 */
export class DatabaseBackup extends Construct {
  /** Name of its objects, and of its folder in every tier. */
  public readonly backupName: string;
  /** ServiceAccount of the backup: what may add objects to the bucket, and neither read nor remove any. */
  public readonly serviceAccountName: string;
  /** ServiceAccount of the drill: what may list and read them; none without a drill. */
  public readonly drillServiceAccountName: string | undefined;
  /** The CronJob that makes backups. */
  public readonly cronJob: ApiObject;
  /** The CronJob that restores them; none without a drill. */
  public readonly drillCronJob: ApiObject | undefined;
  /** Labels that the pods of both jobs carry, and no others in the namespace; what a database lets in. */
  public readonly selector: Readonly<Record<string, string>>;
  /** What was chosen against safety; one sentence each. */
  public readonly warnings: readonly string[];

  constructor(scope: Construct, id: string, props: DatabaseBackupProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(props, settings), this);
    const { drill, recipients } = settings;
    const name = settings.name ?? objectName(this, LONGEST_NAME);
    // not the label of an instance alone: a web tier of the same name would take the jobs for its servers
    const selector = { 'app.kubernetes.io/component': 'database-backup', 'app.kubernetes.io/part-of': name };
    const object = (childId: string, apiVersion: string, kind: string, objectName: string, content: object) =>
      new ApiObject(this, childId, {
        apiVersion,
        kind,
        metadata: { name: objectName, labels: { ...selector } },
        ...content,
      });
    const account = (childId: string, accountName: string) =>
      object(childId, 'v1', 'ServiceAccount', accountName, { automountServiceAccountToken: false });

    object('Scripts', 'v1', 'ConfigMap', name, {
      data: { ...scripts(), recipients: [...new Set(recipients)].map((recipient) => `${recipient}\n`).join('') },
    });
    if (settings.serviceAccountName === undefined) account('ServiceAccount', name);
    this.serviceAccountName = settings.serviceAccountName ?? name;
    this.cronJob = object('Resource', 'batch/v1', 'CronJob', name, {
      spec: backupSpec(settings, { name, labels: selector, serviceAccountName: this.serviceAccountName }),
    });
    if (drill) {
      const drillName = `${name}-drill`;
      const serviceAccountName = drill.serviceAccountName ?? drillName;
      if (drill.serviceAccountName === undefined) account('DrillServiceAccount', drillName);
      this.drillServiceAccountName = serviceAccountName;
      this.drillCronJob = object('Drill', 'batch/v1', 'CronJob', drillName, {
        spec: drillSpec(settings, drill, { name, labels: selector, serviceAccountName }),
      });
    }
    object('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', name, {
      spec: { podSelector: { matchLabels: { ...selector } }, policyTypes: ['Ingress'] }, // nobody connects to a job
    });

    this.node.defaultChild = this.cronJob;
    this.backupName = name;
    this.selector = selector;
    this.warnings = warningsOf(settings);
  }
}

/** With what may come before it, and `-drill` behind it, a CronJob's name: 52 characters, since those of Jobs are longer. */
const LONGEST_NAME = 42;
