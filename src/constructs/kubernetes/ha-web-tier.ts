import { ApiObject } from 'cdk8s/lib/api-object';
import { Names } from 'cdk8s/lib/names';
import { Construct } from 'constructs';
import type { CapacityPlan } from '../../intent';
import { InvalidPropsError } from '../../validation';
import { expose } from './web-tier/exposure';
import { podTemplate, PORT_NAME } from './web-tier/pod';
import { problemsIn } from './web-tier/problems';
import { type HAWebTierProps, type Settings, withDefaults } from './web-tier/props';
import { autoscalerSpec } from './web-tier/scaling';

/** Port of the Service. */
const SERVICE_PORT = 80;

/**
 * Web servers on Kubernetes that go on serving their peak while a zone is lost.
 *
 * The pods for a lost zone are there before it is lost, spread so that no zone holds more than its share; scaling
 * keeps that room at every size. A rollout adds before it takes away, a drain takes one pod at a time, and both always
 * come to an end. See `examples/shop-kubernetes.ts`.
 */
export class HAWebTier extends Construct {
  /** Name of the Service, and of all other objects. Inside the namespace, clients connect to it on port 80. */
  public readonly serviceName: string;
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The Service. */
  public readonly service: ApiObject;
  /** Labels that all pods carry, and no others. */
  public readonly selector: Readonly<Record<string, string>>;
  /** How many pods, and what scaling aims at. */
  public readonly plan: CapacityPlan;
  /** What was chosen against availability, or has no effect here; one sentence each. */
  public readonly warnings: readonly string[];

  constructor(scope: Construct, id: string, props: HAWebTierProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(settings), this);
    const plan = settings.capacity.over(settings.zones);
    const name = settings.name ?? Names.toDnsLabel(this, { maxLen: 50 });
    const selector = { 'app.kubernetes.io/instance': name };
    const labels = { ...selector, 'app.kubernetes.io/name': id.toLowerCase() };
    const object = (childId: string, apiVersion: string, kind: string, content: object) =>
      new ApiObject(this, childId, { apiVersion, kind, metadata: { name, labels: { ...labels } }, ...content });

    if (settings.serviceAccountName === undefined) {
      object('ServiceAccount', 'v1', 'ServiceAccount', { automountServiceAccountToken: false });
    }
    const isFixed = plan.minimum === plan.maximum;
    this.deployment = object('Resource', 'apps/v1', 'Deployment', {
      spec: {
        replicas: isFixed ? plan.minimum : undefined, // an autoscaler's number, set anew at every apply, would undo its work
        selector: { matchLabels: selector },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
        minReadySeconds: MIN_READY,
        progressDeadlineSeconds: progressDeadline(settings),
        template: podTemplate(settings, labels, settings.serviceAccountName ?? name),
      },
    });
    if (!isFixed) object('Autoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', { spec: autoscalerSpec(name, plan) });
    object('DisruptionBudget', 'policy/v1', 'PodDisruptionBudget', {
      spec: {
        maxUnavailable: settings.maxUnavailable,
        selector: { matchLabels: selector },
        unhealthyPodEvictionPolicy: 'AlwaysAllow', // a pod that is sick already must not hold up a drain
      },
    });
    this.service = object('Service', 'v1', 'Service', { spec: serviceSpec(settings, selector) });
    object('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress'],
        ingress: [{ ports: openPorts(settings).map((port) => ({ port, protocol: 'TCP' })) }],
      },
    });
    const { exposure } = settings;
    if (exposure) expose(this, exposure, { name, labels, port: SERVICE_PORT });

    this.node.defaultChild = this.deployment;
    this.serviceName = name;
    this.selector = selector;
    this.plan = plan;
    this.warnings = lossesOf(settings);
  }
}

/** Seconds for which a new pod must stay ready before the next old one goes. */
const MIN_READY = 10;

/** Seconds without progress after which a rollout counts as failed: ten minutes, more for what starts slower. */
function progressDeadline({ timing }: Settings): number {
  return Math.max(600, timing.startup.toSeconds() * 2 + MIN_READY);
}

function serviceSpec({ sessionAffinity }: Settings, selector: Readonly<Record<string, string>>) {
  return {
    type: 'ClusterIP',
    selector,
    ports: [{ name: PORT_NAME, port: SERVICE_PORT, targetPort: PORT_NAME, protocol: 'TCP' }],
    ...(sessionAffinity && {
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: sessionAffinity.toSeconds() } },
    }),
  };
}

/** Ports on which the pods take connections: the service's; the kubelet's probes pass every policy. */
function openPorts({ port }: Settings): number[] {
  return [port];
}

function lossesOf({ capacity, timing, sessionAffinity }: Settings): string[] {
  const warnings: string[] = [];
  if (capacity.options.allowOverloadWhenZoneLost) {
    warnings.push('allowOverloadWhenZoneLost: losing a zone at peak overloads the pods that are left');
  }
  if (capacity.options.requestsPerSecond !== undefined) {
    warnings.push('capacity.requestsPerSecond has no effect on Kubernetes, which by itself measures CPU and memory only');
  }
  if (timing.slowStart) {
    warnings.push('timing.slowStart has no effect on Kubernetes: a Service gives a new pod its full share at once');
  }
  if (sessionAffinity) {
    warnings.push('sessionAffinity: sessions kept in a pod are lost with it, and clients behind one address share a pod');
  }
  return warnings;
}
