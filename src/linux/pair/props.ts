import type { HealthCheck } from '../../intent';
import type { Duration } from '../../units';
import type { HaproxyOptions } from '../haproxy/props';
import type { FenceOptions, LeaseOptions } from './split-brain';

/** Choices for {@link keepalivedPair}. */
export interface KeepalivedPairProps {
  /** The two hosts. The first has the higher priority: it takes the address when both start at once. */
  readonly nodes: readonly [PairNode, PairNode];

  /**
   * The address that never dies, with the length of its network, such as `'192.168.1.100/24'`. IPv4, in the network of both
   * nodes and neither's own.
   */
  readonly virtualAddress: string;

  /** Network interface of both nodes that carries the address, such as `'eth0'`. */
  readonly interface: string;

  /**
   * How a node tells whether its own service can do its work, asked on 127.0.0.1. keepalived asks at whole seconds. A node
   * that fails it lets go of the address, and does not take it.
   *
   * @default - whether HAProxy serves; required without `proxy`
   */
  readonly healthCheck?: HealthCheck;

  /**
   * HAProxy on both nodes, at the address. A node whose HAProxy dies or hangs lets go. That all servers behind it are down is
   * no reason: the other node has the same ones.
   *
   * @default - none: the service at the address is yours
   */
  readonly proxy?: HaproxyOptions;

  /**
   * How long clients may be without an answer when the host, the link or keepalived itself is lost. From it comes the time
   * between two adverts: {@link pairBounds} has the arithmetic, and the bounds of everything else that can fail.
   *
   * @default Duration.seconds(4)
   */
  readonly failoverWithin?: Duration;

  /**
   * Time between two adverts of the node that has the address; from 10 milliseconds to 40 seconds, in hundredths of a second.
   * Below 100 milliseconds a busy host can be taken for a dead one.
   *
   * @default - the longest that keeps `failoverWithin`; whole tenths of a second where there is room
   */
  readonly advertInterval?: Duration;

  /**
   * Number of the pair among all that share the network (`virtual_router_id`), from 1 to 255. Two pairs with one number on
   * one network disturb each other.
   *
   * @default 51
   */
  readonly routerId?: number;

  /**
   * Hosts that answer a ping, of which a majority must answer before a node takes or keeps the address: the gateway, a third
   * host. An odd number of IPv4 addresses, none of them a node's. One that takes longer than 0.8 seconds counts as silent, and
   * fewer than half may be. A node that is cut off lets go. **Two nodes that are cut off from each other alone both see the
   * witnesses, and both take the address**: that needs `lease` or `fence`.
   *
   * @default - none: a node that is cut off keeps the address, or takes it
   */
  readonly witnesses?: readonly string[];

  /**
   * A lock with a time limit in etcd: a node has the address only while it has the lock. Never two owners, also in a
   * partition; no owner while etcd answers neither node. One that it does not answer leaves the address to the other.
   *
   * @default - none: the nodes decide alone
   */
  readonly lease?: LeaseOptions;

  /**
   * A command that ends the other node before this one takes the address, such as one that cuts its power. Never two owners;
   * when the command fails there is none. Not together with `lease`.
   *
   * @default - none
   */
  readonly fence?: FenceOptions;

  /**
   * Sends adverts to the multicast group 224.0.0.18 and not to the other node's address. Whoever is on the network hears
   * them, and switches may filter them.
   *
   * @default false
   */
  readonly multicast?: boolean;

  /**
   * Program whose rules let VRRP in from the other node alone.
   *
   * @default 'nftables'
   */
  readonly firewall?: 'nftables' | 'iptables';
}

/** A host of a pair. */
export interface PairNode {
  /** What it is called: letters, digits, `-` and `.`, such as `'lb1'`. */
  readonly name: string;

  /** Its own address, IPv4, which stays where it is. */
  readonly address: string;
}
