import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { ec2PairBounds, type PairBounds } from '../../linux';
import { InvalidPropsError } from '../../validation';
import { allowTo } from './allow-to';
import { named, protectedLifecycle } from './aws-props';
import { hostRole, type Moved } from './keepalived-pair/access';
import { pairAlarms } from './keepalived-pair/alarms';
import { Host } from './keepalived-pair/host';
import { checkOutside, overlayRoutes } from './keepalived-pair/overlay';
import { problemsIn } from './keepalived-pair/problems';
import {
  chosenSubnets,
  type KeepalivedPairProps,
  routeTablesOf,
  type Settings,
  withDefaults,
} from './keepalived-pair/props';
import { allowToOverlay, hostGroup } from './keepalived-pair/security';
import { pairName, pairUserData } from './keepalived-pair/user-data';
import { knownRegion, zoneId } from './network/zones';
import { warnIfNobodyIsTold } from './notifying-props';
import type { AddressRange, ConnectionSource, ConnectionTarget } from './security-rules';

/**
 * Two hosts in two zones that share an address: one has it, and the other takes it when the first is lost.
 *
 * keepalived on both decides within `failoverWithin` who is the master; the master asks EC2 to move the address, which also
 * takes it from a host that hangs. Each host is one instance that its Auto Scaling group starts anew, at the network interface that
 * stays. See `examples/edge.ts` and docs/edge-on-ec2.md.
 */
export class KeepalivedPair extends Construct implements ConnectionTarget, ConnectionSource {
  /** The address that clients know: known only after deployment for an Elastic IP. */
  public readonly address: string;
  /** Security group of the hosts. */
  public readonly securityGroup: SecurityGroup;
  /** Role of the hosts. It may move the address and tell CloudWatch of the pair, until you attach a policy. */
  public readonly role: IamRole;
  /** The Auto Scaling groups of the hosts, of one instance each, in the order of `zones`. */
  public readonly autoscalingGroups: readonly AutoscalingGroup[];
  /** The Elastic IP; none for an overlay address. */
  public readonly elasticIp: Eip | undefined;
  /** How long clients may be without an answer, by what fails; the calls of EC2 come on top. */
  public readonly bounds: PairBounds;

  private readonly settings: Settings;

  constructor(scope: Construct, id: string, props: KeepalivedPairProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(this, settings, knownRegion(this, settings.provider)), this);
    warnIfNobodyIsTold(this, settings);
    if (settings.allowDestroy) {
      Annotations.of(this).addWarning(
        'allowDestroy: nothing protects the address and the interfaces from being removed',
      );
    }

    const { group, rules } = hostGroup(this, id, settings);
    const hosts = hostsOf(this, id, settings, group.id);
    checkOutside(this, settings);
    this.elasticIp = settings.address.isPublic ? floatingIp(this, settings) : undefined;
    const routeTableIds = Object.values(routeTablesOf(settings));
    const moved: Moved = this.elasticIp ? { addressArn: this.elasticIp.arn } : { routeTableIds };
    const { role, profileArn, policy } = hostRole(this, id, { hosts, moved, settings });

    const userData = pairUserData(this, { hosts, elasticIp: this.elasticIp, routeTableIds }, settings);
    const { rootDeviceName } = new DataAwsAmi(this, 'Image', {
      filter: [{ name: 'image-id', values: [settings.machineImage] }],
      includeDeprecated: true,
      provider: settings.provider,
    });
    const after = [...rules, policy];
    this.autoscalingGroups = hosts.map((host) =>
      host.start({ userData: userData[host.name] ?? '', rootDeviceName, profileArn, after }),
    );
    if (!this.elasticIp) overlayRoutes(this, hosts[0], settings, this.autoscalingGroups);
    const groupNames = this.autoscalingGroups.map((autoscalingGroup) => autoscalingGroup.name);
    pairAlarms(
      this,
      pairName(this),
      hosts.map((host, index) => ({ scope: host, node: host.name, groupName: groupNames[index] ?? '' })),
      settings,
    );

    this.address = this.elasticIp?.publicIp ?? settings.address.overlayAddress ?? '';
    this.securityGroup = group;
    this.role = role;
    this.bounds = ec2PairBounds(settings);
    this.settings = settings;
  }

  /**
   * Lets the servers of a source reach an overlay address. The rules belong to the pair's stack.
   *
   * @throws Error when the address is an Elastic IP: servers reach it by the internet, and what it sees of them is another address
   */
  public allowFrom(source: ConnectionSource): void {
    if (this.settings.address.isPublic) {
      throw new Error(
        `"${this.node.path}" has an Elastic IP, so allowFrom cannot say who reaches it; name ranges in clients, or take an overlay address`,
      );
    }
    allowToOverlay(this, source, this.settings);
  }

  /**
   * Lets the hosts reach another construct (which gets the rules), or a range of addresses. HTTP and HTTPS to anywhere are
   * open already.
   *
   * @throws RangeError when the range is none, or its port
   */
  public allowTo(target: ConnectionTarget | AddressRange): void {
    allowTo(this, target, this.settings);
  }
}

function hostsOf(pair: Construct, id: string, settings: Settings, securityGroupId: string): readonly [Host, Host] {
  const [first, second] = chosenSubnets(settings);
  return [
    new Host(pair, zoneId(first.zone), id, first, settings, securityGroupId),
    new Host(pair, zoneId(second.zone), id, second, settings, securityGroupId),
  ];
}

/** Without an association: the hosts make it, and Terraform sees it as what it reads. */
function floatingIp(pair: Construct, settings: Settings): Eip {
  return new Eip(pair, 'Address', {
    domain: 'vpc',
    lifecycle: protectedLifecycle(settings.allowDestroy), // clients know it; released, it is gone
    ...named(pair, 'Address', settings),
  });
}
