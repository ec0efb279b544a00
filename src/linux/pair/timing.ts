import { Duration, inMilliseconds } from '../../units';

/** Priorities of the two nodes, the first one's first; 255 would be the owner of the address, who has it at once. */
export const PRIORITIES = [150, 100] as const;

/**
 * Milliseconds between the decision of a node to take the address and its answer to clients: state change, address,
 * gratuitous ARP, the client's next try. Measured, see the table in docs/failover.md.
 */
export const TAKEOVER = 250;

/** How long after its first try a node asks again for what it did not get: the lock, or a peer that has let go. */
export const RETRY = 250;

/** Milliseconds between two questions whether etcd answers again, of a node that faulted since it did not. */
export const ASK_EVERY = 1000;

/** How often etcd looks for locks whose time is over (`expireLeases` of its lessor). */
export const ETCD_EXPIRY = 500;

/** keepalived counts adverts in hundredths of a second (VRRPv3, RFC 5798). */
const CENTISECOND = 10;

/**
 * Milliseconds after which a backup takes over from a master that fell silent: three adverts and the skew of its priority,
 * by RFC 5798, 6.1. For the lower of the two priorities, which waits longer.
 */
export function masterDown(advert: number): number {
  return 3 * advert + skew(advert);
}

/** Milliseconds after which a backup takes over from a master that says that it stops. */
export function skew(advert: number): number {
  return Math.ceil(((256 - PRIORITIES[1]) / 256) * advert);
}

/** The longest time between two adverts with which `failoverWithin` is kept, in milliseconds; 0 where there is none. */
export function longestAdvert(failoverWithin: number): number {
  const exact = (failoverWithin - TAKEOVER) / (3 + (256 - PRIORITIES[1]) / 256);
  const step = exact >= 1000 ? 100 : CENTISECOND;
  return Math.max(0, Math.floor(exact / step) * step);
}

/** Seconds that the kernel may have the address after a renewal; it takes it away up to a second late. */
export function holdSeconds(ttl: Duration): number {
  return Math.max(1, ttl.toSeconds() - 2);
}

/** The default of `renewEvery`: two more renewals fit into the time before the kernel drops the address. */
export function renewalOf(ttl: Duration): Duration {
  return Duration.millis(Math.floor((holdSeconds(ttl) * 1000) / 3 / CENTISECOND) * CENTISECOND);
}

/** A lease, and the members of etcd that are asked for it one after the other. */
interface Asked {
  readonly endpoints: readonly string[];
  readonly ttl: Duration;
  readonly renewEvery: Duration;
}

/**
 * How long one member of etcd is waited for, in milliseconds: all of them take what is left of the hold when two renewals fail
 * one after the other, and no more than a second.
 */
export function requestTimeout({ endpoints, ttl, renewEvery }: Asked): number {
  const all = Math.min(1000, holdSeconds(ttl) * 1000 - inMilliseconds(renewEvery));
  return Math.max(200, all / endpoints.length);
}

/** How long a question to etcd may take, in milliseconds: each member is asked until one answers. */
export function questionTimeout(lease: Asked): number {
  return requestTimeout(lease) * lease.endpoints.length;
}
