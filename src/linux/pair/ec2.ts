import { inMilliseconds } from '../../units';
import type { PairSettings } from './settings';
import { masterDown } from './timing';

/** What the agent of a node on EC2 has to know. */
export interface Ec2Settings {
  readonly region: string;
  /** What the pair is called in its metrics. */
  readonly pair: string;
  /** The network interface of each node. */
  readonly interfaces: readonly [string, string];
  /** What every node has on itself, all the time: EC2 decides which one the packets go to. */
  readonly held: readonly [HeldAddress, HeldAddress];
  /** What is moved: an Elastic IP, or routes. */
  readonly moved: { readonly allocationId: string } | { readonly routeTableIds: readonly string[] };
}

interface HeldAddress {
  readonly address: string;
  readonly device: string;
}

/**
 * Seconds that a call of EC2 may take, the start of its program on a busy host included; it is a failed one after that. The
 * network alone gets 2 seconds to connect and 5 to answer.
 */
const CALL_TIMEOUT = 30;

/** How often the master asks EC2 who has the address, in milliseconds; the backup asks less, since it changes nothing for clients. */
const CHECK = { master: 10_000, backup: 60_000 };

/** The namespace of what a node tells CloudWatch. */
export const METRICS_NAMESPACE = 'nines/KeepalivedPair';

/** Settings of the agent of a node. */
export function ec2Values(ec2: Ec2Settings, { advertInterval }: PairSettings, index: 0 | 1) {
  const other = index === 0 ? 1 : 0;
  const { region, pair, interfaces, held, moved } = ec2;
  return {
    REGION: region,
    PAIR: pair,
    OWN_INTERFACE: interfaces[index],
    PEER_INTERFACE: interfaces[other],
    HELD_ADDRESS: held[index].address,
    HELD_DEVICE: held[index].device,
    PEER_HELD_ADDRESS: held[other].address,
    ALLOCATION: 'allocationId' in moved ? moved.allocationId : '',
    ROUTE_TABLES: 'allocationId' in moved ? [] : moved.routeTableIds,
    CALL_TIMEOUT,
    CHECK_AS_MASTER: CHECK.master,
    CHECK_AS_BACKUP: CHECK.backup,
    SETTLED_AFTER: settledAfter(inMilliseconds(advertInterval)),
    NAMESPACE: METRICS_NAMESPACE,
  };
}

/** Milliseconds after which a node that is the backup is one to stay: a start takes twice the time to become master, and a second. */
function settledAfter(advert: number): number {
  return Math.max(10_000, 3 * masterDown(advert) + 2_000);
}
