import type { CapacityPlan } from '../../../intent';
import { SERVER } from './containers';

/**
 * How far above its target use may stay before an autoscaler moves: a tenth, unless the cluster was set up otherwise.
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#tolerance
 */
const TOLERANCE = 0.1;

/** How fast pods come and go, the figures of the seed: up at once and twofold, down after five quiet minutes, by half. */
const BEHAVIOR = {
  scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
  scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] },
};

/** Whether a tier grows and shrinks at all. */
export function scales({ minimum, maximum }: CapacityPlan): boolean {
  return minimum < maximum;
}

/**
 * The use to aim at, in whole percent of what a server asks for. At the upper end of the tolerance it is still no
 * more than the plan allows, so that the lost zones leave enough at every size.
 */
export function targetPercent({ scalingTarget }: CapacityPlan): number {
  return Math.floor((scalingTarget * 100) / (1 + TOLERANCE) + 1e-9); // 1e-9 undoes the last bit of a double
}

/** Scales a Deployment between the sizes of the plan. */
export function autoscalerSpec(name: string, plan: CapacityPlan) {
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: plan.minimum,
    maxReplicas: plan.maximum,
    metrics: [
      {
        type: 'ContainerResource', // of the server alone: idle sidecars would make a full one look half empty
        containerResource: {
          name: 'cpu',
          container: SERVER,
          target: { type: 'Utilization', averageUtilization: targetPercent(plan) },
        },
      },
    ],
    behavior: BEHAVIOR,
  };
}
