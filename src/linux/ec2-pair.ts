import type { HealthCheck } from '../intent';
import { filesOf, INDICES } from './keepalived-pair';
import { boundsOf, type PairBounds } from './pair/bounds';
import { cloudInit } from './pair/cloud-init';
import { problemsAnywhere } from './pair/problems';
import type { KeepalivedPairProps, PairNode } from './pair/props';
import { type PairSettings, withDefaults } from './pair/settings';

/** What two hosts on EC2 need to share an address. `KeepalivedPair` of `nines/aws` makes it; any text may be a Terraform token. */
export interface Ec2PairProps extends Pick<KeepalivedPairProps, 'interface' | 'failoverWithin' | 'advertInterval'> {
  /** How a host tells whether its own service can do its work. */
  readonly healthCheck: HealthCheck;

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
  props: Pick<Ec2PairProps, 'interface' | 'healthCheck' | 'failoverWithin' | 'advertInterval'>,
): string[] {
  return problemsAnywhere(props);
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
  props: Pick<Ec2PairProps, 'healthCheck' | 'failoverWithin' | 'advertInterval'>,
): PairBounds {
  return boundsOf(settingsOf({ ...props, ...NOWHERE }));
}

/** Bounds depend on no address. */
const NOWHERE: Omit<Ec2PairProps, 'healthCheck'> = {
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
