import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { NetworkInterface } from '@cdktf/provider-aws/lib/network-interface';
import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { named, protectedLifecycle } from '../aws-props';
import { compressedText } from '../function-text';
import { namePrefix } from '../naming';
import type { ZonalSubnet } from '../network/zonal-network';
import { letterOf } from '../network/zones';
import type { Settings } from './props';

/** What an instance is started with. */
export interface Launch {
  readonly userData: string;
  readonly rootDeviceName: string;
  readonly profileArn: string;
  /** What has to be there before it boots. */
  readonly after: readonly ITerraformDependable[];
}

/** What a host is called: the pair and the letter of its zone. */
export function hostName(pairId: string, zone: string): string {
  return `${namePrefix(pairId, 60)}${letterOf(zone)}`;
}

/** The network interface of a host, which stays; and the group that keeps one instance at it. */
export class Host extends Construct {
  /** What the host is called. */
  public readonly name: string;
  /** The interface: its address is that of the host, whichever instance it is. */
  public readonly networkInterface: NetworkInterface;
  /** The private address that the Elastic IP is translated to; the host's own with an overlay address. */
  public readonly servingAddress: string;
  /** The public address by which the host reaches others; none with an overlay address, where a NAT gateway is. */
  public readonly ownAddress: Eip | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly pairId: string,
    private readonly subnet: ZonalSubnet,
    private readonly settings: Settings,
    securityGroupId: string,
  ) {
    super(scope, id);
    this.name = hostName(pairId, subnet.zone);
    const { isPublic } = settings.address;
    const lifecycle = protectedLifecycle(settings.allowDestroy);
    this.networkInterface = new NetworkInterface(this, 'Interface', {
      subnetId: subnet.subnetId,
      description: `Host of ${pairId} in ${subnet.zone}`,
      securityGroups: [securityGroupId],
      sourceDestCheck: false, // packets to an overlay address are not to an address of the interface
      privateIpsCount: isPublic ? 1 : undefined,
      lifecycle: { ...lifecycle, ignoreChanges: ['attachment'] },
      ...named(this, 'Interface', settings),
    });
    const { privateIp, privateIps } = this.networkInterface;
    this.servingAddress = isPublic ? Fn.one(Fn.setsubtract(privateIps, [privateIp])) : privateIp;
    // an interface that was made before its instance gets no public address by itself
    this.ownAddress = isPublic
      ? new Eip(this, 'OwnAddress', {
          domain: 'vpc',
          networkInterface: this.networkInterface.id,
          lifecycle,
          ...named(this, 'OwnAddress', settings),
        })
      : undefined;
  }

  /**
   * A group of one. It is given the zone, not the subnet, as every group whose template has an interface; it ends the old
   * instance before it starts a new one, since an interface has one instance, and tries again while the interface is in use.
   */
  public start({ userData, rootDeviceName, profileArn, after }: Launch): AutoscalingGroup {
    const { pairId, settings } = this;
    const { provider, machineImage, instanceType } = settings;
    const { tags } = named(this, '', settings);
    const template = new LaunchTemplate(this, 'Template', {
      namePrefix: namePrefix(pairId, 60),
      imageId: machineImage,
      instanceType,
      iamInstanceProfile: { arn: profileArn },
      userData: compressedText(userData),
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      networkInterfaces: [
        { deviceIndex: 0, networkInterfaceId: this.networkInterface.id, deleteOnTermination: 'false' },
      ],
      blockDeviceMappings: [
        { deviceName: rootDeviceName, ebs: { encrypted: 'true', volumeType: 'gp3', deleteOnTermination: 'true' } },
      ],
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
      lifecycle: { createBeforeDestroy: true },
      ...named(this, 'Template', settings),
    });
    return new AutoscalingGroup(this, 'Resource', {
      namePrefix: namePrefix(pairId, 60),
      availabilityZones: [this.subnet.zone],
      ...{ minSize: 1, maxSize: 1, desiredCapacity: 1 },
      // no instance refresh: it would replace both hosts at the same time
      launchTemplate: { id: template.id, version: template.getStringAttribute('latest_version') },
      instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
      healthCheckType: 'EC2',
      healthCheckGracePeriod: 300,
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      dependsOn: [...after, ...(this.ownAddress ? [this.ownAddress] : [])],
      provider,
    });
  }
}
