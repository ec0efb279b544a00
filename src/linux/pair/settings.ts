import type { HealthCheck } from '../../intent';
import { Duration, inMilliseconds } from '../../units';
import type { HaproxyOptions } from '../haproxy/props';
import type { Ec2Settings } from './ec2';
import type { KeepalivedPairProps, PairNode } from './props';
import type { FenceOptions, LeaseOptions } from './split-brain';
import { longestAdvert, renewalOf } from './timing';

/** A pair with every default, and what follows from the props. */
export interface PairSettings {
  readonly nodes: readonly [PairNode, PairNode];
  /** Without the length of its network. */
  readonly address: string;
  /** With it. */
  readonly virtualAddress: string;
  readonly interface: string;
  readonly healthCheck: HealthCheck | undefined;
  readonly proxy: HaproxyOptions | undefined;
  readonly failoverWithin: Duration;
  readonly advertInterval: Duration;
  readonly routerId: number;
  readonly witnesses: readonly string[];
  readonly lease: LeaseSettings | undefined;
  readonly fence: FenceSettings | undefined;
  /** On EC2 the address is moved by calls of its API. */
  readonly ec2: Ec2Settings | undefined;
  readonly multicast: boolean;
  readonly firewall: 'nftables' | 'iptables';
}

export type LeaseSettings = LeaseOptions & Required<Pick<LeaseOptions, 'ttl' | 'renewEvery'>>;
export type FenceSettings = Required<FenceOptions>;

/**
 * What lets a node have the address: keepalived alone, or the agent after it got a lock, fenced the other node, or moved the
 * address by EC2.
 */
export type Holder = 'keepalived' | 'lease' | 'fence' | 'ec2';

export function holderOf({ lease, fence, ec2 }: Pick<PairSettings, 'lease' | 'fence' | 'ec2'>): Holder {
  if (ec2 !== undefined) return 'ec2';
  if (lease !== undefined) return 'lease';
  return fence === undefined ? 'keepalived' : 'fence';
}

/** A pair with every default; of valid props only, since it computes with them. */
export function withDefaults(props: KeepalivedPairProps): PairSettings {
  const failoverWithin = props.failoverWithin ?? Duration.seconds(4);
  return {
    nodes: [{ ...props.nodes[0] }, { ...props.nodes[1] }],
    address: addressOf(props.virtualAddress),
    virtualAddress: props.virtualAddress,
    interface: props.interface,
    healthCheck: props.healthCheck,
    proxy: props.proxy,
    failoverWithin,
    advertInterval: props.advertInterval ?? Duration.millis(longestAdvert(inMilliseconds(failoverWithin))),
    routerId: props.routerId ?? 51,
    witnesses: [...(props.witnesses ?? [])],
    lease: props.lease && leaseSettings(props.lease),
    fence: props.fence && {
      commands: { ...props.fence.commands },
      timeout: props.fence.timeout ?? Duration.seconds(10),
    },
    ec2: undefined,
    multicast: props.multicast ?? false,
    firewall: props.firewall ?? 'nftables',
  };
}

function leaseSettings(lease: LeaseOptions): LeaseSettings {
  const ttl = lease.ttl ?? Duration.seconds(5);
  return { ...lease, endpoints: [...lease.endpoints], ttl, renewEvery: lease.renewEvery ?? renewalOf(ttl) };
}

function addressOf(virtualAddress: string): string {
  return virtualAddress.replace(/\/.*$/, '');
}
