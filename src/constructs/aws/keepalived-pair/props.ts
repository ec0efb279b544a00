import type { HealthCheck } from '../../../intent';
import { ec2ProxyPorts, type HaproxyOptions } from '../../../linux';
import type { Duration } from '../../../units';
import type { AwsProps } from '../aws-props';
import type { FloatingAddress } from '../floating-address';
import type { ZonalNetwork, ZonalSubnet } from '../network/zonal-network';
import type { NotifyingProps } from '../notifying-props';

/** Choices for a `KeepalivedPair`. */
export interface KeepalivedPairProps extends AwsProps, NotifyingProps {
  /**
   * Where the hosts are: a `MultiAZNetwork`, or one of `MultiAZNetwork.fromExisting`. An Elastic IP needs public subnets, an
   * overlay address application subnets.
   */
  readonly network: ZonalNetwork;

  /** The address that clients know. */
  readonly address: FloatingAddress;

  /**
   * How a host tells whether its own service can do its work, asked on 127.0.0.1. A host that fails it lets the other one
   * take the address.
   *
   * @default - whether HAProxy serves; required without `proxy`
   */
  readonly healthCheck?: HealthCheck;

  /**
   * HAProxy on both hosts, on every address of theirs. Certificates have to be on the hosts before it starts: in the image, or
   * by `setupCommands`. Its servers and pages share the 16 KB of user data with them, compressed: some 7 KB are left.
   *
   * @default - none: the service is yours
   */
  readonly proxy?: HaproxyOptions;

  /**
   * Id of the machine image (AMI) of the hosts: Debian 12 or later, or of its kin, with `keepalived` and `awscli` among its
   * packages.
   */
  readonly machineImage: string;

  /**
   * Commands of a shell that are run at the first boot and make a host what it is there for, such as
   * `apt-get install -y nginx`. Some 8 KB, compressed, fit into user data, of which `proxy` takes its part. Anyone who may
   * describe the launch template reads them: no secrets.
   *
   * @default - none: the image has the service in it
   */
  readonly setupCommands?: readonly string[];

  /**
   * The two zones of the hosts; the first one's has the address when both start at once.
   *
   * @default - the first two of the network, by name; name them if you may add a zone that comes before
   */
  readonly zones?: readonly string[];

  /**
   * Instance type of the hosts; of the Nitro system.
   *
   * @default 'm6i.large'
   */
  readonly instanceType?: string;

  /**
   * What the image calls the first network interface of such an instance.
   *
   * @default 'ens5'
   */
  readonly interface?: string;

  /**
   * TCP ports that clients reach.
   *
   * @default - those of `proxy`, or the port of the health check
   */
  readonly ports?: readonly number[];

  /**
   * IPv4 ranges that clients come from. An overlay address also takes clients by `allowFrom`.
   *
   * @default - everybody for an Elastic IP, nobody for an overlay address
   */
  readonly clients?: readonly string[];

  /**
   * How long clients may be without an answer when a host, its link or keepalived on it is lost, until the other host asks
   * EC2 for the address. **The calls of EC2 come on top**: mostly one to three seconds, which nobody promises. They are
   * measured on the hosts (`nines_pair_move_seconds`).
   *
   * @default Duration.seconds(4)
   */
  readonly failoverWithin?: Duration;

  /**
   * Time between two adverts of the host that has the address; from 10 milliseconds to 40 seconds, in hundredths of a second.
   *
   * @default - the longest that keeps `failoverWithin`
   */
  readonly advertInterval?: Duration;

  /**
   * Lets operators log in by Session Manager, where the image has its agent.
   *
   * @default false
   */
  readonly sessionManager?: boolean;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `KeepalivedPair`, settled. */
export function withDefaults(props: KeepalivedPairProps) {
  const proxyPorts = ec2ProxyPorts(props.proxy);
  return {
    ...props,
    zones:
      props.zones ??
      subnetsOf(props)
        .map(({ zone }) => zone)
        .sort()
        .slice(0, 2),
    hasZones: props.zones !== undefined,
    setupCommands: props.setupCommands ?? [],
    instanceType: props.instanceType ?? 'm6i.large',
    interface: props.interface ?? 'ens5',
    ports: props.ports ?? portsOf(props, proxyPorts.clients),
    proxyPorts,
    hasPorts: props.ports !== undefined,
    clients: props.clients ?? (props.address?.isPublic ? ['0.0.0.0/0'] : []),
    allowDestroy: props.allowDestroy ?? false,
    sessionManager: props.sessionManager ?? false,
  };
}

function portsOf({ proxy, healthCheck }: KeepalivedPairProps, ofProxy: readonly number[]): readonly number[] {
  if (proxy !== undefined) return ofProxy;
  return healthCheck === undefined ? [] : [healthCheck.port]; // without a health check, that is the problem to name
}

/** The subnets that the hosts may be in. */
export function subnetsOf({
  network,
  address,
}: Pick<KeepalivedPairProps, 'network' | 'address'>): readonly ZonalSubnet[] {
  const subnets = address?.isPublic ? network?.publicSubnets : network?.applicationSubnets;
  return Array.isArray(subnets) ? subnets : [];
}

/** The subnets of the two hosts, in the order of `zones`. */
export function chosenSubnets(settings: Settings): readonly [ZonalSubnet, ZonalSubnet] {
  const [first, second] = settings.zones.map((zone) => subnetsOf(settings).find((subnet) => subnet.zone === zone));
  if (first === undefined || second === undefined) throw new Error('zones were not checked');
  return [first, second];
}

/** Route tables that lead to an overlay address, by name. */
export function routeTablesOf({ network, address }: Settings): Readonly<Record<string, string>> {
  return address.routeTables ?? network.routeTables ?? {};
}
