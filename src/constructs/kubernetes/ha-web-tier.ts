import { ApiObject } from 'cdk8s/lib/api-object';
import { Construct } from 'constructs';
import type { CapacityPlan } from '../../intent';
import type { Duration } from '../../units';
import { InvalidPropsError } from '../../validation';
import { objectName } from './naming';
import { expose, exposureLosses } from './web-tier/exposure';
import { podTemplate } from './web-tier/pod';
import { portNames } from './web-tier/probes';
import { problemsIn } from './web-tier/problems';
import { type HAWebTierProps, type Settings, withDefaults } from './web-tier/props';
import { autoscalerSpec, scales } from './web-tier/scaling';
import { warningsOf } from './web-tier/warnings';

/**
 * Web servers on Kubernetes that go on serving their peak while a zone is lost.
 *
 * The pods for a lost zone are there before it is lost, placed so that no zone gets more than its share; scaling
 * keeps that room at every size. A rollout adds before it takes away, a drain takes one pod at a time, and both
 * come to an end. See `examples/shop-kubernetes.ts`, and `docs/kubernetes-web-tier.md` for what Kubernetes leaves undone.
 */
export class HAWebTier extends Construct {
  /** Name of the Service, and of all other objects. */
  public readonly serviceName: string;
  /** Port of the Service: 80, or 443 where the pods answer by HTTPS. */
  public readonly servicePort: number;
  /** Labels that all pods carry, and no others in the namespace. */
  public readonly selector: Readonly<Record<string, string>>;
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The Service. */
  public readonly service: ApiObject;
  /** The HorizontalPodAutoscaler; none where the size is fixed. */
  public readonly autoscaler: ApiObject | undefined;
  /** The HTTPRoute or the Ingress; none where it is reached from inside only. */
  public readonly route: ApiObject | undefined;
  /** How many pods, and what scaling aims at. */
  public readonly plan: CapacityPlan;
  /** The longest request that its pods finish, also while they are being replaced. */
  public readonly longestRequest: Duration;
  /** What was chosen against availability, and what Kubernetes cannot do of what was asked; one sentence each. */
  public readonly warnings: readonly string[];
  /** What an HTTPRoute cannot express of `exposure.resilience`, one sentence each. */
  public readonly losses: readonly string[];

  constructor(scope: Construct, id: string, props: HAWebTierProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(props, settings), this);
    const plan = settings.capacity.over(settings.zones);
    const name = settings.name ?? objectName(this);
    const selector = { 'app.kubernetes.io/instance': name };
    const port = settings.healthCheck.protocol === 'https' ? 443 : 80;
    const object = (childId: string, apiVersion: string, kind: string, content: object) =>
      new ApiObject(this, childId, { apiVersion, kind, metadata: { name, labels: { ...selector } }, ...content });

    if (settings.serviceAccountName === undefined) {
      object('ServiceAccount', 'v1', 'ServiceAccount', { automountServiceAccountToken: false });
    }
    this.deployment = object('Resource', 'apps/v1', 'Deployment', {
      spec: deploymentSpec(settings, plan, selector, name),
    });
    if (scales(plan)) {
      const spec = autoscalerSpec(name, plan);
      this.autoscaler = object('Autoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', { spec });
    }
    object('DisruptionBudget', 'policy/v1', 'PodDisruptionBudget', { spec: budgetSpec(settings, selector) });
    this.service = object('Service', 'v1', 'Service', { spec: serviceSpec(settings, selector, port) });
    object('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', { spec: networkPolicySpec(settings, selector) });
    const { exposure } = settings;
    if (exposure) this.route = expose(this, exposure, { name, labels: selector, port });

    this.node.defaultChild = this.deployment;
    this.serviceName = name;
    this.servicePort = port;
    this.selector = selector;
    this.plan = plan;
    this.longestRequest = settings.timing.longestRequest;
    this.warnings = warningsOf(settings);
    this.losses = exposureLosses(exposure);
  }
}

/** Seconds for which a new pod must stay ready before the next old one goes. */
const MIN_READY = 10;

function deploymentSpec(
  settings: Settings,
  plan: CapacityPlan,
  selector: Readonly<Record<string, string>>,
  name: string,
) {
  return {
    replicas: scales(plan) ? undefined : plan.minimum, // an apply would undo what the autoscaler did
    selector: { matchLabels: { ...selector } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
    minReadySeconds: MIN_READY,
    // ten minutes, in which a cluster can add a node; longer for pods that start slower
    progressDeadlineSeconds: Math.max(600, settings.timing.startup.toSeconds() * 2 + MIN_READY),
    template: podTemplate(settings, selector, settings.serviceAccountName ?? name),
  };
}

function budgetSpec({ maxUnavailable }: Settings, selector: Readonly<Record<string, string>>) {
  return {
    maxUnavailable, // of however many there are; `minAvailable` would block all drains at the size it names
    selector: { matchLabels: { ...selector } },
    unhealthyPodEvictionPolicy: 'AlwaysAllow', // a pod that is sick already must not hold up a drain
  };
}

function serviceSpec(settings: Settings, selector: Readonly<Record<string, string>>, port: number) {
  const { sessionAffinity } = settings;
  const { served } = portNames(settings);
  return {
    type: 'ClusterIP',
    selector: { ...selector },
    ports: [{ name: served, port, targetPort: served, protocol: 'TCP', appProtocol: served }],
    ...(sessionAffinity && {
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: sessionAffinity.toSeconds() } },
    }),
  };
}

/** Connections from anywhere to the port of the service, and to no other; a node may always probe its own pods. */
function networkPolicySpec({ port }: Settings, selector: Readonly<Record<string, string>>) {
  return {
    podSelector: { matchLabels: { ...selector } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port, protocol: 'TCP' }] }],
  };
}
