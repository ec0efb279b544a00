/** A field that moto does not keep as AWS does, so that a second plan would want to set it again. */
export interface MotoGap {
  /** Terraform's name of the resource type. */
  readonly resource: string;
  /** Arguments whose drift is ignored. */
  readonly fields: readonly string[];
  /** What moto does instead. */
  readonly reason: string;
}

/**
 * Every field whose drift the tests ignore. The whole stack is deployed; only the comparison afterwards leaves these
 * out, and a run fails when moto no longer needs a row, or needs another. `docs/e2e.md` shows this table.
 */
export const MOTO_GAPS: readonly MotoGap[] = [
  {
    resource: 'aws_autoscaling_lifecycle_hook',
    fields: ['notification_target_arn', 'role_arn'],
    reason: 'answers with a queue and a role of its own',
  },
  {
    resource: 'aws_autoscaling_policy',
    fields: ['predictive_scaling_configuration'],
    reason: 'answers with an empty block for every kind of policy',
  },
];
