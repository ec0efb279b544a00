import type { CapacityPlan } from '../../../intent';
import type { Settings } from './props';

/**
 * Room above the wanted size while servers are replaced, in percent. With nothing below 100 % allowed, a
 * deployment moves on only if `floor(size x surge / 100) > size`: from 2 servers on 150 % do, and a tier over two
 * zones or more never has fewer. Fargate doubles: it is quicker, and is paid by the second.
 */
export const SURGE = { instances: 150, tasks: 200 } as const;

/** A value that scaling holds by adding and removing servers. */
export interface ScalingTarget {
  /** Construct id. */
  readonly id: string;
  /** Name of the policy. */
  readonly name: string;
  /** What is measured. */
  readonly metric: 'cpu' | 'requests';
  /** Percent of CPU, or requests per server and minute. */
  readonly value: number;
  /** Whether it only adds servers. */
  readonly onlyOut: boolean;
  /** Load balancer and target group that are counted, for requests. */
  readonly resourceLabel: string | undefined;
}

/** What scaling aims at; nothing for a fixed size. Each target leaves room for the lost zones, see `Capacity`. */
export function scalingTargets(
  { capacity }: Settings,
  plan: CapacityPlan,
  entrance: {
    readonly loadBalancer: { readonly arnSuffix: string };
    readonly targetGroup: { readonly arnSuffix: string };
  },
): ScalingTarget[] {
  if (plan.maximum === plan.minimum) return [];
  const cpu: ScalingTarget = {
    id: 'CpuScaling',
    name: 'cpu',
    metric: 'cpu',
    value: roundedDown(plan.scalingTarget * 100),
    onlyOut: false,
    resourceLabel: undefined,
  };
  const { requestsPerSecond } = capacity.options;
  if (requestsPerSecond === undefined) return [cpu];
  const requests: ScalingTarget = {
    id: 'RequestScaling',
    name: 'requests',
    metric: 'requests',
    value: roundedDown(requestsPerSecond * 60 * plan.scalingTarget),
    onlyOut: true, // two policies that both remove servers would follow the quieter one
    resourceLabel: `${entrance.loadBalancer.arnSuffix}/${entrance.targetGroup.arnSuffix}`,
  };
  return [cpu, requests];
}

/** Four digits, never above the value: text such as 51.42 in place of 51.428571428571431. */
function roundedDown(value: number): number {
  const exponent = Math.floor(Math.log10(value)) - 3;
  // 1e-9 undoes the last bit of 0.9 x 2/3 = 0.59999…, not more
  return Number(`${Math.floor(value / 10 ** exponent + 1e-9)}e${exponent}`);
}
