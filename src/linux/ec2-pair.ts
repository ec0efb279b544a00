import { proxyProblems } from './haproxy/problems';
import type { HaproxyOptions } from './haproxy/props';
import { clientPorts, usedPeersPort } from './haproxy/settings';
import { filesOf, INDICES } from './keepalived-pair';
import { boundsOf, type PairBounds } from './pair/bounds';
import { PROXY_HEALTH_PORT } from './pair/checks';
import { cloudInit } from './pair/cloud-init';
import { problemsAnywhere } from './pair/problems';
import type { KeepalivedPairProps, PairNode } from './pair/props';
import { type PairSettings, withDefaults } from './pair/settings';

/** What two hosts on EC2 need to share an address. `KeepalivedPair` of `nines/aws` makes it; any text may be a Terraform token. */
export interface Ec2PairProps
  extends Pick<KeepalivedPairProps, 'interface' | 'healthCheck' | 'proxy' | 'failoverWithin' | 'advertInterval'> {
  /** The two hosts, of which the first takes the address when both start at once. */
  readonly nodes: readonly [Ec2PairNode, Ec2PairNode];

  /** What is moved between them. */
  readonly address: Ec2PairAddress;

  /** Region of the hosts, such as `'eu-west-1'`. */
  readonly region: string;

  /** What the pair is called in its metrics. */
  readonly name: string;

  /**
   * Commands of a shell that are run at the first boot, before the pair's own services start.
   *
   * @default - none
   */
  readonly setup?: readonly string[];
}

/** A host of a pair on EC2. */
export interface Ec2PairNode extends PairNode {
  /** Id of the network interface that carries the address. */
  readonly networkInterfaceId: string;
}

/** An address that EC2 moves: an Elastic IP, or one outside the VPC that routes lead to. */
export type Ec2PairAddress =
  | {
      /** The public address itself. */
      readonly publicIp: string;
      /** Its id at EC2. */
      readonly allocationId: string;
      /** The private address of each node that it is associated with. */
      readonly privateAddresses: readonly [string, string];
    }
  | {
      /** The address outside the VPC. */
      readonly overlay: string;
      /** All route tables that have a route to it. */
      readonly routeTableIds: readonly string[];
    };

/** What is wrong with what such a pair takes, one sentence each. */
export function ec2PairProblems(
  props: Pick<Ec2PairProps, 'interface' | 'healthCheck' | 'proxy' | 'failoverWithin' | 'advertInterval'>,
): string[] {
  return [...problemsAnywhere(props), ...proxyPortProblems(props.proxy)];
}

function proxyPortProblems(proxy: HaproxyOptions | undefined): string[] {
  if (!ec2ProxyPorts(proxy).clients.includes(PROXY_HEALTH_PORT)) return [];
  return [
    `proxy.frontends must leave port ${PROXY_HEALTH_PORT} to the check of HAProxy, which listens everywhere on EC2, got ` +
      `${PROXY_HEALTH_PORT}; take another port`,
  ];
}

/** Ports of HAProxy that a security group must let in, and the servers that it must let out to; none of one that is refused. */
export function ec2ProxyPorts(proxy: HaproxyOptions | undefined) {
  if (proxy === undefined || proxyProblems('proxy', proxy).length > 0)
    return { clients: [], peers: undefined, servers: [] };
  const servers = proxy.backends.flatMap((backend) =>
    backend.servers.flatMap(({ address, port }) => [
      { address, port },
      { address, port: backend.healthCheck.port },
    ]),
  );
  const distinct = new Map(servers.map((server) => [`${server.address} ${server.port}`, server]));
  return { clients: clientPorts(proxy), peers: usedPeersPort(proxy), servers: [...distinct.values()] };
}

/** cloud-config of both hosts, by node name, from props without problems. */
export function ec2PairCloudInit(props: Ec2PairProps): Readonly<Record<string, string>> {
  const settings = settingsOf(props);
  return Object.fromEntries(
    INDICES.map((index) => [
      settings.nodes[index].name,
      cloudInit(settings, filesOf(settings, index), props.setup ?? []),
    ]),
  );
}

/** How long clients may be without an answer, by what fails. The calls of EC2 come on top: nobody promises how long they take. */
export function ec2PairBounds(
  props: Pick<Ec2PairProps, 'healthCheck' | 'proxy' | 'failoverWithin' | 'advertInterval'>,
): PairBounds {
  return boundsOf(settingsOf({ ...props, ...NOWHERE }));
}

/** Bounds depend on no address. */
const NOWHERE: Omit<Ec2PairProps, 'healthCheck' | 'proxy'> = {
  nodes: [
    { name: 'a', address: '192.0.2.1', networkInterfaceId: '' },
    { name: 'b', address: '192.0.2.2', networkInterfaceId: '' },
  ],
  address: { overlay: '192.0.2.3', routeTableIds: [] },
  interface: 'lo',
  region: '',
  name: '',
};

function settingsOf(props: Ec2PairProps): PairSettings {
  const { nodes, address, interface: device, region, name } = props;
  const [first, second] = nodes;
  const isPublic = 'publicIp' in address;
  const held = (index: 0 | 1) =>
    isPublic ? { address: address.privateAddresses[index], device } : { address: address.overlay, device: 'lo' };
  return {
    ...withDefaults({
      nodes: [
        { name: first.name, address: first.address },
        { name: second.name, address: second.address },
      ],
      virtualAddress: `${isPublic ? address.publicIp : address.overlay}/32`,
      interface: device,
      healthCheck: props.healthCheck,
      proxy: props.proxy,
      failoverWithin: props.failoverWithin,
      advertInterval: props.advertInterval,
    }),
    ec2: {
      region,
      pair: name,
      interfaces: [first.networkInterfaceId, second.networkInterfaceId],
      held: [held(0), held(1)],
      moved: isPublic ? { allocationId: address.allocationId } : { routeTableIds: address.routeTableIds },
    },
  };
}
