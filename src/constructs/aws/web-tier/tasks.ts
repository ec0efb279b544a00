import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { inMebibytes } from '../../../units';
import { isToken } from '../../../validation';
import { named } from '../aws-props';
import { jsonText } from '../function-text';
import { assumedBy, partitionOf } from '../iam';
import { namePrefix } from '../naming';
import { regionOf } from '../network/zones';
import { executionPolicy } from './execution-policy';
import type { ContainerSettings, Settings } from './props';
import { type ScalingTarget, SURGE, scalingTargets } from './scaling';
import type { ServersProps } from './servers-props';
import { patience, secondsToHealthy, secondsToStop } from './waiting';

/** The servers of a web tier on Fargate: an ECS service over the zones, in a cluster of its own. */
export class Tasks extends Construct {
  /** The ECS service. */
  public readonly service: EcsService;

  constructor(scope: Construct, id: string, props: ServersProps & { readonly container: ContainerSettings }) {
    super(scope, id);
    const { settings, plan, entrance } = props;
    const { network, port } = settings;
    const [toHealthy, toStop] = [secondsToHealthy(settings), secondsToStop(settings)];
    // Cluster, family and service have no name_prefix, and a cluster's name taken twice is silently shared:
    // the role's name is unique in the account and stays as long as the tier.
    const name = props.role.name;
    const { loadBalancer, targetGroup, listener } = entrance;
    const scaling = scalingTargets(settings, plan, { loadBalancer, targetGroup });

    const cluster = new EcsCluster(this, 'Cluster', { name, ...named(this, 'Cluster', settings) });
    const taskDefinition = this.taskDefinition(name, props);
    this.service = new EcsService(this, 'Resource', {
      name,
      cluster: cluster.id,
      taskDefinition: taskDefinition.arn,
      launchType: 'FARGATE',
      desiredCount: plan.minimum,
      networkConfiguration: {
        subnets: network.applicationSubnets.map(({ subnetId }) => subnetId),
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
      loadBalancer: [{ targetGroupArn: targetGroup.arn, containerName: CONTAINER, containerPort: port }],
      healthCheckGracePeriodSeconds: toHealthy,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: SURGE.tasks,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { alarmNames: [props.alarmName], enable: true, rollback: true },
      availabilityZoneRebalancing: 'ENABLED',
      waitForSteadyState: true, // otherwise Terraform is done before the deployment has failed
      timeouts: {
        create: patience(toHealthy, 20),
        update: patience(toHealthy + toStop, 20),
        delete: patience(toStop, 20),
      },
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      lifecycle: {
        ignoreChanges: scaling.length > 0 ? ['desired_count'] : undefined,
        postcondition: [runs(taskDefinition)],
      },
      dependsOn: [listener],
      ...named(this, '', settings),
    });
    if (scaling.length > 0) scale(this, scaling, props, `service/${name}/${this.service.name}`);
  }

  private taskDefinition(family: string, props: ServersProps & { readonly container: ContainerSettings }) {
    const { settings, container, tierId, role } = props;
    const { provider } = settings;
    const logs = new CloudwatchLogGroup(this, 'Logs', {
      namePrefix: namePrefix(tierId, 60),
      retentionInDays: container.logRetention.toDays(),
      skipDestroy: !settings.allowDestroy, // what happened is asked most after the tier is gone
      ...named(this, 'Logs', settings),
    });
    const region = regionOf(settings.network.zones[0] ?? '');
    const executionRole = new IamRole(this, 'ExecutionRole', {
      namePrefix: namePrefix(`${tierId}-start`, 38),
      assumeRolePolicy: assumedBy('ecs-tasks.amazonaws.com'),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'ExecutionRole', settings),
    });
    const policy = new IamRolePolicy(this, 'ExecutionPolicy', {
      role: executionRole.id,
      policy: executionPolicy(container, logs.arn, partitionOf(region)),
      provider,
    });
    return new EcsTaskDefinition(this, 'TaskDefinition', {
      family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(container.cpu),
      memory: String(inMebibytes(container.memory)),
      runtimePlatform: { cpuArchitecture: container.architecture, operatingSystemFamily: 'LINUX' },
      executionRoleArn: executionRole.arn,
      taskRoleArn: role.arn,
      containerDefinitions: encoded(containerDefinition(settings, container, { group: logs.name, region }), container),
      skipDestroy: true, // a rollback needs the revision before
      dependsOn: [policy], // a task started before its policy cannot pull its image
      ...named(this, 'TaskDefinition', settings),
    });
  }
}

const CONTAINER = 'web';

/** A service that was rolled back is steady again, and the provider calls that a success (terraform-provider-aws#20858). */
function runs(taskDefinition: EcsTaskDefinition) {
  return {
    condition: `\${self.task_definition == ${taskDefinition.arn}}`,
    errorMessage: 'the deployment failed and ECS rolled it back; the events of the service tell why',
  };
}

function containerDefinition(
  settings: Settings,
  container: ContainerSettings,
  logs: { group: string; region: string },
) {
  const { port, timing } = settings;
  return {
    name: CONTAINER,
    image: String(container.image), // a token may be an object, as of Fn.conditional(…)
    essential: true,
    command: container.command,
    portMappings: [{ containerPort: port, hostPort: port, protocol: 'tcp' }],
    // AWS answers in alphabetical order; in any other, every plan would show a new revision (terraform-aws-ecs#149)
    environment: sorted(container.environment).map(([name, value]) => ({ name, value })),
    secrets: sorted(container.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    stopTimeout: timing.shutdown.toSeconds(),
    linuxParameters: { initProcessEnabled: true }, // passes SIGTERM on, also below a shell
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logs.group,
        'awslogs-region': logs.region,
        'awslogs-stream-prefix': CONTAINER,
        // a slow CloudWatch must not hold up requests: drop log lines past the buffer
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
    mountPoints: [],
    systemControls: [],
    volumesFrom: [],
  };
}

/** As JSON text; encoded by Terraform where a value is known only then, since it may hold quotes. */
function encoded(definition: object, { environment, command }: ContainerSettings): string {
  const isUnknown = isToken([...Object.values(environment), ...[command].flat()]);
  return isUnknown ? jsonText([definition]) : JSON.stringify([definition]);
}

function sorted(entries: Readonly<Record<string, string>>): [string, string][] {
  const texts = Object.entries(entries).map(([name, value]): [string, string] => [name, String(value)]);
  return texts.sort(([a], [b]) => (a < b ? -1 : 1));
}

function scale(scope: Construct, targets: readonly ScalingTarget[], props: ServersProps, serviceId: string): void {
  const { plan, settings } = props;
  const { provider } = settings;
  const scalable = new AppautoscalingTarget(scope, 'Scaling', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: serviceId,
    minCapacity: plan.minimum,
    maxCapacity: plan.maximum,
    ...named(scope, 'Scaling', settings),
  });
  const { resourceId, scalableDimension, serviceNamespace } = scalable;
  for (const target of targets) {
    new AppautoscalingPolicy(scope, target.id, {
      name: target.name,
      policyType: 'TargetTrackingScaling',
      ...{ resourceId, scalableDimension, serviceNamespace, provider },
      targetTrackingScalingPolicyConfiguration: {
        targetValue: target.value,
        disableScaleIn: target.onlyOut,
        predefinedMetricSpecification: {
          predefinedMetricType:
            target.metric === 'cpu' ? 'ECSServiceAverageCPUUtilization' : 'ALBRequestCountPerTarget',
          resourceLabel: target.resourceLabel,
        },
      },
    });
  }
}
