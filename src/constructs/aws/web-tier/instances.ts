import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { LaunchTemplate, type LaunchTemplateConfig } from '@cdktf/provider-aws/lib/launch-template';
import { Construct } from 'constructs';
import { inMebibytes } from '../../../units';
import { named } from '../aws-props';
import { base64Text } from '../function-text';
import { namePrefix } from '../naming';
import type { Settings } from './props';
import { SURGE, scalingTargets } from './scaling';
import type { ServersProps } from './servers-props';
import { patience, secondsToHealthy, secondsToStop } from './waiting';

/** The servers of a web tier on EC2: an Auto Scaling group over the zones. */
export class Instances extends Construct {
  /** The Auto Scaling group. */
  public readonly group: AutoscalingGroup;

  constructor(scope: Construct, id: string, props: ServersProps) {
    super(scope, id);
    const { settings, plan, entrance } = props;
    const { network, provider } = settings;
    const startup = settings.timing.startup.toSeconds();
    const [toHealthy, toStop] = [secondsToHealthy(settings), secondsToStop(settings)];
    const template = launchTemplate(this, props);
    const { loadBalancer, targetGroup, listener } = entrance;

    this.group = new AutoscalingGroup(this, 'Resource', {
      namePrefix: namePrefix(props.tierId, 60),
      minSize: plan.minimum,
      maxSize: plan.maximum,
      vpcZoneIdentifier: network.applicationSubnets.map(({ subnetId }) => subnetId),
      targetGroupArns: [targetGroup.arn],
      // A number that changes with the template: "$Latest" would never start a refresh (terraform-provider-aws#22464)
      launchTemplate: { id: template.id, version: template.getStringAttribute('latest_version') },
      healthCheckType: 'ELB',
      healthCheckGracePeriod: toHealthy,
      defaultInstanceWarmup: startup,
      minElbCapacity: plan.minimum, // the first deployment fails when its servers never become healthy
      waitForCapacityTimeout: patience(toHealthy, 10),
      timeouts: { delete: patience(toStop, 10) }, // the hook below holds every instance
      availabilityZoneDistribution: { capacityDistributionStrategy: 'balanced-best-effort' },
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: SURGE.instances },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: SURGE.instances,
          instanceWarmup: String(startup),
          skipMatching: true,
          alarmSpecification: { alarms: [props.alarmName] },
          // Terraform gives the group its new template before the refresh starts, so AWS would "roll back"
          // to the new one (terraform-provider-aws#34189). A stopped refresh leaves the old servers in place.
          autoRollback: false,
        },
      },
      tag: Object.entries(named(this, '', settings).tags).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [listener],
      provider,
    });
    const autoscalingGroupName = this.group.name;

    new AutoscalingLifecycleHook(this, 'GracefulStop', {
      name: 'graceful-stop',
      autoscalingGroupName,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeout: Math.max(SHORTEST_HOOK, toStop),
      defaultResult: 'CONTINUE',
      provider,
    });
    for (const target of scalingTargets(settings, plan, { loadBalancer, targetGroup })) {
      new AutoscalingPolicy(this, target.id, {
        name: target.name,
        autoscalingGroupName,
        policyType: 'TargetTrackingScaling',
        targetTrackingConfiguration: {
          targetValue: target.value,
          disableScaleIn: target.onlyOut,
          predefinedMetricSpecification: {
            predefinedMetricType: target.metric === 'cpu' ? 'ASGAverageCPUUtilization' : 'ALBRequestCountPerTarget',
            resourceLabel: target.resourceLabel,
          },
        },
        provider,
      });
    }
  }
}

// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html
const SHORTEST_HOOK = 30;

function launchTemplate(scope: Construct, props: ServersProps): LaunchTemplate {
  const { settings, tierId, securityGroupId, role } = props;
  const { provider, machineImage, instance } = settings;
  // Looked up for the name of its root device, which differs from image to image; also when AWS has deprecated it.
  const image = new DataAwsAmi(scope, 'Image', {
    filter: [{ name: 'image-id', values: [machineImage ?? ''] }],
    includeDeprecated: true,
    provider,
  });
  const profile = new IamInstanceProfile(scope, 'Profile', {
    namePrefix: namePrefix(tierId, 60),
    role: role.name,
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Profile', settings),
  });
  const { tags } = named(scope, '', settings);
  return new LaunchTemplate(scope, 'Template', {
    namePrefix: namePrefix(tierId, 60),
    imageId: machineImage,
    instanceType: instance.type,
    iamInstanceProfile: { arn: profile.arn },
    userData: instance.userData === undefined ? undefined : base64Text(instance.userData),
    updateDefaultVersion: true,
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    monitoring: { enabled: true },
    networkInterfaces: [
      { associatePublicIpAddress: 'false', deleteOnTermination: 'true', securityGroups: [securityGroupId] },
    ],
    blockDeviceMappings: rootVolume(settings, image.rootDeviceName),
    tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
    lifecycle: { createBeforeDestroy: true },
    ...named(scope, 'Template', settings),
  });
}

function rootVolume({ instance }: Settings, deviceName: string): LaunchTemplateConfig['blockDeviceMappings'] {
  const volumeSize = instance.volumeSize && inMebibytes(instance.volumeSize) / 1024;
  return [{ deviceName, ebs: { encrypted: 'true', volumeType: 'gp3', volumeSize, deleteOnTermination: 'true' } }];
}
