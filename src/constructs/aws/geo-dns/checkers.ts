/** Regions that Route 53 checks health from. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
export const CHECKER_REGIONS = [
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
] as const;

/** A region that Route 53 checks health from. */
export type CheckerRegion = (typeof CHECKER_REGIONS)[number];
