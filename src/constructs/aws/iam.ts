/** An IAM policy statement, in IAM's own words. */
export interface Statement {
  /**
   * Name of the statement.
   *
   * @default - none
   */
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /**
   * Whom it is about; only in the policy of a resource.
   *
   * @default - whoever has the policy
   */
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  /**
   * When it counts, by operator and key.
   *
   * @default - always
   */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Policy document of these statements, as JSON text. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Trust policy that lets one AWS service act as a role. */
export function assumedBy(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });
}

/** The partition, such as `aws` or `aws-cn`, that a region belongs to. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(({ start }) => region.startsWith(start))?.partition ?? 'aws';
}

// https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
const PARTITIONS = [
  { start: 'cn-', partition: 'aws-cn' },
  { start: 'us-gov-', partition: 'aws-us-gov' },
  { start: 'us-iso-', partition: 'aws-iso' },
  { start: 'us-isob-', partition: 'aws-iso-b' },
  { start: 'eu-isoe-', partition: 'aws-iso-e' },
  { start: 'us-isof-', partition: 'aws-iso-f' },
];
