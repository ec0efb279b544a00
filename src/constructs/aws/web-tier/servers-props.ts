import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { CapacityPlan } from '../../../intent';
import type { WebTierEntrance } from './entrance';
import type { Settings } from './props';

/** What the servers of a tier are made from, on EC2 and on Fargate. */
export interface ServersProps {
  /** Construct id of the tier. */
  readonly tierId: string;
  /** Props of the tier, settled. */
  readonly settings: Settings;
  /** Sizes of the tier. */
  readonly plan: CapacityPlan;
  /** Its load balancer. */
  readonly entrance: WebTierEntrance;
  /** Id of the servers' security group. */
  readonly securityGroupId: string;
  /** Role that the servers act as. */
  readonly role: IamRole;
  /** Name of the alarm that stops a deployment. */
  readonly alarmName: string;
}
